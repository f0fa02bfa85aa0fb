"""Schema 1 to 2: a packed and chained journal, sealed rows, orders that can be searched, seats.

Only files of SQLite were ever of schema 1.
"""

import hashlib
from collections.abc import Iterator
from itertools import groupby
from typing import Any

import msgspec

from escrow_tui.store.rows.chain import ROOT, digest_of, next_head
from escrow_tui.store.rows.compression import ENTRIES
from escrow_tui.store.upgrades.steps import Steps
from escrow_tui.store.upgrades.tables_2 import CHANGED, INDEXES, SEAT

_PAGE = 500
_LONG_ORDER = 600
# Those whose rows stay as they are; the columns stand in the order in which they always stood.
_AS_THEY_ARE = ("balance", "phase_count", "trust")
# Those that no journal tells of, with the place of the market's id, which the seal leaves out.
_SEALED = {"person": 0, "private": 0, "listing": 0, "run": 6, "run_log": 2}

_ENTRIES = (
    "SELECT seq, stream, version, at, actor_role, actor_person, command_id, command, events"
    " FROM entry WHERE market = ? AND seq > ? ORDER BY seq LIMIT ?"
)
_LINES = (
    "SELECT seq, account, currency, minor FROM line"
    " WHERE market = ? AND seq BETWEEN ? AND ? ORDER BY seq, position"
)
_ORDERS = "SELECT * FROM order_state WHERE (market, id) > (?, ?) ORDER BY market, id LIMIT ?"
_PUT_ENTRY = "INSERT INTO new_entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_MARKETS = (
    "SELECT id, title, started, now, seq, policy_hash, parent, parent_seq FROM market ORDER BY id"
)
_PUT_MARKET = "INSERT INTO new_market VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_PUT_ORDER = "INSERT INTO new_order_state VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"

AnyTuple = tuple[Any, ...]


def upgrade(steps: Steps) -> None:
    """Make the tables anew, and let each new one take the old one's place."""
    for name, columns in CHANGED.items():
        steps.execute(f"CREATE TABLE new_{name} {columns}")
    for market in steps.execute(_MARKETS):
        seal = _seal((*market[:3], *market[5:]))
        steps.execute(_PUT_MARKET, (*market[:5], _chain(steps, market[0]), *market[5:], seal))
    _list_orders(steps)
    for name, place in _SEALED.items():
        _seal_rows(steps, name, place)
    for name in _AS_THEY_ARE:
        steps.execute(f"INSERT INTO new_{name} SELECT * FROM {name}")
    steps.execute("DROP TABLE line")
    for name in CHANGED:
        steps.execute(f"DROP TABLE {name}")
        steps.execute(f"ALTER TABLE new_{name} RENAME TO {name}")
    steps.execute(f"CREATE TABLE seat {SEAT}")
    for index in INDEXES:
        steps.execute(f"CREATE {index}")


def _chain(steps: Steps, market: str) -> bytes:
    """Pack the market's entries, link each to the one before; return the last one's hash."""
    head = ROOT
    for page in _pages(steps, market):
        rows = []
        for seq, stream, version, at, role, person, command_id, body in page:
            digest = digest_of(stream, version, at, role, person, command_id or "", body)
            head = next_head(head, seq, digest)
            rows.append((market, seq, stream, version, at, role, person, command_id, body, head))
        steps.many(_PUT_ENTRY, rows)
    return head


def _pages(steps: Steps, market: str) -> Iterator[list[AnyTuple]]:
    """Give a market's entries as they are now kept, but for their hashes."""
    page: list[AnyTuple] = steps.execute(_ENTRIES, (market, 0, _PAGE))
    while page:
        first, last = page[0][0], page[-1][0]
        rows: list[AnyTuple] = steps.execute(_LINES, (market, first, last))
        lines = {seq: [row[1:] for row in of] for seq, of in groupby(rows, key=lambda row: row[0])}
        yield [
            (seq, *rest, _body(command, events, lines.get(seq, [])))
            for seq, *rest, command, events in page
        ]
        page = steps.execute(_ENTRIES, (market, last, _PAGE))


def _body(command: bytes | None, events: bytes, lines: list[AnyTuple]) -> bytes:
    moved = msgspec.json.encode(lines)
    return ENTRIES.pack(b"[%b,%b,%b]" % (command or b"null", events, moved))


def _list_orders(steps: Steps) -> None:
    """Write orders as lists, where the values stand as their names stood."""
    page: list[AnyTuple] = steps.execute(_ORDERS, ("", "", _PAGE))
    while page:
        steps.many(_PUT_ORDER, [(*row[:-1], _words(row[-1]), _listed(row[-1])) for row in page])
        page = steps.execute(_ORDERS, (*page[-1][:2], _PAGE))


def _listed(body: bytes) -> bytes:
    listed = msgspec.msgpack.encode(_values(msgspec.json.decode(body)))
    return listed if len(listed) <= _LONG_ORDER else ENTRIES.pack(listed)


def _values(part: object) -> object:
    if isinstance(part, dict):
        return [one if name == "lines" else _values(one) for name, one in part.items()]
    return [_values(one) for one in part] if isinstance(part, list) else part


def _seal_rows(steps: Steps, name: str, place: int) -> None:
    read = f"SELECT rowid, * FROM {name} WHERE rowid > ? ORDER BY rowid LIMIT ?"
    page: list[AnyTuple] = steps.execute(read, (0, _PAGE))
    while page:
        rows = [(*row, _seal((*row[:place], *row[place + 1 :]))) for _, *row in page]
        steps.many(f"INSERT INTO new_{name} VALUES ({', '.join('?' * len(rows[0]))})", rows)
        page = steps.execute(read, (page[-1][0], _PAGE))


def _seal(row: AnyTuple) -> bytes:
    return hashlib.sha256(msgspec.json.encode(row)).digest()[:8]


def _words(body: bytes) -> str:
    order = msgspec.json.decode(body)
    goods = " ".join(line["title"] for line in order["lines"])
    return f"{order['id']} {order['buyer']} {order['seller']} {goods}".casefold().replace("\0", "")
