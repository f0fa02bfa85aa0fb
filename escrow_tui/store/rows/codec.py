"""Between rows and values: the engine's values as columns and JSON, and back."""

from typing import NamedTuple

import msgspec

from escrow_tui.engine.commands import AnyCommand
from escrow_tui.engine.entry import Entry, order_stream
from escrow_tui.engine.events import AnyEvent, OrderPlaced
from escrow_tui.engine.ledger import Lines, TransferLine
from escrow_tui.engine.market import Listing, Person, Private
from escrow_tui.engine.methods import METHODS
from escrow_tui.engine.order import Order
from escrow_tui.engine.policy import Policy
from escrow_tui.engine.roles import Actor, Role
from escrow_tui.engine.terms import Reason, Side
from escrow_tui.store.records import StoredLine, StoredOrder, mediator_of, phases_of
from escrow_tui.store.rows.batch import Append
from escrow_tui.store.rows.chain import digest_of
from escrow_tui.store.rows.compression import ENTRIES
from escrow_tui.store.rows.content import unknown, unreadable, word_of
from escrow_tui.store.rows.link import AnyRow, Params
from escrow_tui.store.rows.seals import sealed
from escrow_tui.store.schema import LISTING, PERSON, PRIVATE

Values = tuple[object, ...]


class _PackedLine(
    msgspec.Struct, frozen=True, array_like=True, gc=False, forbid_unknown_fields=True
):
    account: str
    currency: str
    minor: int


class _Body(msgspec.Struct, frozen=True, array_like=True, gc=False, forbid_unknown_fields=True):
    """What an entry keeps packed, as one list."""

    command: AnyCommand | None
    events: tuple[AnyEvent, ...]
    lines: tuple[_PackedLine, ...]


_BODY = msgspec.json.Decoder(_Body)
_ORDER_PREFIX = order_stream("")
_ORDER = msgspec.msgpack.Decoder(Order)
_listed = msgspec.msgpack.Encoder().encode
# A longer order is packed, at three times the time: few are, and it takes a third less.
_LONG_ORDER = 600
_encoded = msgspec.json.Encoder().encode
_LISTING = msgspec.json.Decoder(Listing)
_POLICY = msgspec.json.Decoder(Policy)


class EntryRow(NamedTuple):
    """The columns of an entry, but for its market, its number and its link in the chain.

    `digest` is no column: the link is made of it once the number is known.
    """

    stream: str
    version: int
    at: int
    role: str
    person: str
    command_id: str | None
    body: bytes
    digest: bytes


def entry_row(append: Append) -> EntryRow:
    """Return the row of an entry."""
    actor = append.actor
    lines = tuple([_PackedLine(one.account, one.currency, one.minor) for one in append.lines])
    body = ENTRIES.pack(_encoded(_Body(append.command, append.events, lines)))
    key = (append.stream, append.version + 1, append.at, actor.role.value, actor.person)
    digest = digest_of(*key, append.command_id, body)
    return EntryRow(*key, append.command_id or None, body, digest)


def entry_from(row: AnyRow) -> Entry:
    """Return the entry of a row of the journal.

    Raises:
        ContentProblem: a newer version wrote it, or it is damaged.
    """
    return _entry(row, _body(row))


def entry_and_lines_from(row: AnyRow) -> tuple[Entry, Lines]:
    """Return the entry of a row, and what it moved.

    Raises:
        ContentProblem: a newer version wrote it, or it is damaged.
    """
    body = _body(row)
    return _entry(row, body), _lines(body)


def _body(row: AnyRow) -> _Body:
    try:
        body = _BODY.decode(ENTRIES.unpack(row.body))
    except ValueError as error:
        raise unreadable(_place(row), error) from error
    # No other event can be the first of an order's stream.
    first = body.events[0] if body.events else None
    if type(first) is OrderPlaced and first.method not in METHODS:
        raise unknown(_place(row), f"the method {first.method!r:.60}")
    return body


def _place(row: AnyRow) -> str:
    return f"Entry {row.seq} of market {row.market}"


def _entry(row: AnyRow, body: _Body) -> Entry:
    return Entry(
        row.market,
        row.seq,
        row.stream,
        row.version,
        row.at,
        Actor(word_of(Role, row.role), row.person),
        row.command_id or "",
        body.command,
        body.events,
    )


