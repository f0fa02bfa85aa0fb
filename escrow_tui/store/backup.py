"""Copies a store to where nothing is yet; the copy is a store itself."""

import glob
import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from itertools import chain, count
from pathlib import Path

from escrow_tui.store.address import Address, PostgresDatabase, SqliteFile
from escrow_tui.store.probe import read_only, schema_of
from escrow_tui.store.problems import StoreProblem
from escrow_tui.store.sqlite_connections import BUSY_MS
from escrow_tui.store.sqlite_file import schema_at, telling

# Called again and again: so much is done, of so much.
Told = Callable[[int, int], None]

_INSTRUCTIONS = 200_000
_TAKEN = "{to} is there already; name a file that is not."


def _untold(_done: int, _of: int) -> None:
    """Nobody watches."""


def back_up(where: Address, to: Address | None, told: Told = _untold) -> Address:
    """Copy a store into a new file or an empty database; return where the copy is.

    Where no place is named it is a file, beside a store that is one.

    Raises:
        StoreProblem: it cannot be; no half copy is left behind.
    """
    if isinstance(to, PostgresDatabase):
        from escrow_tui.store.copying import copy_into

        copy_into(where, to, told)
        return to
    return SqliteFile(_into_file(where, to.path if to else None, told))


def _into_file(where: Address, to: Path | None, told: Told) -> Path:
    if isinstance(where, PostgresDatabase):
        from escrow_tui.store.copying import copy_database

        return copy_database(where, to or beside(Path(f"{_name_of(where)}.sqlite")), told)
    schema_at(where.path)
    return back_up_file(where.path, to or beside(where.path), told)


def back_up_file(path: Path, to: Path, told: Told = _untold) -> Path:
    """Copy a file of any schema as it stands after its last commit; others may go on writing."""
    with new_file(to, like=path) as part, closing(_connected(path)) as connection:
        of = path.stat().st_size
        connection.set_progress_handler(lambda: told(part.stat().st_size, of), _INSTRUCTIONS)
        connection.execute("VACUUM INTO ?", (str(part),))
    return to


def beside(path: Path, why: str = "") -> Path:
    """Name a file that is not there, beside another: by date and time, and what it is kept for."""
    stamp = datetime.now().strftime("%Y-%m-%d-%H%M%S") + (f"-{why}" if why else "")
    names = (f"{path.stem}-{stamp}{more}" for more in chain([""], (f"-{n}" for n in count(2))))
    files = (path.with_name(f"{name}{path.suffix or '.sqlite'}") for name in names)
    return next(file for file in files if not file.exists())


def _name_of(where: PostgresDatabase) -> str:
    """Return what a file may be called that holds a copy of the database."""
    letters = str(where).rpartition("/")[2]
    return "".join(one if one.isalnum() or one in "-_" else "-" for one in letters)


@contextmanager
def new_file(to: Path, like: Path | None = None) -> Iterator[Path]:
    """Give a name to write a store under; what is sound takes the name `to`, on the disk.

    Until then it is called a part, which nobody takes for a copy. Where the block fails, nothing
    is left behind.

    Raises:
        StoreProblem: there is such a file, or what was written is not sound.
    """
    part = _begun(to)
    try:
        with telling(to):
            yield part
            _check(part)
            part.chmod(like.stat().st_mode & 0o777 if like else 0o600)
            _sync(part)
            _named(part, to)
            _sync(to.parent)
    finally:
        for one in (part, *part.parent.glob(f"{glob.escape(part.name)}-*")):
            one.unlink(missing_ok=True)


def _begun(to: Path) -> Path:
    """Make an empty file beside the one that is to be, for nobody else to read."""
    if to.exists():
        raise StoreProblem(_TAKEN.format(to=to))
    try:
        file, name = tempfile.mkstemp(".part", f"{to.name}-", to.parent)
    except OSError as error:
        raise StoreProblem(f"{to} cannot be made ({error.strerror}); name another place.") from None
    os.close(file)
    return Path(name)


def _named(part: Path, to: Path) -> None:
    """Give a file its name, unless another one has taken it meanwhile."""
    try:
        to.hardlink_to(part)
    except FileExistsError:
        raise StoreProblem(_TAKEN.format(to=to)) from None
    except OSError:  # a disk without links
        part.rename(to)


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
