"""Copies a store into a database of any kind, row by row through the shared tables."""

from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

from sqlalchemy import Boolean, Table, func, insert, select

from escrow_tui.store.address import Address, PostgresDatabase
from escrow_tui.store.care.examination import snapshot
from escrow_tui.store.care.new_file import new_file
from escrow_tui.store.postgres.server_backend import open_database_backend
from escrow_tui.store.problems import StoreProblem
from escrow_tui.store.progress import OnProgress
from escrow_tui.store.rows.link import AnyRow, Link, Params
from escrow_tui.store.rows.pages import PAGE, rows_of
from escrow_tui.store.schema import ALL
from escrow_tui.store.sqlite.file_backend import SqliteBackend

_INSERT = {table.name: insert(table) for table in ALL}
_COUNT = {table.name: select(func.count().label("rows")).select_from(table) for table in ALL}


def copy_database(where: PostgresDatabase, to: Path, progress: OnProgress) -> Path:
    """Copy one snapshot of a database; others may go on writing.

    Raises:
        StoreProblem: copying failed; no file is left behind.
    """
    with (
        new_file(to) as part,
        snapshot(where) as source,
        closing(SqliteBackend(part)) as backend,
    ):
        backend.make_tables()
        with backend.writing("") as target:
            _copy(source, target, progress)
    return to


def copy_into(where: Address, to: PostgresDatabase, progress: OnProgress) -> None:
    """Copy one snapshot of a store into an empty database.

    Raises:
        StoreProblem: copying failed; the database is still empty.
    """
    with (
        snapshot(where) as source,
        closing(open_database_backend(to)) as backend,
        backend.writing("") as target,
    ):
        if any(_rows(target, table) for table in ALL):
            raise StoreProblem(f"{to} holds something already; name an empty database.")
        _copy(source, target, progress)


def _rows(link: Link, table: Table) -> int:
    (counted,) = link.all(_COUNT[table.name], {})
    return int(counted.rows)


def _copy(source: Link, target: Link, progress: OnProgress) -> None:
    """Copy table by table; each refers only to tables before it."""
    of = sum(_rows(source, table) for table in ALL)
    done = 0
    for table in ALL:
        for some in _portions(rows_of(source, table)):
            target.many(_INSERT[table.name], [_values(table, row) for row in some])
            done += len(some)
            progress(done, of)


def _values(table: Table, row: AnyRow) -> Params:
    """Return a row's columns for any database: booleans, which SQLite stores as numbers."""
    values: dict[str, object] = row._asdict()
    truths = [column.name for column in table.columns if isinstance(column.type, Boolean)]
    return {**values, **{name: bool(values[name]) for name in truths}}


def _portions(rows: Iterator[AnyRow]) -> Iterator[list[AnyRow]]:
    while some := list(islice(rows, PAGE)):
        yield some
