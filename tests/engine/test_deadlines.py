"""Deadlines to the second: when each is due, which row sets it, and which comes first."""

import pytest
from msgspec.structs import replace

from escrow_tui.engine import commands as c
from escrow_tui.engine.answers import Done
from escrow_tui.engine.deadlines import Deadline, deadlines
from escrow_tui.engine.instant import DAY, HOUR
from escrow_tui.engine.money import Money
from escrow_tui.engine.policy_switches import DayCount
from escrow_tui.engine.terms import Phase, ShipmentState, Side
from tests.each import for_each
from tests.engine.rules import DISPUTABLE, RUNNING, SOMETIMES, cell_of
from tests.given.order_stories import STORIES
from tests.given.orders import (
    ANSWERED,
    BACK,
    BUYER,
    CANCEL_ASKED,
    COMPLETED,
    DELIVERED,
    DISPUTE,
    DISPUTED,
    FROZEN,
    GOING_BACK,
    MEDIATED,
    PAID,
    POLICY,
    RULED,
    SELLER,
    SHIPPED,
    START,
    TO_BE_REPLACED,
    TO_GO_BACK,
    TRACKING,
    YEAR,
    Pause,
    Step,
    World,
    days,
    given,
    place_order,
    then_refused,
)

# (the cell, the timer, how long it runs there, the cell afterwards)
TIMED = [
    ("AWAITING_PAYMENT", "payment_due", 20 * DAY, "EXPIRED"),
    ("VERIFYING", "verification", 24 * HOUR, "CANCELLED"),
    ("AWAITING_SHIPMENT", "processing", 7 * DAY, "CANCELLED"),
    ("CANCEL_REQUESTED", "cancel_answer", 48 * HOUR, "CANCELLED"),
    ("SHIPPED", "false_shipment", 5 * DAY, "SHIPPED"),
    ("SHIPPED", "protection", 60 * DAY, "COMPLETED"),
    ("RETURNED_TO_SENDER", "reship", 10 * DAY, "REFUNDED"),
    ("DELIVERED", "auto_confirm", 7 * DAY, "COMPLETED"),
    ("COMPLETED", "after_sales", 15 * DAY, "CLOSED"),
    ("AWAITING_REPLACEMENT", "replacement_ship", 7 * DAY, "REFUNDED"),
    ("FROZEN/AWAITING_ANSWER", "chargeback_answer", 10 * DAY, "CHARGED_BACK"),
    ("FROZEN/AWAITING_BANK", "chargeback_bank", 75 * DAY, "CHARGED_BACK"),
    *[
        (f"{phase}/{stage}", name, length * DAY, after.replace("=", phase))
        for phase in DISPUTABLE
        for stage, name, length, after in (
            ("AWAITING_SELLER", "seller_answer", 3 if phase == "COMPLETED" else 5, "CLOSED"),
            ("NEGOTIATING", "negotiation", 7, "=/MEDIATION"),
            ("MEDIATION", "mediator_silence", 30, "REFUNDED"),
            ("APPEAL_WINDOW", "appeal_window", 7, "CLOSED"),
            ("APPEAL_REVIEW", "appeal_review", 10, "CLOSED"),
            ("AWAITING_RETURN", "return_ship", 10, "CLOSED"),
            ("RETURN_IN_TRANSIT", "return_transit", 30, "=/MEDIATION"),
            ("RETURN_DELIVERED", "return_confirm", 10, "REFUNDED"),
        )
    ],
]


@for_each(("cell", "name", "length", "after"), TIMED)
@for_each("second", [-1, 0, 1])
def test_a_deadline_is_due_at_its_second(
    cell: str, name: str, length: int, after: str, second: int
) -> None:
    """Nothing happens a second earlier; executed later, it still takes effect at its instant."""
    world = given(*STORIES[cell])
    due = world.now + length
    world.advance(due + second)
    fired = [(at, one) for at, _, one in world.fired]
    assert ((due, name) in fired) is (second >= 0)
    assert cell_of(world.order) == (cell if second < 0 else after)
    assert all(at <= due for _, at, _ in world.history)


def test_every_timer_of_every_cell_is_timed_here() -> None:
    """A new timer without a case here fails."""
    assert sorted((cell, name) for cell, name, _, _ in TIMED) == sorted(
        (cell, name) for cell, rows in RUNNING.items() for name, _ in rows
    )


