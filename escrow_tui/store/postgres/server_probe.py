"""Checks a database before it is used as a store; changes nothing."""

from typing import LiteralString

from escrow_tui.store.address import PostgresDatabase
from escrow_tui.store.identity import SCHEMA
from escrow_tui.store.postgres.connection import Connection, explain_server_errors
from escrow_tui.store.problems import StoreProblem

# The table whose row marks a database as ours; created in the same transaction as the others.
MARK = "escrow_store"
APPLICATION = "escrow-tui"
# The oldest server version that has every function we call.
OLDEST = 130_000

# Relations that belong to an extension do not count as another program's data.
_LOOK: LiteralString = """
    SELECT current_setting('server_version_num')::int,
           current_setting('server_encoding'),
           current_schema(),
           pg_is_in_recovery() OR current_setting('transaction_read_only')::bool,
           coalesce(has_schema_privilege(current_schema(), 'CREATE'), false),
           to_regclass('escrow_store') IS NOT NULL,
           EXISTS (SELECT FROM pg_class c
                   WHERE c.relnamespace = current_schema()::regnamespace
                   AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
                   AND NOT EXISTS (SELECT FROM pg_depend d
                                   WHERE d.classid = 'pg_class'::regclass
                                   AND d.objid = c.oid AND d.deptype = 'e'))
"""
_MARKED: LiteralString = "SELECT application, schema FROM escrow_store"


def probe_database(connection: Connection, where: PostgresDatabase) -> bool:
    """Return whether there is a store; False if one can be created there.

    Raises:
        StoreProblem: neither; the sentence says why, and what to do.
    """
    with explain_server_errors(where):
        row = connection.execute(_LOOK).fetchone()
    assert row is not None
    version, encoding, schema, read_only, may_create, marked, used = row
    if isinstance(version, int) and version < OLDEST:
        raise StoreProblem(f"{where} is older than PostgreSQL 13; name a newer server.")
    if read_only:
        raise StoreProblem(f"{where} takes no changes; name the server that it copies from.")
    if marked:
        return check_database_identity(connection, where)
    if used:
        raise StoreProblem(f"{where} is another program's database; name an empty one.")
    if encoding != "UTF8":
        raise StoreProblem(
            f"{where} cannot hold every letter; make a database with ENCODING 'UTF8', and name it."
        )
    if not may_create:
        in_schema = f"CREATE ON SCHEMA {schema}" if schema else "a schema on its search_path"
        raise StoreProblem(f"{where} lets this role make no tables; ask for {in_schema}.")
    return False


def check_database_identity(connection: Connection, where: PostgresDatabase) -> bool:
    """Check that the database is a store of this version; return True.

    Raises:
        StoreProblem: it is another program's, or of another version of this one.
    """
    schema = read_database_schema(connection, where)
    if schema < SCHEMA:
        raise StoreProblem(
            f"{where} was written by an older version of this program (schema {schema}, this one"
            f" needs {SCHEMA}); bring it up to date with: escrow-tui store upgrade"
        )
    return True


def read_database_schema(connection: Connection, where: PostgresDatabase) -> int:
    """Return the schema number of a database that has our mark.

    Raises:
        StoreProblem: it is another program's, or of a newer version of this one.
    """
    with explain_server_errors(where):
        row = connection.execute(_MARKED).fetchone()
    if row is None or row[0] != APPLICATION or not isinstance(row[1], int):
        raise StoreProblem(f"{where} is another program's database; name an empty one.")
    if row[1] > SCHEMA:
        raise StoreProblem(
            f"{where} was written by a newer version of this program (schema {row[1]}, this one"
            f" knows {SCHEMA}); upgrade the program, or name another database."
        )
    return row[1]
