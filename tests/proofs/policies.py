"""The policies that are walked: every preset, and presets with other switches and numbers."""

from random import Random

import msgspec

from escrow_tui.engine.money import Money
from escrow_tui.engine.policy import Policy
from escrow_tui.policy import load_policy, preset_names
from escrow_tui.policy.contradictions import contradictions
from escrow_tui.policy.row_values import values_of

# Every switch with all of its values, and for some numbers the values that change behaviour.
SWITCHES: dict[str, tuple[object, ...]] = {
    "dispute_before_delivery": (True, False),
    "seller_answer_counts": ("days", "business_days"),
    "proposals": ("free", "in_turns"),
    "partial_refunds": (True, False),
    "escalation": ("automatic", "manual"),
    "evidence_edits": ("until_closed", "one_shot"),
    "mediator_silence": ("refund", "seller", "split"),
    "ruling_executed": ("after_appeal_window", "at_once"),
    "replacement_allowed": (True, False),
    "counterfeit_multiple": (1, 2),
    "chargeback_money": ("debited", "frozen"),
    "fx_refund": ("original", "current"),
}
_NUMBERS: dict[str, tuple[object, ...]] = {
    "signature_from": (None, Money(5_000, "USD"), Money(100, "JPY")),
    "dispute_earliest_days": (0, 5, 10),
    "dispute_after_confirm_days": (0, 15),
    "max_disputes": (0, 1, 2, 2, 3, 5),
    "seller_answer_days": (3, 5, 12),
    "escalate_from_days": (0, 4),
    "return_label_cost": (Money(0, "USD"), Money(600, "USD"), Money(900, "JPY")),
    "label_payer": ((), (("damaged", "buyer"), ("change_of_mind", "buyer"))),
    "commission_bps": (0, 333, 500, 1_250),
    "clearance_business_days": (0, 3),
    "withdrawal_fee": (Money(0, "USD"), Money(1_500, "USD")),
    "holidays": ((), ("2026-03-06", "2026-04-03", "2026-05-01")),
    "weekend": (("saturday", "sunday"), ("friday",)),
    "refund_wallet_business_days": (0, 2),
}
_OF_EACH_VALUE = 3
# Policies whose times vary too: the shortest that a row allows, short ones and long ones.
_OTHER_TIMES = 12
_DAYS = (1, 2, 3, 7, 30)
_TIMES = {
    row: declared.low
    for row, declared in Policy.rows.items()
    if row.endswith(("_days", "_hours")) and row != "warn_days"
}


def presets() -> dict[str, Policy]:
    """Return every policy that is shipped, by name."""
    return {name: load_policy(name).policy for name in preset_names()}


def with_rows(base: Policy, rows: dict[str, object]) -> Policy:
    """Return a policy with other rows, as if read from a file; they may contradict each other."""
    return msgspec.convert(msgspec.to_builtins(base) | msgspec.to_builtins(rows), Policy)


def sound(policy: Policy) -> bool:
    """Tell whether a policy's rows are consistent."""
    return not list(contradictions(values_of(policy)))


def turned(base: Policy, random: Random, *kept: str) -> Policy:
    """Return a policy with some rows changed, none of which contradicts another."""
    while True:
        changes = {
            row: random.choice(values)
            for row, values in (SWITCHES | _NUMBERS).items()
            if row not in kept and random.random() < 0.5
        }
        if sound(policy := with_rows(base, changes)):
            return policy


def pool(seed: int) -> tuple[Policy, ...]:
    """Return the presets, and for each value of each switch a few policies that have it."""
    random, bases = Random(f"policies {seed}"), tuple(presets().values())
    made = [
        _with_value(row, value, bases, random)
        for row, values in SWITCHES.items()
        for value in values
        for _ in range(_OF_EACH_VALUE)
    ]
    return (*bases, *made, *(_with_other_times(bases, random) for _ in range(_OTHER_TIMES)))


def _with_value(row: str, value: object, bases: tuple[Policy, ...], random: Random) -> Policy:
    while True:
        policy = with_rows(turned(random.choice(bases), random, row), {row: value})
        if sound(policy):
            return policy


def _with_other_times(bases: tuple[Policy, ...], random: Random) -> Policy:
    while True:
        times: dict[str, object] = {
            row: random.choice((least, *_DAYS))
            for row, least in _TIMES.items()
            if random.random() < 0.5
        }
        policy = with_rows(turned(random.choice(bases), random), times)
        if sound(policy):
            return policy