@pytest.mark.parametrize("cell", SOMETIMES["evidence"])
@pytest.mark.parametrize("second", [-1, 0, 1])
def test_evidence_that_was_asked_for_is_due_after_three_days(cell: str, second: int) -> None:
    """The mediator's own deadline keeps running."""
    world = given(*STORIES[cell], days(1), c.AskEvidence(Side.SELLER))
    due = world.now + 3 * DAY
    assert [(one.name, one.rule, one.at) for one in _life(world)] == [
        ("evidence", "evidence_days", due),
        ("mediator_silence", "mediator_silence_days", world.now + 29 * DAY),
    ]
    world.advance(due + second)
    stage = "APPEAL_WINDOW" if second >= 0 else "MEDIATION"
    assert cell_of(world.order) == cell.replace("MEDIATION", stage)


@pytest.mark.parametrize(
    ("country", "length", "rule"),
    [
        ("DE", 60, "protection_days"),
        ("RU", 90, "protection_days_by_country"),
        ("BR", 120, "protection_days_by_country"),
        ("XX", 60, "protection_days"),
    ],
)
def test_protection_depends_on_the_buyers_country(country: str, length: int, rule: str) -> None:
    """A country's row replaces the general one, and is named as the row that set the deadline."""
    order = given(*SHIPPED, destination=country).order
    assert POLICY.protection_for(country) == (length, rule)
    assert deadlines(order, POLICY) == (
        Deadline(START + 5 * DAY, "false_shipment", "false_shipment_days"),
        Deadline(START + length * DAY, "protection", rule),
    )


@pytest.mark.parametrize("signed", [True, False])
def test_a_delivery_without_the_signature_goes_on_under_protection(signed: bool) -> None:
    """Auto-confirm runs only from a proven delivery; otherwise protection keeps running."""
    policy = replace(POLICY, signature_from=Money(10_000, "USD"))
    handed = c.Scan(status=ShipmentState.DELIVERED, signature=signed)
    world = given(*SHIPPED, c.ExtendProtection(2), days(3), handed, policy=policy)
    confirm = Deadline(START + (3 + 7) * DAY, "auto_confirm", "auto_confirm_days")
    protection = Deadline(START + (60 + 2) * DAY, "protection", "protection_days")
    assert deadlines(world.order, policy) == ((confirm if signed else protection),)
    world.advance(START + 62 * DAY)
    assert world.order.completed_at == (confirm if signed else protection).at


@pytest.mark.parametrize(
    ("placing", "due", "rule"),
    [
        ({}, START + 14 * DAY, "refund_card_business_days"),
        ({"card_expires": START + 1}, START + 14 * DAY, "refund_card_business_days"),
        ({"card_expires": START}, START + 10 * DAY, "refund_bank_business_days"),
        ({"method": "western_union"}, START, "refund_wallet_business_days"),
    ],
)
def test_a_refund_arrives_by_the_days_of_its_way(
    placing: dict[str, object], due: int, rule: str
) -> None:
    """Ten business days from a Monday are two weeks, a bank takes eight, a wallet none.

    If the card has expired when the refund is booked, its bank passes the money on.
    """
    world = given(*PAID, (SELLER, c.Cancel()), policy=POLICY, **placing)
    assert deadlines(world.order, POLICY) == (Deadline(due, "refund", rule, 1),)
    world.advance(due - 1)
    assert world.order.refunds or due == START
    world.advance(due)
    assert world.order.refunds == ()
    assert world.fired == [(due, "A", "refund")]


def test_refunds_are_told_apart_by_their_numbers() -> None:
    """Two refunds of one instant have two deadlines."""
    world = given(*PAID, c.Refund(1_000), c.Refund(2_000), days(1), c.Refund(500))
    refunds = [one for one in deadlines(world.order, POLICY) if one.name == "refund"]
    assert [(one.subject, one.at) for one in refunds] == [
        (1, START + 14 * DAY),
        (2, START + 14 * DAY),
        (3, START + 15 * DAY),
    ]
    world.when(c.SettleRefund())
    assert world.order.refunds == ()


