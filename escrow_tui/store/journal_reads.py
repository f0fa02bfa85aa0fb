"""Reading the journal and the ledger that follows from it."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Select, bindparam, func, select

from escrow_tui.engine.entry import RATES_STREAM, Entry
from escrow_tui.engine.events import RateSet
from escrow_tui.store import codec
from escrow_tui.store.rows import Rows
from escrow_tui.store.tables import BALANCE, ENTRY, LINE
from escrow_tui.store.values import StoredLine

_MARKET: BindParameter[str] = bindparam("market")
_BY_COMMAND = select(ENTRY).where(
    ENTRY.c.market == _MARKET, ENTRY.c.command_id == bindparam("command_id")
)
_VERSION = select(func.max(ENTRY.c.version)).where(
    ENTRY.c.market == _MARKET, ENTRY.c.stream == bindparam("stream")
)

_RATES = (
    select(ENTRY.c.events)
    .where(ENTRY.c.market == _MARKET, ENTRY.c.stream == RATES_STREAM)
    .order_by(ENTRY.c.version.desc())
)


class JournalReads(Rows):
    """What happened, in its order, and what it moved."""

    def entries(
        self, market: str, stream: str | None = None, upto: int | None = None
    ) -> tuple[Entry, ...]:
        """Return the entries of a market or of one stream, up to an entry's number."""
        statement = _entries(stream is not None, upto is not None)
        params = {"market": market, "stream": stream, "upto": upto}
        return tuple(codec.entry_of(row) for row in self._all(statement, params))

    def entry_of(self, market: str, command_id: str) -> Entry | None:
        """Return the entry that a command with this id led to."""
        row = self._first(_BY_COMMAND, {"market": market, "command_id": command_id})
        return None if row is None else codec.entry_of(row)

    def version(self, market: str, stream: str) -> int:
        """Return the version of a stream, 0 where nothing has happened."""
        row = self._first(_VERSION, {"market": market, "stream": stream})
        return int(row[0] or 0) if row else 0

    def last_rate(self, market: str, currency: str) -> str:
        """Return the bank's last rate of a currency, "" where it has told none."""
        rows = self._all(_RATES, {"market": market})
        events = (event for row in rows for event in codec.events_of(row.events))
        rates = (one for one in events if isinstance(one, RateSet) and one.currency == currency)
        return next((one.rate for one in rates), "")

    def lines(self, market: str, order_id: str | None = None) -> tuple[StoredLine, ...]:
        """Return the ledger's lines of a market or of one order, in the journal's order."""
        statement = _lines(order_id is not None)
        rows = self._all(statement, {"market": market, "order_id": order_id})
        return tuple(codec.line_of(row) for row in rows)

    def balances(
        self, market: str, accounts: Iterable[str] | None = None
    ) -> dict[tuple[str, str], int]:
        """Return minor units by account and currency, of all accounts or of those named."""
        named = None if accounts is None else tuple(accounts)
        rows = self._all(_balances(named is not None), {"market": market, "accounts": named})
        return {(row.account, row.currency): row.minor for row in rows}


@cache
def _entries(of_stream: bool, bounded: bool) -> Select[Any]:
    statement = select(ENTRY).where(ENTRY.c.market == _MARKET).order_by(ENTRY.c.seq)
    if of_stream:
        statement = statement.where(ENTRY.c.stream == bindparam("stream"))
    return statement.where(ENTRY.c.seq <= bindparam("upto")) if bounded else statement


@cache
def _lines(of_order: bool) -> Select[Any]:
    statement = select(LINE).where(LINE.c.market == _MARKET).order_by(LINE.c.seq, LINE.c.position)
    return statement.where(LINE.c.order_id == bindparam("order_id")) if of_order else statement


@cache
def _balances(named: bool) -> Select[Any]:
    columns = (BALANCE.c.account, BALANCE.c.currency, BALANCE.c.minor)
    statement = select(*columns).where(BALANCE.c.market == _MARKET).order_by(*columns[:2])
    accounts: BindParameter[str] = bindparam("accounts", expanding=True)
    return statement.where(BALANCE.c.account.in_(accounts)) if named else statement
