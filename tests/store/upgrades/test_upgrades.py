"""A store of an older version is upgraded completely, or it stays as it was."""

import hashlib
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
import psycopg
import pytest

from escrow_tui.engine.commands import AnyCommand
from escrow_tui.engine.entry import Entry, journal_sha256
from escrow_tui.engine.events import AnyEvent
from escrow_tui.engine.roles import Actor, Role
from escrow_tui.store import (
    Address,
    PostgresDatabase,
    SqliteFile,
    StoreProblem,
    glance,
    open_store,
)
from escrow_tui.store.care.examination import examine
from escrow_tui.store.derived.difference import by_name
from escrow_tui.store.identity import SCHEMA
from escrow_tui.store.postgres.server_care import schema_of_database
from escrow_tui.store.schema import ALL
from escrow_tui.store.sqlite.file_care import schema_of_file
from escrow_tui.store.upgrades import UPGRADES, upgrade_2
from escrow_tui.store.upgrades.course import Course
from escrow_tui.store.upgrades.running import upgrade
from escrow_tui.store.upgrades.steps import Steps
from tests.store.care.spoiling import dump
from tests.store.make_fixture import fixture_of

NEXT = SCHEMA + 1


class Killed(BaseException):
    """The process ends here."""


@pytest.fixture
def first(tmp_path: Path) -> SqliteFile:
    """A store of schema 1."""
    return SqliteFile(Path(shutil.copy(fixture_of(1), tmp_path / "store.db")))


