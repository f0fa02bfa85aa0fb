"""Reused connections to one SQLite file, and transactions on them.

A command takes 0.2 ms besides waiting for the disk. A SQLAlchemy pool and four context managers
made from generators took 0.05 ms of that.
"""

import sqlite3
from contextlib import ExitStack
from pathlib import Path
from sqlite3 import connect
from types import TracebackType

from sqlalchemy.dialects.sqlite import dialect

from escrow_tui.store.problems import StoreProblem, sentence_of
from escrow_tui.store.rows.link import Link, Statements

BUSY_MS = 5_000
# At most this much of the file is cached in memory: the pages that a large market keeps writing to.
# With SQLite's default of 2 MB they are written out again and again within a transaction.
CACHE_KB = 65_536
# A commit is durable before it is acknowledged. `Turns` lets writers take turns.
PRAGMAS = (
    f"busy_timeout = {BUSY_MS}",
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    f"cache_size = -{CACHE_KB}",
)
TRIES = 3


class Connections:
    """Connections to a file. Each has one user at a time, in any thread."""

    def __init__(self, path: Path) -> None:
        self._path = path.absolute()
        self._statements = Statements(dialect(paramstyle="qmark"))
        # Popping and appending at the end of a list are atomic, so no lock is needed.
        self._idle: list[Link] = []
        self._closed = False

    def take(self) -> Link:
        """Take an idle connection, or open a new one."""
        try:
            return self._idle.pop()
        except IndexError:
            return self._connected()

    def give_back(self, link: Link) -> None:
        """Give a connection back; a transaction that was not committed is rolled back."""
        if link.connection.in_transaction:
            link.connection.rollback()
        self._idle.append(link)
        if self._closed:
            self.close()

    def close(self) -> None:
        """Close the idle connections now, and each other one when it is given back."""
        self._closed = True
        while self._idle:
            self._idle.pop().connection.close()

    def _connected(self) -> Link:
        # The driver sends no BEGIN before a SELECT; with None it sends none at all, and we do.
        connection = connect(
            self._path, isolation_level=None, cached_statements=256, check_same_thread=False
        )
        with ExitStack() as failed:
            failed.callback(connection.close)
            link = Link(connection, self._statements)
            for pragma in PRAGMAS:
                link.plain(f"PRAGMA {pragma}")
            failed.pop_all()
        return link


class Transaction:
    """A transaction as a context manager: committed at the end, undone on an exception."""

    __slots__ = ("_begin", "_connections", "_link")

    def __init__(self, connections: Connections, begin: str) -> None:
        self._connections, self._begin = connections, begin

    def __enter__(self) -> Link:
        try:
            self._link = self._connections.take()
            try:
                _begin(self._link, self._begin)
            except BaseException:
                self._connections.give_back(self._link)
                raise
        except sqlite3.DatabaseError as error:
            raise_as_problem(error)
            raise
        return self._link

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        try:
            if error is None:
                self._link.cursor.execute("COMMIT")
        except sqlite3.DatabaseError as failed:
            raise_as_problem(failed)
            raise
        finally:
            self._connections.give_back(self._link)
        if isinstance(error, sqlite3.DatabaseError):
            raise_as_problem(error)


def raise_as_problem(error: sqlite3.DatabaseError) -> None:
    """Raise SQLite's error as a sentence for the user; return if the fault is our own.

    Raises:
        StoreProblem: the file, the disk or another program is at fault.
    """
    if isinstance(error, sqlite3.OperationalError) or type(error) is sqlite3.DatabaseError:
        raise StoreProblem(sentence_of(error)) from error


def _begin(link: Link, begin: str) -> None:
    """Begin a transaction; if another program is writing, wait, but not forever."""
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
