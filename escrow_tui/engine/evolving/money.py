"""Money that is released, given back, settled and cleared; the end of an order."""

from typing import assert_never

from msgspec.structs import replace

from escrow_tui.engine import events as e
from escrow_tui.engine.order import BookedRefund, Order
from escrow_tui.engine.terms import Phase


def of_end(order: Order, event: e.EndEvent, at: int) -> Order:
    """Return the order after its end."""
    phase = Phase.REFUNDED if isinstance(event, e.OrderRefunded) else Phase.CLOSED
    return replace(order, phase=phase, ended_at=at)


def of_money(order: Order, event: e.MoneyEvent, at: int) -> Order:
    """Return the order after a movement of its money."""
    match event:
        case e.FundsReleased():
            return replace(
                order,
                held=order.held - event.gross,
                released=order.released + event.gross,
                releases=order.releases + 1,
                commission=order.commission + event.commission,
                uncleared=order.uncleared + event.pending,
                released_at=at,
            )
        case e.RefundBooked():
            return _refund_booked(order, event, at)
        case e.PenaltyBooked():
            due = BookedRefund(event.number, event.amount, at, event.way, penalty=True)
            return replace(
                order,
                penalty=order.penalty + event.amount,
                refunds=(*order.refunds, due),
                refund_count=event.number,
            )
        case e.RefundSettled():
            return _settled(order, event)
        case e.FundsCleared():
            return replace(order, uncleared=0)
        case e.GoodwillPaid():
            return replace(order, goodwill=order.goodwill + event.amount)
        case e.LabelBought():
            return replace(order, uncleared=max(0, order.uncleared - event.sources.pending))
        case _:
            assert_never(event)


def _refund_booked(order: Order, event: e.RefundBooked, at: int) -> Order:
    sources = event.sources
    before = order.line_refunds or (0,) * len(event.lines)
    return replace(
        order,
        held=order.held - sources.escrow,
        refunded=order.refunded + event.amount,
        released=order.released - (event.amount - sources.escrow),
        commission=order.commission - sources.commission,
        # What was clawed back can no longer become available.
        uncleared=max(0, order.uncleared - sources.pending),
        line_refunds=tuple(map(sum, zip(before, event.lines, strict=True))),
        refunds=(*order.refunds, BookedRefund(event.number, event.amount, at, event.way)),
        refund_count=event.number,
    )


def _settled(order: Order, event: e.RefundSettled) -> Order:
    due = next(one for one in order.refunds if one.number == event.number)
    left = tuple(one for one in order.refunds if one is not due)
    if due.penalty:
        return replace(order, refunds=left)
    return replace(
        order,
        refunds=left,
        settled=order.settled + event.amount,
        paid_back=order.paid_back + event.paid_back,
    )
