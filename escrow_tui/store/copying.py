"""Copies a database into a new file of SQLite, row by row through the tables that both share."""

from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

from sqlalchemy import func, insert, select

from escrow_tui.store.address import PostgresDatabase
from escrow_tui.store.backup import Told, new_file
from escrow_tui.store.link import AnyRow, Link
from escrow_tui.store.paging import PAGE, rows_of
from escrow_tui.store.postgres_care import schema_at, snapshot_of
from escrow_tui.store.sqlite_backend import SqliteBackend
from escrow_tui.store.tables import ALL

_INSERT = {table.name: insert(table) for table in ALL}
_COUNT = {table.name: select(func.count().label("rows")).select_from(table) for table in ALL}


def copy_database(where: PostgresDatabase, to: Path, told: Told) -> Path:
    """Copy one snapshot of a database; others may go on writing.

    Raises:
        StoreProblem: it cannot be; no file is left behind.
    """
    schema_at(where, this_one=True)
    with (
        new_file(to) as part,
        snapshot_of(where) as source,
        closing(SqliteBackend(part)) as backend,
    ):
        backend.make_tables()
        with backend.writing("") as target:
            _copy(source, target, told)
    return to


def _copy(source: Link, target: Link, told: Told) -> None:
    """Copy table by table: each refers only to those before it."""
    of = sum(source.all(_COUNT[table.name], {})[0].rows for table in ALL)
    done = 0
    for table in ALL:
        for some in _portions(rows_of(source, table)):
            target.many(_INSERT[table.name], [row._asdict() for row in some])
            done += len(some)
            told(done, of)


def _portions(rows: Iterator[AnyRow]) -> Iterator[list[AnyRow]]:
    while some := list(islice(rows, PAGE)):
        yield some
