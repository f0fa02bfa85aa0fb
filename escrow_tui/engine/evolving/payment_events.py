"""The order as it is placed, paid, verified and cancelled."""

from msgspec.structs import replace

from escrow_tui.engine import events as e
from escrow_tui.engine.evolving.rewrite import after
from escrow_tui.engine.evolving.stops import resumed
from escrow_tui.engine.order import Order, Stop
from escrow_tui.engine.terms import Phase

# Looked up once: up to Python 3.11 each access to an enum's member costs 70 ns.
_AWAITING_PAYMENT, _VERIFYING = Phase.AWAITING_PAYMENT, Phase.VERIFYING
_AWAITING_SHIPMENT = Phase.AWAITING_SHIPMENT


def placed(event: e.OrderPlaced, order_id: str, at: int) -> Order:
    """Return a newly placed order."""
    return Order(
        id=order_id,
        phase=_AWAITING_PAYMENT,
        buyer=event.buyer,
        seller=event.seller,
        lines=event.lines,
        currency=event.currency,
        goods=event.goods,
        shipping=event.shipping,
        origin=event.origin,
        destination=event.destination,
        promised_days=event.promised_days,
        method=event.method,
        policy=event.policy,
        pay_in=event.pay_in,
        rate=event.rate,
        paid_total=event.paid_total,
        card_expires=event.card_expires,
        placed_at=at,
    )


def _promised(order: Order, _: e.PaymentPromised, at: int) -> Order:
    return replace(order, phase=_VERIFYING, paid_at=at)


def _captured(order: Order, event: e.PaymentCaptured, at: int) -> Order:
    return replace(
        order,
        phase=_VERIFYING,
        paid_at=order.paid_at or at,
        captured=order.captured + event.amount,
        held=order.held + event.amount,
    )


def _verified(order: Order, _: e.PaymentVerified, at: int) -> Order:
    return replace(order, phase=_AWAITING_SHIPMENT, verified_at=at)


def _declined(order: Order, _: e.PaymentDeclined, _at: int) -> Order:
    return order


def _expired(order: Order, _: e.OrderExpired, at: int) -> Order:
    return replace(order, phase=Phase.EXPIRED, ended_at=at)


def _cancelled(order: Order, _: e.OrderCancelled, at: int) -> Order:
    return replace(order, phase=Phase.CANCELLED, ended_at=at)


def _cancel_asked(order: Order, _: e.CancelRequested, at: int) -> Order:
    stops = (*order.stops, Stop(at))
    return replace(order, phase=Phase.CANCEL_REQUESTED, cancel_asked_at=at, stops=stops)


def _cancel_withdrawn(order: Order, _: e.CancelWithdrawn, at: int) -> Order:
    return replace(order, phase=_AWAITING_SHIPMENT, stops=resumed(order, at))


def _extended(order: Order, event: e.ProcessingExtended, _at: int) -> Order:
    return replace(order, extra_processing_days=order.extra_processing_days + event.days)


PAYMENT = (
    after(e.PaymentPromised, _promised),
    after(e.PaymentCaptured, _captured),
    after(e.PaymentVerified, _verified),
    after(e.PaymentDeclined, _declined),
    after(e.OrderExpired, _expired),
    after(e.OrderCancelled, _cancelled),
    after(e.CancelRequested, _cancel_asked),
    after(e.CancelWithdrawn, _cancel_withdrawn),
    after(e.ProcessingExtended, _extended),
)
