"""The order as its money is released, refunded, settled and cleared, and as it ends."""

from msgspec.structs import replace

from escrow_tui.engine import events as e
from escrow_tui.engine.evolving.rewrite import after
from escrow_tui.engine.order import BookedRefund, Order
from escrow_tui.engine.terms import Phase


def _refunded(order: Order, _: e.OrderRefunded, at: int) -> Order:
    return replace(order, phase=Phase.REFUNDED, ended_at=at)


def _closed(order: Order, _: e.OrderClosed, at: int) -> Order:
    return replace(order, phase=Phase.CLOSED, ended_at=at)


def _released(order: Order, event: e.FundsReleased, at: int) -> Order:
    return replace(
        order,
        held=order.held - event.gross,
        released=order.released + event.gross,
        releases=order.releases + 1,
        commission=order.commission + event.commission,
        uncleared=order.uncleared + event.pending,
        released_at=at,
    )


def _refund_booked(order: Order, event: e.RefundBooked, at: int) -> Order:
    sources = event.sources
    return replace(
        order,
        held=order.held - sources.escrow,
        refunded=order.refunded + event.amount,
        released=order.released - (event.amount - sources.escrow),
        commission=order.commission - sources.commission,
        # What was clawed back can no longer become available.
        uncleared=max(0, order.uncleared - sources.pending),
        line_refunds=_summed(order.line_refunds, event.lines),
        refunds=(
            *order.refunds,
            BookedRefund(number=event.number, amount=event.amount, booked_at=at, way=event.way),
        ),
        refund_count=event.number,
    )


def _summed(before: tuple[int, ...], now: tuple[int, ...]) -> tuple[int, ...]:
    """Add each line's refund to its earlier refunds, if there were any."""
    return tuple(map(sum, zip(before, now, strict=True))) if before else now


def _punished(order: Order, event: e.PenaltyBooked, at: int) -> Order:
    due = BookedRefund(
        number=event.number, amount=event.amount, booked_at=at, way=event.way, penalty=True
    )
    return replace(
        order,
        penalty=order.penalty + event.amount,
        refunds=(*order.refunds, due),
        refund_count=event.number,
    )


def _settled(order: Order, event: e.RefundSettled, _at: int) -> Order:
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


def _cleared(order: Order, _: e.FundsCleared, _at: int) -> Order:
    return replace(order, uncleared=0)


def _gift_paid(order: Order, event: e.GoodwillPaid, _at: int) -> Order:
    return replace(order, goodwill=order.goodwill + event.amount)


def _label_bought(order: Order, event: e.LabelBought, _at: int) -> Order:
    return replace(order, uncleared=max(0, order.uncleared - event.sources.pending))


MONEY = (
    after(e.FundsReleased, _released),
    after(e.RefundBooked, _refund_booked),
    after(e.PenaltyBooked, _punished),
    after(e.RefundSettled, _settled),
    after(e.FundsCleared, _cleared),
    after(e.GoodwillPaid, _gift_paid),
    after(e.LabelBought, _label_bought),
    after(e.OrderRefunded, _refunded),
    after(e.OrderClosed, _closed),
)
