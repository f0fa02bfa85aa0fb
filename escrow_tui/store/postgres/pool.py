"""Connections that are kept for the next one, and what is asked on one."""

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
from escrow_tui.store.postgres.connection import connected, told
from escrow_tui.store.rows.link import AnyRow, Link, Params, Statements

_KEPT, _AT_MOST = 5, 20
_BEGUN = (TransactionStatus.INTRANS, TransactionStatus.INERROR)


class Pool:
    """Hands out one connection to each who asks; one whose server is gone is not kept."""

    def __init__(self, where: PostgresDatabase) -> None:
        self._where = where
        # Each is given back without a transaction: nothing needs to be reset on the server.
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
        """Take a connection for a while; what it leaves unfinished is undone.

        Raises:
            StoreProblem: there is none, or the server failed.
            Conflict: another one wrote first.
        """
        with told(self._where):
            held = self._alive()
            try:
                yield PostgresLink(held.driver_connection, self._statements)
            finally:
                _give_back(held)

    def close(self) -> None:
        """Close the connections that nobody uses."""
        self._pool.dispose()

    def _alive(self) -> PoolProxiedConnection:
        """Return a connection on which the server has not hung up since it was used last."""
        while _spoken_to(held := self._pool.connect()):
            held.invalidate()
            held.close()
        return held


class PostgresLink(Link):
    """A link whose long answers stay on the server until they are read."""

    def each(self, statement: Executable, params: Params) -> Generator[AnyRow, None, None]:
        """Give the rows one by one: who stops early has not fetched the rest."""
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
    """Say whether something lies on an idle connection: as a rule it is the server's goodbye."""
    connection = held.driver_connection
    assert connection is not None
    return bool(select.select([connection], [], [], 0)[0])


def _give_back(held: PoolProxiedConnection) -> None:
    """Give a connection back without a transaction; one that cannot end it is not kept."""
    connection = held.driver_connection
    assert connection is not None
    if connection.info.transaction_status in _BEGUN:
        with suppress(psycopg.Error):
            connection.rollback()
    if connection.info.transaction_status is not TransactionStatus.IDLE:
        held.invalidate()
    held.close()
