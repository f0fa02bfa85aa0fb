"""What a command is decided on, read from a server in one round trip, held there or not."""

# What is asked here was asked already: the arguments are those of every reading.
# ruff: noqa: ARG002

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from escrow_tui.engine.entry import Entry
from escrow_tui.engine.policy import Policy
from escrow_tui.store import codec
from escrow_tui.store.link import Link
from escrow_tui.store.reading import Reading
from escrow_tui.store.situation import ACCOUNT_PARTS, Ask, Situation
from escrow_tui.store.situation_reads import situation_of
from escrow_tui.store.values import MarketRow, StoredOrder

_ACCOUNTS = ", ".join(f"'seller:' || o.seller || ':{part}'" for part in ACCOUNT_PARTS)
_READ = f"""
SELECT m.id, m.title, m.started, m.now, m.seq, m.head, m.policy_hash, m.parent, m.parent_seq,
    o.body, o.version, o.next_deadline,
    e.market, e.seq, e.stream, e.version, e.at, e.role, e.person, e.command_id, e.body,
    (SELECT max(version) FROM entry WHERE market = m.id AND stream = %s),
    (SELECT state FROM seat WHERE market = m.id AND id = %s),
    ARRAY(SELECT ARRAY[account, currency, minor::text] FROM balance
          WHERE market = m.id AND account IN (%s, 'escrow:' || o.id, {_ACCOUNTS}))
FROM market m
LEFT JOIN order_state o ON o.market = m.id AND o.id = %s
LEFT JOIN entry e ON e.market = m.id AND e.command_id = %s
WHERE m.id = %s
"""

# Whoever comes second waits here until the first has committed.
HOLD = "SELECT FROM market WHERE id = %s FOR NO KEY UPDATE"


class MustHoldError(Exception):
    """More than one row must be read, and all that is read must stay so: the market is held."""


class _OrderRow(NamedTuple):
    body: bytes
    version: int
    next_deadline: int | None


class _EntryRow(NamedTuple):
    market: str
    seq: int
    stream: str
    version: int
    at: int
    role: str
    person: str
    command_id: str
    body: bytes


def situation_in_one(link: Link, policies: dict[str, Policy], ask: Ask) -> Situation:
    """Return how things stand for what is asked.

    Raises:
        LookupError: there is no such market.
        MustHoldError: it cannot be told in one row.
    """
    link.cursor.execute(_READ, _asked(ask))
    return situation_of(_Read(link, policies, link.cursor.fetchone()), ask)


def situation_held(link: Link, policies: dict[str, Policy], ask: Ask) -> Situation:
    """Begin a transaction that holds the market, and return how things stand until it ends.

    Raises:
        LookupError: there is no such market.
    """
    with link.connection.pipeline():
        link.connection.execute("BEGIN")
        link.connection.execute(HOLD, [ask.market])
        # Each statement sees what was written before it began: this one, all until it holds.
        read = link.connection.execute(_READ, _asked(ask))
    return situation_of(_Held(link, policies, read.fetchone()), ask)


def _asked(ask: Ask) -> list[str]:
    return [ask.stream, ask.seat, ask.account, ask.order_id, ask.command_id, ask.market]


class _Read(Reading):
    """Answers from what was read at once; it asks the server for a policy alone."""

    def __init__(self, link: Link, policies: dict[str, Policy], row: Sequence[Any] | None) -> None:
        super().__init__(link, policies)
        self._row = row or ()

    def market(self, market: str) -> MarketRow | None:
        """Return the market."""
        return MarketRow(*self._row[:9]) if self._row else None

    def order(self, market: str, order_id: str) -> StoredOrder | None:
        """Return the order with its version."""
        row = _OrderRow(*self._row[9:12])
        return None if row.body is None else codec.order_of(row)

    def entry_of(self, market: str, command_id: str) -> Entry | None:
        """Return the entry that the command's id led to."""
        row = _EntryRow(*self._row[12:21])
        return None if row.seq is None else codec.entry_of(row)

    def version(self, market: str, stream: str) -> int:
        """Return the version of the stream."""
        return self._row[21] or 0

    def seat_state(self, market: str, seat: str) -> str:
        """Return whether the seat is taken."""
        return self._row[22] or ""

    def balances(
        self, market: str, accounts: Iterable[str] | None = None
    ) -> dict[tuple[str, str], int]:
        """Return the balances of the accounts that a command is decided on."""
        wanted = set(accounts or ())
        return {
            (account, currency): int(minor)
            for account, currency, minor in self._row[23]
            if account in wanted
        }

    def last_rate(self, market: str, currency: str) -> str:
        """Ask for the market to be held: a rate stands in an entry's body."""
        raise MustHoldError


class _Held(_Read):
    """The same while the market is held: a second question is answered as the first was."""

    def last_rate(self, market: str, currency: str) -> str:
        """Return the bank's last rate of a currency."""
        return Reading.last_rate(self, market, currency)
