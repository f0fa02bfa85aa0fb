"""Reused connections to a server, and statements run on one."""

import select
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from typing import cast

import psycopg
from psycopg.pq import TransactionStatus
from sqlalchemy.dialects.postgresql.psycopg import dialect
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import PoolProxiedConnection, QueuePool
from sqlalchemy.sql.base import Executable

from escrow_tui.store.address import PostgresDatabase
from escrow_tui.store.postgres.connection import connected, explain_server_errors
from escrow_tui.store.rows.link import AnyRow, Link, Params, Statements

_KEPT, _AT_MOST = 5, 20
_BEGUN = (TransactionStatus.INTRANS, TransactionStatus.INERROR)


class Pool:
    """Lends connections; one whose server is gone is not reused."""

    def __init__(self, where: PostgresDatabase) -> None:
        self._where = where
        # No connection comes back with an open transaction, so none needs a reset on the server.
        self._pool = QueuePool(
            lambda: cast(DBAPIConnection, connected(where)),
            pool_size=_KEPT,
            max_overflow=_AT_MOST - _KEPT,
            reset_on_return=None,
            use_lifo=True,
        )
        self._statements = Statements(dialect(paramstyle="format"))  # type: ignore[no-untyped-call]

    @contextmanager
    def taken(self) -> Iterator["PostgresLink"]:
        """Borrow a connection; an unfinished transaction is rolled back at the end.

        Raises:
            StoreProblem: no connection could be made, or the server failed.
            Conflict: somebody else wrote first.
        """
        with explain_server_errors(self._where):
            held = self._alive()
            try:
                yield PostgresLink(held.driver_connection, self._statements)
            finally:
                _give_back(held)

    def close(self) -> None:
        """Close the idle connections."""
        self._pool.dispose()

    def _alive(self) -> PoolProxiedConnection:
        """Return a connection that the server has not closed since its last use."""
        while _spoken_to(held := self._pool.connect()):
            held.invalidate()
            held.close()
        return held


class PostgresLink(Link):
    """A link that leaves long results on the server until they are read."""

    def each(self, statement: Executable, params: Params) -> Generator[AnyRow, None, None]:
        """Yield the rows one by one; a caller who stops early does not fetch the rest."""
        compiled = self._statements.compiled(statement)
        own = PostgresLink(self.connection, self._statements)
        own.cursor = self.connection.cursor(name=f"each_{id(own)}")
        try:
            own.cursor.execute(compiled.sql, compiled.given(params))
            named = own._naming(compiled)
            for row in own.cursor:
                yield named(row)
        finally:
            own.cursor.close()


def _spoken_to(held: PoolProxiedConnection) -> bool:
    """Return whether an idle connection has unread data, usually the server's goodbye."""
    connection = held.driver_connection
    assert connection is not None
    return bool(select.select([connection], [], [], 0)[0])


def _give_back(held: PoolProxiedConnection) -> None:
    """Roll back and give a connection back; one that cannot roll back is discarded."""
    connection = held.driver_connection
    assert connection is not None
    if connection.info.transaction_status in _BEGUN:
        with suppress(psycopg.Error):
            connection.rollback()
    if connection.info.transaction_status is not TransactionStatus.IDLE:
        held.invalidate()
    held.close()
