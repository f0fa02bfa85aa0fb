"""Forks of a market: copies up to an entry."""

import msgspec
from msgspec.structs import asdict
from sqlalchemy import ColumnElement, Insert, String, Table, bindparam, insert, select

from escrow_tui.store.derived.rebuild import rebuild
from escrow_tui.store.derived.replay import Untrue
from escrow_tui.store.problems import LastingProblem
from escrow_tui.store.reads.snapshot import Reading
from escrow_tui.store.records import MarketRow
from escrow_tui.store.rows.chain import ROOT
from escrow_tui.store.rows.seals import sealed
from escrow_tui.store.schema import ENTRY, LISTING, MARKET, PERSON, PRIVATE

_INSERT_MARKET = insert(MARKET)
_HEAD = select(ENTRY.c.hash).where(
    ENTRY.c.market == bindparam("market"), ENTRY.c.seq == bindparam("last")
)


def _copy(table: Table, *only: ColumnElement[bool]) -> Insert:
    """Return a statement that copies rows inside the database, so private fields are not read."""
    columns = [column for column in table.c if column.name != "market"]
    rows = select(bindparam("new", type_=String), *columns)
    rows = rows.where(table.c.market == bindparam("source"), *only)
    return insert(table).from_select(["market", *columns], rows)


_COPY_ENTRIES = _copy(ENTRY, ENTRY.c.seq <= bindparam("upto"))
_COPIES = tuple(_copy(table) for table in (PERSON, PRIVATE, LISTING))


class Forks(Reading):
    """Writes of forks. A journal never loses entries: to go back is to fork a new market."""

    def copy_market(self, source: str, new: str, upto: int, title: str = "") -> MarketRow:
        """Create the market `new` as `source` stood after the entry numbered `upto`.

        Raises:
            LookupError: there is no such market, or it has no such entry.
            LastingProblem: the journal of `source` is not true.
        """
        held = self.market(source)
        if held is None or not 0 <= upto <= held.seq:
            raise LookupError(f"there is no entry {upto} of a market {source}")
        began, policy = held.started, held.policy_hash
        last = self._link.first(_HEAD, {"market": source, "last": upto})
        head = last.hash if last else ROOT
        row = MarketRow(new, title or held.title, began, began, upto, head, policy, source, upto)
        self._link.run(_INSERT_MARKET, sealed(MARKET, asdict(row)))
        self._link.run(_COPY_ENTRIES, {"source": source, "new": new, "upto": upto})
        for copy in _COPIES:
            self._link.run(copy, {"source": source, "new": new})
        try:
            rebuild(self._link, new, self.policy)
        except Untrue as untrue:
            # The reader knows the market that was to be copied, not the copy.
            told = msgspec.structs.replace(untrue.difference, market=source)
            raise LastingProblem(str(told)) from untrue
        rebuilt = self.market(new)
        assert rebuilt is not None
        return rebuilt
