"""`escrow-tui seat` and `escrow-tui join`: what they print, and what they open."""

import json
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

from escrow_tui import cli
from escrow_tui.cli import join_command
from escrow_tui.cli.console import WELL, WRONG
from escrow_tui.scenarios.seats.keys import SeatKeys
from escrow_tui.store import SqliteFile, open_store
from escrow_tui.store.rows.seats import SeatKey

CODE = re.compile(r"[A-Z0-9]{4}(?:-[A-Z0-9]{4}){3}")


@pytest.fixture(autouse=True)
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Use a store and a folder for keys of this test's own."""
    path = tmp_path / "a store.sqlite"
    monkeypatch.setenv("ESCROW_TUI_STORE", str(path))
    monkeypatch.setattr("escrow_tui.scenarios.seats.keys.own_folder", lambda: tmp_path / "seats")
    return path


@pytest.fixture
def sat(monkeypatch: pytest.MonkeyPatch) -> list[SeatKey]:
    """The seats that the screen was opened for, in place of a screen."""
    found: list[SeatKey] = []

    def run_app(where: SqliteFile, *, seat: SeatKey) -> int:  # noqa: ARG001
        found.append(seat)
        return 0

    screen = ModuleType("escrow_tui.ui.app")
    monkeypatch.setattr(screen, "run_app", run_app, raising=False)
    monkeypatch.setitem(sys.modules, "escrow_tui.ui.app", screen)
    monkeypatch.setattr(join_command, "has_terminal", lambda: True)
    return found


def told(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = WELL) -> str:
    """Run a command, and return what it prints: on success to stdout, else to stderr."""
    assert cli.main(arguments) == code
    out, err = capsys.readouterr()
    assert (err if code == WELL else out) == ""
    return str(out if code == WELL else err)


def code_in(text: str) -> str:
    """Find the code in what was printed."""
    found = CODE.search(text)
    assert found is not None
    return found.group()


