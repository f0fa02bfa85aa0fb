"""Some strange places, a full disk and a killed server; `python -m tests.proofs files` has all."""

import subprocess
from multiprocessing.connection import Connection
from pathlib import Path

import msgspec
import pytest

from tests.given.server import PASSWORD
from tests.proofs import full, served, strange
from tests.proofs.clients import FORKS
from tests.proofs.strange import CASES, Case, faults_of

# Those that need a process of their own, or resemble no other.
_NAMES = ("a read-only folder", "a loop of links", "/dev/zero", "a server that is not there")
_SOME = [case for case in CASES if case.what in _NAMES]


@pytest.mark.parametrize("case", _SOME, ids=lambda case: case.what)
def test_a_strange_place_is_reported_in_one_sentence(case: Case, tmp_path: Path) -> None:
    """Exit code 2, nothing else printed, nothing changed, no password."""
    assert faults_of(case, "seat add --as buyer", tmp_path) == []


def test_each_strange_place_is_there_once() -> None:
    """And it has all the places that this file tests."""
    assert len({case.what for case in CASES}) == len(CASES)
    assert len(_SOME) == len(_NAMES)


def test_every_fault_of_a_command_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A command that exits with 0, says two things and leaves a file behind has three faults."""

    def program(*_: str) -> subprocess.CompletedProcess[str]:
        (tmp_path / "left").write_text("")
        return subprocess.CompletedProcess((), 0, "", "It went well.\nIt did.\n")

    monkeypatch.setattr(strange, "_program", program)
    faults = faults_of(Case("a folder", lambda _: "", "is a folder"), "store info", tmp_path)
    assert [fault.split(":")[0] for fault in faults] == [
        "exit code 0",
        "2 lines",
        "it does not say 'is a folder'",
        "something was changed",
    ]


def _fill(folder: Path, wire: Connection) -> None:
    wire.send_bytes(msgspec.json.encode(full.under_a_limit(folder, kilobytes=300)))


def test_a_full_disk_loses_nothing_and_work_goes_on(tmp_path: Path) -> None:
    """In a process whose files may not grow: one sentence, and work goes on once they may."""
    here, there = FORKS.Pipe(duplex=False)
    process = FORKS.Process(target=_fill, args=(tmp_path, there))
    process.start()
    there.close()
    result = msgspec.json.decode(here.recv_bytes(), type=full.Filled)
    process.join()
    here.close()
    assert result.wrong == []
    assert result.before > 0
    assert result.after == 20
    assert len(result.said) == 4
    assert all(one.startswith("The store failed: the disk") for one in result.said)


def test_a_killed_server_loses_nothing_that_was_acknowledged() -> None:
    """Its clients get a sentence, try again with the same ids, and go on."""
    result = served.killed(kills=1, clients=2, commands=400)
    assert result.wrong == []
    assert result.acknowledged == 800
    assert result.said != []


def test_a_sentence_with_a_password_is_unclear() -> None:
    """So is one that goes on in a second line, or that does not end."""
    said = ["It is gone.", f"It is {PASSWORD}.", "It is\ngone.", "It is gone"]
    assert len(served.unclear(said)) == 3
    assert served.unclear([]) == ["nobody was told that the server is gone"]
