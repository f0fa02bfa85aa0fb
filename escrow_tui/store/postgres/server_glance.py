"""The runs that the lobby shows in its first frame, read with only the driver."""

from typing import Any

from escrow_tui.store.address import PostgresDatabase
from escrow_tui.store.postgres.connection import connected, explain_server_errors
from escrow_tui.store.postgres.server_probe import probe_database


def glance_rows(where: PostgresDatabase, query: str) -> list[tuple[Any, ...]]:
    """Return the rows of a query; none if there is no store yet.

    Raises:
        StoreProblem: it is no store that this version can read.
    """
    with connected(where) as connection, explain_server_errors(where):
        return (
            connection.execute(query.encode()).fetchall()
            if probe_database(connection, where)
            else []
        )