def test_a_seat_is_told_with_its_code_and_how_to_join(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A warning says who can read the file; the path is quoted for the shell."""
    lines = told(capsys, "seat", "add", "--as", "seller", "--label", "Anna").splitlines()
    assert re.fullmatch(r"Seat \w{6}: seller \(seller-1, .+\) in Free market \(\w{12}\)", lines[0])
    code = code_in(lines[1])
    assert lines[1:3] == [
        f"Code {code} opens it once, and is not shown again. To join, type:",
        f"  escrow-tui --store '{path}' join {code}",
    ]
    assert lines[3].startswith("Anyone with this file can read and write all of it")
    assert len(lines) == 4
    listed = told(capsys, "seat", "list")
    assert "Anna" in listed
    assert code not in listed


def test_seats_are_listed_as_a_table_and_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    """Without the hashes of codes and keys."""
    for role in ("buyer", "backstage"):
        told(capsys, "seat", "add", "--as", role, "--new", "Class 3", "--seed", "7")
    rows = [line.split() for line in told(capsys, "seat", "list").splitlines()]
    assert rows[0] == ["Seat", "Role", "Person", "State", "Joined", "Market", "Label"]
    assert [row[1:4] for row in rows[1:]] == [
        ["buyer", "buyer-1", "invited"],
        ["backstage", "-", "invited"],
    ]
    values = json.loads(told(capsys, "seat", "list", "--json"))
    assert [one["role"] for one in values] == ["buyer", "backstage"]
    assert set(values[0]) == {"id", "role", "person", "state", "joined", "market", "label"}
    of_one = told(capsys, "seat", "list", "--json", "--market", values[1]["market"])
    assert json.loads(of_one) == [values[1]]


def test_a_store_without_seats_says_how_to_give_one(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As a table and as JSON."""
    open_store(path).close()
    assert told(capsys, "seat", "list").startswith("No seat has been given yet; escrow-tui seat")
    assert json.loads(told(capsys, "seat", "list", "--json")) == []


@pytest.mark.parametrize("command", [["seat", "list"], ["seat", "revoke", "x"], ["join", "x"]])
def test_a_mistyped_path_makes_no_store(
    path: Path, sat: list[SeatKey], capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    """Only `seat add` makes a store."""
    said = told(capsys, *command, code=WRONG)
    assert said == f"There is no store at {path}; name the file of one.\n"
    assert not path.exists()
    assert sat == []


def test_a_seat_is_joined_once_and_then_without_its_code(
    sat: list[SeatKey], capsys: pytest.CaptureFixture[str]
) -> None:
    """The last seat, or one that is named."""
    codes = [code_in(told(capsys, "seat", "add", "--as", "buyer")) for _ in range(2)]
    for code in codes:
        told(capsys, "join", code)
    first, second = sat
    assert first.seat != second.seat
    told(capsys, "join")
    told(capsys, "join", "--seat", first.seat)
    told(capsys, "join")
    assert sat[2:] == [second, first, first]
    said = told(capsys, "join", codes[0], code=WRONG)
    assert said.startswith("This code has been used;")
    assert len(sat) == 5


def test_a_revoked_seat_stays_in_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    """It says so; a second time there is nothing to revoke."""
    told(capsys, "seat", "add", "--as", "mediator")
    (seat,) = json.loads(told(capsys, "seat", "list", "--json"))
    assert told(capsys, "seat", "revoke", seat["id"]).startswith(
        f"Seat {seat['id']} (1) is revoked"
    )
    (after,) = json.loads(told(capsys, "seat", "list", "--json"))
    assert after == {**seat, "state": "revoked"}
    assert "was revoked before" in told(capsys, "seat", "revoke", seat["id"], code=WRONG)


REFUSED = {
    "no market": (
        ["seat", "add", "--as", "buyer", "--market", "Class 9"],
        "no free market Class 9",
    ),
    "no person": (["seat", "add", "--as", "buyer", "--person", "x"], "There is no buyer x"),
    "a label": (["seat", "add", "--as", "buyer", "--label", "\x1b[31m"], "A label is one line"),
    "a title": (["seat", "add", "--as", "buyer", "--new", "\x1b[31m"], "A market's title is one"),
    "no seat": (["seat", "revoke", "\x1b[31m"], "There is no seat"),
    "no code": (["join", "\x1b[31m"], "A join code is four groups"),
    "not here": (["join", "--seat", "*"], "This terminal has no seat in this store yet"),
    "none yet": (["join"], "This terminal has no seat in this store yet"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_is_one_sentence(
    path: Path, sat: list[SeatKey], capsys: pytest.CaptureFixture[str], name: str
) -> None:
    """The sentence does not control the terminal either."""
    open_store(path).close()
    arguments, sentence = REFUSED[name]
    said = told(capsys, *arguments, code=WRONG)
    assert said.startswith(sentence) or f" {sentence}" in said
    assert said.count("\n") == 1
    assert said.strip().isprintable()
    assert sat == []


@pytest.mark.parametrize("seed", ["-1", "x", "²", str(2**63), ""])
def test_a_seed_is_a_number_that_a_store_can_hold(
    capsys: pytest.CaptureFixture[str], seed: str
) -> None:
    """Reported before anything is made."""
    with pytest.raises(SystemExit) as end:
        cli.main(["seat", "add", "--as", "buyer", "--new", "Class 3", f"--seed={seed}"])
    assert end.value.code == WRONG
    assert "it is a whole number from 0 to" in capsys.readouterr().err


def test_a_seat_needs_a_terminal_before_its_code_is_used(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The code is still good afterwards."""
    code = code_in(told(capsys, "seat", "add", "--as", "buyer"))
    monkeypatch.setattr(join_command, "has_terminal", lambda: False)
    assert told(capsys, "join", code, code=WRONG).startswith("this needs a terminal")
    (seat,) = json.loads(told(capsys, "seat", "list", "--json"))
    assert seat["state"] == "invited"


def test_a_key_is_kept_for_the_store_that_was_named(
    path: Path, sat: list[SeatKey], capsys: pytest.CaptureFixture[str]
) -> None:
    """However the store was named."""
    code = code_in(told(capsys, "seat", "add", "--as", "buyer"))
    told(capsys, "--store", str(path), "join", code)
    assert [kept.key for kept in SeatKeys(SqliteFile(path)).newest()] == sat
