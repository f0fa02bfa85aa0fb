"""Placing, paying, verifying, calling off."""

from typing import assert_never

from msgspec.structs import replace

from escrow_tui.engine import events as e
from escrow_tui.engine.evolving.stops import resumed
from escrow_tui.engine.order import Order, Stop
from escrow_tui.engine.terms import Phase


def placed(event: e.OrderPlaced, order_id: str, at: int) -> Order:
    """Return the order as it is placed."""
    return Order(
        order_id,
        Phase.AWAITING_PAYMENT,
        event.buyer,
        event.seller,
        event.lines,
        event.currency,
        event.goods,
        event.shipping,
        event.origin,
        event.destination,
        event.promised_days,
        event.method,
        event.policy,
        event.pay_in,
        event.rate,
        event.paid_total,
        event.card_expires,
        at,
    )


def of_payment(order: Order, event: e.PaymentEvent, at: int) -> Order:
    """Return the order after an event before anything is shipped."""
    match event:
        case e.PaymentCaptured():
            paid_at = order.paid_at or at
            captured = order.captured + event.amount
            held = order.held + event.amount
            return replace(
                order, phase=Phase.VERIFYING, paid_at=paid_at, captured=captured, held=held
            )
        case e.PaymentVerified():
            return replace(order, phase=Phase.AWAITING_SHIPMENT, verified_at=at)
        case e.PaymentPromised():
            return replace(order, phase=Phase.VERIFYING, paid_at=at)
        case e.PaymentDeclined():
            return order
        case e.OrderExpired():
            return replace(order, phase=Phase.EXPIRED, ended_at=at)
        case e.OrderCancelled():
            return replace(order, phase=Phase.CANCELLED, ended_at=at)
        case e.CancelRequested():
            stops = (*order.stops, Stop(at))
            return replace(order, phase=Phase.CANCEL_REQUESTED, cancel_asked_at=at, stops=stops)
        case e.CancelWithdrawn():
            stops = resumed(order, at)
            return replace(order, phase=Phase.AWAITING_SHIPMENT, stops=stops)
        case e.ProcessingExtended():
            days = order.extra_processing_days + event.days
            return replace(order, extra_processing_days=days)
        case _:
            assert_never(event)
