"""Copying a market up to a point, and rebuilding what follows from its journal."""

from itertools import groupby

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
from escrow_tui.store.fold import Derived, fold
from escrow_tui.store.journal_writes import JournalWrites
from escrow_tui.store.tables import (
    BALANCE,
    COUNT,
    ENTRY,
    LINE,
    LISTING,
    MARKET,
    ORDER,
    PERSON,
    PRIVATE,
    TRUST,
)
from escrow_tui.store.values import MarketRow

_DERIVED = (LINE, BALANCE, ORDER, COUNT, TRUST)


def _copy(table: Table, *only: ColumnElement[bool]) -> Insert:
    """Copy rows within the database: what is private is not read on the way."""
    columns = [column for column in table.c if column.name != "market"]
    rows = select(bindparam("new", type_=String), *columns)
    rows = rows.where(table.c.market == bindparam("source"), *only)
    return insert(table).from_select(["market", *columns], rows)


_COPY_ENTRIES = _copy(ENTRY, ENTRY.c.seq <= bindparam("upto"))
_COPIES = tuple(_copy(table) for table in (PERSON, PRIVATE, LISTING))


class Forks(JournalWrites):
    """Nothing in a journal is ever undone: going back is a new market that names its parent."""

    def copy_market(self, source: str, new: str, upto: int, title: str = "") -> MarketRow:
        """Make the market `new` from `source` as it stood after the entry numbered `upto`.

        Raises:
            LookupError: there is no such market, or it has no such entry.
        """
        held = self.market(source)
        if held is None or not 0 <= upto <= held.seq:
            raise LookupError(f"there is no entry {upto} of a market {source}")
        row = MarketRow(
            new, title or held.title, held.started, held.started, 0, held.policy_hash, source, upto
        )
        self._connection.execute(insert(MARKET), asdict(row))
        self._connection.execute(_COPY_ENTRIES, {"source": source, "new": new, "upto": upto})
        for copy in _COPIES:
            self._connection.execute(copy, {"source": source, "new": new})
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
        for table in _DERIVED:
            self._connection.execute(delete(table).where(table.c.market == market))
        for table, rows in _rows(market, derived):
            if rows:
                self._connection.execute(insert(table), rows)
        clock = update(MARKET).where(MARKET.c.id == market)
        self._connection.execute(clock.values(seq=derived.seq, now=derived.now))


def _rows(market: str, derived: Derived) -> tuple[tuple[Table, list[codec.Params]], ...]:
    by_entry = groupby(derived.lines, key=lambda stored: stored.seq)
    lines = [
        codec.line_row(market, position, stored)
        for _, of_entry in by_entry
        for position, stored in enumerate(of_entry)
    ]
    balances: list[codec.Params] = [
        {"market": market, "account": account, "currency": currency, "minor": minor}
        for (account, currency), minor in derived.balances.items()
    ]
    counts: list[codec.Params] = [
        {"market": market, "phase": phase, "dispute_phase": dispute, "orders": orders}
        for (phase, dispute), orders in derived.phases.items()
    ]
    trust: list[codec.Params] = [
        {"market": market, "person": person, "figure": figure.value, "count": count}
        for (person, figure), count in derived.trust.items()
    ]
    orders = [codec.order_row(market, stored) for stored in derived.orders]
    return (
        (LINE, lines),
        (BALANCE, balances),
        (COUNT, counts),
        (TRUST, trust),
        (ORDER, orders),
    )
