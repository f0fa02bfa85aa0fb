"""The figures by which buyers judge a shop, and mediators both sides of a case."""

from enum import StrEnum

import msgspec

from escrow_tui.engine.events import (
    DisputeExecuted,
    DisputeOpened,
    Event,
    ParcelScanned,
    PaymentVerified,
    ReviewWritten,
    ShipmentMarkedFalse,
)
from escrow_tui.engine.market import Person
from escrow_tui.engine.order import Order
from escrow_tui.engine.terms import Parcel

POSITIVE_FROM_STARS = 4


class Figure(StrEnum):
    """What is counted of a person."""

    ORDERS = "orders"
    DISPUTES = "disputes"
    RULINGS_AGAINST = "rulings_against"
    FALSE_SHIPMENTS = "false_shipments"
    REVIEWS = "reviews"
    POSITIVE_REVIEWS = "positive_reviews"


class TrustChange(msgspec.Struct, frozen=True, gc=False):
    """A change of one figure of a person."""

    person: str
    figure: Figure
    by: int = 1


def trust_changes(event: Event, order: Order | None) -> tuple[TrustChange, ...]:
    """Return how an event changes the figures; `order` is as it stood before the event."""
    if order is None:
        return ()
    both = (order.buyer, order.seller)
    if isinstance(event, PaymentVerified):
        return tuple(TrustChange(person, Figure.ORDERS) for person in both)
    if isinstance(event, DisputeOpened):
        return tuple(TrustChange(person, Figure.DISPUTES) for person in both)
    if isinstance(event, DisputeExecuted):
        return _ruled(event, order)
    if isinstance(event, ShipmentMarkedFalse):
        return (TrustChange(order.seller, Figure.FALSE_SHIPMENTS),)
    if isinstance(event, ParcelScanned):
        return _cleared(event, order)
    if isinstance(event, ReviewWritten):
        return _reviewed(event, order)
    return ()


def _ruled(event: DisputeExecuted, order: Order) -> tuple[TrustChange, ...]:
    """Count a ruling against the buyer if they get nothing, otherwise against the seller."""
    if order.dispute is None or order.dispute.ruling is None:
        return ()
    granted = event.refund or event.return_goods or event.replacement
    return (TrustChange(order.seller if granted else order.buyer, Figure.RULINGS_AGAINST),)


def _cleared(event: ParcelScanned, order: Order) -> tuple[TrustChange, ...]:
    marked = order.shipment is not None and order.shipment.false
    if event.of is not Parcel.ORDER or not marked:
        return ()
    return (TrustChange(order.seller, Figure.FALSE_SHIPMENTS, -1),)


def _reviewed(event: ReviewWritten, order: Order) -> tuple[TrustChange, ...]:
    counted = TrustChange(order.seller, Figure.REVIEWS)
    if event.stars < POSITIVE_FROM_STARS:
        return (counted,)
    return (counted, TrustChange(order.seller, Figure.POSITIVE_REVIEWS))


def trusted(person: Person, figures: dict[Figure, int]) -> Person:
    """Add what was counted in the market to a person's earlier history."""

    def counted(figure: Figure) -> int:
        return figures.get(figure, 0)

    orders = person.orders + counted(Figure.ORDERS)
    disputed = person.dispute_rate * person.orders + 1_000 * counted(Figure.DISPUTES)
    reviews = person.orders + counted(Figure.REVIEWS)
    positive = person.rating * person.orders + 1_000 * counted(Figure.POSITIVE_REVIEWS)
    return msgspec.structs.replace(
        person,
        orders=orders,
        dispute_rate=_rate(disputed, orders),
        rating=_rate(positive, reviews),
        rulings_against=person.rulings_against + counted(Figure.RULINGS_AGAINST),
        false_shipments=person.false_shipments + counted(Figure.FALSE_SHIPMENTS),
    )


def _rate(thousandths: int, of: int) -> int:
    """Return a rate in tenths of a percent, rounded half up."""
    return (2 * thousandths + of) // (2 * of) if of else 0
