"""`escrow-tui store`: what it prints, and its exit codes."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from escrow_tui import cli
from escrow_tui.cli.console import DIFFERENT, WELL, WRONG
from escrow_tui.store import Address, PostgresDatabase, SqliteFile
from escrow_tui.store.care import info as information
from escrow_tui.store.care.examination import examine
from escrow_tui.store.identity import SCHEMA
from escrow_tui.store.sqlite.file_care import has_wal_race
from tests.given.filled_store import FORK
from tests.given.market import MARKET as FIRST
from tests.given.server import PASSWORD
from tests.store.care.spoiling import do, forge
from tests.store.make_fixture import fixture_of

HOLDS = {"markets": 2, "orders": 6, "entries": 43, "runs": 1, "seats": 1}


class Ran:
    """One run of the command: its exit code, and what it printed to each stream."""

    def __init__(self, capsys: pytest.CaptureFixture[str], where: Address, *words: str) -> None:
        given = where.url if isinstance(where, PostgresDatabase) else str(where)
        self.code = cli.main(["store", *words, "--store", given])
        self.out, self.err = capsys.readouterr()
        assert PASSWORD not in self.out + self.err

    @property
    def json(self) -> dict[str, Any]:
        """What was printed, read as JSON."""
        found: dict[str, Any] = json.loads(self.out)
        return found


def test_info_says_what_the_store_is(where: Address, capsys: pytest.CaptureFixture[str]) -> None:
    """Where it is, of which kind, how large, what it holds, and its newest market."""
    ran = Ran(capsys, where, "info", "--json")
    assert (ran.code, ran.err) == (WELL, "")
    told = ran.json
    assert told["store"] == str(where)
    assert told["engine"] == ("SQLite" if isinstance(where, SqliteFile) else "PostgreSQL")
    assert (told["schema"], told["needs"]) == (SCHEMA, SCHEMA)
    assert told["holds"] == HOLDS
    assert told["size"] > 100_000
    newest = told["newest"]
    assert (newest["id"], newest["entries"], len(newest["head"])) == (FIRST, 31, 64)
    assert newest["head"] != 64 * "0"


def test_info_is_lines_for_people(where: Address, capsys: pytest.CaptureFixture[str]) -> None:
    """Control characters that others typed do not reach the terminal."""
    do(where, "UPDATE market SET title = 'A \x1b[31m market'")
    ran = Ran(capsys, where, "info")
    assert "Holds   2 markets, 6 orders, 43 entries, 1 runs, 1 seats" in ran.out.splitlines()
    assert f"Store   {where}" in ran.out.splitlines()
    assert "\x1b" not in ran.out
    assert "31 entries, clock at 2026-03-22 09:00" in ran.out


def test_without_a_run_the_newest_market_is_the_one_whose_clock_is_furthest(
    where: Address, capsys: pytest.CaptureFixture[str]
) -> None:
    """If there is a run, its market is the newest."""
    do(where, "DELETE FROM run_log")
    do(where, f"UPDATE run SET market = '{FORK}'")
    assert Ran(capsys, where, "info", "--json").json["newest"]["id"] == FORK
    do(where, "DELETE FROM run")
    assert Ran(capsys, where, "info", "--json").json["newest"]["id"] == FIRST


@pytest.mark.parametrize("race", [True, False])
def test_info_names_an_sqlite_with_the_race(
    in_file: SqliteFile,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    race: bool,
) -> None:
    """And it says what that means for this store."""
    monkeypatch.setattr(information, "has_wal_race", lambda: race)
    notes = Ran(capsys, in_file, "info", "--json").json["notes"]
    assert [("WAL-reset race" in note, "take turns" in note) for note in notes] == [
        (True, True)
    ] * race


@pytest.mark.parametrize(
    ("version", "race"),
    [
        ((3, 40, 1), True),
        ((3, 44, 5), True),
        ((3, 44, 6), False),
        ((3, 50, 6), True),
        ((3, 50, 7), False),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((3, 53, 0), False),
    ],
)
def test_which_versions_have_the_race(version: tuple[int, ...], race: bool) -> None:
    """The bug ends with 3.51.3; the fix was also made in two older lines."""
    assert has_wal_race(version) is race


def test_info_notes_a_market_that_was_left_half_made(
    where: Address, capsys: pytest.CaptureFixture[str]
) -> None:
    """It explains the store's size and says what to do."""
    do(where, "UPDATE run SET state = 'making'")
    notes = Ran(capsys, where, "info", "--json").json["notes"]
    assert "the next escrow-tui world removes" in notes[0]


