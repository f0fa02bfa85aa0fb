"""Which view of an order a chair gets."""

from escrow_tui.desk.session import Session
from escrow_tui.engine.roles import Actor, Role
from escrow_tui.views.choices import OrderView


def order_view(session: Session, actor: Actor, order_id: str) -> OrderView:
    """Return the order as the actor's role may see it."""
    if actor.role is Role.BUYER:
        return session.buyer_order(actor, order_id)
    if actor.role is Role.SELLER:
        return session.seller_order(actor, order_id)
    if actor.role is Role.MEDIATOR:
        return session.mediator_case(actor, order_id)
    return session.backstage_order(order_id)
