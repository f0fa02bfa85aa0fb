"""How many bytes a store takes."""

from escrow_tui.store.address import PostgresDatabase, SqliteFile, Where

_OF_DATABASE = "SELECT pg_database_size(current_database())"
# What SQLite keeps beside a file while it is open.
_BESIDE = ("", "-wal")


def bytes_of(where: Where) -> int:
    """Return the bytes of a file and of what is written but not yet in it, or of a database.

    Raises:
        StoreProblem: the database cannot be asked.
    """
    if isinstance(where, PostgresDatabase):
        return _of_database(where)
    path = where.path if isinstance(where, SqliteFile) else where
    files = (path.with_name(f"{path.name}{end}") for end in _BESIDE)
    return sum(file.stat().st_size for file in files if file.exists())


def _of_database(where: PostgresDatabase) -> int:
    from escrow_tui.store.store import open_checked

    store = open_checked(where)
    try:
        with store.backend.reading() as link:
            return int(link.plain(_OF_DATABASE))
    finally:
        store.close()
