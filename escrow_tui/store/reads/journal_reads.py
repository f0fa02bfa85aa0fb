"""Reads of the journal, and of the ledger that follows from it."""

from collections.abc import Iterable, Iterator
from contextlib import closing
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Select, bindparam, func, select

from escrow_tui.engine.entry import RATES_STREAM, Entry, order_stream
from escrow_tui.engine.events import RateSet
from escrow_tui.store.records import StoredLine
from escrow_tui.store.rows import codec
from escrow_tui.store.rows.link import Link
from escrow_tui.store.rows.link_queries import Queries
from escrow_tui.store.schema import BALANCE, ENTRY

_MARKET: BindParameter[str] = bindparam("market")
_BY_COMMAND = select(ENTRY).where(
    ENTRY.c.market == _MARKET, ENTRY.c.command_id == bindparam("command_id")
)
_VERSION = select(func.max(ENTRY.c.version)).where(
    ENTRY.c.market == _MARKET, ENTRY.c.stream == bindparam("stream")
)
_RATES = (
    select(ENTRY)
    .where(ENTRY.c.market == _MARKET, ENTRY.c.stream == RATES_STREAM)
    .order_by(ENTRY.c.version.desc())
)
_BALANCE = (BALANCE.c.account, BALANCE.c.currency, BALANCE.c.minor)
_BALANCES = select(*_BALANCE).where(BALANCE.c.market == _MARKET).order_by(*_BALANCE[:2])
# Every order has an escrow account, but sellers have few accounts, next to each other in the key.
_OF_SELLERS = _BALANCES.where(BALANCE.c.account >= "seller:", BALANCE.c.account < "seller;")
# At most this many accounts per query; a command touches fewer.
_ACCOUNTS = 30


def balances_in(link: Link, market: str, accounts: Iterable[str]) -> dict[tuple[str, str], int]:
    """Return the balances of these accounts: minor units by account and currency."""
    found: dict[tuple[str, str], int] = {}
    names = list(dict.fromkeys(accounts))
    for first in range(0, len(names), _ACCOUNTS):
        some = names[first : first + _ACCOUNTS]
        params = {"market": market, **{f"account_{n}": name for n, name in enumerate(some)}}
        for account, currency, minor in link.all(_some_balances(len(some)), params):
            found[account, currency] = minor
    return found


def version_in(link: Link, market: str, stream: str) -> int:
    """Return the version of a stream, 0 if it has no entries."""
    row = link.first(_VERSION, {"market": market, "stream": stream})
    return int(row[0] or 0) if row else 0


class JournalReads(Queries):
    """The entries of a journal in order, and the money they moved."""

    def entries(
        self,
        market: str,
        stream: str | None = None,
        upto: int | None = None,
        after: int | None = None,
    ) -> tuple[Entry, ...]:
        """Return the entries of a market or one stream, numbered above `after` and up to `upto`."""
        return tuple(self.each_entry(market, stream, upto, after))

    def each_entry(
        self,
        market: str,
        stream: str | None = None,
        upto: int | None = None,
        after: int | None = None,
    ) -> Iterator[Entry]:
        """Yield the entries one by one, because a large market's do not all fit in memory."""
        given = {"stream": stream, "upto": upto, "after": after}
        names = tuple(name for name, value in given.items() if value is not None)
        params = {"market": market, **given}
        with closing(self._link.each(_entries(names), params)) as rows:
            for row in rows:
                yield codec.entry_from(row)

    def entry_of(self, market: str, command_id: str) -> Entry | None:
        """Return the entry that the command with this id led to, or None."""
        row = self._link.first(_BY_COMMAND, {"market": market, "command_id": command_id})
        return None if row is None else codec.entry_from(row)

    def version(self, market: str, stream: str) -> int:
        """Return the version of a stream, 0 if it has no entries."""
        return version_in(self._link, market, stream)

    def last_rate(self, market: str, currency: str) -> str:
        """Return the bank's last rate of a currency, "" if it has set none."""
        rows = self._link.all(_RATES, {"market": market})
        events = (event for row in rows for event in codec.entry_from(row).events)
        rates = (one for one in events if isinstance(one, RateSet) and one.currency == currency)
        return next((one.rate for one in rates), "")

    def lines(self, market: str, order_id: str | None = None) -> tuple[StoredLine, ...]:
        """Return the ledger lines of a market or of one order, in journal order."""
        of_order = () if order_id is None else ("stream",)
        stream = order_stream(order_id or "")
        params = {"market": market, "stream": stream}
        with closing(self._link.each(_entries(of_order), params)) as rows:
            return tuple(line for row in rows for line in codec.lines_from(row))

    def balances(
        self, market: str, accounts: Iterable[str] | None = None
    ) -> dict[tuple[str, str], int]:
        """Return minor units by account and currency, of all accounts or only of these."""
        if accounts is not None:
            return balances_in(self._link, market, accounts)
        rows = self._link.all(_BALANCES, {"market": market})
        return {(row.account, row.currency): row.minor for row in rows}

    def balances_of_sellers(self, market: str) -> dict[tuple[str, str], int]:
        """Return minor units by account and currency, of the sellers' accounts only."""
        rows = self._link.all(_OF_SELLERS, {"market": market})
        return {(row.account, row.currency): row.minor for row in rows}


@cache
def _some_balances(accounts: int) -> Select[Any]:
    named: list[BindParameter[str]] = [bindparam(f"account_{n}") for n in range(accounts)]
    return select(*_BALANCE).where(BALANCE.c.market == _MARKET, BALANCE.c.account.in_(named))


@cache
def _entries(given: tuple[str, ...]) -> Select[Any]:
    conditions = {
        "stream": ENTRY.c.stream == bindparam("stream"),
        "upto": ENTRY.c.seq <= bindparam("upto"),
        "after": ENTRY.c.seq > bindparam("after"),
    }
    statement = select(ENTRY).where(ENTRY.c.market == _MARKET, *(conditions[one] for one in given))
    # A stream is read by its own key: ordered by `seq`, SQLite would read the whole journal.
    return statement.order_by(ENTRY.c.version if "stream" in given else ENTRY.c.seq)
