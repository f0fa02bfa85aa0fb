"""Waits for what a server tells of those who write."""

from contextlib import suppress
from threading import Lock
from time import monotonic

import psycopg

from escrow_tui.store.address import PostgresDatabase
from escrow_tui.store.postgres.connection import Connection, connected, told
from escrow_tui.store.postgres.write_function import CHANNEL
from escrow_tui.store.problems import StoreProblem

# So long at most does one who closes it wait for one who waits.
_SLICE_SECONDS = 0.25


class PostgresWatcher:
    """Listens on a connection of its own, and on another one when the server has come back."""

    def __init__(self, where: PostgresDatabase) -> None:
        self._where = where
        self._closed = False
        self._in_use = Lock()
        self._connection: Connection | None = _listening(where)

    def changed(self, seconds: float) -> bool:
        """Wait so long at most; say whether somebody wrote since it was asked last.

        Raises:
            StoreProblem: the server is not there now; asked again, it may be.
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
        """Let go of the connection, from any thread; who waits is told that nothing changed."""
        self._closed = True
        with self._in_use:
            self._let_go()

    def _heard(self, seconds: float) -> bool:
        if self._closed:
            return False
        if self._connection is None:
            self._connection = _listening(self._where)
            return True  # nobody knows what was written meanwhile
        try:
            with told(self._where):
                # What comes in one packet is told by one answer.
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
    with told(where):
        connection.execute(f"LISTEN {CHANNEL}".encode())
    return connection
