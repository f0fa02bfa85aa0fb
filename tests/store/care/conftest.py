"""A store with something in every table, in a file or in a database, as somebody left it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from escrow_tui.store import Address, PostgresDatabase, SqliteFile, open_store
from tests.store.filled import fill
from tests.store.server import database


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


@pytest.fixture(params=["in_file", "in_database"])
def where(request: pytest.FixtureRequest) -> Address:
    """A filled store in a file, and in another run of the test in a database."""
    found: Address = request.getfixturevalue(request.param)
    return found
