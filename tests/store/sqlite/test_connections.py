"""The connection's transactions and settings."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from escrow_tui.engine.commands import Pay
from escrow_tui.engine.market import Person
from escrow_tui.engine.roles import Role
from escrow_tui.store import StoreProblem, open_store
from escrow_tui.store.problems import sentence_of
from escrow_tui.store.rows.link import Link
from escrow_tui.store.sqlite import connections
from escrow_tui.store.store import Store
from tests.given.store_world import BUYER, MARKET, PLACE, START, act, opened


def test_every_connection_to_a_file_is_durable_and_guarded(file_store: Store) -> None:
    """WAL, FULL, foreign keys and a busy timeout; no memory map."""
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "mmap_size": 0}
    with file_store.reading() as first, file_store.reading() as second:
        for reading in (first, second):
            for name, value in wanted.items():
                held = reading._link.plain(f"PRAGMA {name}")
                assert held == value
            patience = reading._link.plain("PRAGMA busy_timeout")
            assert patience == connections.BUSY_MS


def test_one_read_block_is_one_snapshot_while_others_write(store: Store) -> None:
    """A commit between two reads is seen only by the next block."""
    with store.writing() as writing:
        act(writing, "A", PLACE, BUYER, START)
    with store.reading() as reading:
        first = reading.order(MARKET, "A"), reading.balances(MARKET)
        with store.writing() as writing:
            act(writing, "A", Pay(), BUYER, START)
        assert (reading.order(MARKET, "A"), reading.balances(MARKET)) == first
        assert len(reading.entries(MARKET)) == 1
    with store.reading() as reading:
        assert len(reading.entries(MARKET)) == 2
        assert reading.balances(MARKET) != first[1]


def test_threads_share_a_store(store: Store) -> None:
    """Each transaction is whole, whichever thread it runs in."""

    def place(number: int) -> int:
        with store.writing() as writing:
            act(writing, f"order-{number}", PLACE, BUYER, START)
        with store.reading() as reading:
            return len(reading.orders(MARKET))

    with ThreadPoolExecutor(8) as pool:
        seen = list(pool.map(place, range(40)))
    assert min(seen) >= 1
    assert max(seen) == 40


def test_a_store_that_stays_busy_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a while the person is told what is in the way; reading still works."""
    monkeypatch.setattr(connections, "PRAGMAS", ("busy_timeout = 10",))
    store = opened(tmp_path)
    with closing(sqlite3.connect(tmp_path / "store.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreProblem, match="another program holds it"), store.writing():
            pass
        with store.reading() as reading:
            assert reading.market(MARKET) is not None
        other.execute("ROLLBACK")
    with store.writing() as writing:
        act(writing, "A", PLACE, BUYER, START)
    store.close()


def test_a_writer_waits_for_its_turn_more_than_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Losing the lock to somebody else between two tries does not fail the command."""
    monkeypatch.setattr(connections, "PRAGMAS", ("busy_timeout = 10",))
    store = opened(tmp_path)
    with closing(sqlite3.connect(tmp_path / "store.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        tried: list[str] = []
        once = connections._try

        def let_go(link: Link, begin: str) -> None:
            tried.append(begin)
            if len(tried) == connections.TRIES:
                other.execute("ROLLBACK")
            once(link, begin)

        monkeypatch.setattr(connections, "_try", let_go)
        with store.writing() as writing:
            act(writing, "A", PLACE, BUYER, START)
        assert len(tried) == connections.TRIES
    store.close()


def test_no_room_for_the_journal_file_is_a_full_disk_too() -> None:
    """SQLite calls it a disk I/O error, which would send people looking for a broken disk."""
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorname = "SQLITE_IOERR_SHMSIZE"
    assert "the disk is full; make room" in sentence_of(error)


def test_a_full_disk_is_reported_and_nothing_is_lost(file_store: Store) -> None:
    """The transaction that ran out of room is undone; earlier ones stand."""
    with file_store.writing() as writing:
        act(writing, "A", PLACE, BUYER, START)
    people = [Person(f"p-{n}", Role.BUYER, "x" * 1_000, "DE", "Berlin") for n in range(500)]
    with file_store.writing() as writing:
        writing._link.plain("PRAGMA max_page_count = 60")
    with pytest.raises(StoreProblem, match="disk is full"), file_store.writing() as writing:
        writing.put_people(MARKET, people)
    with file_store.reading() as reading:
        assert reading.people(MARKET) == {}
        assert reading.order(MARKET, "A") is not None


def test_a_file_damaged_while_it_is_open_is_reported(tmp_path: Path) -> None:
    """A page that something else overwrites is reported as damage."""
    store = opened(tmp_path)
    with store.writing() as writing:
        act(writing, "A", PLACE, BUYER, START)
    store.close()
    store = open_store(tmp_path / "store.db")
    path = tmp_path / "store.db"
    spoilt = bytearray(path.read_bytes())
    spoilt[4096:] = b"\xff" * (len(spoilt) - 4096)
    path.write_bytes(bytes(spoilt))
    with pytest.raises(StoreProblem, match="damaged"), store.reading() as reading:
        reading.entries(MARKET)
    store.close()
