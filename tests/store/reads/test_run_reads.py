"""Runs and their logs, as the store and the first frame's glance read them."""

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace

from escrow_tui.store import LogRow, StoreProblem, glance
from escrow_tui.store.store import Store
from tests.given.store_world import MARKET, RUN, python
from tests.store.raw import named, where_of

LATER = replace(RUN, id="run-2", created="2027-01-15T09:00:00Z")


def test_a_run_can_be_saved_again(store: Store) -> None:
    """The second save replaces its state, and there is still one run."""
    done = replace(RUN, state="finished", score=85, ending="refund", finished="2027-01-15T08:30Z")
    with store.writing() as writing:
        writing.save_run(RUN)
        assert writing.run("run-1") == RUN
        writing.save_run(done)
    with store.reading() as reading:
        assert reading.run("run-1") == done
        assert reading.run("run-9") is None
        assert len(reading.runs()) == 1


def test_runs_are_listed_newest_first_without_their_text(store: Store) -> None:
    """The list does not read scenario files."""
    with store.writing() as writing:
        writing.save_run(LATER)
        writing.save_run(RUN)
    with store.reading() as reading:
        heads = reading.runs()
    assert [head.id for head in heads] == ["run-2", "run-1"]
    assert not hasattr(heads[0], "content")


def test_a_log_is_numbered_within_its_run(store: Store) -> None:
    """Each run counts for itself."""
    with store.writing() as writing:
        writing.save_run(RUN)
        writing.save_run(LATER)
        writing.add_log("run-1", "hint", MARKET, "2027-01-15T08:01:00Z", b'{"number":1}')
        writing.add_log("run-2", "screen", MARKET, "2027-01-15T08:02:00Z")
        writing.add_log("run-1", "refused", MARKET, "2027-01-15T08:03:00Z")
    with store.reading() as reading:
        first, second = reading.log("run-1")
        (other,) = reading.log("run-2")
    assert first == LogRow("run-1", 1, MARKET, "2027-01-15T08:01:00Z", "hint", b'{"number":1}')
    assert (second.number, second.kind, other.number) == (2, "refused", 1)


def test_a_glance_shows_the_runs_while_the_store_is_open_and_after(store: Store) -> None:
    """It shows what the store reads, before and after the last connection has closed."""
    where = where_of(store)
    with store.writing() as writing:
        writing.save_run(RUN)
        writing.save_run(LATER)
        heads = writing.runs()
    assert glance(where) == heads
    store.close()
    assert glance(where) == heads


def test_a_glance_leaves_nothing_beside_a_file(file_store: Store, tmp_path: Path) -> None:
    """The other files are gone once everybody has closed the store."""
    with file_store.writing() as writing:
        writing.save_run(RUN)
    file_store.close()
    assert len(glance(where_of(file_store))) == 1
    assert [file.name for file in tmp_path.iterdir()] == ["store.db"]


def test_a_glance_at_nothing_is_empty(tmp_path: Path) -> None:
    """Before the first run there is no file, or an empty one."""
    assert glance(tmp_path / "none.db") == ()
    (tmp_path / "empty.db").touch()
    assert glance(tmp_path / "empty.db") == ()
    with closing(sqlite3.connect(tmp_path / "begun.db")) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
    assert glance(tmp_path / "begun.db") == ()


def test_a_glance_at_something_else_says_so(tmp_path: Path) -> None:
    """A file that is no database is reported in a sentence."""
    path = tmp_path / "letter.txt"
    path.write_text("Dear trainer, this is a letter and not a store.\n" * 100)
    with pytest.raises(StoreProblem, match="not a store"):
        glance(path)


def test_a_glance_at_an_impossible_file_name_says_so(tmp_path: Path) -> None:
    """The system's error is reported in a sentence."""
    with pytest.raises(StoreProblem, match="cannot be reached"):
        glance(tmp_path / ("n" * 300))


def test_a_glance_imports_nothing_heavy(store: Store) -> None:
    """The first frame does not wait for SQLAlchemy, SQLModel or pydantic."""
    with store.writing() as writing:
        writing.save_run(RUN)
    code = (
        "import sys; from escrow_tui.store import address_of, glance, open_store;"
        "print(len(glance(address_of(sys.argv[1]))));"
        "print({'sqlalchemy', 'sqlmodel', 'pydantic', 'faker'} & set(sys.modules))"
    )
    assert "sqlalchemy" in sys.modules  # the names are those that an import leaves
    with python("-c", code, named(where_of(store))) as process:
        output, _ = process.communicate()
    assert output.split("\n")[:2] == ["1", "set()"]
