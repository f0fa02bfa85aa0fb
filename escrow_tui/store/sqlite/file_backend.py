"""The store in one SQLite file: transactions that begin when we say so, one writer at a time."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from sqlalchemy import create_mock_engine
from sqlalchemy.schema import ExecutableDDLElement
from sqlmodel import SQLModel

from escrow_tui.engine.invariants import Balances
from escrow_tui.engine.policy import Policy
from escrow_tui.store import schema
from escrow_tui.store.backend import Decide
from escrow_tui.store.identity import APPLICATION_ID, SCHEMA
from escrow_tui.store.problems import Conflict
from escrow_tui.store.reads.situation import Ask
from escrow_tui.store.reads.snapshot import Reading
from escrow_tui.store.records import MarketRow
from escrow_tui.store.rows.batch import Batch
from escrow_tui.store.rows.link import Link
from escrow_tui.store.sqlite.connections import Connections, Transaction, raise_as_problem
from escrow_tui.store.sqlite.file_probe import probe_file
from escrow_tui.store.sqlite.turn_lock import Turns
from escrow_tui.store.writes.journal_writes import check, write_batch

_POLL_SECONDS = 0.02


def open_file_backend(path: Path) -> "SqliteBackend":
    """Look at the file first; then open it, made if it is not there.

    Raises:
        StoreProblem: the file cannot be used; it is as it was.
    """
    there = probe_file(path)
    backend = SqliteBackend(path)
    if not there:
        backend.make_tables()
    return backend


class SqliteBackend:
    """One file; it may be used by several threads and several processes at once."""

    def __init__(self, path: Path) -> None:
        self.policies: dict[str, Policy] = {}
        self.path = path
        self._connections = Connections(path)
        self._turns = Turns(path)

    def make_tables(self) -> None:
        """Make what a store needs, all in one transaction, unless another process has made it."""
        with self.writing("") as link:
            if link.plain("PRAGMA user_version") == 0:
                for statement in table_statements():
                    link.plain(statement)
                link.plain(f"PRAGMA application_id = {APPLICATION_ID}")
                link.plain(f"PRAGMA user_version = {SCHEMA}")

    def reading(self) -> Transaction:
        """Read one snapshot: what others write meanwhile is not seen."""
        return Transaction(self._connections, "BEGIN")

    @contextmanager
    def writing(self, market: str) -> Iterator[Link]:  # noqa: ARG002 - the whole file is held
        """Write as the only one in the whole file: durable at the end, undone on an exception."""
        with self._turns, Transaction(self._connections, "BEGIN IMMEDIATE") as link:
            yield link

    def transact(self, ask: Ask, decide: Decide) -> Balances:
        """Read, decide and write in one transaction: nothing changes in between."""
        with self._turns, Transaction(self._connections, "BEGIN IMMEDIATE") as link:
            situation = Reading(link, self.policies).situation(ask)
            batch = decide(situation)
            return {} if batch is None else _written(link, situation.market, batch)

    def write(self, link: Link, batch: Batch) -> Balances:
        """Write a batch within a transaction that writes, and return the touched balances."""
        market = Reading(link, self.policies).market(batch.market)
        if market is None:
            raise LookupError(f"there is no market {batch.market}")
        check(link, market, batch)
        return _written(link, market, batch)

    def watch(self) -> "SqliteWatcher":
        """Begin to watch for what others write, on a connection of its own."""
        return SqliteWatcher(self.path)

    def close(self) -> None:
        """Let go of the file; what was written stands in it alone."""
        self._connections.close()
        self._turns.close()


class SqliteWatcher:
    """Looks at the number that SQLite counts up when another connection has written."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._in_use = Lock()
        self._closed = False
        self._seen = self._version()

    def changed(self, seconds: float) -> bool:
        """Wait so long at most; say whether somebody wrote since it was asked last."""
        until = time.monotonic() + seconds
        while not self._closed:
            if self._moved():
                return True
            left = until - time.monotonic()
            if left <= 0:
                break
            time.sleep(min(_POLL_SECONDS, left))
        return False

    def close(self) -> None:
        """Let go of the connection, from any thread; who waits is told that nothing changed."""
        self._closed = True
        with self._in_use:
            self._connection.close()

    def _moved(self) -> bool:
        with self._in_use:
            if self._closed:
                return False
            try:
                before, self._seen = self._seen, self._version()
            except sqlite3.DatabaseError as error:
                raise_as_problem(error)
                raise
            return self._seen != before

    def _version(self) -> int:
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])


def table_statements() -> tuple[str, ...]:
    """Return what makes the tables and their indexes, in order."""
    made: list[str] = []

    def keep(statement: ExecutableDDLElement, *_: object, **__: object) -> None:
        made.append(str(statement.compile(dialect=engine.dialect)))

    engine = create_mock_engine("sqlite://", keep)
    SQLModel.metadata.create_all(engine, schema.ALL, checkfirst=False)
    return tuple(made)


def _written(link: Link, market: MarketRow, batch: Batch) -> Balances:
    try:
        return write_batch(link, market, batch)
    except sqlite3.IntegrityError as error:
        raise Conflict(f"somebody was faster, or the command's id is used ({error})") from error
