"""T1: from starting the command to the first frame with the store's data, in a pty."""

import os
import pty
import select
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from fcntl import ioctl
from pathlib import Path

GOAL = 1.5
ROUNDS = 15
PATIENCE_SECONDS = 20

# The floor: Textual itself, with one word to wait for.
EMPTY_APP = """
from textual.app import App
from textual.widgets import Static

class Empty(App):
    def compose(self):
        yield Static("first-frame")

Empty().run()
"""


def seconds_to(marker: bytes, command: list[str]) -> float:
    """Return the seconds from starting a command in a pty until it has painted the marker."""
    master, slave = pty.openpty()
    ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 36, 120, 0, 0))
    env = os.environ | {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
    began = time.perf_counter()
    process = subprocess.Popen(
        command, stdin=slave, stdout=slave, stderr=slave, env=env, start_new_session=True
    )
    os.close(slave)
    try:
        return _until(marker, master, began)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
        os.close(master)


def _until(marker: bytes, master: int, began: float) -> float:
    seen = b""
    while time.perf_counter() - began < PATIENCE_SECONDS:
        ready, _, _ = select.select([master], [], [], 0.5)
        if ready:
            seen += os.read(master, 1 << 16)
        if marker in seen:
            return time.perf_counter() - began
    raise TimeoutError(f"{marker!r} was not painted; the last bytes: {seen[-400:]!r}")


def compare(rounds: int = ROUNDS) -> tuple[float, float]:
    """Return the medians of ours and of the floor, in seconds, measured in turns."""
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "market.sqlite"
        ours = [sys.executable, "-m", "escrow_tui", "--store", str(store)]
        floor = [sys.executable, "-c", EMPTY_APP]
        _fill(store)
        pairs = [
            (seconds_to(b"in progress", ours), seconds_to(b"first-frame", floor))
            for _ in range(rounds + 1)
        ]
    # The first round reads the disk.
    mine, theirs = zip(*pairs[1:], strict=True)
    return statistics.median(mine), statistics.median(theirs)


def _fill(store: Path) -> None:
    """Put a run into the store, so that the first frame has something to read."""
    from escrow_tui.scenarios import opening

    opened = opening.store_at(store)
    opening.sit(opened, exercise="first-order", run="", seed=1, created="2026-01-01T00:00:00")
    opened.close()


def main() -> int:
    """Print ours beside the floor, and the verdict."""
    ours, floor = compare()
    ratio = ours / floor
    held = ratio <= GOAL
    print(f"T1 first frame with data   {ours * 1000:7.0f} ms")
    print(f"   an empty Textual app    {floor * 1000:7.0f} ms")
    print(f"   ratio {ratio:.2f}, goal at most {GOAL:.2f}: {'held' if held else 'MISSED'}")
    return 0 if held else 1
