"""Where an order's money is, as the picture of its flow shows it."""

from escrow_tui.engine.instant import date_of
from escrow_tui.engine.order import Order
from escrow_tui.engine.roles import Role
from escrow_tui.engine.terms import Phase
from escrow_tui.views.amounts import amount_text
from escrow_tui.views.parts import Flow
from escrow_tui.views.privacy import knows_refund_arrival


def flow(order: Order, role: Role) -> Flow:
    """Return where the order's money is; a buyer sees what was released, and no commission."""
    net = role is not Role.BUYER
    commission = order.commission if net else 0
    to_seller = order.released - commission
    return Flow(
        buyer_title="Buyer",
        escrow_title="Escrow",
        seller_title="Seller",
        paid=amount_text(order.captured, order),
        held=amount_text(order.held, order),
        to_seller=amount_text(to_seller, order),
        refunded=amount_text(order.refunded, order),
        commission=amount_text(commission, order),
        paid_minor=order.captured,
        held_minor=order.held,
        to_seller_minor=to_seller,
        refunded_minor=order.refunded,
        commission_minor=commission,
        note=_flow_note(order, role),
        charged_back=amount_text(order.charged_back, order),
        charged_back_minor=order.charged_back,
    )


def _flow_note(order: Order, role: Role) -> str:
    if order.chargeback:
        verb = "has taken" if order.chargeback.debited else "wants"
        return f"frozen: the bank {verb} {amount_text(order.chargeback.amount, order)} back"
    if order.dispute:
        return f"dispute since {date_of(order.dispute.opened_at)}; it moves no money"
    if order.return_:
        return f"agreed on {date_of(order.return_.agreed_at)}: the money waits for the goods"
    coming = _coming(order, role)
    if coming:
        return f"{amount_text(coming, order)} on the way back to the buyer"
    if order.phase is Phase.AWAITING_REPLACEMENT:
        return "it waits for the replacement" if order.held else "the seller is paid already"
    return f"held since {date_of(order.paid_at)}" if order.held else "nothing is held"


def _coming(order: Order, role: Role) -> int:
    """Return the refunds on their way (minor units); 0 for a seller, who never sees them arrive."""
    return sum(one.amount for one in order.refunds) if knows_refund_arrival(role) else 0
