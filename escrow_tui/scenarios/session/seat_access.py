"""What a seat grants: one person among others in a market sees and does only what is their own.

The actor comes from the seat's row. The actor that a caller claims to be is compared with it.
"""

from escrow_tui.desk.news import open_to
from escrow_tui.engine.order import Order
from escrow_tui.engine.roles import CARRIER, Actor, Role
from escrow_tui.scenarios.session.access import Access, Right, sees_everything
from escrow_tui.store.rows.seats import BACKSTAGE, SeatRow

_RIGHTS: dict[str, frozenset[Right]] = {
    Role.BUYER: frozenset({Right.MARKET, Right.OWN, Right.ORDER, Right.BUY}),
    Role.SELLER: frozenset({Right.MARKET, Right.OWN, Right.ORDER, Right.SELL}),
    Role.MEDIATOR: frozenset({Right.MARKET, Right.OWN, Right.ORDER}),
    BACKSTAGE: frozenset({Right.MARKET, Right.OWN, Right.ORDER, Right.WHOLE_MARKET, Right.CLOCK}),
}


def seat_access(seat: SeatRow) -> Access:
    """Return what a seat grants to the person in it."""
    if seat.role == BACKSTAGE:
        chair, sees = CARRIER, sees_everything
    else:
        chair, sees = Actor(Role(seat.role), seat.person), is_own
    return Access(chairs=(chair,), rights=_RIGHTS[seat.role], sees=sees, hears=sees)


def seat_title(title: str, seat: SeatRow) -> str:
    """Return the market's title with the person in the seat."""
    if seat.role == BACKSTAGE:
        return title
    mediates = seat.role == Role.MEDIATOR
    return f"{title} ({f'mediator {seat.person}' if mediates else seat.person})"


def is_own(actor: Actor, order: Order) -> bool:
    """Say whether an order is the party's own, or a case that the mediator may see."""
    if actor.role is Role.BUYER:
        return order.buyer == actor.person
    if actor.role is Role.SELLER:
        return order.seller == actor.person
    if actor.role is Role.MEDIATOR:
        return open_to(order, actor) if order.dispute else _ruled(order, actor)
    return False


def _ruled(order: Order, mediator: Actor) -> bool:
    """Say whether the goods go back because this mediator decided it."""
    ended = order.return_.dispute if order.return_ else None
    return ended is not None and mediator.person in (ended.mediator, ended.reviewer)
