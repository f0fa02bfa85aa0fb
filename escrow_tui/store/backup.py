"""Copies a store into a file of SQLite that is not there yet; the copy is a store itself."""

import glob
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from escrow_tui.store.address import Address, PostgresDatabase
from escrow_tui.store.probe import read_only, schema_of
from escrow_tui.store.problems import StoreProblem
from escrow_tui.store.sqlite_backend import BUSY_MS
from escrow_tui.store.sqlite_file import schema_at, telling

# Called again and again: so much is done, of so much.
Told = Callable[[int, int], None]

_INSTRUCTIONS = 200_000


def _untold(_done: int, _of: int) -> None:
    """Nobody watches."""


def back_up(where: Address, to: Path | None, told: Told = _untold) -> Path:
    """Copy a store into a new file, beside it where none is named; return the file.

    Raises:
        StoreProblem: it cannot be; no file is left behind.
    """
    if isinstance(where, PostgresDatabase):
        from escrow_tui.store.copying import copy_database

        return copy_database(where, to or beside(Path(f"{_name_of(where)}.sqlite")), told)
    schema_at(where.path)
    return back_up_file(where.path, to or beside(where.path), told)


def back_up_file(path: Path, to: Path, told: Told = _untold) -> Path:
    """Copy a file of any schema as it stands after its last commit; others may go on writing."""
    with new_file(to, like=path), closing(_connected(path)) as connection:
        of = path.stat().st_size
        connection.set_progress_handler(lambda: told(to.stat().st_size, of), _INSTRUCTIONS)
        connection.execute("VACUUM INTO ?", (str(to),))
    return to


def beside(path: Path, why: str = "") -> Path:
    """Name a file beside another one: by the date and the time, and for what it is kept."""
    stamp = f"{_stamp()}-{why}" if why else _stamp()
    return path.with_name(f"{path.stem}{stamp}{path.suffix or '.sqlite'}")


def _name_of(where: PostgresDatabase) -> str:
    """Return what a file may be called that holds a copy of the database."""
    letters = str(where).rpartition("/")[2]
    return "".join(one if one.isalnum() or one in "-_" else "-" for one in letters)


@contextmanager
def new_file(to: Path, like: Path | None = None) -> Iterator[None]:
    """Claim a name that no file has, for what is written within; then see that it is a store.

    It is on the disk at the end of the block; where the block fails, nothing is left behind.

    Raises:
        StoreProblem: there is such a file, or what was written is not sound.
    """
    try:
        os.close(os.open(to, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        raise StoreProblem(f"{to} is there already; name a file that is not.") from None
    except OSError as error:
        raise StoreProblem(f"{to} cannot be made ({error.strerror}); name another place.") from None
    try:
        with telling(to):
            yield
            _check(to)
            if like is not None:
                to.chmod(like.stat().st_mode & 0o777)
            for one in (to, to.parent):
                _sync(one)
    except BaseException:
        for one in (to, *to.parent.glob(f"{glob.escape(to.name)}-[wst]*")):
            one.unlink(missing_ok=True)
        raise


def _connected(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True)
    connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    return connection


def _check(path: Path) -> None:
    """Open the copy, and see that all of it can be read."""
    with closing(read_only(path)) as connection:
        said = connection.execute("PRAGMA quick_check(1)").fetchone()
        if said != ("ok",) or not schema_of(connection, path):
            raise StoreProblem(
                "The copy is not sound; look at the store with: escrow-tui store doctor"
            )


def _sync(path: Path) -> None:
    """Let the disk have it: SQLite does not wait for that with a copy."""
    file = os.open(path, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)


def _stamp() -> str:
    return datetime.now().strftime("-%Y-%m-%d-%H%M%S")
