"""Rebuilds the derived rows of a market from its journal, few orders at a time."""

from collections.abc import Callable
from itertools import islice

from sqlalchemy import Table, bindparam, delete, insert, select, update

from escrow_tui.store.derived.replay import PolicyOf, Replay, Sums
from escrow_tui.store.rows import codec
from escrow_tui.store.rows.link import Link
from escrow_tui.store.schema import BALANCE, COUNT, ENTRY, MARKET, ORDER, TRUST

_PORTION = 500
_DERIVED = (ORDER, BALANCE, COUNT, TRUST)
_DELETE = tuple(delete(table).where(table.c.market == bindparam("of")) for table in _DERIVED)
_INSERT = {table.name: insert(table) for table in _DERIVED}
_LAST = select(ENTRY.c.at).where(
    ENTRY.c.market == MARKET.c.id, ENTRY.c.seq == MARKET.c.seq, MARKET.c.id == bindparam("of")
)
_SET_CLOCK = update(MARKET).where(MARKET.c.id == bindparam("of")).values(now=bindparam("instant"))


def rebuild(
    link: Link, market: str, policy_of: PolicyOf, tick: Callable[[], None] = lambda: None
) -> None:
    """Rebuild the derived rows of a market, whose journal must have been found true.

    Raises:
        Untrue: the journal is not true; the transaction must be rolled back.
    """
    for statement in _DELETE:
        link.run(statement, {"of": market})
    replay = Replay(link, market, policy_of)
    orders = replay.orders(tick)
    while some := list(islice(orders, _PORTION)):
        link.put(_INSERT[ORDER.name], [codec.stored_order_row(market, order) for order in some])
    _write(link, BALANCE, market, replay.balances)
    _write(link, COUNT, market, replay.counts)
    _write(link, TRUST, market, replay.trust)
    last = link.first(_LAST, {"of": market})
    if last is not None:
        link.run(_SET_CLOCK, {"of": market, "instant": last.at})


def _write(link: Link, table: Table, market: str, sums: Sums) -> None:
    """Write rows of sums, whose columns are the market, two names and the sum."""
    link.put(_INSERT[table.name], [(market, *key, sum_) for key, sum_ in sums.items()])
