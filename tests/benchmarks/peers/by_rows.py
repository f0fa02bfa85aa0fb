"""The schema that comes to mind first: one row for each event, transfer line and order.

Ids are UUIDs as SQLModel keeps them in SQLite (32 digits), except those of lines and of the market;
instants are ISO 8601; an event is JSON with its field names. Every foreign key and every list that
is shown has an index. There is no chain and there are no commands: a store of events alone does not
keep them.
"""

import sqlite3
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from uuid import UUID

import msgspec

from escrow_tui.engine.events import name_of
from escrow_tui.store import Append, StoredOrder
from escrow_tui.store.derived.difference import by_name
from escrow_tui.store.records import mediator_of, phases_of

_TABLES = """
CREATE TABLE "order" (
    id TEXT PRIMARY KEY, market_id TEXT NOT NULL, number TEXT NOT NULL, version INTEGER NOT NULL,
    phase TEXT NOT NULL, dispute_phase TEXT NOT NULL, buyer_id TEXT NOT NULL,
    seller_id TEXT NOT NULL, mediator_id TEXT NOT NULL, placed_at TEXT NOT NULL,
    next_deadline TEXT, state JSON NOT NULL,
    UNIQUE (market_id, number)
);
CREATE INDEX ix_order_market_id ON "order" (market_id, placed_at);
CREATE INDEX ix_order_buyer_id ON "order" (buyer_id, placed_at);
CREATE INDEX ix_order_seller_id ON "order" (seller_id, placed_at);
CREATE INDEX ix_order_phase ON "order" (market_id, phase, dispute_phase);
CREATE INDEX ix_order_next_deadline ON "order" (market_id, next_deadline);
CREATE TABLE event (
    id TEXT PRIMARY KEY, market_id TEXT NOT NULL, order_id TEXT NOT NULL,
    version INTEGER NOT NULL, type TEXT NOT NULL, at TEXT NOT NULL, actor_role TEXT NOT NULL,
    actor_id TEXT NOT NULL, command_id TEXT, payload JSON NOT NULL, UNIQUE (order_id, version)
);
CREATE INDEX ix_event_market_id ON event (market_id, at);
CREATE UNIQUE INDEX ix_event_command_id ON event (command_id, version)
    WHERE command_id IS NOT NULL;
CREATE TABLE transfer_line (
    id INTEGER PRIMARY KEY, event_id TEXT NOT NULL REFERENCES event (id), account TEXT NOT NULL,
    currency TEXT NOT NULL, minor INTEGER NOT NULL
);
CREATE INDEX ix_transfer_line_event_id ON transfer_line (event_id);
CREATE INDEX ix_transfer_line_account ON transfer_line (account);
CREATE TABLE balance (
    account TEXT NOT NULL, currency TEXT NOT NULL, minor INTEGER NOT NULL,
    PRIMARY KEY (account, currency)
);
"""
TABLES = ("order", "event", "transfer_line", "balance")
_LINE = "INSERT INTO transfer_line (event_id, account, currency, minor) VALUES (?, ?, ?, ?)"
_BALANCE = (
    "INSERT INTO balance VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET minor = minor + excluded.minor"
)


class Rows:
    """A file with these tables, and what is written into it."""

    def __init__(self, path: Path, market: str) -> None:
        self.connection = sqlite3.connect(path)
        self.connection.executescript(_TABLES)
        self.market = market
        # Ids look random, but every run makes the same ones.
        self._ids = Random(1)
        self._versions: dict[str, int] = {}
        self._orders: dict[str, str] = {}

    def write(self, appends: Iterable[Append]) -> None:
        """Write what happened, with each order that changed."""
        for append in appends:
            self._write_events(append)
            if append.after is not None:
                self._write_order(append.after)
        self.connection.commit()

    def _write_events(self, append: Append) -> None:
        order_id = self._order_id(append.stream.removeprefix("order:"))
        by, event_id = append.actor, ""
        command_id = self._new_id() if append.command_id else None
        for event in append.events:
            version = self._versions[order_id] = self._versions.get(order_id, 0) + 1
            event_id = self._new_id()
            said = (event_id, self.market, order_id, version, name_of(event), _iso(append.at))
            payload = msgspec.json.encode(event).decode()
            row = (*said, by.role.value, by.person, command_id, payload)
            self.connection.execute(f"INSERT INTO event VALUES ({_places(row)})", row)
        for line in append.lines:
            values = (line.account, line.currency, line.minor)
            self.connection.execute(_LINE, (event_id, *values))
            self.connection.execute(_BALANCE, values)

    def _write_order(self, stored: StoredOrder) -> None:
        order, due = stored.order, stored.next_deadline
        row = (
            *(self._order_id(order.id), self.market, order.id, stored.version, *phases_of(order)),
            *(order.buyer, order.seller),
            *(mediator_of(order), _iso(order.placed_at), None if due is None else _iso(due)),
            msgspec.json.encode(by_name(order)).decode(),
        )
        self.connection.execute(f'INSERT OR REPLACE INTO "order" VALUES ({_places(row)})', row)

    def _order_id(self, number: str) -> str:
        if number not in self._orders:
            self._orders[number] = self._new_id()
        return self._orders[number]

    def _new_id(self) -> str:
        return UUID(int=self._ids.getrandbits(128), version=4).hex


def _places(row: tuple[object, ...]) -> str:
    return ", ".join("?" * len(row))


def _iso(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
