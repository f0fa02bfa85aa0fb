"""What a kind of database must do for a store; there is one for SQLite, and one for PostgreSQL."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Protocol

from escrow_tui.engine.invariants import Balances
from escrow_tui.engine.policy import Policy
from escrow_tui.store.reads.situation import Ask, Situation
from escrow_tui.store.rows.batch import Batch
from escrow_tui.store.rows.link import Link

Decide = Callable[[Situation], Batch | None]


class StoreWatcher(Protocol):
    """Tells when somebody else has written; for one thread, which may be another one."""

    def changed(self, seconds: float) -> bool:
        """Wait so long at most; say whether somebody wrote since it was asked last.

        Raises:
            StoreProblem: the store is not there now; asked again, it may be.
        """

    def close(self) -> None:
        """Let go of the connection; from any thread."""


class Backend(Protocol):
    """Transactions on one database. Each may raise StoreProblem: then nothing was written."""

    # Policies by hash: what was read once stays right, so it outlives every transaction.
    policies: dict[str, Policy]

    def reading(self) -> AbstractContextManager[Link]:
        """Read one snapshot: what others write meanwhile is not seen."""

    def writing(self, market: str) -> AbstractContextManager[Link]:
        """Write as the only one in this market: durable at the end, undone on an exception."""

    def transact(self, ask: Ask, decide: Decide) -> Balances:
        """Read the situation, decide, and write what was decided: all of it, or nothing.

        Returns the balances of every account that was touched, as they are afterwards. What was
        decided on something that has changed meanwhile is decided anew.
        """

    def write(self, link: Link, batch: Batch) -> Balances:
        """Write a batch within a transaction that writes, and return the touched balances.

        Raises:
            Conflict: what it was decided on has changed; the transaction is of no more use.
            LookupError: there is no such market.
        """

    def watch(self) -> StoreWatcher:
        """Begin to watch for what others write."""

    def close(self) -> None:
        """Let go of the database."""
