"""SQL run directly on a store's database, as another program would run it."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from typing import Any

import psycopg

from escrow_tui.store import Address, PostgresDatabase, SqliteFile, Where
from escrow_tui.store.postgres.server_backend import PostgresBackend
from escrow_tui.store.sqlite.file_backend import SqliteBackend
from escrow_tui.store.store import Store


def named(where: Address) -> str:
    """Return what `--store` takes."""
    return where.url if isinstance(where, PostgresDatabase) else str(where)


def where_of(store: Store) -> Address:
    """Return where an open store is."""
    backend = store.backend
    if isinstance(backend, PostgresBackend):
        return backend.where
    assert isinstance(backend, SqliteBackend)
    return SqliteFile(backend.path)


def rows_of(where: Where, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
    """Run one statement; return its rows, if it has any."""
    if isinstance(where, PostgresDatabase):
        with psycopg.connect(where.url) as connection:
            answered = connection.execute(sql.encode(), values or None)
            return answered.fetchall() if answered.description else []
    path = where.path if isinstance(where, SqliteFile) else where
    with closing(sqlite3.connect(path)) as file, file:
        return file.execute(sql, values).fetchall()
