"""Connections to one file that are kept for the next one, and transactions on them.

A command is 0.2 ms of work beside the disk's: a pool of SQLAlchemy's and four generators as blocks
took 0.05 of them.
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
# At most so much is kept of the file in memory: the pages that a large market is written into all
# the time. With SQLite's own 2 MB each of them is written out again and again in a transaction.
CACHE_KB = 65_536
# Durable before it is acknowledged; writers besides take turns, which `Turns` sees to.
PRAGMAS = (
    f"busy_timeout = {BUSY_MS}",
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    f"cache_size = -{CACHE_KB}",
)
TRIES = 3


class Connections:
    """Connections to a file; each is used by one at a time, from any thread."""

    def __init__(self, path: Path) -> None:
        self._path = path.absolute()
        self._statements = Statements(dialect(paramstyle="qmark"))
        # Taking from its end and putting there are one step each for all threads.
        self._idle: list[Link] = []
        self._closed = False

    def take(self) -> Link:
        """Take one that is idle, or a new one."""
        try:
            return self._idle.pop()
        except IndexError:
            return self._connected()

    def give_back(self, link: Link) -> None:
        """Give one back without a transaction: one that was not committed is undone."""
        if link.connection.in_transaction:
            link.connection.rollback()
        self._idle.append(link)
        if self._closed:
            self.close()

    def close(self) -> None:
        """Close those that are idle, and from now on each that comes back."""
        self._closed = True
        while self._idle:
            self._idle.pop().connection.close()

    def _connected(self) -> Link:
        # The driver sends no BEGIN before a SELECT; told to send none at all, it leaves it to us.
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
    """A transaction as a block: committed at its end, undone on an exception."""

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
    """Raise what SQLite complains about as a sentence; what is our own fault is left alone.

    Raises:
        StoreProblem: the file, the disk or another program is at fault.
    """
    if isinstance(error, sqlite3.OperationalError) or type(error) is sqlite3.DatabaseError:
        raise StoreProblem(sentence_of(error)) from error


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
