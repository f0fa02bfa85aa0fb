"""Where a store is: a SQLite file or a PostgreSQL database. Shown without its password."""

import re
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

import msgspec

from escrow_tui.store.problems import StoreProblem

_SCHEMES = ("postgresql", "postgres")
_HOST = re.compile(r"([^\s:\[\]]*|\[[0-9a-fA-F:.%]+\])(:[0-9]{0,5})?")
UNREADABLE = (
    "This URL cannot be read; write it as postgresql://USER:PASSWORD@HOST:PORT/DATABASE, with"
    " / ? # @ : and % of a password as %2F %3F %23 %40 %3A and %25."
)


class SqliteFile(msgspec.Struct, frozen=True):
    """A store in one file on this machine."""

    path: Path

    def __str__(self) -> str:
        return str(self.path)


class PostgresDatabase(msgspec.Struct, frozen=True):
    """A store on a server; `url` may hold a password, so it is neither printed nor logged."""

    url: str

    def __str__(self) -> str:
        parts = urlsplit(self.url)
        if _is_torn(parts):
            return "postgresql://..."
        return f"postgresql://{_hosts(parts) or 'localhost'}{parts.path}"

    def __repr__(self) -> str:
        return f"PostgresDatabase({self})"


Address = SqliteFile | PostgresDatabase
Where = Address | Path


def address_of(text: str) -> Address:
    """Parse the value of `--store`: a PostgreSQL URL, or the path of a file.

    Raises:
        StoreProblem: it is a URL, but not one of a PostgreSQL database.
    """
    scheme, there, _ = text.partition("://")
    if not there:
        return SqliteFile(Path(text).expanduser())
    if scheme.casefold() not in _SCHEMES:
        raise StoreProblem("A store's URL begins with postgresql://; anything else is a path.")
    try:
        parts = urlsplit(text)
    except ValueError:
        raise StoreProblem(UNREADABLE) from None
    if _is_torn(parts) or not all(map(_HOST.fullmatch, _hosts(parts).split(","))):
        raise StoreProblem(UNREADABLE)
    if not parts.path.strip("/"):
        raise StoreProblem(
            "This URL names no database; write it as postgresql://USER@HOST:PORT/DATABASE."
        )
    return PostgresDatabase(text)


def _hosts(parts: SplitResult) -> str:
    """Return the host and port, or several, separated by commas, to try in turn."""
    return parts.netloc.rpartition("@")[2]


def _is_torn(parts: SplitResult) -> bool:
    """Return whether a special character in the password has split the URL wrongly."""
    rest = f"{parts.query}{parts.fragment}"
    return "@" in parts.path or ("@" in rest and "@" not in parts.netloc)
