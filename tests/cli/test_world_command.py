"""`escrow-tui world`: what it prints, what it refuses, and what Ctrl-C leaves."""

import json
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from escrow_tui import cli
from escrow_tui.scenarios.invent.world import creation
from escrow_tui.store import glance

_ORDERS = "--orders is a whole number from 1 to 10,000,000, without commas.\n"
_SEED = "--seed is a whole number from 0 to 9223372036854775807.\n"
_TITLE = "--title is one line of 1 to 60 characters.\n"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        *((["--orders", orders], _ORDERS) for orders in ("0", "-1", "ten", "1e6", "1,000", "")),
        *((["--orders", orders], _ORDERS) for orders in ("10000001", "9" * 5_000, "²", "١", "5.0")),
        *(
            (["--orders", "5", "--seed", seed], _SEED)
            for seed in ("-1", "x", "9223372036854775808")
        ),
        *(
            (["--orders", "5", "--title", t], _TITLE)
            for t in ("", "  ", "x" * 61, "a\nb", "\x1b[2J")
        ),
    ],
)
def test_a_wrong_number_or_title_is_told_in_a_sentence(
    given: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is made, not even the store."""
    path = tmp_path / "store.db"
    assert cli.main(["--store", str(path), "world", *given]) == 2
    assert capsys.readouterr() == ("", said)
    assert not path.exists()


def test_without_a_number_of_orders_it_asks_for_one(capsys: pytest.CaptureFixture[str]) -> None:
    """There is no good default for the size of a market."""
    with pytest.raises(SystemExit) as ended:
        cli.main(["world"])
    assert ended.value.code == 2
    assert "--orders" in capsys.readouterr().err


MOST_SECONDS = 120.0
# Tests that run in the background are started with Ctrl-C ignored, and hand that on.
WORLD = """
import signal
import sys
from escrow_tui.cli import main
signal.signal(signal.SIGINT, signal.default_int_handler)
sys.exit(main(["--store", sys.argv[1], "world", "--orders", "60000"]))
"""


def test_it_tells_what_was_made_and_how_to_open_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Counts by phase, size, hash, and the command that opens it."""
    path = tmp_path / "a store.db"
    assert cli.main(["--store", str(path), "world", "--orders", "500"]) == 0
    out = capsys.readouterr().out
    (run,) = glance(path)
    assert out.startswith(f"A market with 500 orders, market {run.market}\n  500 orders, ")
    assert f"\nOpen it with: escrow-tui --store '{path}' resume {run.id}\n" in out
    for told in ("entries in the journal", "orders a second", "bytes an order", "journal_sha256"):
        assert told in out
    for phase in ("awaiting payment", "charged back", "appeal review"):
        assert f"\n  {phase} " in out


def test_json_has_the_same_figures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One object; the same seed gives the same hash and counts, in another store too."""
    told = []
    for name in ("one.db", "other.db"):
        command = ["--store", str(tmp_path / name), "world", "--orders", "40", "--json"]
        assert cli.main([*command, "--seed", "3", "--title", "Ours"]) == 0
        told.append(json.loads(capsys.readouterr().out))
    one, other = told
    assert one["title"] == "Ours"
    assert sum(one["orders"].values()) == 40
    assert one["bytes"] > 0
    assert one["seconds"] > 0
    for same in ("orders", "disputes", "entries", "journal_sha256"):
        assert one[same] == other[same]


def test_ctrl_c_leaves_nothing_of_it(tmp_path: Path) -> None:
    """A process that is interrupted while it writes says so, and the store is as it was."""
    path = tmp_path / "store.db"
    process = _under_way(path)
    process.send_signal(signal.SIGINT)
    out, said = process.communicate(timeout=MOST_SECONDS)
    assert (process.returncode, out, said) == (130, "", "Cut off; nothing of the market is left.\n")
    with sqlite3.connect(path) as connection:
        for table in ("market", "run", "entry", "order_state", "balance", "person", "listing"):
            assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


def test_ctrl_c_twice_tells_that_a_part_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A second Ctrl-C interrupts the removal; a sentence says that the next world completes it."""

    def cut_off(*_: object) -> None:
        raise KeyboardInterrupt

    for name in ("_lived", "remove_market"):
        monkeypatch.setattr(creation, name, cut_off)
    path = tmp_path / "store.db"
    assert cli.main(["--store", str(path), "world", "--orders", "30"]) == 130
    said = "Cut off while it was removed; nobody sees the rest, and the next world removes it.\n"
    assert capsys.readouterr() == ("", said)
    assert glance(path) == ()


def test_what_a_killed_world_left_is_removed_by_the_next(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The lobby never lists it, and its pages hold the next one."""
    path = tmp_path / "store.db"
    process = _under_way(path)
    process.kill()
    process.communicate(timeout=MOST_SECONDS)
    assert glance(path) == ()
    assert cli.main(["--store", str(path), "world", "--orders", "30", "--json"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert [run.id for run in glance(path)] == [made["run"]]
    assert made["bytes"] > 0
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT id FROM market").fetchall() == [(made["market"],)]
        counted = connection.execute("SELECT count(*), max(market) FROM entry").fetchall()
    assert counted == [(made["entries"], made["market"])]


def _under_way(path: Path) -> subprocess.Popen[str]:
    """Start making a large world, and return when the first part of its journal is written."""
    process = subprocess.Popen(
        [sys.executable, "-c", WORLD, str(path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    until = time.monotonic() + MOST_SECONDS
    while time.monotonic() < until:
        assert process.poll() is None
        if path.exists() and path.stat().st_size:
            with sqlite3.connect(path) as connection:
                try:
                    if connection.execute("SELECT count(*) FROM entry").fetchone()[0]:
                        return process
                except sqlite3.OperationalError:
                    pass
        time.sleep(0.05)
    raise AssertionError("nothing was written")