def test_info_describes_an_older_store(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It can be looked at before it is upgraded, and looking does not change it."""
    path = tmp_path / "store.db"
    path.write_bytes(fixture_of(1).read_bytes())
    ran = Ran(capsys, SqliteFile(path), "info")
    assert ran.code == WELL
    assert f"Schema  1 of {SCHEMA}" in ran.out
    assert "2 markets, 6 orders, 51 entries, 1 runs, 0 seats" in ran.out
    assert "escrow-tui store upgrade" in ran.out
    assert path.read_bytes() == fixture_of(1).read_bytes()


def test_the_doctor_says_that_all_is_well(
    where: Address, capsys: pytest.CaptureFixture[str]
) -> None:
    """In a sentence, and as JSON."""
    ran = Ran(capsys, where, "doctor")
    assert (ran.code, ran.err) == (WELL, "")
    assert ran.out == f"{where} is sound: every row is what its journals say.\n"
    ran = Ran(capsys, where, "doctor", "--json")
    assert (ran.code, ran.json) == (
        WELL,
        {"store": str(where), "sound": True, "difference": None, "backup": None},
    )


def test_the_doctor_names_the_first_difference(
    where: Address, capsys: pytest.CaptureFixture[str]
) -> None:
    """The exit code says that a difference was found."""
    do(where, "UPDATE balance SET minor = 5 WHERE account = 'escrow:A'")
    ran = Ran(capsys, where, "doctor")
    assert ran.code == DIFFERENT
    assert ran.out == f"{examine(where)}\n"
    assert "it is stored as 5, but the journal says 10000; write what is derived anew" in ran.out
    ran = Ran(capsys, where, "doctor", "--json")
    told = ran.json["difference"]
    assert (ran.code, ran.json["sound"]) == (DIFFERENT, False)
    assert (told["market"], told["stored"], told["right"]) == (FORK, "5", "10000")
    assert (told["harm"], told["sentence"]) == ("derived", str(examine(where)))


def test_the_doctor_rebuilds_what_is_derived(
    where: Address,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """After a backup of the store as it was."""
    monkeypatch.chdir(tmp_path)
    do(where, "UPDATE order_state SET phase = 'CLOSED'")
    spoilt = str(examine(where))
    ran = Ran(capsys, where, "doctor", "--rebuild", "--json")
    assert (ran.code, ran.json["sound"]) == (WELL, True)
    assert examine(where) is None
    assert str(examine(SqliteFile(Path(ran.json["backup"])))) == spoilt
    ran = Ran(capsys, where, "doctor", "--rebuild", "--json")
    assert (ran.code, ran.json["backup"]) == (WELL, None)


def test_the_doctor_does_not_rebuild_from_an_untrue_journal(
    where: Address, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Nothing is written, and no backup is made."""
    forge(where, FIRST, 31, lambda said: {**said, "at": 5})
    before = set(tmp_path.iterdir())
    ran = Ran(capsys, where, "doctor", "--rebuild")
    assert ran.code == DIFFERENT
    assert ran.out.endswith("; restore a backup.\n")
    assert set(tmp_path.iterdir()) == before


def test_a_backup_is_made_where_it_was_asked_for_once(
    where: Address, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """A second time, the file is already there and is not overwritten."""
    to = tmp_path / "copy.db"
    ran = Ran(capsys, where, "backup", str(to))
    assert (ran.code, ran.err) == (WELL, "")
    assert ran.out == f"{to} holds a copy of {where}, and can be opened as a store.\n"
    assert examine(SqliteFile(to)) is None
    ran = Ran(capsys, where, "backup", str(to), "--json")
    assert (ran.code, ran.out) == (WRONG, "")
    assert ran.err == f"{to} is there already; name a file that is not.\n"


def test_a_backup_goes_into_a_database_too(
    where: Address, capsys: pytest.CaptureFixture[str], postgres_url: str
) -> None:
    """Its URL is shown without the secrets."""
    ran = Ran(capsys, where, "backup", postgres_url, "--json")
    to = PostgresDatabase(postgres_url)
    assert (ran.code, ran.json) == (WELL, {"store": str(where), "backup": str(to)})
    assert examine(to) is None


def test_an_upgrade_says_what_it_did(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The second time it says that there was nothing to do."""
    where = SqliteFile(tmp_path / "store.db")
    where.path.write_bytes(fixture_of(1).read_bytes())
    ran = Ran(capsys, where, "upgrade")
    assert ran.code == WELL
    assert ran.out.startswith(f"{where} was brought from schema 1 to {SCHEMA}; ")
    assert "-schema-1.db holds what was there before." in ran.out
    ran = Ran(capsys, where, "upgrade", "--json")
    assert (ran.code, ran.json) == (WELL, {"was": SCHEMA, "is_now": SCHEMA, "backup": None})


@pytest.mark.parametrize("act", ["info", "doctor", "backup", "upgrade"])
def test_there_must_be_a_store(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], act: str
) -> None:
    """A mistyped name makes neither a store nor a folder."""
    ran = Ran(capsys, SqliteFile(tmp_path / "gone" / "store.db"), act)
    assert (ran.code, ran.out) == (WRONG, "")
    assert ran.err.startswith("There is no store at ")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("act", ["info", "doctor", "backup", "upgrade"])
def test_a_server_needs_its_driver(
    act: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The driver is an extra: without it, the sentence has the command that installs it."""
    monkeypatch.setitem(sys.modules, "psycopg", None)
    ran = Ran(capsys, PostgresDatabase(f"postgresql://a:{PASSWORD}@localhost:1/b"), act)
    assert (ran.code, ran.out) == (WRONG, "")
    assert "pip install 'escrow-tui[postgres]'" in ran.err


@pytest.mark.parametrize("act", ["info", "doctor", "backup", "upgrade"])
def test_a_server_that_does_not_answer_is_reported(
    act: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """In one sentence, without the URL's secrets."""
    ran = Ran(capsys, PostgresDatabase(f"postgresql://a:{PASSWORD}@127.0.0.1:1/b"), act)
    assert (ran.code, ran.out) == (WRONG, "")
    assert ran.err.startswith("postgresql://127.0.0.1:1/b does not answer; see that it runs")
