"""All that a file of SQLite says, so that two can be held against each other."""

import sqlite3
from contextlib import closing
from pathlib import Path

Dump = dict[str, list[str]]
_SCHEMA = "SELECT type, name, sql FROM sqlite_schema ORDER BY type, name"
_ASKED = ("application_id", "user_version", "encoding", "integrity_check")


def dumped(path: Path, alone: bool = False) -> Dump:
    """Return the schema, every row of every table, and what SQLite's own check says.

    `alone` reads the file without what lies beside it, and leaves nothing there.

    Raises:
        sqlite3.Error: it cannot be read.
    """
    how = "mode=ro&immutable=1" if alone else "mode=rw"
    with closing(sqlite3.connect(f"{path.as_uri()}?{how}", uri=True)) as connection:
        schema = connection.execute(_SCHEMA).fetchall()
        asked = {
            name: f'SELECT * FROM "{name}" NOT INDEXED'
            for kind, name, _ in schema
            if kind == "table"
        }
        asked |= {f"PRAGMA {name}": f"PRAGMA {name}" for name in _ASKED}
        rows = {name: [repr(row) for row in connection.execute(sql)] for name, sql in asked.items()}
    # Spaces are of no meaning there, and stand in no row of ours that is not held as it is.
    told = [" ".join(repr(row).split()) for row in schema]
    return {"the schema": told, **rows}


def apart(dump: Dump, right: Dump) -> list[str]:
    """Name the parts of two dumps that differ."""
    return [name for name in (*right, *(dump.keys() - right)) if dump.get(name) != right.get(name)]
