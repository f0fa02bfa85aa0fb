"""The store that is open: it hands out transactions to read and to write in."""

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
    """Look first; then open it, made if it is not there.

    Raises:
        StoreProblem: it cannot be used; it is as it was.
    """
    if isinstance(where, PostgresDatabase):
        need_driver()
        from escrow_tui.store.postgres.server_backend import open_database_backend

        return Store(open_database_backend(where))
    from escrow_tui.store.sqlite.file_backend import open_file_backend

    return Store(open_file_backend(where.path if isinstance(where, SqliteFile) else where))


class Store:
    """One database; it may be used by several threads and several processes at once.

    Whatever it is asked may raise StoreProblem: the database failed, or others held it too long;
    then nothing was written.
    """

    def __init__(self, backend: Backend) -> None:
        self.backend = backend
        self._of_thread = local()

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """Read one snapshot: what others write meanwhile is not seen."""
        held: Reading | None = getattr(self._of_thread, "reading", None)
        if held is not None:
            yield held
            return
        with self.backend.reading() as link:
            yield Reading(link, self.backend.policies)

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Let all that this thread reads until the block's end be one snapshot.

        What the thread itself writes within it, it sees: from there on it reads anew.
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
        """Write as the only one in a market: durable at the block's end, undone if it raises.

        What belongs to no market, or to one that is new, names none.
        """
        with self.backend.writing(market) as link:
            yield Writing(link, self.backend)
        self._of_thread.reading = None

    def transact(self, ask: Ask, decide: Decide) -> Balances:
        """Read what is asked, decide on it, and write that: durable when it returns.

        `decide` must be pure: it is asked again where somebody else was faster. Returns the
        balances that were touched, as they are afterwards.

        Raises:
            LookupError: there is no such market.
        """
        balances = self.backend.transact(ask, decide)
        self._of_thread.reading = None
        return balances

    def try_out(self, market: str) -> None:
        """Write what changes nothing: it raises StoreProblem as long as nothing can be written."""
        with self.writing(market) as writing:
            writing.touch(market)

    def watch(self) -> StoreWatcher:
        """Begin to watch for what others write."""
        return self.backend.watch()

    def close(self) -> None:
        """Let go of the database; of a file, what was written stands in it alone."""
        self.backend.close()
