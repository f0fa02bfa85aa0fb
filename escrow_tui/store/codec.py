"""Between rows and values: the engine's values as columns and JSON, and back."""

import msgspec

from escrow_tui.engine.commands import AnyCommand
from escrow_tui.engine.entry import Entry, order_stream
from escrow_tui.engine.events import AnyEvent
from escrow_tui.engine.ledger import Lines, TransferLine
from escrow_tui.engine.market import Listing, Person, Private
from escrow_tui.engine.order import Order
from escrow_tui.engine.policy import Policy
from escrow_tui.engine.roles import Actor, Role
from escrow_tui.store.batch import Append
from escrow_tui.store.chain import digest_of
from escrow_tui.store.link import AnyRow
from escrow_tui.store.packing import ENTRIES, ORDERS
from escrow_tui.store.seals import sealed
from escrow_tui.store.tables import LISTING, PERSON, PRIVATE
from escrow_tui.store.values import StoredLine, StoredOrder, mediator_of, phases_of

Params = dict[str, object]


class _PackedLine(msgspec.Struct, frozen=True, array_like=True, gc=False):
    account: str
    currency: str
    minor: int


class _Body(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What an entry keeps packed, as one list."""

    command: AnyCommand | None
    events: tuple[AnyEvent, ...]
    lines: tuple[_PackedLine, ...]


_BODY = msgspec.json.Decoder(_Body)
_ORDER_PREFIX = order_stream("")
_ORDER = msgspec.json.Decoder(Order)
_LISTING = msgspec.json.Decoder(Listing)
_POLICY = msgspec.json.Decoder(Policy)


def entry_row(market: str, append: Append) -> Params:
    """Return the columns of an entry, but for its number and its link in the chain.

    `digest` is no column: the link is made of it once the number is known.
    """
    actor = append.actor
    lines = tuple(_PackedLine(one.account, one.currency, one.minor) for one in append.lines)
    body = ENTRIES.pack(msgspec.json.encode(_Body(append.command, append.events, lines)))
    key = (append.stream, append.version + 1, append.at, actor.role.value, actor.person)
    return {
        "market": market,
        "stream": key[0],
        "version": key[1],
        "at": key[2],
        "role": key[3],
        "person": key[4],
        "command_id": append.command_id or None,
        "body": body,
        "digest": digest_of(*key, append.command_id, body),
    }


def entry_of(row: AnyRow) -> Entry:
    """Return the entry of a row of the journal."""
    return _entry(row, _BODY.decode(ENTRIES.unpack(row.body)))


def _entry(row: AnyRow, body: _Body) -> Entry:
    return Entry(
        row.market,
        row.seq,
        row.stream,
        row.version,
        row.at,
        Actor(Role(row.role), row.person),
        row.command_id or "",
        body.command,
        body.events,
    )


def entry_and_lines_of(row: AnyRow) -> tuple[Entry, Lines]:
    """Return the entry of a row, and what it moved."""
    body = _BODY.decode(ENTRIES.unpack(row.body))
    return _entry(row, body), _lines(body)


def _lines(body: _Body) -> Lines:
    return tuple(TransferLine(one.account, one.currency, one.minor) for one in body.lines)


def lines_of(row: AnyRow) -> tuple[StoredLine, ...]:
    """Return what an entry moved."""
    body = _BODY.decode(ENTRIES.unpack(row.body))
    order_id = row.stream.removeprefix(_ORDER_PREFIX)
    of_order = order_id if order_id != row.stream else ""
    return tuple(StoredLine(row.seq, of_order, line) for line in _lines(body))


def order_row(market: str, stored: StoredOrder) -> Params:
    """Return the order's columns."""
    order = stored.order
    phase, dispute_phase = phases_of(order)
    return {
        "market": market,
        "id": order.id,
        "version": stored.version,
        "phase": phase,
        "disputed": order.dispute is not None,
        "dispute_phase": dispute_phase,
        "buyer": order.buyer,
        "seller": order.seller,
        "mediator": mediator_of(order),
        "placed_at": order.placed_at,
        "next_deadline": stored.next_deadline,
        "words": words_of(order),
        "body": ORDERS.pack(msgspec.json.encode(order)),
    }


def words_of(order: Order) -> str:
    """Return what an order is searched by: its id, its parties, its goods, folded."""
    goods = " ".join(line.title for line in order.lines)
    # Nobody can type a NUL, and PostgreSQL takes none.
    return f"{order.id} {order.buyer} {order.seller} {goods}".casefold().replace("\0", "")


def order_of(row: AnyRow) -> StoredOrder:
    """Return the order of a row of its table."""
    return StoredOrder(_ORDER.decode(ORDERS.unpack(row.body)), row.version, row.next_deadline)


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


def listing_of(body: bytes) -> Listing:
    """Return the listing of its body."""
    return _LISTING.decode(body)


def person_row(market: str, person: Person) -> Params:
    """Return the person's columns."""
    row = {"market": market, **msgspec.structs.asdict(person), "role": person.role.value}
    return sealed(PERSON, row)


def person_of(row: AnyRow) -> Person:
    """Return the person of a row."""
    person, role, *rest = row
    return Person(person, Role(role), *rest)


def private_row(market: str, private: Private) -> Params:
    """Return the columns of what only the person himself sees."""
    return sealed(PRIVATE, {"market": market, **msgspec.structs.asdict(private)})


def policy_content(policy: Policy) -> bytes:
    """Return the policy as it is kept."""
    return msgspec.json.encode(policy)


def policy_of(content: bytes) -> Policy:
    """Return the policy that was kept."""
    return _POLICY.decode(content)
