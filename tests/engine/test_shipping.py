"""Shipping, a parcel returned to sender, opening it, confirming receipt, and the review."""

import pytest

from escrow_tui.engine import commands as c
from escrow_tui.engine import events as e
from escrow_tui.engine.deadlines import deadlines
from escrow_tui.engine.instant import DAY
from escrow_tui.engine.order import Order, Shipment
from escrow_tui.engine.terms import Phase, ShipmentState
from tests.given.orders import (
    CAME_BACK,
    COMPLETED,
    DELIVERED,
    DISPUTE,
    GOING_BACK,
    MEDIATED,
    PAID,
    POLICY,
    RULED,
    SEND_BACK,
    SHIPPED,
    START,
    TO_BE_REPLACED,
    TRACKING,
    Step,
    days,
    given,
    then,
    then_exactly,
    then_refused,
)

NEXT = "RR473124404CN"


def parcel(order: Order) -> Shipment:
    """Return the order's parcel."""
    assert order.shipment is not None
    return order.shipment


def test_a_shipped_parcel_has_a_label_and_its_number() -> None:
    """Protection runs from then on."""
    world = given(*PAID, days(1))
    then_exactly(world.when(c.Ship(TRACKING)), e.OrderShipped(TRACKING))
    assert parcel(world.order) == Shipment(
        tracking=TRACKING, state=ShipmentState.LABEL, shipped_at=START + DAY
    )
    assert world.order.phase is Phase.SHIPPED


@pytest.mark.parametrize("tracking", ["", "RR473124828CN", "12345", "rr473124829cn"])
@pytest.mark.parametrize(
    ("steps", "ship"),
    [
        (PAID, c.Ship),
        (CAME_BACK, c.Reship),
        (TO_BE_REPLACED, c.ShipReplacement),
        (GOING_BACK[:-1], c.ShipReturn),
    ],
)
def test_a_false_number_is_refused_with_one_that_is_right(
    steps: tuple[Step, ...],
    ship: type[c.Ship | c.Reship | c.ShipReplacement | c.ShipReturn],
    tracking: str,
) -> None:
    """The example is for the goods' country of origin and would be accepted."""
    world = given(*steps, origin="PL")
    example = "RR473124404PL"
    refused = then_refused(world.when(ship(tracking)), "TRACKING_INVALID", example=example)
    assert dict(refused.facts)["tracking"] == tracking
    then(world.when(ship(example)), world.names()[-1])


# -- extensions, and shipping again


@pytest.mark.parametrize(
    ("granted", "fits"), [(1, True), (120, True), (0, False), (-1, False), (121, False)]
)
def test_the_seller_may_only_lengthen_the_protection(granted: int, fits: bool) -> None:
    """By 1 to 120 days."""
    answer = given(*SHIPPED).when(c.ExtendProtection(granted))
    if fits:
        then_exactly(answer, e.ProtectionExtended(granted))
    else:
        then_refused(answer, "BAD_DAYS", days=str(granted), most="120")


def test_a_parcel_that_came_back_is_sent_once_more_with_new_protection() -> None:
    """Extensions of the old protection do not count for the new one."""
    world = given(*SHIPPED, c.ExtendProtection(30), days(20), SEND_BACK, days(2))
    then_exactly(world.when(c.Reship(NEXT)), e.OrderShipped(NEXT))
    assert (world.order.phase, parcel(world.order).tracking) == (Phase.SHIPPED, NEXT)
    assert deadlines(world.order, POLICY)[1].at == START + (20 + 2 + 60) * DAY


def test_a_parcel_that_came_back_and_stays_is_refunded() -> None:
    """After ten days the buyer gets everything back."""
    world = given(*CAME_BACK, days(10))
    assert world.names()[-2:] == ("refund_booked", "order_refunded")
    assert (world.order.phase, world.order.refunded) == (Phase.REFUNDED, 10_000)


def test_of_a_parcel_that_stays_only_the_rest_is_refunded() -> None:
    """What the seller refunded before is not refunded twice."""
    world = given(*CAME_BACK, c.Refund(4_000), days(10))
    assert (world.order.phase, world.order.refunded) == (Phase.REFUNDED, 10_000)


# -- opening the parcel, and confirming receipt


def test_the_buyer_opens_the_parcel_once() -> None:
    """The order keeps what was in it, and when it was opened."""
    world = given(*DELIVERED, days(1))
    then_exactly(world.when(c.OpenParcel("teapot-cracked")), e.ParcelOpened("teapot-cracked"))
    assert (world.order.found, world.order.opened_at) == ("teapot-cracked", START + DAY)
    then_refused(world.when(c.OpenParcel("another")), "PARCEL_OPEN")


@pytest.mark.parametrize("steps", [COMPLETED, (*DELIVERED, DISPUTE), MEDIATED])
def test_the_buyer_may_look_after_confirming_and_while_it_is_argued(
    steps: tuple[Step, ...],
) -> None:
    """The parcel of an order that completed by itself can still be opened."""
    then(given(*steps).when(c.OpenParcel()), "parcel_opened")


