"""The store in a PostgreSQL database: a command takes one query to read and one to write.

A deciding command holds no lock: it reads, decides, and writes only if nothing has changed. If it
was overtaken it tries again and locks the market before it reads, so the second try succeeds.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from escrow_tui.engine.invariants import Balances
from escrow_tui.engine.policy import Policy
from escrow_tui.store.address import PostgresDatabase
from escrow_tui.store.backend import Decide
from escrow_tui.store.postgres.connection import connected
from escrow_tui.store.postgres.notifications import PostgresWatcher
from escrow_tui.store.postgres.pool import Pool
from escrow_tui.store.postgres.server_probe import probe_database
from escrow_tui.store.postgres.server_problems import ServerLostError
from escrow_tui.store.postgres.server_situation import (
    HOLD,
    MustHoldError,
    situation_held,
    situation_in_one,
)
from escrow_tui.store.postgres.server_tables import make_tables
from escrow_tui.store.postgres.server_write import send_batch, write_and_commit
from escrow_tui.store.postgres.write_function import CHANNEL
from escrow_tui.store.problems import Conflict
from escrow_tui.store.reads.situation import Ask
from escrow_tui.store.rows.batch import Batch
from escrow_tui.store.rows.link import Link

# How long to wait for a server that went away in the middle of a command.
_RETURN_SECONDS = 3.0
_PAUSE_SECONDS = 0.1


def open_database_backend(where: PostgresDatabase) -> "PostgresBackend":
    """Check the database, then open it, creating our tables if it is empty.

    Raises:
        StoreProblem: the database cannot be used; it was not changed.
    """
    with connected(where) as connection:
        if not probe_database(connection, where):
            make_tables(connection, where)
    return PostgresBackend(where)


class PostgresBackend:
    """One database, which several threads and machines may use at once."""

    def __init__(self, where: PostgresDatabase) -> None:
        self.policies: dict[str, Policy] = {}
        self.where = where
        self._pool = Pool(where)

    @contextmanager
    def reading(self) -> Iterator[Link]:
        """Read one snapshot; what others write meanwhile is not seen."""
        with self._pool.taken() as link:
            link.plain("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield link
            link.plain("COMMIT")

    @contextmanager
    def writing(self, market: str) -> Iterator[Link]:
        """Write as this market's only writer: durable at the end, undone on an exception."""
        with self._pool.taken() as link:
            link.plain("BEGIN")
            link.cursor.execute(HOLD, [market])
            yield link
            link.cursor.execute(f"SELECT pg_notify('{CHANNEL}', %s)", [market])
            link.plain("COMMIT")
            if link.cursor.statusmessage != "COMMIT":
                raise Conflict("a part of it was not written, so nothing was")

    def transact(self, ask: Ask, decide: Decide) -> Balances:
        """Read, decide and write; decide again if others wrote in between.

        A command with an id is sent again after the server went away and came back: if it had been
        written after all, its id shows that.
        """
        until = time.monotonic() + _RETURN_SECONDS
        while True:
            try:
                return self._settled(ask, decide)
            except ServerLostError:
                if not ask.command_id or time.monotonic() > until:
                    raise
            time.sleep(_PAUSE_SECONDS)

    def write(self, link: Link, batch: Batch) -> Balances:
        """Write a batch in an open write transaction; return the balances that it touched."""
        return send_batch(link, batch)

    def watch(self) -> PostgresWatcher:
        """Start to listen for what others write, on a separate connection."""
        return PostgresWatcher(self.where)

    def close(self) -> None:
        """Close the database."""
        self._pool.close()

    def _settled(self, ask: Ask, decide: Decide) -> Balances:
        try:
            return self._guarded(ask, decide)
        except (MustHoldError, Conflict):
            return self._held(ask, decide)

    def _guarded(self, ask: Ask, decide: Decide) -> Balances:
        """Read and decide without a lock; the server writes only if nothing has changed."""
        with self._pool.taken() as link:
            batch = decide(situation_in_one(link, self.policies, ask))
            return {} if batch is None else send_batch(link, batch, ask.seat)

    def _held(self, ask: Ask, decide: Decide) -> Balances:
        """Read, decide and write while the market is locked for everybody else."""
        with self._pool.taken() as link:
            batch = decide(situation_held(link, self.policies, ask))
            return {} if batch is None else write_and_commit(link, batch)