def test_a_release_clears_after_three_business_days() -> None:
    """From a Thursday to the next Tuesday."""
    world = given(*SHIPPED, days(3), c.ConfirmReceipt())
    thursday = START + 3 * DAY
    world.advance(thursday + 5 * DAY - 1)
    assert world.balance("seller:seller-1:pending") == 9_500
    world.advance(thursday + 5 * DAY)
    assert world.balance("seller:seller-1:available") == 9_500
    assert world.order.phase is Phase.COMPLETED


@pytest.mark.parametrize(
    ("counts", "due"),
    [(DayCount.DAYS, START + 8 * DAY), (DayCount.BUSINESS_DAYS, START + 10 * DAY)],
)
@pytest.mark.parametrize(("before", "days_row"), [(DELIVERED, 5), (COMPLETED, 3)])
def test_the_sellers_answer_may_be_counted_in_business_days(
    counts: DayCount, due: int, before: tuple[Step, ...], days_row: int
) -> None:
    """From a Thursday, five business days end in a week, three on the Tuesday."""
    policy = replace(POLICY, seller_answer_counts=counts)
    world = given(*before, days(3), DISPUTE, policy=policy)
    (answer,) = [one for one in deadlines(world.order, policy) if one.name == "seller_answer"]
    assert answer.at == due - (2 * DAY if days_row == 3 else 0)


@pytest.mark.parametrize(("answered", "due"), [(6, 7), (7, 7), (9, 9)])
def test_a_late_answer_leaves_no_negotiation_in_the_past(answered: int, due: int) -> None:
    """It ends seven days after the opening, or at once if the answer came later than that."""
    policy = replace(POLICY, seller_answer_days=10)
    world = given(*DISPUTED, days(answered), c.RejectClaim(), policy=policy)
    assert deadlines(world.order, policy) == (
        Deadline(START + due * DAY, "negotiation", "negotiation_days"),
    )
    world.advance(world.now)
    stage = "NEGOTIATING" if answered < due else "MEDIATION"
    assert cell_of(world.order) == f"DELIVERED/{stage}"


@pytest.mark.parametrize(
    ("steps", "at", "command", "code"),
    [
        ((), 20 * DAY, c.Pay(), "WRONG_PHASE"),
        ((), 20 * DAY - 1, c.Pay(), ""),
        (PAID[:1], 24 * HOUR, c.Cancel(), "WRONG_PHASE"),
        (PAID[:1], 24 * HOUR - 1, c.Cancel(), ""),
        (PAID[:1], 24 * HOUR, c.VerifyPayment(), "WRONG_PHASE"),
        (PAID, 7 * DAY, c.Ship(TRACKING), "WRONG_PHASE"),
        (PAID, 7 * DAY - 1, c.Ship(TRACKING), ""),
        (CANCEL_ASKED, 48 * HOUR, c.Ship(TRACKING), "WRONG_PHASE"),
        (CANCEL_ASKED, 48 * HOUR - 1, c.Ship(TRACKING), ""),
        (CANCEL_ASKED, 48 * HOUR, c.WithdrawCancel(), "WRONG_PHASE"),
        (CANCEL_ASKED, 48 * HOUR, c.AcceptCancel(), "WRONG_PHASE"),
        (DELIVERED, 7 * DAY, c.ConfirmReceipt(), "WRONG_PHASE"),
        (DELIVERED, 7 * DAY - 1, c.ConfirmReceipt(), ""),
        (COMPLETED, 15 * DAY, DISPUTE, "WRONG_PHASE"),
        (COMPLETED, 15 * DAY - 1, DISPUTE, ""),
        (DISPUTED, 5 * DAY, c.RejectClaim(), "WRONG_PHASE"),
        (DISPUTED, 5 * DAY - 1, c.RejectClaim(), ""),
        (MEDIATED, 30 * DAY, c.Rule(refund=1, reasons=("x",)), "WRONG_PHASE"),
        (RULED, 7 * DAY, c.Appeal((c.Exhibit(DISPUTE.evidence[0].kind, "x"),)), "WRONG_PHASE"),
        (TO_GO_BACK, 10 * DAY, c.ShipReturn(TRACKING), "WRONG_PHASE"),
        (TO_GO_BACK, 10 * DAY - 1, c.ShipReturn(TRACKING), ""),
        (BACK, 10 * DAY, c.ConfirmReturn(), "WRONG_PHASE"),
        (TO_BE_REPLACED, 7 * DAY, c.ShipReplacement(TRACKING), "WRONG_PHASE"),
        (TO_BE_REPLACED, 7 * DAY - 1, c.ShipReplacement(TRACKING), ""),
        (FROZEN, 10 * DAY, c.AcceptChargeback(), "WRONG_PHASE"),
        (FROZEN, 10 * DAY - 1, c.AcceptChargeback(), ""),
        (ANSWERED, 75 * DAY, c.DecideChargeback(Side.SELLER), "WRONG_PHASE"),
        (ANSWERED, 75 * DAY - 1, c.DecideChargeback(Side.SELLER), ""),
    ],
)
def test_a_command_at_the_deadline_is_too_late(
    steps: tuple[Step, ...], at: int, command: c.AnyCommand, code: str
) -> None:
    """The deadline is executed before the command is decided."""
    world = given(*steps)
    world.now = START + at  # the clock is there, and nothing has been executed yet
    answer = world.when(command)
    if code:
        then_refused(answer, code)
    else:
        assert isinstance(answer, Done), answer


