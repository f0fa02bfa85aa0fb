"""What a command is decided on, read from a server in one round trip, held there or not."""

# What is asked here was asked already: the arguments are those of every reading.
# ruff: noqa: ARG002

from collections.abc import Iterable, Sequence
from typing import Any

from msgspec.structs import asdict
from sqlalchemy import String, bindparam, cast, func, literal, select
from sqlalchemy.dialects.postgresql import array

from escrow_tui.engine.policy import Policy
from escrow_tui.store.postgres.write_function import LOCK
from escrow_tui.store.reads.situation import ACCOUNT_PARTS, Ask, Situation
from escrow_tui.store.reads.situation_reads import ASKED
from escrow_tui.store.reads.snapshot import Reading
from escrow_tui.store.rows.link import Link
from escrow_tui.store.schema import BALANCE, MARKET, ORDER

_OF_SELLER = (literal("seller:") + ORDER.c.seller + f":{part}" for part in ACCOUNT_PARTS)
_HELD = (
    select(array([BALANCE.c.account, BALANCE.c.currency, cast(BALANCE.c.minor, String)]))
    .where(
        BALANCE.c.market == MARKET.c.id,
        BALANCE.c.account.in_((bindparam("account", type_=String), *_OF_SELLER)),
    )
    .correlate(MARKET, ORDER)
    .scalar_subquery()
)
# The balances come along in the last column: to ask for them later would be a round trip more.
_ASKED = ASKED.add_columns(func.array(_HELD))

# Whoever comes second waits here until the first has committed.
HOLD = f"SELECT {LOCK.format('%s')}"


class MustHoldError(Exception):
    """More than one row must be read, and all that is read must stay so: the market is held."""


def situation_in_one(link: Link, policies: dict[str, Policy], ask: Ask) -> Situation:
    """Return how things stand for what is asked.

    Raises:
        LookupError: there is no such market.
        MustHoldError: it cannot be told in one row.
    """
    row = link.row(_ASKED, asdict(ask))
    return _Read(link, policies, row).situation(ask)


def situation_held(link: Link, policies: dict[str, Policy], ask: Ask) -> Situation:
    """Begin a transaction that holds the market, and return how things stand until it ends.

    Raises:
        LookupError: there is no such market.
    """
    with link.connection.pipeline():
        link.connection.execute("BEGIN")
        link.connection.execute(HOLD, [ask.market])
        # Each statement sees what was written before it began: this one, all until it holds.
        read = link.connection.execute(*link.said(_ASKED, asdict(ask)))
    return _Held(link, policies, read.fetchone()).situation(ask)


class _Read(Reading):
    """Answers from what was read at once; it asks the server for a policy alone."""

    def __init__(self, link: Link, policies: dict[str, Policy], row: Sequence[Any] | None) -> None:
        super().__init__(link, policies)
        self._row = row

    def _asked(self, ask: Ask) -> Sequence[Any] | None:
        return self._row

    def balances(
        self, market: str, accounts: Iterable[str] | None = None
    ) -> dict[tuple[str, str], int]:
        """Return the balances of the accounts that a command is decided on."""
        wanted = set(accounts or ())
        return {
            (account, currency): int(minor)
            for account, currency, minor in (self._row[-1] if self._row else ())
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
