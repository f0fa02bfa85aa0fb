"""Writes a batch on a server in one round trip, by calling the store's function there.

Its one parameter is the batch as JSON: encoding thirty arrays takes the driver longer than reading
the JSON takes the server.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from escrow_tui.engine.invariants import Balances
from escrow_tui.store.postgres.write_function import NO_MARKET
from escrow_tui.store.problems import Conflict
from escrow_tui.store.rows import codec
from escrow_tui.store.rows.batch import Batch
from escrow_tui.store.rows.link import Link
from escrow_tui.store.schema import ORDER
from escrow_tui.store.writes.rowset import rowset_of

_CALL = "SELECT trouble, account, currency, minor FROM escrow_write(%s::jsonb)"
_ORDER = tuple(ORDER.c.keys())
_MOVED = (*codec.MOVED, "id")
_MINOR = ("account", "currency", "minor")


def send_batch(link: Link, batch: Batch, seat: str = "") -> Balances:
    """Write a batch, if the seat (if any) is still taken; return the balances that it touched.

    Raises:
        Conflict: what it was decided on has changed; nothing is written.
        LookupError: there is no such market.
    """
    if not batch.appends:
        return {}
    link.cursor.execute(_CALL, [_told(batch, seat)])
    return _balances(batch, link.cursor.fetchall())


def write_and_commit(link: Link, batch: Batch) -> Balances:
    """Write a batch and commit in the same round trip; return the balances that it touched.

    Raises:
        Conflict: what it was decided on has changed; nothing is written.
    """
    with link.connection.pipeline():
        written = link.connection.execute(_CALL, [_told(batch, "")])
        link.connection.execute("COMMIT")
    return _balances(batch, written.fetchall())


def _balances(batch: Batch, rows: list[tuple[Any, ...]]) -> Balances:
    balances: dict[tuple[str, str], int] = {}
    for trouble, account, currency, minor in rows:
        if trouble == NO_MARKET:
            raise LookupError(f"there is no market {batch.market}")
        if trouble is not None:
            raise Conflict(trouble)
        balances[account, currency] = minor
    return balances


def _told(batch: Batch, seat: str) -> str:
    rows = rowset_of(batch)
    told = {
        "market": batch.market,
        "now": batch.now,
        "seat": seat,
        "expected": _named(_MINOR, batch.expected),
        "entries": [row._asdict() for row in rows.entries],
        "orders": [dict(zip(_ORDER[1:], row[1:], strict=True)) for row in rows.new],
        "moved": [dict(zip(_MOVED, (*row[:-2], row[-1]), strict=True)) for row in rows.moved],
        "balances": _named(_MINOR, rows.balances),
        "counts": _named(("phase", "dispute_phase", "orders"), rows.counts),
        "trust": _named(("person", "figure", "count"), rows.trust),
    }
    return msgspec.json.encode(told).decode()


def _named(names: Sequence[str], sums: Mapping[tuple[str, str], int]) -> list[dict[str, object]]:
    return [dict(zip(names, (*key, by), strict=True)) for key, by in sums.items()]
