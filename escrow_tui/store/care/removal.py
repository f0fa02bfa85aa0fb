"""Removes a half-made market, in portions, so that no transaction takes long."""

from functools import cache
from typing import TYPE_CHECKING

from sqlalchemy import Delete, Table, bindparam, delete, select, tuple_

from escrow_tui.store.schema import (
    BALANCE,
    COUNT,
    ENTRY,
    LISTING,
    MARKET,
    ORDER,
    PERSON,
    PRIVATE,
    RUN,
    SEAT,
    TRUST,
)

if TYPE_CHECKING:
    from escrow_tui.store.store import Store

# At most this many rows are removed in one transaction.
PORTION = 20_000
_OF_MARKET = (ENTRY, ORDER, BALANCE, COUNT, TRUST, PERSON, PRIVATE, LISTING, SEAT)
_REMOVE_RUN = delete(RUN).where(RUN.c.id == bindparam("run"))
_REMOVE_MARKET = delete(MARKET).where(MARKET.c.id == bindparam("market"))


def remove_market(store: "Store", market: str, run: str) -> None:
    """Remove a market that was never played, and last of all the run that names it."""
    for table in _OF_MARKET:
        while _removed(store, table, market) == PORTION:
            pass
    with store.backend.writing(market) as link:
        link.run(_REMOVE_RUN, {"run": run})
        link.run(_REMOVE_MARKET, {"market": market})


def _removed(store: "Store", table: Table, market: str) -> int:
    with store.backend.writing(market) as link:
        return link.run(_some(table), {"market": market, "portion": PORTION})


@cache
def _some(table: Table) -> Delete:
    key = tuple(table.primary_key.columns)
    some = select(*key).where(table.c.market == bindparam("market")).limit(bindparam("portion"))
    return delete(table).where(tuple_(*key).in_(some))
