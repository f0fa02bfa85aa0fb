"""Reads a PostgreSQL store for its care; never writes, and never creates one."""

from collections.abc import Iterator
from contextlib import closing, contextmanager

from escrow_tui.store.address import PostgresDatabase
from escrow_tui.store.postgres.connection import connected, explain_server_errors
from escrow_tui.store.postgres.server_backend import PostgresBackend
from escrow_tui.store.postgres.server_probe import (
    MARK,
    check_database_identity,
    read_database_schema,
)
from escrow_tui.store.problems import StoreProblem
from escrow_tui.store.rows.link import Link


def schema_of_database(where: PostgresDatabase, this_one: bool = False) -> int:
    """Return the schema number of a store; with `this_one` only this version's is accepted.

    Raises:
        StoreProblem: there is none, or it is of another version of this program.
    """
    with closing(connected(where)) as connection:
        with explain_server_errors(where):
            found = connection.execute("SELECT to_regclass(%s) IS NOT NULL", [MARK]).fetchone()
        if found != (True,):
            raise StoreProblem(f"There is no store in {where}; name the database of one.")
        if this_one:
            check_database_identity(connection, where)
        return read_database_schema(connection, where)


@contextmanager
def database_snapshot(where: PostgresDatabase) -> Iterator[Link]:
    """Read one snapshot, unaffected by what others write; write nothing.

    Raises:
        StoreProblem: the server failed.
    """
    with closing(PostgresBackend(where)) as backend, backend.reading() as link:
        yield link
