"""Connections to the SQLite file, and transactions that begin when we say so."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry
from sqlmodel import SQLModel

from escrow_tui.store import tables
from escrow_tui.store.probe import APPLICATION_ID, SCHEMA
from escrow_tui.store.problems import StoreProblem, sentence_of

BUSY_MS = 5_000
TRIES = 3


def engine_of(path: Path) -> Engine:
    """Return the engine of a file; its transactions begin with BEGIN, and read one snapshot."""
    # The driver sends no BEGIN before a SELECT; told to send none at all, it leaves it to us.
    url = URL.create("sqlite", database=str(path.absolute()))
    engine = create_engine(url, connect_args={"isolation_level": None})
    event.listen(engine, "connect", _configure)
    event.listen(engine, "begin", _begin)
    return engine


def writer_of(engine: Engine) -> Engine:
    """Return the same connections with transactions that hold the write lock from the start."""
    return engine.execution_options(begin="BEGIN IMMEDIATE")


def make_tables(engine: Engine) -> None:
    """Make what a store needs, all in one transaction, unless another process has made it."""
    with transaction(writer_of(engine)) as connection:
        if connection.exec_driver_sql("PRAGMA user_version").scalar_one() == 0:
            SQLModel.metadata.create_all(connection, tables.ALL)
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA}")


@contextmanager
def transaction(engine: Engine) -> Iterator[Connection]:
    """Run a block in one transaction: committed at its end, rolled back on an exception.

    Raises:
        StoreProblem: the file failed, or stayed busy through every try.
    """
    try:
        with _begun(engine) as connection:
            yield connection
            connection.commit()
    except DBAPIError as error:
        if isinstance(error.orig, sqlite3.OperationalError) or type(error.orig) is (
            sqlite3.DatabaseError
        ):
            raise StoreProblem(sentence_of(error.orig)) from error
        raise


def _begun(engine: Engine) -> Connection:
    """Return a connection in a transaction; waits for other writers, within bounds."""
    for _ in range(TRIES - 1):
        try:
            return _begin_on(engine)
        except OperationalError as error:
            if not str(getattr(error.orig, "sqlite_errorname", "")).startswith("SQLITE_BUSY"):
                raise
    return _begin_on(engine)


def _begin_on(engine: Engine) -> Connection:
    connection = engine.connect()
    try:
        connection.begin()
    except OperationalError:
        connection.close()
        raise
    return connection


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))


def _configure(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    """Durable before it is acknowledged, and no memory map: older SQLite races with the WAL."""
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout = {BUSY_MS}",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
