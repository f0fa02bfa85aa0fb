"""A store of its own for each test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from escrow_tui.store import open_store
from escrow_tui.store.store import Store


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
