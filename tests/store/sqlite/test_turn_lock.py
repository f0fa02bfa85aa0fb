"""Writers take turns under a lock file, which is gone with the last of them."""

import fcntl
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from select import select

import pytest

from escrow_tui.store.sqlite import turn_lock
from escrow_tui.store.sqlite.turn_lock import Turns
from tests.given.store_world import python

HOLD = """
import sys
from pathlib import Path
from escrow_tui.store.sqlite.turn_lock import Turns
with Turns(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


class Clock:
    """A clock that goes on only when somebody sleeps; it stands in for the module `time`."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def monotonic(self) -> float:
        """The instant."""
        return self.now

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        self.now += seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock by which turns are waited for."""
    clock = Clock()
    monkeypatch.setattr(turn_lock, "time", clock)
    return clock


def _holder(path: Path) -> "subprocess.Popen[str]":
    """Start a process that holds the turn until its input is closed."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_one_at_a_time_has_the_turn(tmp_path: Path) -> None:
    """Threads of a process too: the system's lock alone is one for all of them."""
    mine, inside, most = Turns(tmp_path / "s"), 0, 0

    def take(_: int) -> None:
        nonlocal inside, most
        with mine:
            inside += 1
            most = max(most, inside)
            time.sleep(0.001)
            inside -= 1

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(take, range(40)))
    assert most == 1
    mine.close()


def test_who_holds_the_turn_keeps_another_process_out(tmp_path: Path) -> None:
    """It has it once the first has let go."""
    path = tmp_path / "s"
    with _holder(path) as first:
        second = python("-c", HOLD, str(path))
        assert second.stdout is not None
        assert not select([second.stdout], [], [], 0.3)[0]
        assert first.poll() is None
        assert second.poll() is None
        assert first.stdin is not None
        first.stdin.close()
        assert second.stdout.readline() == "held\n"
        second.kill()
        second.wait()
        second.stdout.close()


def test_who_was_stopped_does_not_stop_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After some time they go on: SQLite's own lock still keeps them apart."""
    monkeypatch.setattr(turn_lock, "LONGEST", 0.05)
    path = tmp_path / "s"
    with _holder(path) as holder:
        waiting = Turns(path)
        with waiting:
            assert holder.poll() is None
        holder.kill()
    waiting.close()


def test_who_came_later_stands_back_for_a_moment(tmp_path: Path, clock: Clock) -> None:
    """Somebody who waits for long asks for it; what is left in the file by a killed one is old."""
    moment = turn_lock._MOMENT
    path = tmp_path / "s"
    waiting, later = Turns(path), Turns(path)
    with waiting:
        pass
    for asked, stood_back in ((moment, True), (-1.0, False), (1_000.0, False)):
        began = clock.now
        path.with_name("s-turn").write_bytes(turn_lock._INSTANT.pack(began + asked))
        with later:
            waited = clock.now - began
        assert (moment <= waited < 2 * moment) if stood_back else waited == 0
    later.close()
    waiting.close()


def test_who_waits_for_long_asks_for_patience(tmp_path: Path, clock: Clock) -> None:
    """While another process holds the turn, the request is renewed again and again."""
    path = tmp_path / "s"
    with _holder(path) as holder:
        waiting = Turns(path)
        with waiting:
            (until,) = turn_lock._INSTANT.unpack(path.with_name("s-turn").read_bytes())
            assert until == clock.now + turn_lock._MOMENT
        holder.kill()
    waiting.close()


def test_the_last_one_leaves_no_file(tmp_path: Path) -> None:
    """Who closes while another waits does not take its lock away."""
    path = tmp_path / "s"
    one, other = Turns(path), Turns(path)
    for each in (one, other):
        with each:
            pass
    one.close()
    third = path.with_name("s-turn").open("ab")
    with third, other, pytest.raises(BlockingIOError):
        fcntl.flock(third, fcntl.LOCK_EX | fcntl.LOCK_NB)
    other.close()
    assert list(tmp_path.iterdir()) == []
