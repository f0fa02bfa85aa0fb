"""What happened in the journal, told to one who may hear of it."""

from collections.abc import Iterable

from escrow_tui.desk.session import News
from escrow_tui.engine.entry import Entry, order_stream
from escrow_tui.engine.order import Order
from escrow_tui.engine.roles import Actor, Role
from escrow_tui.engine.terms import DisputePhase
from escrow_tui.store import Append, Reading
from escrow_tui.views.telling import tell
from escrow_tui.views.words import date_of


def news_of(
    reading: Reading, market: str, entries: Iterable[Entry | Append], actor: Actor
) -> tuple[News, ...]:
    """Tell what happened to the actor's orders, as he may read it."""
    told: list[News] = []
    for entry in entries:
        stored = reading.order(market, order_of(entry))
        if stored is None or not _concerns(stored.order, actor):
            continue
        sentences = (tell(event, stored.order, actor.role) for event in entry.events)
        told += (News(stored.order.id, date_of(entry.at), one) for one in sentences if one)
    return tuple(told)


def order_of(entry: Entry | Append) -> str:
    """The id of the order that an entry is about; "" where it is about none."""
    order_id = entry.stream.removeprefix(order_stream(""))
    return "" if order_id == entry.stream else order_id


def _concerns(order: Order, actor: Actor) -> bool:
    """A party hears of his own orders, everybody else of all that he may see."""
    own = {Role.BUYER: order.buyer, Role.SELLER: order.seller}
    return own.get(actor.role, actor.person) == actor.person and open_to(order, actor)


def open_to(order: Order, actor: Actor) -> bool:
    """A mediator sees the cases that are his or free; a party sees his own orders anyway.

    An appeal is for another mediator than the one who ruled. Nobody's name stands for all of them.
    """
    dispute = order.dispute
    if actor.role is not Role.MEDIATOR or dispute is None or not actor.person:
        return True
    if dispute.phase is not DisputePhase.APPEAL_REVIEW:
        return dispute.mediator in ("", actor.person)
    return actor.person != dispute.mediator and dispute.reviewer in ("", actor.person)
