"""The store in one SQLite file: transactions that begin when we say so, one writer at a time."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from sqlalchemy import URL, Engine, PoolProxiedConnection, create_engine, create_mock_engine, event
from sqlalchemy.dialects.sqlite import dialect
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.schema import ExecutableDDLElement
from sqlmodel import SQLModel

from escrow_tui.engine.policy import Policy
from escrow_tui.store import tables
from escrow_tui.store.backend import Decide
from escrow_tui.store.batch import Balances, Batch
from escrow_tui.store.journal_writes import check, write_batch
from escrow_tui.store.link import Link, Statements
from escrow_tui.store.probe import APPLICATION_ID, SCHEMA, probe
from escrow_tui.store.problems import Conflict, StoreProblem, sentence_of
from escrow_tui.store.reading import Reading
from escrow_tui.store.situation import Ask
from escrow_tui.store.situation_reads import situation_of
from escrow_tui.store.turns import Turns

BUSY_MS = 5_000
# At most so much is kept of the file in memory: the pages that a large market is written into all
# the time. With SQLite's own 2 MB each of them is written out again and again in a transaction.
CACHE_KB = 65_536
TRIES = 3
_POLL_SECONDS = 0.02


def opened(path: Path) -> "SqliteBackend":
    """Look at the file first; then open it, made if it is not there.

    Raises:
        StoreProblem: the file cannot be used; it is as it was.
    """
    there = probe(path)
    backend = SqliteBackend(path)
    if not there:
        backend.make_tables()
    return backend


class SqliteBackend:
    """One file; it may be used by several threads and several processes at once."""

    def __init__(self, path: Path) -> None:
        self.policies: dict[str, Policy] = {}
        self.path = path
        self.pool = _pool_of(path)
        self._statements = Statements(dialect(paramstyle="qmark"))
        self._turns = Turns(path)

    def make_tables(self) -> None:
        """Make what a store needs, all in one transaction, unless another process has made it."""
        with self.writing("") as link:
            if link.plain("PRAGMA user_version") == 0:
                for statement in table_statements():
                    link.plain(statement)
                link.plain(f"PRAGMA application_id = {APPLICATION_ID}")
                link.plain(f"PRAGMA user_version = {SCHEMA}")

    @contextmanager
    def reading(self) -> Iterator[Link]:
        """Read one snapshot: what others write meanwhile is not seen."""
        with self._transaction("BEGIN") as link:
            yield link

    @contextmanager
    def writing(self, market: str) -> Iterator[Link]:  # noqa: ARG002 - the whole file is held
        """Write as the only one in the whole file: durable at the end, undone on an exception."""
        with self._turns.taken(), self._transaction("BEGIN IMMEDIATE") as link:
            yield link

    def transact(self, ask: Ask, decide: Decide) -> Balances:
        """Read, decide and write in one transaction: nothing changes in between."""
        with self.writing(ask.market) as link:
            situation = situation_of(Reading(link, self.policies), ask)
            batch = decide(situation)
            if batch is None:
                return {}
            with _conflicts():
                return write_batch(link, situation.market, batch)

    def write(self, link: Link, batch: Batch) -> Balances:
        """Write a batch within a transaction that writes, and return the touched balances."""
        market = Reading(link, self.policies).market(batch.market)
        if market is None:
            raise LookupError(f"there is no market {batch.market}")
        check(link, market, batch)
        with _conflicts():
            return write_batch(link, market, batch)

    def watch(self) -> "SqliteWatcher":
        """Begin to watch for what others write, on a connection of its own."""
        return SqliteWatcher(self.path)

    def close(self) -> None:
        """Let go of the file; what was written stands in it alone."""
        self.pool.dispose()
        self._turns.close()

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[Link]:
        with _told():
            connection = self.pool.raw_connection()
            try:
                link = Link(connection.driver_connection, self._statements)
                _begin(link, begin)
                yield link
                link.cursor.execute("COMMIT")
            finally:
                _give_back(connection)


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
        with self._in_use, _told():
            if self._closed:
                return False
            before, self._seen = self._seen, self._version()
            return self._seen != before

    def _version(self) -> int:
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])


def _pool_of(path: Path) -> Engine:
    # The driver sends no BEGIN before a SELECT; told to send none at all, it leaves it to us.
    url = URL.create("sqlite", database=str(path.absolute()))
    asked = {"isolation_level": None, "cached_statements": 256}
    engine = create_engine(url, connect_args=asked)
    event.listen(engine, "connect", _configure)
    return engine


def _configure(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    """Durable before it is acknowledged; writers besides take turns, which `Turns` sees to."""
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout = {BUSY_MS}",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        f"cache_size = -{CACHE_KB}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def table_statements() -> tuple[str, ...]:
    """Return what makes the tables and their indexes, in order."""
    made: list[str] = []

    def keep(statement: ExecutableDDLElement, *_: object, **__: object) -> None:
        made.append(str(statement.compile(dialect=engine.dialect)))

    engine = create_mock_engine("sqlite://", keep)
    SQLModel.metadata.create_all(engine, tables.ALL, checkfirst=False)
    return tuple(made)


def _begin(link: Link, begin: str) -> None:
    """Begin, waiting for other programs that write, within bounds."""
    for _ in range(TRIES - 1):
        try:
            _try(link, begin)
        except sqlite3.OperationalError as error:
            if not error.sqlite_errorname.startswith("SQLITE_BUSY"):
                raise
        else:
            return
    _try(link, begin)


def _try(link: Link, begin: str) -> None:
    link.cursor.execute(begin)


def _give_back(connection: PoolProxiedConnection) -> None:
    """Give a connection back without a transaction: one that was not committed is undone."""
    driver = connection.driver_connection
    if driver is not None and driver.in_transaction:
        driver.rollback()
    connection.close()


@contextmanager
def _conflicts() -> Iterator[None]:
    try:
        yield
    except sqlite3.IntegrityError as error:
        raise Conflict(f"somebody was faster, or the command's id is used ({error})") from error


@contextmanager
def _told() -> Iterator[None]:
    """Tell of what SQLite complains about in a sentence."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError) or type(error) is sqlite3.DatabaseError:
            raise StoreProblem(sentence_of(error)) from error
        raise
