"""For each invariant, an order, balance or timer that breaks it."""

import pytest
from msgspec.structs import replace

from escrow_tui.engine import commands as c
from escrow_tui.engine.invariants import (
    FOLLOWS,
    account_violations,
    fires_wrongly,
    order_violations,
    unbalanced,
)
from escrow_tui.engine.ledger import TransferLine
from escrow_tui.engine.order import Order
from escrow_tui.engine.terms import ENDED, Phase, Side
from tests.each import for_each
from tests.given.orders import (
    APPEALED,
    COMPLETED,
    DELIVERED,
    DISPUTED,
    FROZEN,
    PAID,
    POLICY,
    REFUNDED,
    SHIPPED,
    TO_GO_BACK,
    Step,
    World,
    days,
    given,
)

P = Phase


def found(
    before: Order | None, after: Order, escrow: int | None = None, bps: int = 500
) -> list[str]:
    """Return the numbers of the rules that an order breaks; by default escrow has what it holds."""
    balances = {("escrow:A", "USD"): after.held if escrow is None else escrow}
    return [text.split(" ")[0] for text in order_violations(before, after, balances, bps)]


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ((), ()),
        ((("a", "USD", 5), ("b", "USD", -5)), ()),
        ((("a", "USD", 5), ("b", "USD", -4)), ("1: a transfer leaves 1 USD",)),
        (
            (("a", "USD", 5), ("b", "EUR", -5)),
            ("1: a transfer leaves 5 USD", "1: a transfer leaves -5 EUR"),
        ),
        ((("a", "USD", 5), ("b", "USD", -5), ("a", "EUR", 1)), ("1: a transfer leaves 1 EUR",)),
    ],
)
def test_a_transfer_sums_to_zero_in_every_currency(
    lines: tuple[tuple[str, str, int], ...], told: tuple[str, ...]
) -> None:
    """One currency cannot make up for another."""
    assert unbalanced([TransferLine(*line) for line in lines]) == told


STANDING: list[tuple[Step, ...]] = [(), PAID, DELIVERED, COMPLETED, DISPUTED, REFUNDED, FROZEN]


@pytest.mark.parametrize("steps", STANDING)
def test_an_order_of_a_story_breaks_nothing(steps: tuple[Step, ...]) -> None:
    """Neither on its own nor as a step from itself."""
    order = given(*steps).order
    assert found(None, order) == []
    assert found(order, order) == []


HELD, DONE = given(*DELIVERED).order, given(*COMPLETED).order
ENDS = given(*REFUNDED).order


@pytest.mark.parametrize(
    ("after", "escrow", "told"),
    [
        (HELD, -1, ["2:", "10:"]),
        (replace(HELD, phase=P.CLOSED), 10_000, ["3:"]),
        (replace(ENDS, refunded=10_001), 0, ["4:", "6:"]),
        (replace(ENDS, charged_back=1), 0, ["4:", "6:"]),
        (replace(DONE, commission=499), 0, ["5:"]),
        (replace(DONE, commission=501), 0, ["5:"]),
        (replace(DONE, releases=2), 0, ["6:"]),
        (replace(DONE, released=9_999, commission=499), 0, ["6:"]),
        (replace(HELD, held=9_999), 9_999, ["6:"]),
        (HELD, 9_999, ["10:"]),
        (HELD, 10_001, ["10:"]),
    ],
)
def test_money_that_does_not_add_up_is_told(after: Order, escrow: int, told: list[str]) -> None:
    """The violation has the rule's number."""
    assert found(None, after, escrow) == told


def test_a_violation_names_its_order() -> None:
    """As one sentence, for a log."""
    text = order_violations(None, replace(DONE, releases=2), {}, 500)
    assert text == ("6: the order was released twice (order A)",)


def test_the_commission_is_that_of_the_policy() -> None:
    """Another rate means another commission."""
    assert found(None, DONE, bps=333) == ["5:"]


def test_escrow_is_read_in_the_orders_currency() -> None:
    """From the order's own escrow account."""
    balances = {("escrow:A", "EUR"): 10_000, ("escrow:B", "USD"): 10_000}
    texts = order_violations(None, HELD, balances, 500)
    assert texts == ("10: escrow differs from what the order holds (order A)",)


@pytest.mark.parametrize(("reviewer", "told"), [("1", ["13:"]), ("2", []), ("", [])])
def test_the_mediator_of_the_appeal_is_another(reviewer: str, told: list[str]) -> None:
    """Until somebody takes the appeal there is nobody to compare."""
    order = given(*APPEALED).order
    assert order.dispute is not None
    assert found(None, replace(order, dispute=replace(order.dispute, reviewer=reviewer))) == told


def test_a_dispute_that_nobody_has_yet_breaks_nothing() -> None:
    """Without mediator and reviewer, the two cannot be the same person."""
    order = given(*DISPUTED).order
    assert order.dispute is not None
    assert order.dispute.mediator == order.dispute.reviewer == ""
    assert found(None, order) == []


ENDINGS = sorted(ENDED)


@for_each("before", list(Phase))
@for_each("after", list(Phase))
def test_phases_go_the_ways_of_the_plan(before: Phase, after: Phase) -> None:
    """Going back only as the plan says; freezing only from paid phases, and back to them."""
    one = replace(ENDS, phase=before)
    other = replace(ENDS, phase=after)
    if before is after:
        allowed = True
    elif after is P.FROZEN:
        allowed = before not in (P.AWAITING_PAYMENT, P.EXPIRED, P.CHARGED_BACK)
    else:
        allowed = after in WAYS.get(before, "").split()
    assert ("9:" in found(one, other)) is not allowed


