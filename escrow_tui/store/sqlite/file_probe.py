"""Checks a file before it is opened as a store; changes nothing, not even beside the file."""

import os
import shlex
import sqlite3
from contextlib import closing
from pathlib import Path

from escrow_tui.store.identity import APPLICATION_ID, SCHEMA
from escrow_tui.store.problems import SQLITE_ERRORS, StoreProblem, sentence_of

_MAGIC = b"SQLite format 3\0"
_JOURNAL_MAGIC = bytes.fromhex("d9d505f920a163d7")
# A check reads the whole file; beyond this size the user would notice it at each start.
MOST_CHECKED_BYTES = 64 * 1024 * 1024


def probe_file(path: Path) -> bool:
    """Return whether there is a store; False if one can be created there.

    Raises:
        StoreProblem: neither; the sentence says why, and what to do.
    """
    try:
        return _there(path)
    except OSError as error:
        raise unreachable(path, error) from error


def unreachable(path: Path, error: OSError) -> StoreProblem:
    """Return the problem of a path that the operating system does not let us look at."""
    return StoreProblem(f"{path} cannot be reached ({error.strerror}); name another place.")


def _there(path: Path) -> bool:
    if not path.parent.is_dir():
        raise StoreProblem(f"There is no folder {path.parent}; make it, or name another place.")
    if not path.is_dir() and not os.access(path.parent, os.W_OK):
        raise StoreProblem(f"Nothing can be written in {path.parent}; name another place.")
    if not _exists(path) or _never_made(path):
        return False
    check_readable(path)
    if not os.access(path, os.W_OK):
        raise StoreProblem(f"{path} is read-only; allow writing to it, or name another file.")
    return path.stat().st_size > 0 and _ours(path)


def _exists(path: Path) -> bool:
    """Return whether something is there; a loop of links raises OSError."""
    try:
        path.stat()
    except FileNotFoundError:
        return False
    return True


def _never_made(path: Path) -> bool:
    """Return whether the very first transaction was cut off, so that SQLite will undo all of it.

    Its rollback journal holds, after the magic and two numbers, the earlier number of pages.
    """
    real = path.resolve()
    journal = real.with_name(f"{real.name}-journal")
    if not journal.is_file():
        return False
    with journal.open("rb") as file:
        head = file.read(20)
    return head.startswith(_JOURNAL_MAGIC) and head[16:] == bytes(4)


def read_only(path: Path) -> sqlite3.Connection:
    """Open a file read-only.

    Reading a file in WAL mode leaves two files beside it. If there is no WAL, nobody has the file
    open, and it is opened as immutable, which leaves none.
    """
    alone = "" if _wal(path).exists() else "&immutable=1"
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro{alone}", uri=True)


def check_file_identity(connection: sqlite3.Connection, path: Path) -> bool:
    """Return True if the file is a store of this version, False if it is empty.

    Raises:
        StoreProblem: it is another program's, or of another version of this one.
    """
    schema = read_file_schema(connection, path)
    if 0 < schema < SCHEMA:
        raise StoreProblem(
            f"{path} was written by an older version of this program (schema {schema}, this one"
            f" needs {SCHEMA}); bring it up to date with: escrow-tui store upgrade --store"
            f" {shlex.quote(str(path))}"
        )
    return schema > 0


def read_file_schema(connection: sqlite3.Connection, path: Path) -> int:
    """Return the schema number of the file, 0 if it is empty.

    Raises:
        StoreProblem: it is another program's, or of a newer version of this one.
    """
    owner = _number(connection, "PRAGMA application_id")
    schema = _number(connection, "PRAGMA user_version")
    if owner == schema == 0 == _number(connection, "SELECT count(*) FROM sqlite_schema"):
        return 0  # its creator was stopped too early
    if owner != APPLICATION_ID or schema < 1:
        raise StoreProblem(f"{path} is another program's database; name another file.")
    if schema > SCHEMA:
        raise StoreProblem(
            f"{path} was written by a newer version of this program (schema {schema}, this one"
            f" knows {SCHEMA}); upgrade the program, or name another file."
        )
    return schema


def check_readable(path: Path) -> None:
    """Check that this is a readable file, and empty or in SQLite's format.

    Raises:
        StoreProblem: it is not; the sentence says what it is.
    """
    if path.is_dir():
        raise StoreProblem(f"{path} is a folder; name a file in it, such as {path / 'store.db'}.")
    if not path.is_file():
        raise StoreProblem(f"{path} is no ordinary file; name another one.")
    if not os.access(path, os.R_OK):
        raise StoreProblem(f"{path} may not be read by you; ask for access, or name another file.")
    with path.open("rb") as file:
        start = file.read(len(_MAGIC))
    if start and start != _MAGIC:
        raise StoreProblem(f"{path} is not a store but some other file; name another one.")


def _ours(path: Path) -> bool:
    was_alone = not _wal(path).exists()
    try:
        with closing(read_only(path)) as connection:
            there = check_file_identity(connection, path)
            sound = _sound(connection, path)
    except SQLITE_ERRORS as error:
        if was_alone and _wal(path).exists():
            return _ours(path)  # somebody began to write while it was read
        name = getattr(error, "sqlite_errorname", "SQLITE_CORRUPT")
        if not name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTA")):
            raise StoreProblem(sentence_of(error)) from error
        sound = False
    if not sound:
        raise StoreProblem(
            f"{path} is damaged; put it aside and take a copy of yours, or name a new file."
        )
    return there


def _sound(connection: sqlite3.Connection, path: Path) -> bool:
    if path.stat().st_size > MOST_CHECKED_BYTES:
        return True
    return bool(connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))


def _number(connection: sqlite3.Connection, sql: str) -> int:
    return int(connection.execute(sql).fetchone()[0])


def _wal(path: Path) -> Path:
    real = path.resolve()
    return real.with_name(f"{real.name}-wal")
