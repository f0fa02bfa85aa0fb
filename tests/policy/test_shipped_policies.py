"""The shipped policies: each row says what it means and where it comes from."""

import msgspec
import pytest

from escrow_tui.engine.money import Money
from escrow_tui.engine.policy import Policy, policy_hash
from escrow_tui.engine.policy_switches import DayCount, Escalation, RulingExecuted
from escrow_tui.files import read_document, seeds
from escrow_tui.policy import load_policy, preset_names
from escrow_tui.policy.row_values import policy_of, values_of
from tests.each import for_each
from tests.given.orders import POLICY

FIELDS = tuple(field.name for field in msgspec.structs.fields(Policy))
POLICIES = {name: load_policy(name) for name in preset_names()}
ALIEXPRESS = POLICIES["aliexpress"]


@for_each("name", preset_names())
@for_each("field", FIELDS)
def test_each_row_has_a_value_a_meaning_and_a_source(name: str, field: str) -> None:
    """A trainer reads one whole sentence and a source with its grade, or that the row is ours."""
    row = POLICIES[name].row(field)
    assert row.value
    assert row.means[0].isupper()
    assert row.means.endswith(".")
    assert row.source.startswith("ours") or "grade " in row.source


@pytest.mark.parametrize("name", preset_names())
def test_the_rows_stand_in_the_order_of_the_policy(name: str) -> None:
    """None is left out and none is invented."""
    assert tuple(row.name for row in load_policy(name).rows) == FIELDS


@pytest.mark.parametrize("name", preset_names())
def test_a_preset_is_named_after_its_file(name: str) -> None:
    """The name in a story finds the file."""
    assert read_document(seeds() / "policies" / f"{name}.toml").data["name"] == name


def test_aliexpress_has_the_numbers_of_the_domain_page() -> None:
    """Written out a second time for the engine's tests, so that a slip in the file is seen."""
    told, retold = values_of(ALIEXPRESS.policy), values_of(POLICY)
    differ = {row: (told[row], retold[row]) for row in told if told[row] != retold[row]}
    assert not differ, f"aliexpress.toml and POLICY of tests/given/orders.py differ in {differ}"


# What each preset says differently from the one on which it rests, and nothing else.
PRESETS: dict[str, tuple[str, dict[str, object]]] = {
    "aliexpress": ("", {}),
    "aliexpress-strict": (
        "aliexpress",
        {"replacement_allowed": False, "seller_sees_address": True},
    ),
    "aliexpress-2013": (
        "aliexpress",
        {
            "dispute_earliest_days": 5,
            "dispute_after_confirm_days": 0,
            "negotiation_days": 16,
            "escalation": Escalation.MANUAL,
            "escalate_from_days": 4,
            "ruling_executed": RulingExecuted.AT_ONCE,
        },
    ),
    "ebay": (
        "aliexpress",
        {
            "signature_from": Money(75_000, "USD"),
            "dispute_after_confirm_days": 30,
            "seller_answer_days": 3,
            "seller_answer_counts": DayCount.BUSINESS_DAYS,
            "appeal_window_days": 30,
            "return_confirm_days": 2,
            "return_label_cost": Money(900, "USD"),
            "refund_card_business_days": 5,
        },
    ),
    "sharetribe": (
        "aliexpress",
        {
            "processing_days": 14,
            "auto_confirm_days": 14,
            "dispute_before_delivery": False,
            "dispute_after_confirm_days": 0,
            "partial_refunds": False,
            "mediator_silence_days": 60,
            "ruling_executed": RulingExecuted.AT_ONCE,
            "replacement_allowed": False,
            "review_days": 7,
            "warn_days": (12, 3),
        },
    ),
}


def test_these_presets_are_shipped() -> None:
    """None is left out of the table above."""
    assert set(preset_names()) == set(PRESETS)


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_differs_from_its_base_in_these_rows_only(name: str) -> None:
    """And its file holds exactly them: a row that says what the base says is left out."""
    base, rows = PRESETS[name]
    assert load_policy(name).base == base
    expected = msgspec.structs.replace(load_policy(base or name).policy, **rows)
    assert load_policy(name).policy == expected
    if base:
        written = read_document(seeds() / "policies" / f"{name}.toml").data
        assert set(written) - {"format", "name", "title", "base"} == set(rows)
        assert all(getattr(load_policy(base).policy, row) != rows[row] for row in rows)


@pytest.mark.parametrize("name", PRESETS)
def test_a_row_that_differs_has_a_source_of_its_own(name: str) -> None:
    """Where a preset changes a number, the base's page does not tell it."""
    base, rows = PRESETS[name]
    for row in rows:
        assert load_policy(name).row(row).source != load_policy(base).row(row).source


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_read_back_from_its_values_is_the_same(name: str) -> None:
    """What a file writes and what the engine holds are two forms of one thing."""
    policy = load_policy(name).policy
    assert policy_of(values_of(policy)) == policy
    assert set(values_of(policy)) == set(FIELDS)


def test_a_row_that_no_policy_has_is_a_key_error() -> None:
    """A slip in the program is not passed over."""
    with pytest.raises(KeyError):
        ALIEXPRESS.row("protection_hours")


@pytest.mark.parametrize(
    ("row", "value"),
    [
        ("protection_days", "60"),
        ("dispute_before_delivery", "true"),
        ("mediator_silence", "refund"),
        ("warn_days", "3, 1"),
        ("protection_days_by_country", "BR 120, RU 90"),
        ("holidays", "none"),
        ("signature_from", "never"),
        ("chargeback_fee", "15.00 USD"),
        ("label_payer", "change_of_mind buyer"),
        ("escalation", "automatic"),
    ],
)
def test_a_row_has_its_value_as_text(row: str, value: str) -> None:
    """Ready for the screen's help."""
    assert ALIEXPRESS.row(row).value == value


def test_the_hash_is_of_the_content() -> None:
    """The same rows give the same hash, one other number another."""
    policy = ALIEXPRESS.policy
    assert policy_hash(policy) == policy_hash(load_policy("aliexpress").policy)
    changed = msgspec.structs.replace(policy, warn_days=(3, 2))
    assert policy_hash(changed) != policy_hash(policy)
    assert len(policy_hash(policy)) == 64
