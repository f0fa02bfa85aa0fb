"""How many bytes a store takes."""

from typing import TYPE_CHECKING

from escrow_tui.store.address import PostgresDatabase, SqliteFile, Where

if TYPE_CHECKING:
    from escrow_tui.store.store import Store

_OF_DATABASE = "SELECT pg_database_size(current_database())"
# What SQLite keeps beside a file while it is open.
_BESIDE = ("", "-wal")


def bytes_of(store: "Store", where: Where) -> int:
    """Return the bytes of a file and of what is written but not yet in it, or of a database."""
    if isinstance(where, PostgresDatabase):
        with store.backend.reading() as link:
            return int(link.plain(_OF_DATABASE))
    path = where.path if isinstance(where, SqliteFile) else where
    files = (path.with_name(f"{path.name}{end}") for end in _BESIDE)
    return sum(file.stat().st_size for file in files if file.exists())
