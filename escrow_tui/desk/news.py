"""What happened in the journal, told to one who may hear of it."""

from collections.abc import Callable, Iterable, Iterator

from escrow_tui.desk.session import News
from escrow_tui.engine.entry import Entry, order_stream
from escrow_tui.engine.order import Order
from escrow_tui.engine.roles import Actor, Role
from escrow_tui.engine.terms import DisputePhase
from escrow_tui.store import Append, Reading
from escrow_tui.views.event_sentences import tell
from escrow_tui.views.words import date_of


def news_of(
    reading: Reading, market: str, entries: Iterable[Entry | Append], actor: Actor
) -> tuple[News, ...]:
    """Tell what happened to the actor's orders, as he may read it."""
    return told_of(reading, market, entries, actor.role, lambda order: _concerns(order, actor))


def told_of(
    reading: Reading,
    market: str,
    entries: Iterable[Entry | Append],
    role: Role,
    sees: Callable[[Order], bool],
) -> tuple[News, ...]:
    """Tell a role what happened to the orders that it sees."""
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
    """What this program itself has written: nobody is told of his own acts."""

    def __init__(self) -> None:
        self._commands: set[str] = set()
        self._moves: list[range] = []

    def gave(self, command_id: str) -> None:
        """Keep that a command was given here."""
        self._commands.add(command_id)

    def moved(self, after: int, upto: int) -> None:
        """Keep that a move of the clock wrote the entries after one and up to another."""
        self._moves.append(range(after + 1, upto + 1))

    def others(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        """Leave out what was done here, with what it made due at its own instant."""
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
