"""Between rows and values: the engine's values as columns and JSON, and back."""

from typing import Any

import msgspec
from sqlalchemy import Row

from escrow_tui.engine.commands import AnyCommand
from escrow_tui.engine.entry import Entry
from escrow_tui.engine.events import AnyEvent
from escrow_tui.engine.ledger import TransferLine
from escrow_tui.engine.market import Listing, Person, Private
from escrow_tui.engine.order import Order
from escrow_tui.engine.policy import Policy
from escrow_tui.engine.roles import Actor, Role
from escrow_tui.store.values import StoredLine, StoredOrder, mediator_of, phases_of

AnyRow = Row[*tuple[Any, ...]]
Params = dict[str, object]

_COMMAND: msgspec.json.Decoder[AnyCommand] = msgspec.json.Decoder(AnyCommand)
_EVENTS: msgspec.json.Decoder[tuple[AnyEvent, ...]] = msgspec.json.Decoder(tuple[AnyEvent, ...])
_ORDER = msgspec.json.Decoder(Order)
_LISTING = msgspec.json.Decoder(Listing)
_POLICY = msgspec.json.Decoder(Policy)


def entry_row(entry: Entry) -> Params:
    """Return the entry's columns."""
    return {
        "market": entry.market,
        "seq": entry.seq,
        "stream": entry.stream,
        "version": entry.version,
        "at": entry.at,
        "actor_role": entry.actor.role.value,
        "actor_person": entry.actor.person,
        "command_id": entry.command_id or None,
        "command": None if entry.command is None else msgspec.json.encode(entry.command),
        "events": msgspec.json.encode(entry.events),
    }


def entry_of(row: AnyRow) -> Entry:
    """Return the entry of a row of the journal."""
    return Entry(
        row.market,
        row.seq,
        row.stream,
        row.version,
        row.at,
        Actor(Role(row.actor_role), row.actor_person),
        row.command_id or "",
        None if row.command is None else _COMMAND.decode(row.command),
        events_of(row.events),
    )


def events_of(body: bytes) -> tuple[AnyEvent, ...]:
    """Return the events of an entry's column."""
    return _EVENTS.decode(body)


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
        "body": msgspec.json.encode(order),
    }


def order_of(row: AnyRow) -> StoredOrder:
    """Return the order of a row of its table."""
    return StoredOrder(_ORDER.decode(row.body), row.version, row.next_deadline)


def line_row(market: str, position: int, stored: StoredLine) -> Params:
    """Return the line's columns; `position` counts within the entry."""
    line = stored.line
    return {
        "market": market,
        "seq": stored.seq,
        "position": position,
        "order_id": stored.order_id,
        "account": line.account,
        "currency": line.currency,
        "minor": line.minor,
    }


def line_of(row: AnyRow) -> StoredLine:
    """Return the line of a row of the ledger."""
    return StoredLine(row.seq, row.order_id, TransferLine(row.account, row.currency, row.minor))


def listing_row(market: str, listing: Listing) -> Params:
    """Return the listing's columns."""
    return {
        "market": market,
        "id": listing.id,
        "title": listing.title,
        "category": listing.category,
        "words": f"{listing.title}\n{listing.text}".casefold(),
        "body": msgspec.json.encode(listing),
    }


def listing_of(body: bytes) -> Listing:
    """Return the listing of its body."""
    return _LISTING.decode(body)


def person_row(market: str, person: Person) -> Params:
    """Return the person's columns."""
    return {"market": market, **msgspec.structs.asdict(person), "role": person.role.value}


def person_of(row: AnyRow) -> Person:
    """Return the person of a row."""
    _, person, role, *rest = row
    return Person(person, Role(role), *rest)


def private_row(market: str, private: Private) -> Params:
    """Return the columns of what only the person himself sees."""
    return {"market": market, **msgspec.structs.asdict(private)}


def policy_content(policy: Policy) -> bytes:
    """Return the policy as it is kept."""
    return msgspec.json.encode(policy)


def policy_of(content: bytes) -> Policy:
    """Return the policy that was kept."""
    return _POLICY.decode(content)
