"""A backup is a complete copy of the store, or there is no backup."""

import re
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import psycopg
import pytest

from escrow_tui.engine.entry import journal_sha256
from escrow_tui.store import (
    Address,
    PostgresDatabase,
    SqliteFile,
    StoreProblem,
    open_store,
)
from escrow_tui.store.care import new_file
from escrow_tui.store.care.backup import back_up
from escrow_tui.store.care.examination import examine
from escrow_tui.store.schema import ALL
from tests.given.market import MARKET as FIRST
from tests.store.care.spoiling import do, dump


def test_a_copy_is_a_store_with_the_same_rows(where: Address, tmp_path: Path) -> None:
    """Whether of a file or of a database, the copy is sound and can be opened and written."""
    told: list[tuple[int, int]] = []
    copy = SqliteFile(tmp_path / "copy.sqlite")
    assert back_up(where, copy, lambda done, of: told.append((done, of))) == copy
    assert examine(copy) is None
    assert dump(copy, ALL) == dump(where, ALL)
    with closing(open_store(copy)) as store, store.reading() as reading:
        own = journal_sha256(reading.entries(FIRST))
    with closing(open_store(where)) as store, store.reading() as reading:
        assert journal_sha256(reading.entries(FIRST)) == own
    if not isinstance(where, SqliteFile):
        assert told[-1][0] == told[-1][1] > 100


def test_a_store_moves_into_an_empty_database(where: Address, postgres_url: str) -> None:
    """A file that has outgrown its machine, or a restored copy: all of it, and only once."""
    to = PostgresDatabase(postgres_url)
    assert back_up(where, to) == to
    assert examine(to) is None
    assert dump(to, ALL) == dump(where, ALL)
    with pytest.raises(StoreProblem, match="holds something already; name an empty database"):
        back_up(where, to)
    assert dump(to, ALL) == dump(where, ALL)


def test_a_store_that_is_not_there_makes_no_database(tmp_path: Path, postgres_url: str) -> None:
    """The database stays empty."""
    with pytest.raises(StoreProblem, match="There is no store at"):
        back_up(SqliteFile(tmp_path / "gone.db"), PostgresDatabase(postgres_url))
    with psycopg.connect(postgres_url) as connection:
        assert connection.execute("SELECT to_regclass('escrow_store')").fetchone() == (None,)


def _file(where: Address) -> Path:
    assert isinstance(where, SqliteFile)
    return where.path


def test_a_file_is_copied_beside_itself(in_file: SqliteFile) -> None:
    """The copy's name holds the date and time, and no other file is left."""
    in_file.path.chmod(0o640)
    made = _file(back_up(in_file, None))
    stamp = re.fullmatch(r"store-(\d{4}-\d\d-\d\d-\d{6})\.db", made.name)
    assert stamp
    age = datetime.now() - datetime.strptime(stamp[1], "%Y-%m-%d-%H%M%S")
    assert abs(age.total_seconds()) < 60
    assert made.stat().st_mode & 0o777 == 0o640
    assert {one.name for one in in_file.path.parent.iterdir()} == {"store.db", made.name}


def test_others_go_on_writing_while_a_file_is_copied(in_file: SqliteFile) -> None:
    """The copy shows the store as it was at one moment."""
    with closing(sqlite3.connect(in_file.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("DELETE FROM trust")
        made = back_up(in_file, SqliteFile(in_file.path.with_name("copy.db")))
        other.execute("COMMIT")
    assert examine(made) is None
    assert examine(in_file) is not None


def test_nothing_is_ever_overwritten(where: Address, tmp_path: Path) -> None:
    """Neither a store nor any other file."""
    to = tmp_path / "letter.txt"
    to.write_text("Dear trainer")
    with pytest.raises(StoreProblem, match=r"letter\.txt is there already; name a file that"):
        back_up(where, SqliteFile(to))
    assert to.read_text() == "Dear trainer"


def test_a_name_that_is_taken_meanwhile_is_not_overwritten(
    where: Address, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If somebody else makes a file of that name during the copy, theirs is kept."""
    to = tmp_path / "copy.db"
    check = new_file._check

    def taken(path: Path) -> None:
        check(path)
        assert path.suffix == ".part"
        to.write_text("Dear trainer")

    monkeypatch.setattr(new_file, "_check", taken)
    with pytest.raises(StoreProblem, match="is there already"):
        back_up(where, SqliteFile(to))
    assert to.read_text() == "Dear trainer"


def test_a_disk_without_links_has_copies_too(
    in_file: SqliteFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On such a disk the part file is renamed at the end."""

    def refuse(_to: Path, _part: Path) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    folder = tmp_path / "copies"
    folder.mkdir()
    assert examine(back_up(in_file, SqliteFile(folder / "copy.db"))) is None
    assert [one.name for one in folder.iterdir()] == ["copy.db"]


def test_copies_of_one_second_have_names_of_their_own(in_file: SqliteFile) -> None:
    """Three copies within one second get three names."""
    made = {back_up(in_file, None) for _ in range(3)}
    assert len(made) == 3


def test_a_missing_folder_is_reported(where: Address, tmp_path: Path) -> None:
    """The folder is not made as a side effect."""
    with pytest.raises(StoreProblem, match=r"cannot be made \(No such file or directory\)"):
        back_up(where, SqliteFile(tmp_path / "gone" / "copy.db"))


def test_a_copy_that_fails_leaves_nothing_behind(
    where: Address, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half a copy could later be taken for a whole one."""

    def fail(_path: Path) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(new_file, "_check", fail)
    folder = tmp_path / "copies"
    folder.mkdir()
    with pytest.raises(StoreProblem, match="The store failed: disk I/O error"):
        back_up(where, SqliteFile(folder / "copy.db"))
    assert list(folder.iterdir()) == []


def test_a_damaged_file_is_not_copied(in_file: SqliteFile, tmp_path: Path) -> None:
    """A copy of unreadable pages would be worthless."""
    whole = bytearray(in_file.path.read_bytes())
    whole[4096:] = b"\xff" * (len(whole) - 4096)
    in_file.path.write_bytes(bytes(whole))
    with pytest.raises(StoreProblem, match="damaged"):
        back_up(in_file, SqliteFile(tmp_path / "copy.db"))
    assert not (tmp_path / "copy.db").exists()


def test_there_must_be_a_store_to_copy(tmp_path: Path) -> None:
    """A mistyped name makes no empty copy."""
    with pytest.raises(StoreProblem, match="There is no store at"):
        back_up(SqliteFile(tmp_path / "gone.db"), SqliteFile(tmp_path / "copy.db"))
    assert list(tmp_path.iterdir()) == []


def test_a_spoilt_store_is_copied_as_it_is(in_file: SqliteFile) -> None:
    """The copy keeps even the derived rows that the doctor would rebuild."""
    do(in_file, "UPDATE order_state SET phase = 'CLOSED'")
    made = back_up(in_file, None)
    assert str(examine(made)) == str(examine(in_file))
