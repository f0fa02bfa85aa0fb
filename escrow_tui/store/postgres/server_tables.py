"""Creates a store in an empty database, even if other processes try to at the same time."""

from sqlalchemy import create_mock_engine
from sqlalchemy.schema import ExecutableDDLElement
from sqlmodel import SQLModel

from escrow_tui.store import schema
from escrow_tui.store.address import PostgresDatabase
from escrow_tui.store.identity import APPLICATION_ID, SCHEMA
from escrow_tui.store.postgres.connection import Connection
from escrow_tui.store.postgres.server_probe import APPLICATION, probe_database
from escrow_tui.store.postgres.write_function import function

# Held until the end of the transaction that creates or upgrades the store.
LOCK = f"SELECT pg_advisory_xact_lock({APPLICATION_ID})"
_MARK = "CREATE TABLE escrow_store (application text NOT NULL, schema bigint NOT NULL)"


def make_tables(connection: Connection, where: PostgresDatabase) -> None:
    """Create the store in one transaction, unless another process has created it meanwhile.

    Raises:
        StoreProblem: the database is not ours after all.
    """
    with connection.transaction():
        connection.execute(LOCK)
        if probe_database(connection, where):
            return
        for statement in (*_tables(), function(), _MARK):
            connection.execute(statement.encode())
        connection.execute("INSERT INTO escrow_store VALUES (%s, %s)", [APPLICATION, SCHEMA])


def _tables() -> tuple[str, ...]:
    """Return the statements that create the tables and their indexes, in order."""
    made: list[ExecutableDDLElement] = []
    engine = create_mock_engine("postgresql+psycopg://", lambda sql, *_, **__: made.append(sql))
    SQLModel.metadata.create_all(engine, schema.ALL, checkfirst=False)
    return tuple(str(sql.compile(dialect=engine.dialect)) for sql in made)