def _lines(body: _Body) -> Lines:
    return tuple(TransferLine(one.account, one.currency, one.minor) for one in body.lines)


def lines_from(row: AnyRow) -> tuple[StoredLine, ...]:
    """Return what an entry moved.

    Raises:
        ContentProblem: a newer version wrote it, or it is damaged.
    """
    body = _body(row)
    order_id = row.stream.removeprefix(_ORDER_PREFIX)
    of_order = order_id if order_id != row.stream else ""
    return tuple(StoredLine(row.seq, of_order, line) for line in _lines(body))


def stored_order_row(market: str, stored: StoredOrder) -> Values:
    """Return an order's row, in the order of its table's columns."""
    order = stored.order
    version, phase, disputed, dispute_phase, mediator, next_deadline, body = moved(stored)
    return (
        market,
        order.id,
        version,
        phase,
        disputed,
        dispute_phase,
        order.buyer,
        order.seller,
        mediator,
        order.placed_at,
        next_deadline,
        words_of(order),
        body,
    )


# The columns of an order that its entries change.
MOVED = ("version", "phase", "disputed", "dispute_phase", "mediator", "next_deadline", "body")


def moved(stored: StoredOrder) -> Values:
    """Return the values of an order's row that its entries change, in the order of `MOVED`."""
    order = stored.order
    phase, dispute_phase = phases_of(order)
    return (
        stored.version,
        phase,
        order.dispute is not None,
        dispute_phase,
        mediator_of(order),
        stored.next_deadline,
        order_body(order),
    )


def words_of(order: Order) -> str:
    """Return what an order is searched by: its id, its parties, its goods, folded."""
    goods = " ".join(line.title for line in order.lines)
    # Nobody can type a NUL, and PostgreSQL takes none.
    return f"{order.id} {order.buyer} {order.seller} {goods}".casefold().replace("\0", "")


def order_body(order: Order) -> bytes:
    """Return an order as its row keeps it: a list, packed where it is long."""
    body = _listed(order)
    return body if len(body) <= _LONG_ORDER else ENTRIES.pack(body)


def order_in(body: bytes) -> Order:
    """Return the order of a body.

    Raises:
        ContentProblem: a newer version wrote it, or it is damaged.
    """
    try:
        order = _ORDER.decode(ENTRIES.unpack(body) if ENTRIES.is_packed(body) else body)
    except ValueError as error:
        raise unreadable("An order", error) from error
    if order.method not in METHODS:
        raise unknown(f"Order {order.id}", f"the method {order.method!r:.60}")
    return order


def order_from(row: AnyRow) -> StoredOrder:
    """Return the order of a row of its table."""
    return StoredOrder(order_in(row.body), row.version, row.next_deadline)


def listing_row(market: str, listing: Listing) -> Params:
    """Return the listing's columns."""
    row = {
        "market": market,
        "id": listing.id,
        "title": listing.title,
        "category": listing.category,
        "words": f"{listing.title}\n{listing.text}".casefold(),
        "body": msgspec.json.encode(listing),
    }
    return sealed(LISTING, row)


def listing_from(body: bytes) -> Listing:
    """Return the listing of its body.

    Raises:
        ContentProblem: a newer version wrote it, or it is damaged.
    """
    try:
        return _LISTING.decode(body)
    except ValueError as error:
        raise unreadable("A listing", error) from error


def person_row(market: str, person: Person) -> Params:
    """Return the person's columns."""
    row = {"market": market, **msgspec.structs.asdict(person), "role": person.role.value}
    return sealed(PERSON, row)


def person_from(row: AnyRow) -> Person:
    """Return the person of a row.

    Raises:
        ContentProblem: a newer version knows more roles.
    """
    person, role, *rest = row
    return Person(person, word_of(Role, role), *rest)


def private_row(market: str, private: Private) -> Params:
    """Return the columns of what only the person himself sees."""
    return sealed(PRIVATE, {"market": market, **msgspec.structs.asdict(private)})


def policy_from(content: bytes) -> Policy:
    """Return the policy that was kept; a row that it lacks has the row's default.

    Raises:
        ContentProblem: it has a row or a word of a newer version, or is damaged.
    """
    try:
        policy = _POLICY.decode(content)
    except ValueError as error:
        raise unreadable("A policy", error, "row") from error
    for reason, side in policy.label_payer:
        word_of(Reason, reason)
        word_of(Side, side)
    return policy
