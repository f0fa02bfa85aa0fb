"""Waits for the notifications that a server sends when somebody writes."""

from contextlib import suppress
from threading import Lock
from time import monotonic

import psycopg

from escrow_tui.store.address import PostgresDatabase
from escrow_tui.store.postgres.connection import Connection, connected, explain_server_errors
from escrow_tui.store.postgres.write_function import CHANNEL
from escrow_tui.store.problems import StoreProblem

# `close` waits at most this long for a thread that is waiting in `changed`.
_SLICE_SECONDS = 0.25


class PostgresWatcher:
    """Listens on its own connection, and on a new one when a lost server is back."""

    def __init__(self, where: PostgresDatabase) -> None:
        self._where = where
        self._closed = False
        self._in_use = Lock()
        self._connection: Connection | None = _listening(where)

    def changed(self, seconds: float) -> bool:
        """Wait at most this long; return whether somebody has written since the last call.

        Raises:
            StoreProblem: the server is out of reach; a later call may succeed.
        """
        until = monotonic() + seconds
        while not self._closed:
            left = until - monotonic()
            with self._in_use:
                if self._heard(min(max(left, 0), _SLICE_SECONDS)):
                    return True
            if left <= 0:
                return False
        return False

    def close(self) -> None:
        """Close the connection, from any thread; a waiting `changed` returns False."""
        self._closed = True
        with self._in_use:
            self._let_go()

    def _heard(self, seconds: float) -> bool:
        if self._closed:
            return False
        if self._connection is None:
            self._connection = _listening(self._where)
            return True  # something may have been written meanwhile
        try:
            with explain_server_errors(self._where):
                # Notifications that arrive in one packet count once.
                return bool(list(self._connection.notifies(timeout=seconds, stop_after=1)))
        except StoreProblem:
            self._let_go()
            raise

    def _let_go(self) -> None:
        if self._connection is not None:
            with suppress(psycopg.Error):
                self._connection.close()
            self._connection = None


def _listening(where: PostgresDatabase) -> Connection:
    connection = connected(where)
    with explain_server_errors(where):
        connection.execute(f"LISTEN {CHANNEL}".encode())
    return connection
