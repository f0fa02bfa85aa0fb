"""How money leaves escrow: commission on what the seller keeps, refunds, clawback in its order."""

from escrow_tui.engine.account import SellerAccount
from escrow_tui.engine.events import (
    AnyEvent,
    DisputeExecuted,
    FundsReleased,
    OrderClosed,
    OrderRefunded,
    RefundBooked,
)
from escrow_tui.engine.order import Order


def commission_on(kept: int, commission_bps: int) -> int:
    """Return C(kept), rounded down: always taken on the whole part that the seller keeps."""
    return kept * commission_bps // 10_000


def release(order: Order, gross: int, account: SellerAccount, commission_bps: int) -> AnyEvent:
    """Pay `gross` of the order's escrow to the seller, a debt first."""
    kept = order.released + gross
    commission = commission_on(kept, commission_bps) - order.commission
    net = gross - commission
    repaid = min(account.debt, net)
    return FundsReleased(gross, commission, repaid, net - repaid)


def refund(order: Order, amount: int, account: SellerAccount, commission_bps: int) -> AnyEvent:
    """Send `amount` back: from escrow, then by clawback from pending, available, deposit, debt.

    A clawback returns the commission on what the seller no longer keeps.
    """
    from_escrow = min(amount, order.held)
    clawed = amount - from_escrow
    kept = order.outstanding - amount
    commission = order.commission - commission_on(kept, commission_bps) if clawed else 0
    rest = clawed - commission
    pending = min(rest, account.pending)
    available = min(rest - pending, account.available)
    deposit = min(rest - pending - available, account.deposit)
    debt = rest - pending - available - deposit
    number = order.refund_count + 1
    return RefundBooked(number, amount, from_escrow, commission, pending, available, deposit, debt)


def result(
    order: Order, amount: int, account: SellerAccount, commission_bps: int
) -> tuple[AnyEvent, ...]:
    """End a dispute with a refund of `amount`: the rest of what is held goes to the seller."""
    events: list[AnyEvent] = [DisputeExecuted(amount)]
    if amount:
        events.append(refund(order, amount, account, commission_bps))
    if left := max(0, order.held - amount):
        events.append(release(order, left, account, commission_bps))
    events.append(OrderRefunded() if amount == order.outstanding else OrderClosed())
    return tuple(events)
