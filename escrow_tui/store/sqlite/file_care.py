"""Reads a SQLite file without leaving a trace, and checks its pages and its tables."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy.dialects.sqlite import dialect

from escrow_tui.store.derived.difference import Harm, StoreDifference
from escrow_tui.store.problems import SQLITE_ERRORS, StoreProblem, sentence_of
from escrow_tui.store.rows.link import Link, Statements
from escrow_tui.store.sqlite.connections import BUSY_MS
from escrow_tui.store.sqlite.file_backend import table_statements
from escrow_tui.store.sqlite.file_probe import (
    check_file_identity,
    check_readable,
    read_file_schema,
    read_only,
    unreachable,
)

# Since this version a checkpoint cannot miss that another connection has reset the WAL.
WAL_RACE_ENDED = (3, 51, 3)
# Older releases with the same fix: the first patch version, by major and minor version.
_CORRECTED = {(3, 44): 6, (3, 50): 7}


def has_wal_race(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> bool:
    """Return whether a checkpoint of this SQLite can collide with a writer that resets the WAL."""
    return version < WAL_RACE_ENDED and version[2] < _CORRECTED.get((version[0], version[1]), 1_000)


def schema_of_file(path: Path) -> int:
    """Return the schema number of the store at a path.

    Raises:
        StoreProblem: there is none, or it is of a newer version of this program.
    """
    with explain_file_errors(path):
        if not path.exists():
            raise StoreProblem(f"There is no store at {path}; name the file of one.")
        check_readable(path)
        with closing(read_only(path)) as connection:
            schema = read_file_schema(connection, path)
    if not schema:
        raise StoreProblem(f"There is no store in {path} yet; name the file of one.")
    return schema


def check_schema(path: Path) -> None:
    """Check that there is a store of this version.

    Raises:
        StoreProblem: there is none, or it is of another version of this program.
    """
    schema_of_file(path)
    with explain_file_errors(path), closing(read_only(path)) as connection:
        check_file_identity(connection, path)


@contextmanager
def file_snapshot(path: Path) -> Iterator[Link]:
    """Read one snapshot of a file, unaffected by what others write; write nothing.

    Raises:
        StoreProblem: the file failed.
    """
    with explain_file_errors(path), closing(_connected(path)) as connection:
        # Text with damaged bytes shows them instead of ending the read.
        connection.text_factory = lambda raw: raw.decode(errors="backslashreplace")
        connection.execute("BEGIN")
        yield Link(connection, Statements(dialect(paramstyle="qmark")))
        connection.execute("ROLLBACK")


def _connected(path: Path) -> sqlite3.Connection:
    """Open a file as its other users do, or read-only if it cannot be written."""
    if not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        return read_only(path)
    uri = f"{path.resolve().as_uri()}?mode=rw"
    connection = sqlite3.connect(uri, uri=True, isolation_level=None)
    connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    connection.execute("PRAGMA query_only = ON")
    return connection


def file_differences(link: Link) -> Iterator[StoreDifference]:
    """Yield what is wrong with the pages of the file and the definitions of its tables."""
    for check in ("integrity_check(1)", "foreign_key_check"):
        said = link.plain(f"PRAGMA {check}")
        if said not in (None, "ok"):
            told = " ".join(str(said).split())
            yield StoreDifference(
                market="", place="the file", what=f"it is damaged ({check}: {told})", harm=Harm.KEPT
            )
    link.cursor.execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL")
    stored = {name: _same(sql) for name, sql in link.cursor.fetchall()}
    for sql in table_statements():
        kind, name = sql.partition("(")[0].replace("UNIQUE ", "").split()[1:3]
        if stored.get(name) != _same(sql):
            place = f"the {kind.lower()} {name}"
            yield StoreDifference(
                market="", place=place, what="it is not as this program makes it", harm=Harm.KEPT
            )


def _same(sql: str) -> str:
    """Return a statement without quotes and white space, so that equal ones compare equal."""
    return "".join(sql.replace('"', "").split())


@contextmanager
def explain_file_errors(path: Path) -> Iterator[None]:
    """Turn errors of SQLite and the operating system into sentences for the user.

    Raises:
        StoreProblem: there was such an error.
    """
    try:
        yield
    except SQLITE_ERRORS as error:
        raise StoreProblem(sentence_of(error)) from error
    except OSError as error:
        raise unreachable(path, error) from error