def _rows(path: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as file:
        return sorted(file.execute(sql), key=repr)


def _content(path: Path) -> str:
    """The SHA-256 of everything in a file."""
    with closing(sqlite3.connect(path)) as file:
        return hashlib.sha256("\n".join(file.iterdump()).encode()).hexdigest()


def _first_journal(path: Path, market: str) -> str:
    """The SHA-256 of a market's journal as schema 1 kept it."""
    sql = f"SELECT * FROM entry WHERE market = '{market}'"
    entries = [
        Entry(
            market=market,
            seq=seq,
            stream=stream,
            version=version,
            at=at,
            actor=Actor(Role(role), person),
            command_id=command_id or "",
            command=None if command is None else msgspec.json.decode(command, type=AnyCommand),
            events=msgspec.json.decode(events, type=tuple[AnyEvent, ...]),
        )
        for _, seq, stream, version, at, role, person, command_id, command, events in _rows(
            path, sql
        )
    ]
    return journal_sha256(sorted(entries, key=lambda entry: entry.seq))


# What must be the same before and after, as a query that works on both schemas.
SAME = {
    "markets": "SELECT id, title, started, now, seq, policy_hash, parent, parent_seq FROM market",
    "policies": "SELECT * FROM policy",
    "balances": "SELECT * FROM balance",
    "counts": "SELECT * FROM phase_count",
    "trust": "SELECT * FROM trust",
    "orders": "SELECT market, id, version, phase, disputed, dispute_phase, buyer, seller, mediator,"
    " placed_at, next_deadline FROM order_state",
    "people": "SELECT market, id, role, name, country, city, rating, orders, dispute_rate,"
    " rulings_against, false_shipments FROM person",
    "private": "SELECT market, person, name, street, phone, card FROM private",
    "listings": "SELECT market, id, title, category, words, body FROM listing",
    "runs": "SELECT id, scenario, title, chair, mode, seed, market, state, created, finished,"
    " score, ending, content FROM run",
    "log": "SELECT run, number, market, at, kind, body FROM run_log",
}


def test_schema_1_becomes_schema_2_with_all_its_content(first: SqliteFile) -> None:
    """Journal, orders, money, people, catalogue and runs are the same; there is a chain now."""
    old = fixture_of(1)
    course = Course(schema=2)
    done = upgrade(first, course)
    assert (done.was, done.is_now) == (1, 2)
    for what, sql in SAME.items():
        before = _rows(old, sql)
        assert before, what
        assert _rows(first.path, sql) == before, what
    bodies = _rows(old, "SELECT body FROM order_state")
    lines = _rows(old, "SELECT market, seq, account, currency, minor FROM line")
    with closing(open_store(first)) as store, store.reading() as reading:
        markets = ("c70addc3fa60", "market-1")
        for market in markets:
            assert journal_sha256(reading.entries(market)) == _first_journal(old, market)
        orders = [one for market in markets for one in reading.orders(market, limit=100)]
        stored = sorted(msgspec.json.encode(by_name(one.order)) for one in orders)
        assert stored == sorted(body for (body,) in bodies)
        moved = [(market, one) for market in markets for one in reading.lines(market)]
        told = [
            (market, one.seq, one.line.account, one.line.currency, one.line.minor)
            for market, one in moved
        ]
        assert sorted(told, key=repr) == lines
    assert examine(first) is None


def test_the_old_store_is_kept_beside_the_new_one(first: SqliteFile) -> None:
    """The backup can be upgraded itself."""
    done = upgrade(first)
    assert done.backup is not None
    assert done.backup.name.endswith("-schema-1.db")
    assert _content(done.backup) == _content(fixture_of(1))
    assert {one.name for one in first.path.parent.iterdir()} == {"store.db", done.backup.name}
    upgrade(SqliteFile(done.backup))
    assert _content(done.backup) == _content(first.path)


@pytest.mark.parametrize("schema", range(1, SCHEMA + 1))
def test_every_released_schema_can_be_upgraded(tmp_path: Path, schema: int) -> None:
    """Step by step, from whichever a user has; then the doctor finds nothing."""
    where = SqliteFile(Path(shutil.copy(fixture_of(schema), tmp_path)))
    assert schema_of_file(where.path) == schema
    assert upgrade(where).is_now == SCHEMA
    assert examine(where) is None
    assert sorted(UPGRADES) == list(range(2, SCHEMA + 1))


def test_a_store_of_today_is_left_alone(where: Address) -> None:
    """Asked again, it does nothing and makes no backup."""
    before = dump(where, ALL)
    done = upgrade(where)
    assert (done.was, done.is_now, done.backup) == (SCHEMA, SCHEMA, None)
    assert dump(where, ALL) == before


def test_an_older_store_is_not_opened_but_reported(first: SqliteFile) -> None:
    """Looking at it changes nothing; the sentence has the command."""
    before = _content(first.path)
    sentence = (
        r"older version of this program \(schema 1, this one needs 2\); bring it up to date with:"
        r" escrow-tui store upgrade --store '?/.*store\.db'?$"
    )
    for look in (open_store, glance, examine):
        with pytest.raises(StoreProblem, match=sentence):
            look(first)
    assert _content(first.path) == before


def _stopped_at(nth: int) -> Callable[[str], None]:
    """End the process before the statement with this number."""
    done = 0

    def before(_sql: str) -> None:
        nonlocal done
        done += 1
        if done == nth:
            raise Killed

    return before


def test_an_upgrade_stopped_at_any_statement_leaves_the_store_as_it_was(first: SqliteFile) -> None:
    """A second try then runs from beginning to end."""
    whole: list[str] = []
    upgrade(
        SqliteFile(Path(shutil.copy(first.path, first.path.with_name("other.db")))),
        Course(before=whole.append),
    )
    assert (whole[0], whole[-1]) == ("BEGIN IMMEDIATE", "COMMIT")
    assert len(whole) > 50
    before = _content(first.path)
    for nth in range(1, len(whole) + 1):
        with pytest.raises(Killed):
            upgrade(first, Course(before=_stopped_at(nth)))
        assert (schema_of_file(first.path), _content(first.path)) == (1, before)
    assert upgrade(first).is_now == 2
    assert examine(first) is None


def test_another_process_may_have_upgraded_first(first: SqliteFile) -> None:
    """The second one finds it done, and does not do it again."""
    done: list[str] = []

    def elsewhere(sql: str) -> None:
        if not done:
            done.append(sql)
            with closing(sqlite3.connect(first.path, isolation_level=None)) as file:
                file.execute("BEGIN IMMEDIATE")
                upgrade_2.upgrade(Steps(file.cursor(), "sqlite", done.append))
                file.execute("PRAGMA user_version = 2")
                file.execute("COMMIT")

    assert upgrade(first, Course(before=elsewhere)).is_now == SCHEMA
    assert len(done) > 50
    assert examine(first) is None


def test_a_row_that_refers_to_nothing_stops_an_upgrade(first: SqliteFile) -> None:
    """A row that an older version left broken is reported, and nothing is changed."""
    with closing(sqlite3.connect(first.path)) as file, file:
        file.execute("UPDATE run SET market = 'gone'")
    before = _content(first.path)
    with pytest.raises(StoreProblem, match="a row of run refers to one that is not there"):
        upgrade(first)
    assert _content(first.path) == before


def _another_column(steps: Steps) -> None:
    """Stand in for the next upgrade, in SQL that both kinds of database understand."""
    steps.execute("ALTER TABLE trust ADD COLUMN more BIGINT")
    steps.many("UPDATE trust SET more = 1", [()])


def test_a_database_is_upgraded_whole_or_not_at_all(in_database: PostgresDatabase) -> None:
    """Stopped at any statement it is as it was; a second try completes it."""
    upgrades = {**UPGRADES, NEXT: _another_column}
    statements = 5
    for nth in range(1, statements + 1):
        with pytest.raises(Killed):
            upgrade(in_database, Course(upgrades, NEXT, _stopped_at(nth)))
        assert schema_of_database(in_database) == SCHEMA
        assert examine(in_database) is None
    whole: list[str] = []
    done = upgrade(in_database, Course(upgrades, NEXT, whole.append))
    assert (done.was, done.is_now, len(whole)) == (SCHEMA, NEXT, statements)
    with pytest.raises(StoreProblem, match=r"written by a newer version of this program"):
        schema_of_database(in_database)


def test_each_of_several_steps_on_a_file_is_whole(first: SqliteFile) -> None:
    """Stopped in the second step, the first one stands."""
    upgrades = {**UPGRADES, NEXT: _another_column}

    def before(sql: str) -> None:
        if sql.startswith("ALTER TABLE trust ADD"):
            raise Killed

    with pytest.raises(Killed):
        upgrade(first, Course(upgrades, NEXT, before))
    assert schema_of_file(first.path) == SCHEMA
    assert examine(first) is None
    upgrade(first, Course(upgrades, NEXT))
    assert _rows(first.path, "PRAGMA user_version") == [(NEXT,)]
    assert _rows(first.path, "SELECT DISTINCT more FROM trust") == [(1,)]


def test_an_older_database_is_reported(in_database: PostgresDatabase) -> None:
    """The sentence has the command, and only the public part of the URL."""
    with psycopg.connect(in_database.url) as connection:
        connection.execute("UPDATE escrow_store SET schema = 1")
    with pytest.raises(StoreProblem, match=r"older version.*escrow-tui store upgrade$") as told:
        open_store(in_database)
    assert "canary" not in str(told.value)
