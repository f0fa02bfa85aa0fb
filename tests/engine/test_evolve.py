"""Folding events: always the same order, and each event changes only its own part."""

from typing import get_args

import msgspec
import pytest

from escrow_tui.engine import commands as c
from escrow_tui.engine import events as e
from escrow_tui.engine.evolve import REWRITES, evolve
from escrow_tui.engine.order import BookedRefund, Order
from escrow_tui.engine.terms import Phase, RefundWay, ShipmentState
from tests.each import for_each
from tests.engine.reached import REACHED, TOLD
from tests.given.order_stories import STORIES, STORIES_OF_THE_HELD
from tests.given.orders import (
    BUYER,
    COMPLETED,
    DELIVERED,
    DISPUTE,
    PAID,
    SHIPPED,
    START,
    TRACKING,
    Pause,
    Step,
    World,
    days,
    given,
    place_order,
)

DAY = 86_400

ALL: list[tuple[Step, ...]] = [*STORIES.values(), *STORIES_OF_THE_HELD.values()]
ALL += [tale.steps for tale in TOLD.values() if tale.method == "credit_card"]


def told_again(world: World) -> Order | None:
    """Fold the story's journal again from the start."""
    order: Order | None = None
    for stream, at, event in world.history:
        if stream == "A":
            order = evolve(order, event, stream, at)
    return order


def test_every_event_of_an_order_that_stands_is_rewritten_by_one_row() -> None:
    """Market events have no row, and the first event makes the order."""
    others = {*get_args(e.MarketEvent), e.OrderPlaced}
    assert set(REWRITES) == set(e.EVENTS.values()) - others


@for_each("steps", ALL)
def test_folding_the_journal_again_gives_the_same_order(steps: tuple[Step, ...]) -> None:
    """Even if all events, or the order itself, went through JSON."""
    world = given(*steps, days(40))
    assert told_again(world) == world.order
    order: Order | None = None
    for stream, at, event in world.history:
        if stream == "A":
            read: e.AnyEvent = msgspec.json.decode(msgspec.json.encode(event), type=e.AnyEvent)
            order = evolve(order, read, stream, at)
    assert order == world.order
    assert msgspec.json.decode(msgspec.json.encode(order), type=Order) == order


def test_an_event_leaves_the_order_before_it_as_it_was() -> None:
    """Values are never changed in place."""
    world = given(*DELIVERED)
    before, copy = world.order, msgspec.structs.replace(world.order)
    world.after(DISPUTE, c.AcceptClaim())
    assert before == copy
    assert world.order != before


@pytest.mark.parametrize(
    "event",
    [
        REACHED["clock_advanced"],
        REACHED["deposit_made"],
        REACHED["money_withdrawn"],
        REACHED["wallet_withdrawn"],
        REACHED["rate_set"],
        REACHED["order_placed"],
    ],
    ids=e.name_of,
)
def test_an_event_of_the_market_is_none_of_an_order(event: e.AnyEvent) -> None:
    """It would be an error in the caller, as would placing an order twice."""
    with pytest.raises(TypeError, match=f"^{e.name_of(event)} is no event of an order that stands"):
        evolve(given().order, event, "A", START)


def test_an_order_begins_with_being_placed() -> None:
    """Nothing else can be the first event."""
    with pytest.raises(AssertionError):
        evolve(None, e.PaymentVerified(), "A", START)


def test_an_order_that_is_placed_is_what_its_event_says() -> None:
    """Every field of the event is kept, and everything else is still empty."""
    lines = (c.Line("cup", 4_000), c.Line("pot", 5_000))
    command = place_order(
        **{"lines": lines, "shipping": 70, "origin": "PL", "destination": "FR", "pay_in": "EUR"},
        **{"rate": "0.5", "promised_days": 3, "method": "debit_card", "card_expires": 99},
    )
    world = World()
    world.now = START + 5
    world.submit("A", command, BUYER)
    assert world.order == Order(
        id="A",
        phase=Phase.AWAITING_PAYMENT,
        buyer="buyer-1",
        seller="seller-1",
        lines=lines,
        currency="USD",
        goods=9_000,
        shipping=70,
        origin="PL",
        destination="FR",
        promised_days=3,
        method="debit_card",
        policy=world.policy_hash,
        pay_in="EUR",
        rate="0.5",
        paid_total=4_535,
        card_expires=99,
        placed_at=START + 5,
    )


