"""What is checked before a store is opened: one sentence each, and nothing is changed."""

import hashlib
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from escrow_tui.engine.commands import SendMessage
from escrow_tui.store import StoreProblem, glance, open_store
from escrow_tui.store.identity import APPLICATION_ID, SCHEMA
from escrow_tui.store.sqlite import file_probe
from escrow_tui.store.sqlite.file_backend import SqliteBackend
from tests.given.store_world import BUYER, MARKET, PLACE, RUN, START, act, opened


def _store(path: Path) -> None:
    store = opened(path.parent)
    with store.writing() as writing:
        act(writing, "A", PLACE, BUYER, START)
        for _ in range(30):
            act(writing, "A", SendMessage("hello " * 300), BUYER, START)
    store.close()


def _foreign(path: Path) -> None:
    path.write_bytes(b"%PDF-1.7 something else\n" * 50)


def _another_program(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE songs (title)")


def _newer(path: Path) -> None:
    _store(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 9")


def _damaged(path: Path) -> None:
    _store(path)
    whole = bytearray(path.read_bytes())
    whole[len(whole) // 2 :] = os.urandom(1) * (len(whole) - len(whole) // 2)
    path.write_bytes(bytes(whole))


def _cut(path: Path) -> None:
    _store(path)
    path.write_bytes(path.read_bytes()[:50])


def _folder(path: Path) -> None:
    path.mkdir()


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _loop(path: Path) -> None:
    path.symlink_to(path)


CASES: tuple[tuple[Callable[[Path], None], str], ...] = (
    (_foreign, r"store\.db is not a store but some other file; name another one\."),
    (_another_program, r"store\.db is another program's database; name another file\."),
    (_newer, r"newer version of this program \(schema 9, this one knows 2\); upgrade"),
    (_damaged, r"store\.db is damaged; put it aside"),
    (_cut, r"store\.db is damaged; put it aside"),
    (_folder, r"store\.db is a folder; name a file in it, such as .*store\.db/store\.db\."),
    (_pipe, r"store\.db is no ordinary file; name another one\."),
    (_loop, r"store\.db cannot be reached \(Too many levels of symbolic links\)"),
)


@pytest.mark.parametrize(("make", "sentence"), CASES)
def test_each_fault_has_its_sentence_and_nothing_is_changed(
    tmp_path: Path, make: Callable[[Path], None], sentence: str
) -> None:
    """The file stays the same byte for byte, and no other file appears."""
    path = tmp_path / "store.db"
    make(path)
    before = _prints(tmp_path)
    with pytest.raises(StoreProblem, match=sentence) as raised:
        open_store(path)
    assert str(raised.value).count("\n") == 0
    assert _prints(tmp_path) == before


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    """It is not made as a side effect: a typing mistake would leave it behind."""
    with pytest.raises(StoreProblem, match=r"no folder .*gone; make it"):
        open_store(tmp_path / "gone" / "store.db")
    assert list(tmp_path.iterdir()) == []


def test_an_impossible_file_name_is_reported(tmp_path: Path) -> None:
    """The system's error is put in our words."""
    with pytest.raises(StoreProblem, match=r"cannot be reached \(File name too long\)"):
        open_store(tmp_path / ("n" * 300))


@pytest.mark.parametrize("name", [":memory:", "a?mode=ro#b%20c.db", "file:x", "ü 'store'.db"])
def test_a_file_may_have_any_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """SQLite gives no character of it a meaning; the store is exactly where it was named."""
    monkeypatch.chdir(tmp_path)
    path = Path(name)
    open_store(path).close()
    open_store(path).close()
    assert glance(path) == ()
    assert [file.name for file in tmp_path.iterdir()] == [name]


def test_a_link_to_a_store_is_read_with_what_others_write(tmp_path: Path) -> None:
    """SQLite keeps its other files beside the file itself, not beside the link."""
    (tmp_path / "far").mkdir()
    store = opened(tmp_path / "far")
    link = tmp_path / "link.db"
    link.symlink_to(tmp_path / "far" / "store.db")
    with store.writing() as writing:
        writing.save_run(RUN)
    assert [head.id for head in glance(link)] == ["run-1"]
    store.close()


@pytest.mark.parametrize(
    ("denied", "mode", "sentence"),
    [
        ("store.db", os.R_OK, "may not be read by you"),
        ("store.db", os.W_OK, "is read-only; allow writing"),
        ("", os.W_OK, "Nothing can be written in"),
    ],
)
def test_what_may_not_be_used_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, denied: str, mode: int, sentence: str
) -> None:
    """The system's answer is replaced, because a superuser may do everything."""
    path = tmp_path / "store.db"
    _store(path)
    before = _prints(tmp_path)

    def access(asked: Path, how: int) -> bool:
        return not (asked == tmp_path / denied and how == mode)

    monkeypatch.setattr(os, "access", access)
    with pytest.raises(StoreProblem, match=sentence):
        open_store(path)
    assert _prints(tmp_path) == before


def test_a_sound_store_is_not_changed_by_looking(tmp_path: Path) -> None:
    """The file stays as it was, and no other file appears."""
    path = tmp_path / "store.db"
    _store(path)
    before = _prints(tmp_path)
    assert file_probe.probe_file(path)
    assert _prints(tmp_path) == before


def test_a_store_that_another_process_writes_is_not_taken_for_damaged(tmp_path: Path) -> None:
    """What is in the WAL is read with it."""
    store = opened(tmp_path)
    with store.writing() as writing:
        act(writing, "A", PLACE, BUYER, START)
    second = open_store(tmp_path / "store.db")
    with second.reading() as reading:
        assert reading.order(MARKET, "A") is not None
    second.close()
    store.close()


def test_a_store_that_another_process_just_made_is_left_as_it_is(tmp_path: Path) -> None:
    """If another process made it first, it is found made, even if by a newer program."""
    path = tmp_path / "store.db"
    _newer(path)
    SqliteBackend(path).make_tables()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (9,)


@pytest.mark.parametrize("begun", [False, True])
def test_a_store_whose_making_was_interrupted_is_made(tmp_path: Path, begun: bool) -> None:
    """An empty file, or a database with nothing in it, can become a store."""
    path = tmp_path / "store.db"
    path.touch()
    if begun:
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
    store = opened(tmp_path)
    store.close()
    with closing(sqlite3.connect(path)) as connection:
        owner = connection.execute("PRAGMA application_id").fetchone()
        schema = connection.execute("PRAGMA user_version").fetchone()
    assert (owner, schema) == ((APPLICATION_ID,), (SCHEMA,))


def test_a_large_store_is_opened_without_reading_all_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Above a certain size the check of every page is skipped at start."""
    path = tmp_path / "store.db"
    _damaged(path)
    monkeypatch.setattr(file_probe, "MOST_CHECKED_BYTES", 10_000)
    assert file_probe.probe_file(path)


def _prints(folder: Path) -> dict[str, str]:
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "other"
        for path in folder.rglob("*")
    }
