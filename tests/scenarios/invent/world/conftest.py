"""A store for each test: in a file, and in another run of it in a database."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from escrow_tui.store import PostgresDatabase, SqliteFile, Store, open_store


@pytest.fixture(params=["file", "database"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """Open a new store of either kind."""
    if request.param == "file":
        opened = open_store(SqliteFile(tmp_path / "store.db"))
    else:
        opened = open_store(PostgresDatabase(request.getfixturevalue("postgres_url")))
    yield opened
    opened.close()
