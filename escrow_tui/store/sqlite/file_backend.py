"""The store in one SQLite file: explicit transactions, one writer at a time."""

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
    """Check the file, then open it, creating it if it does not exist.

    Raises:
        StoreProblem: the file cannot be used; it was not changed.
    """
    there = probe_file(path)
    backend = SqliteBackend(path)
    if not there:
        backend.make_tables()
    return backend


class SqliteBackend:
    """One file, which several threads and processes may use at once."""

    def __init__(self, path: Path) -> None:
        self.policies: dict[str, Policy] = {}
        self.path = path
        self._connections = Connections(path)
        self._turns = Turns(path)

    def make_tables(self) -> None:
        """Create the tables in one transaction, unless another process has created them."""
        with self.writing("") as link:
            if link.plain("PRAGMA user_version") == 0:
                for statement in table_statements():
                    link.plain(statement)
                link.plain(f"PRAGMA application_id = {APPLICATION_ID}")
                link.plain(f"PRAGMA user_version = {SCHEMA}")

    def reading(self) -> Transaction:
        """Read one snapshot; what others write meanwhile is not seen."""
        return Transaction(self._connections, "BEGIN")

    @contextmanager
    def writing(self, market: str) -> Iterator[Link]:  # noqa: ARG002 - the whole file is held
        """Write as the whole file's only writer: durable at the end, undone on an exception."""
        with self._turns, Transaction(self._connections, "BEGIN IMMEDIATE") as link:
            yield link

    def transact(self, ask: Ask, decide: Decide) -> Balances:
        """Read, decide and write in one transaction, so nothing changes in between."""
        with self._turns, Transaction(self._connections, "BEGIN IMMEDIATE") as link:
            situation = Reading(link, self.policies).situation(ask)
            batch = decide(situation)
            return {} if batch is None else _written(link, situation.market, batch)

    def write(self, link: Link, batch: Batch) -> Balances:
        """Write a batch in an open write transaction; return the balances that it touched."""
        market = Reading(link, self.policies).market(batch.market)
        if market is None:
            raise LookupError(f"there is no market {batch.market}")
        check(link, market, batch)
        return _written(link, market, batch)

    def watch(self) -> "SqliteWatcher":
        """Start to watch for what others write, on a separate connection."""
        return SqliteWatcher(self.path)

    def close(self) -> None:
        """Close the file, which then holds everything by itself, without a WAL beside it."""
        self._connections.close()
        self._turns.close()


class SqliteWatcher:
    """Polls `data_version`, which SQLite changes when another connection has written."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._in_use = Lock()
        self._closed = False
        self._seen = self._version()

    def changed(self, seconds: float) -> bool:
        """Wait at most this long; return whether somebody has written since the last call."""
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
        """Close the connection, from any thread; a waiting `changed` returns False."""
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
    """Return the statements that create the tables and their indexes, in order."""
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
