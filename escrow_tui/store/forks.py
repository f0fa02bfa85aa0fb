"""Copying a market up to a point, and rebuilding what follows from its journal."""

from msgspec.structs import asdict
from sqlalchemy import (
    ColumnElement,
    Insert,
    String,
    Table,
    bindparam,
    delete,
    insert,
    select,
    update,
)

from escrow_tui.store import codec
from escrow_tui.store.chain import ROOT
from escrow_tui.store.fold import Derived, fold
from escrow_tui.store.reading import Reading
from escrow_tui.store.seals import sealed
from escrow_tui.store.tables import (
    BALANCE,
    COUNT,
    ENTRY,
    LISTING,
    MARKET,
    ORDER,
    PERSON,
    PRIVATE,
    TRUST,
)
from escrow_tui.store.values import MarketRow

_DERIVED = (BALANCE, ORDER, COUNT, TRUST)
_DELETE = {
    table.name: delete(table).where(table.c.market == bindparam("market")) for table in _DERIVED
}
_INSERT = {table.name: insert(table) for table in (MARKET, *_DERIVED)}
_HEAD = select(ENTRY.c.hash).where(
    ENTRY.c.market == bindparam("market"), ENTRY.c.seq == bindparam("last")
)
_STAND = (
    update(MARKET)
    .where(MARKET.c.id == bindparam("market"))
    .values(seq=bindparam("last"), now=bindparam("instant"), head=bindparam("link"))
)


def _copy(table: Table, *only: ColumnElement[bool]) -> Insert:
    """Copy rows within the database: what is private is not read on the way."""
    columns = [column for column in table.c if column.name != "market"]
    rows = select(bindparam("new", type_=String), *columns)
    rows = rows.where(table.c.market == bindparam("source"), *only)
    return insert(table).from_select(["market", *columns], rows)


_COPY_ENTRIES = _copy(ENTRY, ENTRY.c.seq <= bindparam("upto"))
_COPIES = tuple(_copy(table) for table in (PERSON, PRIVATE, LISTING))


class Forks(Reading):
    """Nothing in a journal is ever undone: going back is a new market that names its parent."""

    def copy_market(self, source: str, new: str, upto: int, title: str = "") -> MarketRow:
        """Make the market `new` from `source` as it stood after the entry numbered `upto`.

        Raises:
            LookupError: there is no such market, or it has no such entry.
        """
        held = self.market(source)
        if held is None or not 0 <= upto <= held.seq:
            raise LookupError(f"there is no entry {upto} of a market {source}")
        began, policy = held.started, held.policy_hash
        row = MarketRow(new, title or held.title, began, began, 0, ROOT, policy, source, upto)
        self._link.run(_INSERT[MARKET.name], sealed(MARKET, asdict(row)))
        self._link.run(_COPY_ENTRIES, {"source": source, "new": new, "upto": upto})
        for copy in _COPIES:
            self._link.run(copy, {"source": source, "new": new})
        self.rebuild(new)
        rebuilt = self.market(new)
        assert rebuilt is not None
        return rebuilt

    def derived(self, market: str) -> Derived:
        """Return what follows from the market's journal, computed anew.

        Raises:
            LookupError: there is no such market.
        """
        held = self.market(market)
        if held is None:
            raise LookupError(f"there is no market {market}")
        return fold(self.entries(market), held.started, self.policy)

    def rebuild(self, market: str) -> None:
        """Write every derived row of the market anew from its journal.

        Raises:
            LookupError: there is no such market.
        """
        derived = self.derived(market)
        for statement in _DELETE.values():
            self._link.run(statement, {"market": market})
        for table, rows in _rows(market, derived):
            self._link.put(_INSERT[table.name], rows)
        last = self._link.first(_HEAD, {"market": market, "last": derived.seq})
        stands = {"last": derived.seq, "instant": derived.now, "link": last.hash if last else ROOT}
        self._link.run(_STAND, {"market": market, **stands})


def _rows(market: str, derived: Derived) -> tuple[tuple[Table, list[codec.Values]], ...]:
    return (
        (BALANCE, [(market, *key, minor) for key, minor in derived.balances.items()]),
        (COUNT, [(market, *key, orders) for key, orders in derived.phases.items()]),
        (
            TRUST,
            [(market, who, figure.value, count) for (who, figure), count in derived.trust.items()],
        ),
        (ORDER, [codec.order_row(market, stored) for stored in derived.orders]),
    )
