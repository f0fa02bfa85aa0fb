"""The rows of a command written by hand with `sqlite3`: nothing is decided.

Every statement and parameter is ready beforehand. It is the floor: any store pays at least this
much for these rows.
"""

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from msgspec.structs import replace

from escrow_tui.store import Batch, MarketRow
from escrow_tui.store.rows.chain import next_head
from escrow_tui.store.writes.rowset import rowset_of

Values = tuple[Any, ...]

_ENTRY = "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_MARKET = "UPDATE market SET seq = ?, now = ?, head = ? WHERE id = ?"
_BALANCE = (
    "INSERT INTO balance VALUES (?, ?, ?, ?) ON CONFLICT (market, account, currency)"
    " DO UPDATE SET minor = minor + excluded.minor"
)
_TRUST = (
    "INSERT INTO trust VALUES (?, ?, ?, ?) ON CONFLICT (market, person, figure)"
    " DO UPDATE SET count = count + excluded.count"
)
_COUNT = (
    "INSERT INTO phase_count VALUES (?, ?, ?, ?) ON CONFLICT (market, phase, dispute_phase)"
    " DO UPDATE SET orders = orders + excluded.orders"
)
_EMPTY = "DELETE FROM phase_count WHERE market = ? AND orders = 0"
_NEW_ORDER = "INSERT INTO order_state VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_ORDER = (
    "UPDATE order_state SET version = ?, phase = ?, disputed = ?, dispute_phase = ?, mediator = ?,"
    " next_deadline = ?, body = ? WHERE market = ? AND id = ?"
)


class Rows(NamedTuple):
    """What one command writes: statements with their parameters, in order."""

    statements: tuple[tuple[str, Values], ...]


def rows_of(market: MarketRow, batch: Batch) -> Rows:
    """Return the rows of a batch that is written to the market in this state."""
    rows = rowset_of(batch)
    said: list[tuple[str, Values]] = []
    seq, head = market.seq, market.head
    now = market.now
    for row in rows.entries:
        seq, now = seq + 1, row.at
        head = next_head(head, seq, row.digest)
        said.append((_ENTRY, (market.id, seq, *row[:-1], head)))
    said.append((_MARKET, (seq, now, head, market.id)))
    said += [(_BALANCE, (market.id, *key, minor)) for key, minor in rows.balances.items()]
    said += [(_TRUST, (market.id, *key, by)) for key, by in rows.trust.items()]
    said += [(_COUNT, (market.id, *key, by)) for key, by in rows.counts.items()]
    if rows.counts:
        said.append((_EMPTY, (market.id,)))
    said += [(_NEW_ORDER, order) for order in rows.new]
    said += [(_ORDER, order) for order in rows.moved]
    return Rows(tuple(said))


def one_by_one(market: MarketRow, batch: Batch) -> tuple[Rows, ...]:
    """Return the rows of a batch, command by command."""
    commands = []
    for append in batch.appends:
        alone = Batch(batch.market, market.now, [append])
        commands.append(rows_of(market, alone))
        _, values = commands[-1].statements[0]
        market = replace(market, seq=market.seq + 1, now=append.at, head=values[-1])
    return tuple(commands)


def opened(path: Path) -> sqlite3.Connection:
    """Open a store's file with the same durability as the store."""
    connection = sqlite3.connect(path, isolation_level=None, cached_statements=256)
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def write(connection: sqlite3.Connection, commands: Iterable[Rows]) -> None:
    """Write the rows of these commands in one transaction."""
    execute = connection.cursor().execute
    execute("BEGIN IMMEDIATE")
    for command in commands:
        for statement, values in command.statements:
            execute(statement, values)
    execute("COMMIT")
