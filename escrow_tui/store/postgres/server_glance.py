"""What the lobby shows in its first frame, read from a server by the driver alone."""

from typing import Any

from escrow_tui.store.address import PostgresDatabase
from escrow_tui.store.postgres.connection import connected, told
from escrow_tui.store.postgres.server_probe import probe_database


def glance_rows(where: PostgresDatabase, query: str) -> list[tuple[Any, ...]]:
    """Return the rows of a query; none where there is no store yet.

    Raises:
        StoreProblem: it is not a store that this version can read.
    """
    with connected(where) as connection, told(where):
        return (
            connection.execute(query.encode()).fetchall()
            if probe_database(connection, where)
            else []
        )
