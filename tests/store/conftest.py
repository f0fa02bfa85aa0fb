"""A store with one market, of either kind of database, closed after the test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from escrow_tui.store import PostgresDatabase, open_store
from escrow_tui.store.store import Store
from tests.store.server import database
from tests.store.world import opened, with_market


@pytest.fixture(scope="session")
def fresh_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a new store, made once: its tables cost more than most tests."""
    folder = tmp_path_factory.mktemp("fresh")
    opened(folder).close()
    return folder / "store.db"


@pytest.fixture(scope="session")
def fresh_database(postgres_server: str) -> Iterator[str]:
    """The URL of a new store on a server, made once."""
    with database(postgres_server) as url:
        with_market(PostgresDatabase(url)).close()
        yield url


@pytest.fixture
def file_store(tmp_path: Path, fresh_file: Path) -> Iterator[Store]:
    """Open a store in a folder of its own."""
    opened_store = open_store(Path(shutil.copy(fresh_file, tmp_path)))
    yield opened_store
    opened_store.close()


@pytest.fixture
def database_store(postgres_server: str, fresh_database: str) -> Iterator[Store]:
    """Open a store in a database of its own."""
    with database(postgres_server, like=fresh_database) as url:
        opened_store = open_store(PostgresDatabase(url))
        yield opened_store
        opened_store.close()


@pytest.fixture(params=["file_store", "database_store"])
def store(request: pytest.FixtureRequest) -> Store:
    """Open a store in a file, and in another run of the test in a database."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Store)
    return found