def test_times_are_those_of_the_events() -> None:
    """Paid, verified, shipped, delivered, completed, each at its own instant."""
    world = given(Pause(1), *PAID[:1], Pause(1), PAID[1], days(1), c.Ship(TRACKING), days(1))
    world.after(c.Scan(status=ShipmentState.DELIVERED), days(1), c.ConfirmReceipt())
    order = world.order
    assert order.shipment is not None
    assert (order.placed_at, order.paid_at, order.verified_at) == (START, START + 1, START + 2)
    assert order.shipment.shipped_at == START + DAY + 2
    assert (order.delivered_at, order.completed_at) == (START + 2 * DAY + 2, START + 3 * DAY + 2)
    assert order.released_at == order.completed_at


@pytest.mark.parametrize("steps", [SHIPPED, DELIVERED, COMPLETED])
def test_a_dispute_changes_no_phase_of_the_order(steps: tuple[Step, ...]) -> None:
    """A dispute has a phase of its own."""
    phase = given(*steps).order.phase
    world = given(*steps, days(10) if phase is Phase.SHIPPED else days(0), DISPUTE)
    assert world.order.phase is phase


def test_money_is_counted_as_the_events_say() -> None:
    """Refunds before and after the release, each with its sources."""
    world = given(*DELIVERED, c.Refund(1_000), c.ConfirmReceipt(), Pause(9), c.Refund(2_000))
    order = world.order
    assert (order.captured, order.held, order.refunded, order.released) == (10_000, 0, 3_000, 7_000)
    assert (order.commission, order.releases, order.outstanding) == (350, 1, 7_000)
    assert (order.uncleared, order.line_refunds, order.refund_count) == (6_650, (3_000,), 2)
    assert order.refunds == (
        BookedRefund(number=1, amount=1_000, booked_at=START, way=RefundWay.CARD),
        BookedRefund(number=2, amount=2_000, booked_at=START + 9, way=RefundWay.CARD),
    )


def test_what_arrives_is_taken_off_the_refunds_on_their_way() -> None:
    """By its number; what was settled is counted in both currencies."""
    world = given(
        *SHIPPED, c.Refund(1_000), days(1), c.Refund(2_000), days(13), pay_in="EUR", rate="0.5"
    )
    order = world.order
    assert [one.number for one in order.refunds] == [2]
    assert (order.settled, order.paid_back) == (1_000, 500)
    order = world.after(days(1)).order
    assert (order.refunds, order.settled, order.paid_back) == ((), 3_000, 1_500)


def test_a_penalty_that_arrives_is_not_counted_as_a_refund() -> None:
    """A penalty pays the price a second time and is no part of the refund."""
    order = given(*PAID).order
    order = evolve(order, e.PenaltyBooked(1, 700, e.Sources(debt=700), RefundWay.CARD), "A", 5)
    assert order.refunds == (
        BookedRefund(number=1, amount=700, booked_at=5, way=RefundWay.CARD, penalty=True),
    )
    assert (order.penalty, order.refunded, order.refund_count) == (700, 0, 1)
    order = evolve(order, e.RefundSettled(1, 700, 700), "A", 9)
    assert (order.refunds, order.settled, order.paid_back) == ((), 0, 0)


def test_what_was_clawed_back_cannot_be_cleared() -> None:
    """Of 95.00 pending, 38.00 went back, so 57.00 becomes available."""
    world = given(*COMPLETED, DISPUTE, c.AcceptClaim())
    assert world.order.uncleared == 5_700
    world.after(days(3))
    assert world.balance("seller:seller-1:available") == 5_700
    assert world.order.uncleared == 0


@pytest.mark.parametrize("taken", [9_499, 9_500, 9_501])
def test_an_order_never_has_less_than_nothing_to_clear(taken: int) -> None:
    """A clawback may have taken another order's pending money."""
    order = given(*COMPLETED).order
    sources = e.Sources(escrow=0, commission=0, pending=taken)
    left = max(0, 9_500 - taken)
    booked = e.RefundBooked(
        number=1, amount=taken, sources=sources, way=RefundWay.CARD, lines=(taken,)
    )
    assert evolve(order, booked, "A", START).uncleared == left
    charged = evolve(
        order,
        e.ChargebackOpened(amount=taken, paid=taken, fee=0, fee_currency="USD", debited=True),
        "A",
        START,
    )
    lost = e.ChargebackLost(taken, 0, sources, "x")
    assert evolve(charged, lost, "A", START).uncleared == left
    label = e.LabelBought(taken, REACHED["label_bought"].payer, sources)  # type: ignore[union-attr]
    assert evolve(order, label, "A", START).uncleared == left
