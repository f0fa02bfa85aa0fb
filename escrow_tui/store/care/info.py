"""Facts about a store: its place, engine, version and size, and what it holds."""

import sqlite3

import msgspec

from escrow_tui.store.address import Address, PostgresDatabase, SqliteFile
from escrow_tui.store.identity import SCHEMA
from escrow_tui.store.rows.link import Link
from escrow_tui.store.rows.runs import MAKING
from escrow_tui.store.sqlite.file_care import file_snapshot, has_wal_race, schema_of_file

WAL_RACE = (
    "SQLite {version} has the WAL-reset race, which 3.51.3 ends: where two connections write or"
    " checkpoint at the same moment, a commit can be lost or the file damaged. This program does"
    " not give it the occasion: its writers take turns, and a checkpoint falls within a turn. A"
    " newer SQLite is better all the same, and no other program should write into the file."
)
UNFINISHED = (
    "A market is being made, or was left half made: the next escrow-tui world removes what was"
    " left."
)
OLDER = "It is of schema {schema}, this program needs {needed}: escrow-tui store upgrade."


class Newest(msgspec.Struct, frozen=True, kw_only=True):
    """The market of the newest run; `now` is in Unix seconds, `head` hexadecimal.

    If you note the head, you can tell later that nothing before it was changed.
    """

    id: str
    title: str
    now: int
    entries: int
    head: str


class Info(msgspec.Struct, frozen=True, kw_only=True):
    """Facts about a store; `size` is in bytes, `needs` is the schema of this program."""

    store: str
    engine: str
    version: str
    schema: int
    needs: int
    size: int
    holds: dict[str, int]
    newest: Newest | None
    notes: tuple[str, ...]


# What is counted, its table, and the first schema with that table.
_COUNTED = (
    ("markets", "market", 1),
    ("orders", "order_state", 1),
    ("entries", "entry", 1),
    ("runs", "run", 1),
    ("seats", "seat", 2),
)
_NEWEST = """
    SELECT id, title, now, seq, {head} FROM market ORDER BY
        id = (SELECT market FROM run ORDER BY created DESC, id DESC LIMIT 1) DESC, now DESC, id
    LIMIT 1
"""


def info(where: Address) -> Info:
    """Return the facts about a store, which may have an older schema.

    Raises:
        StoreProblem: there is none, or it cannot be read.
    """
    if isinstance(where, PostgresDatabase):
        return _of_database(where)
    return _of_file(where)


def _of_file(where: SqliteFile) -> Info:
    schema = schema_of_file(where.path)
    version = sqlite3.sqlite_version
    with file_snapshot(where.path) as link:
        size = link.plain("PRAGMA page_count") * link.plain("PRAGMA page_size")
        notes = (WAL_RACE.format(version=version),) if has_wal_race() else ()
        return _told(link, str(where), "SQLite", version, schema, size, notes)


def _of_database(where: PostgresDatabase) -> Info:
    from escrow_tui.store.postgres import server_care

    schema = server_care.schema_of_database(where)
    with server_care.database_snapshot(where) as link:
        version = str(link.plain("SELECT current_setting('server_version')"))
        size = link.plain("SELECT pg_database_size(current_database())")
        return _told(link, str(where), "PostgreSQL", version, schema, size, ())


def _told(
    link: Link,
    store: str,
    engine: str,
    version: str,
    schema: int,
    size: int,
    notes: tuple[str, ...],
) -> Info:
    if link.plain(f"SELECT count(*) FROM run WHERE state = '{MAKING}'"):
        notes = (UNFINISHED, *notes)
    if schema < SCHEMA:
        notes = (OLDER.format(schema=schema, needed=SCHEMA), *notes)
    holds = {
        what: int(link.plain(f"SELECT count(*) FROM {table}")) if schema >= since else 0
        for what, table, since in _COUNTED
    }
    newest = _newest(link, schema)
    return Info(
        store=store,
        engine=engine,
        version=version,
        schema=schema,
        needs=SCHEMA,
        size=int(size),
        holds=holds,
        newest=newest,
        notes=notes,
    )


def _newest(link: Link, schema: int) -> Newest | None:
    link.cursor.execute(_NEWEST.format(head="head" if schema > 1 else "''"))
    row = link.cursor.fetchone()
    if row is None:
        return None
    market, title, now, seq, head = row
    return Newest(
        id=market, title=title, now=now, entries=seq, head=bytes(head).hex() if schema > 1 else ""
    )
