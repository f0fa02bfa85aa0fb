"""What happened in the journal, as sentences for those who may read them."""

from collections.abc import Callable, Iterable, Iterator

from escrow_tui.desk.session import News
from escrow_tui.engine.entry import Entry, order_stream
from escrow_tui.engine.instant import date_of
from escrow_tui.engine.order import Order
from escrow_tui.engine.roles import Actor, Role
from escrow_tui.engine.terms import DisputePhase
from escrow_tui.store import Append, Reading
from escrow_tui.views.event_sentences import tell


def news_of(
    reading: Reading, market: str, entries: Iterable[Entry | Append], actor: Actor
) -> tuple[News, ...]:
    """Return what happened to the actor's orders, as they may read it."""
    return told_of(reading, market, entries, actor.role, lambda order: _concerns(order, actor))


def told_of(
    reading: Reading,
    market: str,
    entries: Iterable[Entry | Append],
    role: Role,
    sees: Callable[[Order], bool],
) -> tuple[News, ...]:
    """Return what happened to the orders that a role sees, as it may read it."""
    told: list[News] = []
    for entry in entries:
        stored = reading.order(market, order_id_of(entry))
        if stored is None or not sees(stored.order):
            continue
        sentences = (tell(event, stored.order, role) for event in entry.events)
        date, by = date_of(entry.at), entry.actor.role
        told += (News(stored.order.id, date, one, by) for one in sentences if one)
    return tuple(told)


class OwnActs:
    """What this program has written itself: nobody is told of their own acts."""

    def __init__(self) -> None:
        self._commands: set[str] = set()
        self._moves: list[range] = []

    def gave(self, command_id: str) -> None:
        """Remember a command that was given here."""
        self._commands.add(command_id)

    def moved(self, after: int, upto: int) -> None:
        """Remember a move of the clock, which wrote the entries after one and up to another."""
        self._moves.append(range(after + 1, upto + 1))

    def others(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        """Yield the entries that were not written here, nor made due at once by one that was."""
        before: tuple[str, int] | None = None
        own = False
        for entry in entries:
            follows = entry.command is None and (entry.stream, entry.at) == before
            own = self._is_own(entry) or (own and follows)
            before = (entry.stream, entry.at)
            if not own:
                yield entry

    def _is_own(self, entry: Entry) -> bool:
        return entry.command_id in self._commands or any(entry.seq in move for move in self._moves)


def order_id_of(entry: Entry | Append) -> str:
    """Return the id of the order that an entry is about, "" if it is about none."""
    order_id = entry.stream.removeprefix(order_stream(""))
    return "" if order_id == entry.stream else order_id


def _concerns(order: Order, actor: Actor) -> bool:
    """Say whether an actor is told about an order: parties about their own, others about all."""
    own = {Role.BUYER: order.buyer, Role.SELLER: order.seller}
    return own.get(actor.role, actor.person) == actor.person and open_to(order, actor)


def open_to(order: Order, actor: Actor) -> bool:
    """Say whether a mediator may see a case: it is free or their own; others are not limited.

    An appeal goes to another mediator than the one who ruled. A mediator without a name stands
    for all of them.
    """
    dispute = order.dispute
    if actor.role is not Role.MEDIATOR or dispute is None or not actor.person:
        return True
    if dispute.phase is not DisputePhase.APPEAL_REVIEW:
        return dispute.mediator in ("", actor.person)
    return actor.person != dispute.mediator and dispute.reviewer in ("", actor.person)
