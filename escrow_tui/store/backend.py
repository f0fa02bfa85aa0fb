"""What a store needs of a database; SQLite and PostgreSQL each implement it."""

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
    """Tells when somebody else has written; for one thread, not necessarily the creator's."""

    def changed(self, seconds: float) -> bool:
        """Wait at most this long; return whether somebody has written since the last call.

        Raises:
            StoreProblem: the store is out of reach; a later call may succeed.
        """

    def close(self) -> None:
        """Close the connection; may be called from any thread."""


class Backend(Protocol):
    """Transactions on one database. Any may raise StoreProblem; then nothing was written."""

    # Policies by hash. A hash always names the same policy, so this cache outlives transactions.
    policies: dict[str, Policy]

    def reading(self) -> AbstractContextManager[Link]:
        """Read one snapshot; what others write meanwhile is not seen."""

    def writing(self, market: str) -> AbstractContextManager[Link]:
        """Write as this market's only writer: durable at the end, undone on an exception."""

    def transact(self, ask: Ask, decide: Decide) -> Balances:
        """Read the situation, decide, and write the decision: all of it, or nothing.

        Returns the new balances of every account that was touched. If what the decision was based
        on has changed meanwhile, `decide` is called again.
        """

    def write(self, link: Link, batch: Batch) -> Balances:
        """Write a batch in an open write transaction; return the balances that it touched.

        Raises:
            Conflict: what the batch was based on has changed; the transaction is unusable now.
            LookupError: there is no such market.
        """

    def watch(self) -> StoreWatcher:
        """Start to watch for what others write."""

    def close(self) -> None:
        """Close the database."""
