"""A desk of a small market, on a store of its own for each test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from escrow_tui.desk.desk import Desk
from escrow_tui.store import open_store
from tests.given.market import opened


@pytest.fixture(scope="session")
def fresh_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a new store, made once: its tables cost more than most tests."""
    path = tmp_path_factory.mktemp("fresh") / "store.db"
    open_store(path).close()
    return path


@pytest.fixture
def desk(tmp_path: Path, fresh_file: Path) -> Iterator[Desk]:
    """Stand at the desk; when the test is over, every invariant must have held."""
    store = open_store(Path(shutil.copy(fresh_file, tmp_path)))
    stood_at = opened(store)
    yield stood_at
    store.close()
    assert stood_at.violations == []