RESULTS = "REFUNDED CLOSED AWAITING_REPLACEMENT"
WAYS = {
    P.AWAITING_PAYMENT: "VERIFYING EXPIRED",
    P.VERIFYING: "AWAITING_SHIPMENT CANCELLED",
    P.AWAITING_SHIPMENT: "CANCEL_REQUESTED SHIPPED CANCELLED REFUNDED",
    P.CANCEL_REQUESTED: "AWAITING_SHIPMENT SHIPPED CANCELLED",
    P.SHIPPED: f"DELIVERED RETURNED_TO_SENDER COMPLETED {RESULTS}",
    P.RETURNED_TO_SENDER: f"SHIPPED {RESULTS}",
    P.DELIVERED: f"COMPLETED {RESULTS}",
    P.COMPLETED: RESULTS,
    P.AWAITING_REPLACEMENT: "SHIPPED REFUNDED",
    P.FROZEN: "CHARGED_BACK",
}


def test_the_ways_are_told_of_every_phase_that_goes_on() -> None:
    """Except for frozen orders, which remember their own way back."""
    assert set(FOLLOWS) == set(WAYS) - {P.FROZEN}


@pytest.mark.parametrize(
    ("after", "told"),
    [(P.DELIVERED, []), (P.CHARGED_BACK, ["3:"]), (P.SHIPPED, ["9:"]), (P.COMPLETED, ["9:"])],
)
def test_a_frozen_order_goes_back_to_where_it_was(after: Phase, told: list[str]) -> None:
    """Or it ends, but not with money left in escrow."""
    frozen = given(*FROZEN).order
    assert found(frozen, replace(frozen, phase=after, chargeback=None)) == told


def test_an_order_is_frozen_from_where_it_was_paid_for() -> None:
    """Never from a phase before payment."""
    frozen = given(*FROZEN).order
    assert found(HELD, frozen) == []
    assert found(replace(HELD, phase=P.AWAITING_PAYMENT), frozen) == ["9:"]


@pytest.mark.parametrize(
    ("after", "told"),
    [
        (replace(ENDS, phase=P.FROZEN), []),
        (replace(ENDS, phase=P.SHIPPED), ["9:", "15:"]),
        (replace(ENDS, refunded=9_999, released=1), ["15:"]),
        (replace(ENDS, refunds=()), []),
    ],
)
def test_an_order_that_ended_does_not_move_again(after: Order, told: list[str]) -> None:
    """Except by a chargeback or the settlement of a refund."""
    assert found(ENDS, after) == told


def test_an_order_that_ended_gets_no_money_back() -> None:
    """Money held again would mean that the order moved."""
    ended = replace(ENDS, refunded=9_000, released=1_000, commission=50, phase=P.CLOSED)
    assert "15:" in found(ended, replace(ended, held=1_000, released=0, commission=0))


@pytest.mark.parametrize(
    ("account", "minor", "told"),
    [
        ("seller:s:pending", -1, ("5: seller:s:pending is at -1 USD",)),
        ("seller:s:available", -70, ("5: seller:s:available is at -70 USD",)),
        ("seller:s:deposit", -1, ("5: seller:s:deposit is at -1 USD",)),
        ("seller:s:pending", 0, ()),
        ("seller:s:debt", -1, ()),
        ("buyer:b:wallet", -1, ()),
        ("ext:buyer", -1, ()),
    ],
)
def test_no_account_of_a_seller_but_debt_goes_below_zero(
    account: str, minor: int, told: tuple[str, ...]
) -> None:
    """Outside accounts may be negative."""
    assert account_violations({(account, "USD"): minor, ("seller:x:pending", "USD"): 4}) == told


OF_BANK = ("chargeback_answer", "chargeback_bank", "refund")


@pytest.mark.parametrize("name", [*OF_BANK, "auto_confirm", "clearance", "mediator_silence"])
def test_of_a_frozen_order_only_the_banks_timers_fire(name: str) -> None:
    """All other timers stand still."""
    expected = "" if name in OF_BANK else f"8: {name} of order A fires while the order is frozen"
    assert fires_wrongly(given(*FROZEN).order, name) == expected


@pytest.mark.parametrize("steps", [DISPUTED, TO_GO_BACK])
@pytest.mark.parametrize("name", ["protection", "auto_confirm", "seller_answer", "clearance"])
def test_in_a_dispute_or_a_return_nothing_is_released(steps: tuple[Step, ...], name: str) -> None:
    """A timer that would release money is a violation."""
    wrong = name in ("protection", "auto_confirm")
    expected = f"8: {name} of order A fires in a dispute or a return" if wrong else ""
    assert fires_wrongly(given(*steps).order, name) == expected
    assert fires_wrongly(HELD, name) == ""


def test_a_world_of_the_tests_sees_what_is_wrong() -> None:
    """Stories check themselves: with another commission rate their books break a rule."""
    world: World = given(*SHIPPED)
    world.policy = replace(POLICY, commission_bps=400)
    world.after(c.ConfirmReceipt())
    assert world.violations == []
    world.policy = POLICY
    world.after(days(3))
    assert world.violations == ["5: the commission is not C(kept) (order A)"]


def test_a_chargeback_that_is_lost_leaves_an_order_that_holds() -> None:
    """What was recovered is neither held nor kept nor refunded."""
    world = given(*FROZEN, c.DecideChargeback(Side.BUYER))
    assert found(given(*FROZEN).order, world.order) == []
