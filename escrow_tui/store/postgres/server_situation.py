"""What a command is decided on, read from a server in one round trip, locked or not."""

# These methods answer from what was read before; their arguments are those of the base class.
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
# The last column holds the balances; to read them later would take another round trip.
_ASKED = ASKED.add_columns(func.array(_HELD))

# A second writer waits here until the first has committed.
HOLD = f"SELECT {LOCK.format('%s')}"


class MustHoldError(Exception):
    """Several rows must be read consistently, so the market must be locked first."""


def situation_in_one(link: Link, policies: dict[str, Policy], ask: Ask) -> Situation:
    """Return the situation for what is asked, read without a lock.

    Raises:
        LookupError: there is no such market.
        MustHoldError: one row is not enough to answer.
    """
    row = link.row(_ASKED, asdict(ask))
    return _Read(link, policies, row).situation(ask)


def situation_held(link: Link, policies: dict[str, Policy], ask: Ask) -> Situation:
    """Begin a transaction that locks the market; return the situation, valid until its end.

    Raises:
        LookupError: there is no such market.
    """
    with link.connection.pipeline():
        link.connection.execute("BEGIN")
        link.connection.execute(HOLD, [ask.market])
        # A statement sees what was committed before it began; this one begins under the lock.
        read = link.connection.execute(*link.said(_ASKED, asdict(ask)))
    return _Held(link, policies, read.fetchone()).situation(ask)


class _Read(Reading):
    """Answers from the row that was read; only policies are read from the server."""

    def __init__(self, link: Link, policies: dict[str, Policy], row: Sequence[Any] | None) -> None:
        super().__init__(link, policies)
        self._row = row

    def _asked(self, ask: Ask) -> Sequence[Any] | None:
        return self._row

    def balances(
        self, market: str, accounts: Iterable[str] | None = None
    ) -> dict[tuple[str, str], int]:
        """Return the balances of these accounts, as far as they came with the row."""
        wanted = set(accounts or ())
        return {
            (account, currency): int(minor)
            for account, currency, minor in (self._row[-1] if self._row else ())
            if account in wanted
        }

    def last_rate(self, market: str, currency: str) -> str:
        """Raise, because a rate is inside an entry's body and needs a second read."""
        raise MustHoldError


class _Held(_Read):
    """The same while the market is locked, so that a second read is consistent with the first."""

    def last_rate(self, market: str, currency: str) -> str:
        """Return the bank's last rate of a currency."""
        return Reading.last_rate(self, market, currency)
