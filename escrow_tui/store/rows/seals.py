"""Seals: checksums of the rows that no journal can restore, so that a changed byte is noticed."""

import hashlib
from collections.abc import Mapping

import msgspec
from sqlalchemy import Table, bindparam, select, update

from escrow_tui.store.rows.link import Link
from escrow_tui.store.schema import LISTING, MARKET, PERSON, PRIVATE, RUN, RUN_LOG, SEAT

_BYTES = 8
# These columns of a market follow from the journal and are compared with it instead.
_TOLD = frozenset({"now", "seq", "head"})
# A fork has the same rows under another market id, and a run can move to a fork.
_ELSEWHERE = frozenset({"market", "seal"})

SEALED: dict[str, tuple[str, ...]] = {
    table.name: tuple(
        column.name
        for column in table.columns
        if column.name not in _ELSEWHERE and not (table is MARKET and column.name in _TOLD)
    )
    for table in (MARKET, PERSON, PRIVATE, LISTING, SEAT, RUN, RUN_LOG)
}


def seal_of(table: Table, row: Mapping[str, object]) -> bytes:
    """Return the seal of a row: the first bytes of the SHA-256 of its sealed columns."""
    said = msgspec.json.encode([row[name] for name in SEALED[table.name]])
    return hashlib.sha256(said).digest()[:_BYTES]


def sealed(table: Table, row: Mapping[str, object]) -> dict[str, object]:
    """Return the row with its seal."""
    return {**row, "seal": seal_of(table, row)}


def reseal(link: Link, table: Table, market: str, key: str) -> None:
    """Renew the seal of a row that was updated in place."""
    read, write = _RESEAL[table.name]
    place = {"of_market": market, "key": key}
    row = link.first(read, place)
    if row is not None:
        link.run(write, {**place, "sealed": seal_of(table, row._asdict())})


_RESEAL = {
    table.name: (
        select(table).where(
            table.c.market == bindparam("of_market"), table.c.id == bindparam("key")
        ),
        update(table)
        .where(table.c.market == bindparam("of_market"), table.c.id == bindparam("key"))
        .values(seal=bindparam("sealed")),
    )
    for table in (SEAT,)
}
