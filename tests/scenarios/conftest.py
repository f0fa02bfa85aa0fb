"""A store of its own for each test, or one with a market in which seven people sit."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from escrow_tui.store import SqliteFile, open_store
from escrow_tui.store.store import Store
from tests.given.seats import Seats, opened


@pytest.fixture(scope="session")
def fresh_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a new store, made once: its tables cost more than most tests."""
    path = tmp_path_factory.mktemp("fresh") / "store.db"
    open_store(path).close()
    return path


@pytest.fixture
def store(tmp_path: Path, fresh_file: Path) -> Iterator[Store]:
    """Open a store in a folder of its own."""
    opened_store = open_store(Path(shutil.copy(fresh_file, tmp_path)))
    yield opened_store
    opened_store.close()


@pytest.fixture
def seats(tmp_path: Path) -> Iterator[Seats]:
    """A market with seven people."""
    with opened(SqliteFile(tmp_path / "one.sqlite"), tmp_path) as found:
        yield found
