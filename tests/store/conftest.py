"""A store with one market, of either kind of database, closed after the test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from escrow_tui.store import Address, PostgresDatabase, SqliteFile, open_store
from escrow_tui.store.store import Store
from tests.given.filled_store import fill
from tests.given.server import database
from tests.given.store_world import opened, with_market


@pytest.fixture(scope="session")
def fresh_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a new store, made once: making its tables takes longer than most tests."""
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
def file_where(tmp_path: Path, fresh_file: Path) -> SqliteFile:
    """A file with a store, in a folder of its own."""
    return SqliteFile(Path(shutil.copy(fresh_file, tmp_path)))


@pytest.fixture
def database_where(postgres_server: str, fresh_database: str) -> Iterator[PostgresDatabase]:
    """A database with a store, dropped after the test."""
    with database(postgres_server, like=fresh_database) as url:
        yield PostgresDatabase(url)


@pytest.fixture
def file_store(file_where: SqliteFile) -> Iterator[Store]:
    """Open a store in a file."""
    yield from _open(file_where)


@pytest.fixture
def database_store(database_where: PostgresDatabase) -> Iterator[Store]:
    """Open a store in a database."""
    yield from _open(database_where)


@pytest.fixture(params=["file_where", "database_where"])
def where(request: pytest.FixtureRequest) -> Address:
    """Where a store is: in a file, and in another run of the test in a database."""
    found: Address = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def store(where: Address) -> Iterator[Store]:
    """Open a store of either kind."""
    yield from _open(where)


def _open(where: Address) -> Iterator[Store]:
    store = open_store(where)
    yield store
    store.close()


def _filled(where: Address) -> None:
    store = open_store(where)
    fill(store)
    store.close()


@pytest.fixture(scope="session")
def template_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a filled store, made once."""
    path = tmp_path_factory.mktemp("filled") / "store.db"
    _filled(SqliteFile(path))
    return path


@pytest.fixture(scope="session")
def template_database(postgres_server: str) -> Iterator[str]:
    """The URL of a filled store on a server, made once."""
    with database(postgres_server) as url:
        _filled(PostgresDatabase(url))
        yield url


@pytest.fixture
def in_file(tmp_path: Path, template_file: Path) -> SqliteFile:
    """A filled store in a folder of its own."""
    return SqliteFile(Path(shutil.copy(template_file, tmp_path)))


@pytest.fixture
def in_database(postgres_server: str, template_database: str) -> Iterator[PostgresDatabase]:
    """A filled store in a database of its own."""
    with database(postgres_server, like=template_database) as url:
        yield PostgresDatabase(url)
