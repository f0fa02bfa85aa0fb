"""Everything in an SQLite file, so that two files can be compared."""

import sqlite3
from contextlib import closing
from pathlib import Path

Dump = dict[str, list[str]]
_SCHEMA = "SELECT type, name, sql FROM sqlite_schema ORDER BY type, name"
_ASKED = ("application_id", "user_version", "encoding", "integrity_check")


def dumped(path: Path, alone: bool = False) -> Dump:
    """Return the schema, every row of every table, and the result of SQLite's own check.

    `alone` reads the file without the files beside it, and leaves none there.

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
    # Spaces have no meaning in the schema's SQL.
    told = [" ".join(repr(row).split()) for row in schema]
    return {"the schema": told, **rows}


def apart(dump: Dump, right: Dump) -> list[str]:
    """Name the parts in which two dumps differ."""
    return [name for name in (*right, *(dump.keys() - right)) if dump.get(name) != right.get(name)]
