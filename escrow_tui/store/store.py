"""An open store: it hands out transactions for reading and writing."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import local

from escrow_tui.engine.invariants import Balances
from escrow_tui.store.address import PostgresDatabase, SqliteFile, Where
from escrow_tui.store.backend import Backend, Decide, StoreWatcher
from escrow_tui.store.postgres.server_problems import need_driver
from escrow_tui.store.reads.situation import Ask
from escrow_tui.store.reads.snapshot import Reading, Snapshot
from escrow_tui.store.writes.write_transaction import Writing


def open_checked(where: Where) -> "Store":
    """Check a store, then open it, creating it if it does not exist.

    Raises:
        StoreProblem: the store cannot be used; nothing was changed.
    """
    if isinstance(where, PostgresDatabase):
        need_driver()
        from escrow_tui.store.postgres.server_backend import open_database_backend

        return Store(open_database_backend(where))
    from escrow_tui.store.sqlite.file_backend import open_file_backend

    return Store(open_file_backend(where.path if isinstance(where, SqliteFile) else where))


class Store:
    """One database; several threads and processes may use it at once.

    Every method may raise StoreProblem if the database fails or others hold it too long; then
    nothing was written.
    """

    def __init__(self, backend: Backend) -> None:
        self.backend = backend
        self._of_thread = local()

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """Read one snapshot; what others write meanwhile is not seen."""
        held: Reading | None = getattr(self._of_thread, "reading", None)
        if held is not None:
            yield held
            return
        with self.backend.reading() as link:
            yield Reading(link, self.backend.policies)

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Let all that this thread reads in the block come from one snapshot.

        The snapshot ends early when the thread itself writes: it then sees what it wrote.
        """
        if getattr(self._of_thread, "reading", None) is not None:
            yield
            return
        with self.backend.reading() as link:
            self._of_thread.reading = Snapshot(link, self.backend.policies)
            try:
                yield
            finally:
                self._of_thread.reading = None

    @contextmanager
    def writing(self, market: str = "") -> Iterator[Writing]:
        """Write as a market's only writer: durable at the block's end, undone if it raises.

        `market` is "" for what belongs to no market, or to one that is being created.
        """
        with self.backend.writing(market) as link:
            yield Writing(link, self.backend)
        self._of_thread.reading = None

    def transact(self, ask: Ask, decide: Decide) -> Balances:
        """Read what is asked for, decide, and write the decision: durable when it returns.

        `decide` must be pure: it is called again if somebody else was faster. Returns the new
        balances of the accounts that were touched.

        Raises:
            LookupError: there is no such market.
        """
        balances = self.backend.transact(ask, decide)
        self._of_thread.reading = None
        return balances

    def try_out(self, market: str) -> None:
        """Make a write that changes nothing; raises StoreProblem if the store cannot be written."""
        with self.writing(market) as writing:
            writing.touch(market)

    def watch(self) -> StoreWatcher:
        """Start to watch for what others write."""
        return self.backend.watch()

    def close(self) -> None:
        """Close the database; a file then holds everything by itself, without a WAL beside it."""
        self.backend.close()
