"""Writers take turns under a lock file, which the last of them removes."""

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
    """A clock that moves only when somebody sleeps; it replaces the module `time`."""

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
    """The clock that the waiting uses."""
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


def test_only_one_has_the_turn_at_a_time(tmp_path: Path) -> None:
    """Also among threads of one process, which the system's lock does not tell apart."""
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


def test_a_process_with_the_turn_keeps_another_out(tmp_path: Path) -> None:
    """The other gets it once the first has let go."""
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


def test_a_stopped_process_does_not_stop_the_others(
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


def test_a_newcomer_stands_back_for_a_moment(tmp_path: Path, clock: Clock) -> None:
    """A writer who has waited long asks for it; a request left by a killed process is too old."""
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


def test_a_writer_that_waits_long_asks_for_the_next_turn(tmp_path: Path, clock: Clock) -> None:
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
    """Closing while another waits does not take its lock away."""
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
