"""How money leaves escrow: releases with commission, refunds, and clawback."""

from escrow_tui.engine.account import SellerAccount
from escrow_tui.engine.context import Context
from escrow_tui.engine.events import (
    AnyEvent,
    FundsReleased,
    OrderClosed,
    OrderRefunded,
    PenaltyBooked,
    RefundBooked,
    Sources,
)
from escrow_tui.engine.methods import METHODS, way_back
from escrow_tui.engine.money import shares
from escrow_tui.engine.order import Order
from escrow_tui.engine.terms import RefundWay


def commission_on(kept: int, commission_bps: int) -> int:
    """Return the commission C(kept), rounded down, on all that the seller keeps of an order."""
    return kept * commission_bps // 10_000


def release(order: Order, gross: int, context: Context) -> FundsReleased:
    """Pay `gross` of the order's escrow to the seller, after repaying their debt."""
    kept = order.released + gross
    commission = commission_on(kept, context.policy.commission_bps) - order.commission
    net = gross - commission
    repaid = min(context.account().debt, net)
    return FundsReleased(gross, commission, repaid, net - repaid)


def draw(order: Order, amount: int, context: Context) -> Sources:
    """Say where `amount` comes from: escrow first, then clawback of what was released.

    A clawback returns the commission on what the seller no longer keeps.
    """
    escrow = min(amount, order.held)
    clawed = amount - escrow
    if not clawed:
        return Sources(escrow=escrow)
    kept = order.outstanding - amount
    commission = order.commission - commission_on(kept, context.policy.commission_bps)
    return claw(context.account(), clawed - commission, escrow, commission)


def claw(account: SellerAccount, owed: int, escrow: int = 0, commission: int = 0) -> Sources:
    """Take `owed` from the seller's pending, available and deposit, in this order, else as debt."""
    pending = min(owed, account.pending)
    available = min(owed - pending, account.available)
    deposit = min(owed - pending - available, account.deposit)
    debt = owed - pending - available - deposit
    return Sources(
        escrow=escrow,
        commission=commission,
        pending=pending,
        available=available,
        deposit=deposit,
        debt=debt,
    )


def refund(order: Order, amount: int, context: Context, line: str = "") -> RefundBooked:
    """Refund `amount` of one line, or of all lines in proportion to what is left of each."""
    sources = draw(order, amount, context)
    parts = line_parts(order, amount, line)
    return RefundBooked(
        number=order.refund_count + 1,
        amount=amount,
        sources=sources,
        way=_way(order, context),
        lines=parts,
    )


def line_parts(order: Order, amount: int, line: str) -> tuple[int, ...]:
    """Split an amount over the lines by largest remainder, or give it all to the line named."""
    if len(order.lines) == 1:
        return (amount,)
    if line:
        return tuple(amount if one.id == line else 0 for one in order.lines)
    left = lines_left(order)
    return shares(amount, left) if sum(left) else (0,) * len(left)


def lines_left(order: Order) -> tuple[int, ...]:
    """Return what can still be refunded of each line, with its share of the shipping."""
    given = order.line_refunds or (0,) * len(order.lines)
    return tuple(part - back for part, back in zip(order.line_shares, given, strict=True))


def penalty(order: Order, refunded: int, context: Context) -> PenaltyBooked:
    """Make the seller pay the goods' price once more, for a proven counterfeit.

    Shipping is excluded (bio-guard.net, undated, grade C); pending money is not touched. The
    penalty follows a refund of `refunded` and takes from what that leaves of the account.
    """
    drawn, rest = draw(order, refunded, context), context.account()
    left = SellerAccount(0, rest.available - drawn.available, rest.deposit - drawn.deposit)
    sources = claw(left, order.goods)
    return PenaltyBooked(order.refund_count + 2, order.goods, sources, _way(order, context))


def _way(order: Order, context: Context) -> RefundWay:
    return way_back(METHODS[order.method], order.card_expires, context.now)


def pay_out(order: Order, amount: int, context: Context) -> tuple[AnyEvent, ...]:
    """End the order with a refund of `amount`; the rest of escrow goes to the seller."""
    events: list[AnyEvent] = []
    if amount:
        events.append(refund(order, amount, context))
    if left := max(0, order.held - amount):
        events.append(release(order, left, context))
    events.append(OrderRefunded() if amount == order.outstanding else OrderClosed())
    return tuple(events)
