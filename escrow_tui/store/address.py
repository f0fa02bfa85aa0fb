"""Where a store is: a file of SQLite, or a database of PostgreSQL; what of it may be shown."""

from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from escrow_tui.store.problems import StoreProblem

_SCHEMES = ("postgresql", "postgres")


class SqliteFile(msgspec.Struct, frozen=True):
    """A store in one file on this machine."""

    path: Path

    def __str__(self) -> str:
        return str(self.path)


class PostgresDatabase(msgspec.Struct, frozen=True):
    """A store on a server; `url` holds a password, so it is neither printed nor logged."""

    url: str

    def __str__(self) -> str:
        parts = urlsplit(self.url)
        port = f":{parts.port}" if parts.port else ""
        return f"postgresql://{parts.hostname or 'localhost'}{port}{parts.path}"

    def __repr__(self) -> str:
        return f"PostgresDatabase({self})"


Address = SqliteFile | PostgresDatabase
Where = Address | Path


def address_of(text: str) -> Address:
    """Read what `--store` names: a URL of PostgreSQL, or the path of a file.

    Raises:
        StoreProblem: it is a URL that names no database that we know.
    """
    scheme, there, _ = text.partition("://")
    if not there:
        return SqliteFile(Path(text).expanduser())
    if scheme.casefold() not in _SCHEMES:
        raise StoreProblem("A store's URL begins with postgresql://; anything else is a path.")
    try:
        parts = urlsplit(text)
        named = bool(parts.path.strip("/")) and (parts.port is None or parts.port > 0)
    except ValueError:
        named = False
    if not named:
        raise StoreProblem(
            "This URL names no database; write it as postgresql://USER@HOST:PORT/DATABASE."
        )
    return PostgresDatabase(text)
