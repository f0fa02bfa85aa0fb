"""Encodes the engine's values as columns, JSON and MessagePack, and decodes them."""

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
    """The packed part of an entry, as one list."""

    command: AnyCommand | None
    events: tuple[AnyEvent, ...]
    lines: tuple[_PackedLine, ...]


_BODY = msgspec.json.Decoder(_Body)
_ORDER_PREFIX = order_stream("")
_ORDER = msgspec.msgpack.Decoder(Order)
_listed = msgspec.msgpack.Encoder().encode
# Orders longer than this many bytes are packed: few are. It takes three times as long, and saves a
# third of their size.
_LONG_ORDER = 600
_encoded = msgspec.json.Encoder().encode
_LISTING = msgspec.json.Decoder(Listing)
_POLICY = msgspec.json.Decoder(Policy)


class EntryRow(NamedTuple):
    """The columns of an entry, without its market, its number and its hash in the chain.

    `digest` is no column: the hash is computed from it once the number is known.
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
    """Return the entry in a row of the journal.

    Raises:
        ContentProblem: a newer version wrote it, or it is damaged.
    """
    return _entry(row, _body(row))


def entry_and_lines_from(row: AnyRow) -> tuple[Entry, Lines]:
    """Return the entry in a row, and its ledger lines.

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
    # An order's stream always begins with this event.
    first = body.events[0] if body.events else None
    if type(first) is OrderPlaced and first.method not in METHODS:
        raise unknown(_place(row), f"the method {first.method!r:.60}")
    return body


def _place(row: AnyRow) -> str:
    return f"Entry {row.seq} of market {row.market}"


def _entry(row: AnyRow, body: _Body) -> Entry:
    return Entry(
        market=row.market,
        seq=row.seq,
        stream=row.stream,
        version=row.version,
        at=row.at,
        actor=Actor(word_of(Role, row.role), row.person),
        command_id=row.command_id or "",
        command=body.command,
        events=body.events,
    )


def _lines(body: _Body) -> Lines:
    return tuple(TransferLine(one.account, one.currency, one.minor) for one in body.lines)


def lines_from(row: AnyRow) -> tuple[StoredLine, ...]:
    """Return the ledger lines of the entry in a row.

    Raises:
        ContentProblem: a newer version wrote it, or it is damaged.
    """
    body = _body(row)
    order_id = row.stream.removeprefix(_ORDER_PREFIX)
    of_order = order_id if order_id != row.stream else ""
    return tuple(StoredLine(row.seq, of_order, line) for line in _lines(body))


def stored_order_row(market: str, stored: StoredOrder) -> Values:
    """Return the row of an order, in the order of its table's columns."""
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


# The columns of an order that later entries change.
MOVED = ("version", "phase", "disputed", "dispute_phase", "mediator", "next_deadline", "body")


def moved(stored: StoredOrder) -> Values:
    """Return the values of an order's `MOVED` columns, in that order."""
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
    """Return the text an order is searched by: its id, parties and goods, case-folded."""
    goods = " ".join(line.title for line in order.lines)
    # Nobody can type a NUL, and PostgreSQL accepts none.
    return f"{order.id} {order.buyer} {order.seller} {goods}".casefold().replace("\0", "")


def order_body(order: Order) -> bytes:
    """Return an order as its row stores it: a MessagePack list, packed if it is long."""
    body = _listed(order)
    return body if len(body) <= _LONG_ORDER else ENTRIES.pack(body)


def order_in(body: bytes) -> Order:
    """Return the order stored in a body.

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
    """Return the order in a row of its table."""
    return StoredOrder(order_in(row.body), row.version, row.next_deadline)


def listing_row(market: str, listing: Listing) -> Params:
    """Return the columns of a listing."""
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
    """Return the listing stored in a body.

    Raises:
        ContentProblem: a newer version wrote it, or it is damaged.
    """
    try:
        return _LISTING.decode(body)
    except ValueError as error:
        raise unreadable("A listing", error) from error


def person_row(market: str, person: Person) -> Params:
    """Return the columns of a person."""
    row = {"market": market, **msgspec.structs.asdict(person), "role": person.role.value}
    return sealed(PERSON, row)


def person_from(row: AnyRow) -> Person:
    """Return the person in a row.

    Raises:
        ContentProblem: the role is unknown to this version.
    """
    person, role, *rest = row
    return Person(person, word_of(Role, role), *rest)


def private_row(market: str, private: Private) -> Params:
    """Return the columns of the fields that only the person may see."""
    return sealed(PRIVATE, {"market": market, **msgspec.structs.asdict(private)})


def policy_from(content: bytes) -> Policy:
    """Return a stored policy; a policy row that it lacks has its default.

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