def test_after_the_ruling_it_is_too_late_to_look() -> None:
    """The mediator has decided on the evidence there was."""
    then_refused(given(*RULED).when(c.OpenParcel()), "WRONG_PHASE")


def test_a_parcel_that_never_came_cannot_be_opened() -> None:
    """If receipt was confirmed without a delivery, there is nothing to open."""
    world = given(*SHIPPED, c.ConfirmReceipt())
    then_refused(world.when(c.OpenParcel()), "NOT_DELIVERED")


@pytest.mark.parametrize("steps", [SHIPPED, DELIVERED])
def test_confirming_pays_the_seller_less_the_commission(steps: tuple[Step, ...]) -> None:
    """Even before the carrier's scan."""
    world = given(*steps)
    then_exactly(
        world.when(c.ConfirmReceipt()),
        e.ReceiptConfirmed("confirmed by the buyer"),
        e.FundsReleased(10_000, 500, 0, 9_500),
    )
    assert (world.order.phase, world.order.completed_at) == (Phase.COMPLETED, START)


@pytest.mark.parametrize(
    ("steps", "length", "why"), [(SHIPPED, 60, "protection"), (DELIVERED, 7, "auto_confirm")]
)
def test_silence_confirms_too(steps: tuple[Step, ...], length: int, why: str) -> None:
    """The reason in the event is the timer's name."""
    world = given(*steps, days(length))
    confirmed = (e.ReceiptConfirmed(why), START + length * DAY)
    assert confirmed in [(event, at) for _, at, event in world.history]


def test_after_a_part_was_refunded_the_rest_is_released() -> None:
    """Commission is taken on the rest only."""
    world = given(*DELIVERED, c.Refund(4_000))
    then_exactly(
        world.when(c.ConfirmReceipt()),
        e.ReceiptConfirmed("confirmed by the buyer"),
        e.FundsReleased(6_000, 300, 0, 5_700),
    )


# -- the buyer's review


@pytest.mark.parametrize("steps", [COMPLETED, (*COMPLETED, days(15)), (*DELIVERED, DISPUTE)])
def test_the_buyer_rates_a_completed_or_closed_order(steps: tuple[Step, ...]) -> None:
    """Even one that ended with a partial refund."""
    accepted = (c.AcceptClaim(),) if steps[-1] is DISPUTE else ()
    world = given(*steps, *accepted)
    then_exactly(world.when(c.Review(3, "so so")), e.ReviewWritten(3, "so so"))
    assert world.order.review is not None
    assert (world.order.review.stars, world.order.review.text) == (3, "so so")
    assert world.order.review.at == world.now


@pytest.mark.parametrize(
    ("steps", "from_", "date"),
    [
        (COMPLETED, 0, "2026-04-01 09:00"),
        ((*DELIVERED, days(2), c.ConfirmReceipt()), 2, "2026-04-03 09:00"),
        ((*DELIVERED, days(3), DISPUTE, c.AcceptClaim()), 3, "2026-04-04 09:00"),
    ],
)
@pytest.mark.parametrize("second", [-1, 0])
def test_a_review_is_written_within_thirty_days(
    steps: tuple[Step, ...], from_: int, date: str, second: int
) -> None:
    """Counted from completion, or from the end if it was never completed."""
    world = given(*steps)
    world.advance(START + (from_ + 30) * DAY + second)
    answer = world.when(c.Review(5))
    if second < 0:
        then(answer, "review_written")
    else:
        assert then_refused(answer, "REVIEW_TOO_LATE", date=date).rule == "review_days"


@pytest.mark.parametrize(
    ("review", "code"),
    [
        (c.Review(0), "BAD_STARS"),
        (c.Review(6), "BAD_STARS"),
        (c.Review(1), ""),
        (c.Review(5), ""),
        (c.Review(5, " "), "TEXT_EMPTY"),
        (c.Review(5, "x" * 2_001), "TEXT_TOO_LONG"),
        (c.Review(5, "x" * 2_000), ""),
    ],
)
def test_a_review_has_one_to_five_stars_and_words_or_none(review: c.Review, code: str) -> None:
    """A review without text leaves it out; blank text is refused."""
    answer = given(*COMPLETED).when(review)
    if code:
        then_refused(answer, code)
    else:
        then(answer, "review_written")


def test_an_order_is_rated_once() -> None:
    """The refusal says what rating was given."""
    world = given(*COMPLETED, c.Review(2))
    then_refused(world.when(c.Review(5)), "REVIEWED_ALREADY", stars="2")


@pytest.mark.parametrize(
    "steps", [DELIVERED, (*DELIVERED, c.Refund(10_000)), (*COMPLETED, DISPUTE)]
)
def test_an_order_that_is_not_over_or_was_refunded_is_not_rated(steps: tuple[Step, ...]) -> None:
    """Neither after a full refund nor during a dispute."""
    then_refused(given(*steps).when(c.Review(5)), "WRONG_PHASE")
