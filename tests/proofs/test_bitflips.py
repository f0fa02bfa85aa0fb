"""A few bits flipped in a store; `python -m tests.proofs bitflips` flips hundreds."""

import sqlite3
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from tests.proofs.bitflips import doctored, filled, flipped
from tests.proofs.dump import apart, dumped


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a store in which no table is empty."""
    path = tmp_path_factory.mktemp("filled") / "store.db"
    filled(path)
    return path


def test_a_sound_store_is_called_sound(store: Path) -> None:
    """A doctor that always complains would fail here."""
    assert doctored(store)[0] == 0


def test_every_change_by_a_flipped_bit_is_noticed(store: Path) -> None:
    """By the doctor, or by opening the file; nothing ends in a traceback."""
    result = flipped(store, 40, Random(5))
    assert (result.unseen, result.crashed) == ([], [])
    assert result.noticed.total() >= 8
    assert result.idle >= 1


def test_a_dump_shows_one_changed_character(store: Path, tmp_path: Path) -> None:
    """In any table; writing the same again does not change a dump."""
    right, path = dumped(store, alone=True), tmp_path / "store.db"
    with closing(sqlite3.connect(store)) as connection:
        connection.execute("VACUUM INTO ?", (str(path),))
    assert apart(dumped(path), right) == []
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE person SET name = 'Anne 7' WHERE id = 'p-7'")
    assert apart(dumped(path), right) == ["person"]
