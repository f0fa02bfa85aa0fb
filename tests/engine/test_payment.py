"""Payment, verification, and cancellation before shipping."""

import pytest

from escrow_tui.engine import commands as c
from escrow_tui.engine import events as e
from escrow_tui.engine.methods import METHODS
from escrow_tui.engine.roles import Actor
from escrow_tui.engine.terms import Phase, RefundWay
from tests.given.orders import (
    BUYER,
    CANCEL_ASKED,
    PAID,
    SELLER,
    START,
    Step,
    days,
    given,
    then_exactly,
    then_refused,
)

CARDS = ("credit_card", "debit_card", "virtual_card")
BACK = e.RefundBooked(
    number=1, amount=10_000, sources=e.Sources(escrow=10_000), way=RefundWay.CARD, lines=(10_000,)
)


@pytest.mark.parametrize("method", CARDS)
def test_a_card_is_captured_at_once(method: str) -> None:
    """The money is in escrow while the bank verifies."""
    world = given(method=method)
    cost = 220 if method == "debit_card" else 320
    then_exactly(world.when(c.Pay()), e.PaymentCaptured(10_000, 10_000, 0, cost))
    assert (world.order.phase, world.order.held) == (Phase.VERIFYING, 10_000)
    world.after(days(0))
    then_exactly(world.when(c.VerifyPayment()), e.PaymentVerified())
    assert world.order.phase is Phase.AWAITING_SHIPMENT


def test_western_union_is_captured_when_the_bank_verifies() -> None:
    """Until then cash at an agent is a promise, from which the time to verify runs."""
    world = given(method="western_union")
    then_exactly(world.when(c.Pay()), e.PaymentPromised())
    assert (world.order.phase, world.order.captured) == (Phase.VERIFYING, 0)
    world.advance(START + 60)
    captured = e.PaymentCaptured(10_000, 10_000, 800, 0)
    then_exactly(world.when(c.VerifyPayment()), captured, e.PaymentVerified())
    assert (world.order.phase, world.order.held) == (Phase.AWAITING_SHIPMENT, 10_000)
    assert (world.order.paid_at, world.order.verified_at) == (START, START + 60)


def test_a_card_that_is_verified_was_paid_when_it_was_captured() -> None:
    """The order keeps both instants."""
    world = given()
    world.advance(START + 5)
    world.after(c.Pay())
    world.advance(START + 9)
    world.after(c.VerifyPayment())
    assert (world.order.paid_at, world.order.verified_at) == (START + 5, START + 9)


@pytest.mark.parametrize("method", CARDS)
def test_a_declined_card_goes_back_through_refunds_payable(method: str) -> None:
    """All money going back is booked as a refund."""
    world = given(c.Pay(), method=method)
    then_exactly(
        world.when(c.DeclinePayment("card_expired")),
        e.PaymentDeclined("card_expired"),
        e.OrderCancelled("payment declined: card_expired"),
        BACK,
    )
    assert world.balance("refunds_payable") == 10_000
    assert world.order.phase is Phase.CANCELLED


def test_declined_cash_was_never_captured() -> None:
    """Nothing goes back, because nothing came in."""
    world = given(c.Pay(), method="western_union")
    then_exactly(
        world.when(c.DeclinePayment("not_paid_in")),
        e.PaymentDeclined("not_paid_in"),
        e.OrderCancelled("payment declined: not_paid_in"),
    )
    assert not any(world.balances.values())


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("code", ["", "no_such_code", "NOT_PAID_IN"])
def test_a_decline_needs_a_code_of_the_method(method: str, code: str) -> None:
    """The refusal lists the codes that are known."""
    world = given(c.Pay(), method=method)
    known = ", ".join(METHODS[method].decline_codes)
    answer = world.when(c.DeclinePayment(code))
    then_refused(answer, "DECLINE_CODE_UNKNOWN", code=code, method=method, known=known)


@pytest.mark.parametrize("method", METHODS)
def test_every_decline_code_of_a_method_is_taken(method: str) -> None:
    """The codes are rows of the table of methods."""
    for code in METHODS[method].decline_codes:
        world = given(c.Pay(), c.DeclinePayment(code), method=method)
        assert world.order.phase is Phase.CANCELLED


CALLED_OFF: list[tuple[tuple[Step, ...], Actor, tuple[e.AnyEvent, ...]]] = [
    ((), BUYER, (e.OrderExpired(),)),
    ((), SELLER, (e.OrderExpired(),)),
    ((c.Pay(),), BUYER, (e.OrderCancelled("cancelled by the buyer"), BACK)),
    ((c.Pay(),), SELLER, (e.OrderCancelled("cancelled by the seller"), BACK)),
    (PAID, SELLER, (e.OrderCancelled("cancelled by the seller"), BACK)),
]


