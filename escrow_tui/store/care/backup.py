"""Copies a store to a new place; the copy is a store itself."""

import sqlite3
from contextlib import closing
from pathlib import Path

from escrow_tui.store.address import Address, PostgresDatabase, SqliteFile
from escrow_tui.store.care.new_file import beside, new_file
from escrow_tui.store.progress import OnProgress, unwatched
from escrow_tui.store.sqlite.connections import BUSY_MS
from escrow_tui.store.sqlite.file_care import schema_of_file

_INSTRUCTIONS = 200_000


def back_up(where: Address, to: Address | None, progress: OnProgress = unwatched) -> Address:
    """Copy a store into a new file or an empty database; return where the copy is.

    Without `to` it is a new file: beside a store that is a file, else in the current folder.

    Raises:
        StoreProblem: copying failed; no half copy is left behind.
    """
    if isinstance(to, PostgresDatabase):
        from escrow_tui.store.care.conversion import copy_into

        copy_into(where, to, progress)
        return to
    return SqliteFile(_into_file(where, to.path if to else None, progress))


def _into_file(where: Address, to: Path | None, progress: OnProgress) -> Path:
    if isinstance(where, PostgresDatabase):
        from escrow_tui.store.care.conversion import copy_database

        return copy_database(where, to or beside(Path(f"{_name_of(where)}.sqlite")), progress)
    schema_of_file(where.path)
    return back_up_file(where.path, to or beside(where.path), progress)


def back_up_file(path: Path, to: Path, progress: OnProgress = unwatched) -> Path:
    """Copy a file of any schema as of its last commit; others may go on writing."""
    with new_file(to, like=path) as part, closing(_connected(path)) as connection:
        of = path.stat().st_size
        connection.set_progress_handler(lambda: progress(part.stat().st_size, of), _INSTRUCTIONS)
        connection.execute("VACUUM INTO ?", (str(part),))
    return to


def _name_of(where: PostgresDatabase) -> str:
    """Return a file name for a copy of the database, without its suffix."""
    letters = str(where).rpartition("/")[2]
    return "".join(one if one.isalnum() or one in "-_" else "-" for one in letters)


def _connected(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True)
    connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    return connection
