"""An empty store for a proof: a file, and a database of PostgreSQL."""

from pathlib import Path

import pytest

from escrow_tui.store import Address, PostgresDatabase, SqliteFile


@pytest.fixture(params=["a file", "a server"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Address:
    """A place with no store yet."""
    if request.param == "a file":
        return SqliteFile(tmp_path / "store.db")
    return PostgresDatabase(request.getfixturevalue("postgres_url"))