@pytest.mark.parametrize(("steps", "by", "events"), CALLED_OFF)
def test_an_order_is_called_off_before_it_is_shipped(
    steps: tuple[Step, ...], by: Actor, events: tuple[e.AnyEvent, ...]
) -> None:
    """An unpaid order expires, a paid one is refunded; the buyer can cancel until verification."""
    world = given(*steps)
    then_exactly(world.when(c.Cancel(), by=by), *events)
    assert (world.order.held, world.order.outstanding) == (0, 0)
    assert world.order.ended_at == START


def test_the_buyer_cannot_cancel_a_verified_order() -> None:
    """After that the buyer can only ask the seller to cancel."""
    then_refused(given(*PAID).when(c.Cancel()), "WRONG_PHASE", phase="awaiting shipment")


def test_the_buyer_asks_to_call_off_a_verified_order() -> None:
    """Then the order waits for the seller's answer."""
    world = given(*PAID, days(1))
    then_exactly(world.when(c.RequestCancel()), e.CancelRequested())
    assert world.order.phase is Phase.CANCEL_REQUESTED
    assert world.order.cancel_asked_at == world.now


def test_the_seller_agrees_to_call_it_off() -> None:
    """The buyer gets everything back."""
    agreed = given(*CANCEL_ASKED).when(c.AcceptCancel())
    then_exactly(agreed, e.OrderCancelled("the seller agreed"), BACK)


def test_the_sellers_silence_is_consent() -> None:
    """After two days, and the event names the timer."""
    world = given(*CANCEL_ASKED, days(2))
    assert [event for _, _, event in world.history][-2:] == [
        e.OrderCancelled("cancel_answer"),
        BACK,
    ]


def test_the_buyer_withdraws_the_request() -> None:
    """The buyer may ask again later."""
    world = given(*CANCEL_ASKED, days(1))
    then_exactly(world.when(c.WithdrawCancel()), e.CancelWithdrawn())
    assert world.order.phase is Phase.AWAITING_SHIPMENT
    then_exactly(world.when(c.RequestCancel()), e.CancelRequested())


def test_a_parcel_that_is_shipped_ends_the_request() -> None:
    """Once the goods are on their way there is nothing to cancel."""
    world = given(*CANCEL_ASKED, c.Ship("RR473124829CN"))
    assert world.order.phase is Phase.SHIPPED
    then_refused(world.when(c.AcceptCancel()), "WRONG_PHASE", phase="shipped")


@pytest.mark.parametrize(
    ("steps", "length", "why"),
    [
        (PAID[:1], 1, "verification"),
        (PAID, 7, "processing"),
        (CANCEL_ASKED, 2, "cancel_answer"),
    ],
)
def test_time_calls_off_what_nobody_goes_on_with(
    steps: tuple[Step, ...], length: int, why: str
) -> None:
    """The reason in the event is the timer's name."""
    world = given(*steps, days(length))
    assert [event for _, _, event in world.history][-2:] == [e.OrderCancelled(why), BACK]


def test_cash_that_nobody_verifies_goes_back_nowhere() -> None:
    """The money was never captured."""
    world = given(c.Pay(), days(1), method="western_union")
    assert world.history[-1][2] == e.OrderCancelled("verification")
    assert world.order.phase is Phase.CANCELLED


def test_an_unpaid_order_expires() -> None:
    """After twenty days; this event has no reason."""
    assert given(days(20)).history[-1][2] == e.OrderExpired()


def test_the_buyer_gives_the_seller_more_days() -> None:
    """Days granted twice add up."""
    world = given(*PAID)
    then_exactly(world.when(c.ExtendProcessing(5)), e.ProcessingExtended(5))
    world.after(c.ExtendProcessing(2))
    assert world.order.extra_processing_days == 7
    assert world.after(days(13)).order.phase is Phase.AWAITING_SHIPMENT
    assert world.after(days(1)).order.phase is Phase.CANCELLED


@pytest.mark.parametrize(
    ("granted", "fits"), [(1, True), (120, True), (0, False), (-1, False), (121, False)]
)
def test_days_granted_have_bounds(granted: int, fits: bool) -> None:
    """From 1 to 120 days."""
    answer = given(*PAID).when(c.ExtendProcessing(granted))
    if fits:
        then_exactly(answer, e.ProcessingExtended(granted))
    else:
        then_refused(answer, "BAD_DAYS", days=str(granted), most="120")