def test_a_return_that_travels_too_long_is_decided_by_a_mediator() -> None:
    """A scan on the thirtieth day is too late."""
    world = given(*GOING_BACK, Pause(30 * DAY - 1))
    assert cell_of(world.order) == "DELIVERED/RETURN_IN_TRANSIT"
    world.now += 1
    then_refused(world.when(BACK[-1]), "WRONG_PHASE")  # type: ignore[arg-type]
    assert cell_of(world.order) == "DELIVERED/MEDIATION"


def test_a_year_at_once_is_the_same_as_day_by_day() -> None:
    """Deadlines are executed one by one, in order of time, each at its own instant."""
    leap, steps = _market(), _market()
    leap.advance(START + YEAR)
    for day in range(1, 366):
        steps.advance(START + day * DAY)
    assert leap.history == steps.history
    assert leap.orders == steps.orders
    assert leap.balances == steps.balances
    assert [fired[0] for fired in leap.fired] == sorted(fired[0] for fired in leap.fired)
    assert len(leap.fired) > 8


def test_ties_are_executed_by_order_id() -> None:
    """Orders placed at the same instant expire together, in the order of their ids."""
    world = World()
    for order_id in "CAB":
        world.submit(order_id, place_order(), BUYER)
    world.advance(START + YEAR)
    assert [fired[1] for fired in world.fired] == ["A", "B", "C"]


def test_deadlines_come_in_the_order_in_which_they_are_due() -> None:
    """A completed order's money clears before its after-sales time ends."""
    order = given(*COMPLETED).order
    assert deadlines(order, POLICY) == (
        Deadline(START + 3 * DAY, "clearance", "clearance_business_days"),
        Deadline(START + 15 * DAY, "after_sales", "dispute_after_confirm_days"),
    )


def test_a_policy_without_after_sales_closes_at_once() -> None:
    """Zero days end where they begin."""
    world = given(*COMPLETED, policy=replace(POLICY, dispute_after_confirm_days=0))
    then_refused(world.when(DISPUTE), "WRONG_PHASE", phase="closed")


def test_days_that_a_party_granted_are_added_to_the_row() -> None:
    """Both to the seller's time to ship and to the buyer's protection."""
    order = given(*PAID, c.ExtendProcessing(3), c.ExtendProcessing(2)).order
    assert [one.at for one in deadlines(order, POLICY)] == [START + 12 * DAY]
    order = given(*SHIPPED, c.ExtendProtection(10), c.ExtendProtection(5)).order
    assert deadlines(order, POLICY)[1].at == START + 75 * DAY


def _life(world: World) -> list[Deadline]:
    """Return the deadlines of an order's life, without those of money."""
    of_money = ("refund", "clearance")
    return [one for one in deadlines(world.order, POLICY) if one.name not in of_money]


def _market() -> World:
    world = given(*DELIVERED, DISPUTE, c.RejectClaim())
    for order_id, method in (("B", "western_union"), ("C", "credit_card"), ("D", "debit_card")):
        world.submit(order_id, place_order(method=method), BUYER)
        world.after(c.Pay(), order=order_id)
    world.after(c.VerifyPayment(), c.Ship(TRACKING), Pause(5), order="C")
    return world.after(c.VerifyPayment(), c.RequestCancel(), Pause(7), order="D")
