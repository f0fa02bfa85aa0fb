"""A real app in a real terminal, ended in every way: the terminal must be restored completely."""

import os
import pty
import re
import select
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest
from textual.drivers.headless_driver import HeadlessDriver
from textual.drivers.linux_driver import LinuxDriver

from escrow_tui.ui.safety.driver import Output, SafeDriver
from escrow_tui.ui.safety.shutdown import BEAT_SECONDS, GRACE_SECONDS
from escrow_tui.ui.safety.terminal import safe_driver
from tests.ui.signals import hear_signals

# Time limits that even a busy machine does not come near.
START_SECONDS: Final = 120
END_SECONDS: Final = 120
ON_AT_REST: Final = {"7": True, "25": True}  # lines wrap and the cursor is visible; all else is off
ESCAPE: Final = re.compile(rb"\x1b\[[0-9;?<>=$]*[a-zA-Z]|\x1b\]22;[a-z-]*\x07")
CTRL_Q: Final = b"\x11"
ENTER: Final = b"\r"


class Terminal:
    """The far side of a terminal in which the victim runs."""

    def __init__(self, ended: Path, *arguments: str) -> None:
        self.seen = b""
        self.ended = ended
        self.master, slave = pty.openpty()
        termios.tcsetwinsize(self.master, (120, 80))  # room for every hostile text
        self.name = os.ttyname(slave)
        self.attributes = termios.tcgetattr(slave)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.ui.safety.victim", str(ended), *arguments],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
            preexec_fn=hear_signals,
            env={**os.environ, "TERM": "xterm-256color", "TEXTUAL_ANIMATIONS": "none"},
        )
        os.close(slave)

    def read(self, seconds: float) -> bool:
        """Read what is there; return False at the end."""
        if not select.select([self.master], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self.master, 65536)
        except OSError:
            return False
        self.seen += data
        return bool(data)

    def read_until(self, marker: str) -> None:
        """Read until the marker appears after this call, on the screen or as a sequence."""
        deadline = time.monotonic() + START_SECONDS
        start, wanted = len(self.seen), marker.encode()
        while wanted not in self.seen[start:] + ESCAPE.sub(b"", self.seen[start:]):
            assert time.monotonic() < deadline, f"no {marker!r} in {self.seen[-4_000:]!r}"
            self.read(0.1)

    def type(self, data: bytes) -> None:
        """Type on the keyboard."""
        os.write(self.master, data)

    def end(self, deed: Callable[[], None]) -> int:
        """Do it, read to the end, and return the exit code, which must come in time."""
        started = time.monotonic()
        deed()
        while self.process.poll() is None:
            assert time.monotonic() - started < END_SECONDS, "it is still there"
            self.read(0.02)
        while self.read(0):
            pass
        return self.process.returncode

    def modes_left(self) -> dict[str, bool]:
        """Return the modes that differ from how they were found."""
        state: dict[str, bool] = {}
        for modes, switch in re.findall(rb"\x1b\[\?([0-9;]+)([hl])", self.seen):
            state |= dict.fromkeys(modes.decode().split(";"), switch == b"h")
        assert state.get("1049") is not None, "it never took the terminal"
        return {mode: on for mode, on in state.items() if on != ON_AT_REST.get(mode, False)}

    def assert_restored(self) -> None:
        """Every mode is off, no keyboard protocol is left, and line editing is as before."""
        assert self.modes_left() == {}
        assert self.seen.count(b"\x1b[>") <= self.seen.count(b"\x1b[<u")
        assert termios.tcgetattr(self.master) == self.attributes


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    """A terminal in which the victim is ready, and gets all the time that it needs to end."""
    yield from started(tmp_path / "ended", "patient")


@pytest.fixture
def deaf_terminal(tmp_path: Path) -> Iterator[Terminal]:
    """The same, but the program was started to ignore hang-ups, as by nohup."""
    yield from started(tmp_path / "ended", "patient", "nohup")


@pytest.fixture
def stuck_terminal(tmp_path: Path) -> Iterator[Terminal]:
    """The same, for a victim that never ends by itself: it gets only the real app's grace time."""
    yield from started(tmp_path / "ended")


def started(ended: Path, *arguments: str) -> Iterator[Terminal]:
    """Start the victim, and leave nothing running."""
    terminal = Terminal(ended, *arguments)
    try:
        terminal.read_until("READY")
        yield terminal
    finally:
        terminal.process.kill()
        terminal.process.wait()
        if terminal.master >= 0:
            os.close(terminal.master)


def hang_up(terminal: Terminal) -> None:
    """Close the window."""
    os.close(terminal.master)
    terminal.master = -1


def test_a_quit_restores_the_terminal(terminal: Terminal) -> None:
    """The baseline for all the others."""
    assert terminal.end(lambda: terminal.type(CTRL_Q)) == 0
    terminal.assert_restored()


def test_a_modern_terminal_is_restored_too(terminal: Terminal) -> None:
    """One that reports its size by itself, and the mouse's position in pixels."""
    terminal.type(b"\x1b[?2048;2$y")
    terminal.read_until("\x1b[?1016h")
    assert terminal.end(lambda: terminal.type(CTRL_Q)) == 0
    terminal.assert_restored()


def test_an_exit_code_is_kept(terminal: Terminal) -> None:
    """The app's exit code is the shell's."""
    assert terminal.end(lambda: terminal.type(b"3" + ENTER)) == 3
    terminal.assert_restored()


def test_a_crash_restores_the_terminal(terminal: Terminal) -> None:
    """An error of ours is shown on a terminal that works."""
    assert terminal.end(lambda: terminal.type(b"crash" + ENTER)) == 1
    terminal.assert_restored()
    assert b"on purpose" in terminal.seen.partition(b"\x1b[?1049l")[2]


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"])
def test_a_signal_ends_it_with_its_number(terminal: Terminal, name: str) -> None:
    """The terminal is restored, and the shell learns which signal it was."""
    number = signal.Signals[name]
    assert terminal.end(lambda: terminal.process.send_signal(number)) == 128 + number
    terminal.assert_restored()


def test_two_signals_end_it_once(terminal: Terminal) -> None:
    """The first signal counts."""

    def both() -> None:
        terminal.process.send_signal(signal.SIGTERM)
        terminal.process.send_signal(signal.SIGINT)

    assert terminal.end(both) in (128 + signal.SIGTERM, 128 + signal.SIGINT)
    terminal.assert_restored()


def test_a_stuck_app_is_ended_by_force(stuck_terminal: Terminal) -> None:
    """An app that no longer responds ends in time, and leaves no mode on."""
    stuck_terminal.type(b"stuck" + ENTER)
    stuck_terminal.read_until("STUCK")
    assert stuck_terminal.end(lambda: stuck_terminal.process.send_signal(signal.SIGTERM)) == 143
    stuck_terminal.assert_restored()


def test_a_stuck_app_ends_within_two_seconds() -> None:
    """From the signal to the end."""
    assert GRACE_SECONDS + BEAT_SECONDS < 2


def test_a_waiting_thread_does_not_keep_the_program_alive(stuck_terminal: Terminal) -> None:
    """The interpreter waits for its threads; the watchdog does not."""
    stuck_terminal.type(b"worker" + ENTER)
    stuck_terminal.read_until("WAITING")
    assert stuck_terminal.end(lambda: stuck_terminal.process.send_signal(signal.SIGTERM)) == 143
    stuck_terminal.assert_restored()


def test_a_closed_terminal_ends_it(terminal: Terminal) -> None:
    """The hang-up signal comes, and each write fails."""
    hang_up(terminal)
    assert terminal.process.wait(END_SECONDS) == 129
    assert terminal.ended.exists(), "what runs after the app did not run"


def test_a_closed_terminal_ends_it_without_a_signal(deaf_terminal: Terminal) -> None:
    """The app notices by itself that its input has ended, and does not go on reading."""
    hang_up(deaf_terminal)
    assert deaf_terminal.process.wait(END_SECONDS) == 129
    assert deaf_terminal.ended.exists(), "what runs after the app did not run"


def test_a_signal_that_is_ignored_stays_ignored(deaf_terminal: Terminal) -> None:
    """A person who starts it with nohup means it."""
    deaf_terminal.process.send_signal(signal.SIGHUP)
    deaf_terminal.type(b"here")
    deaf_terminal.read_until("TYPED<here>")
    assert deaf_terminal.end(lambda: deaf_terminal.type(CTRL_Q)) == 0


def test_a_terminal_with_stopped_output_does_not_keep_the_process_alive(
    stuck_terminal: Terminal,
) -> None:
    """After Ctrl+S nothing can be written, and the process still ends in time."""
    line = os.open(stuck_terminal.name, os.O_RDWR | os.O_NOCTTY)
    termios.tcflow(line, termios.TCOOFF)
    stuck_terminal.process.send_signal(signal.SIGTERM)
    assert stuck_terminal.process.wait(END_SECONDS) == 143
    assert termios.tcgetattr(line) == stuck_terminal.attributes
    os.close(line)


def test_a_broken_byte_does_not_end_it(terminal: Terminal) -> None:
    """It is shown as a replacement character, and what follows is read."""
    terminal.type(b"a\xffb\xc3\x28\xe2\x82")
    terminal.type(b"z\xc3")
    terminal.read_until("TYPED<a�b�(�z>")
    terminal.type(b"\xa9")  # the second half of a character, after the first was read
    terminal.read_until("zé>")
    assert terminal.end(lambda: terminal.type(CTRL_Q)) == 0
    terminal.assert_restored()


@pytest.mark.parametrize("sequence", [b"\x1b[:~", b"\x1b[99999999999999999999~"])
def test_an_unknown_sequence_does_not_end_it(terminal: Terminal, sequence: bytes) -> None:
    """Textual's parser fails on these; they are skipped."""
    terminal.type(b"a" + sequence)
    terminal.read_until("TYPED<a>")
    terminal.type(b"b")
    terminal.read_until("b>")
    assert terminal.end(lambda: terminal.type(CTRL_Q)) == 0
    terminal.assert_restored()


def test_no_hostile_text_reaches_the_terminal(terminal: Terminal) -> None:
    """Every text in a label that forgot `clean`: only Textual's own sequences are sent."""
    terminal.type(b"hostile" + ENTER)
    terminal.read_until("ALL SHOWN")
    assert terminal.end(lambda: terminal.type(CTRL_Q)) == 0
    text = ESCAPE.sub(b"", terminal.seen).decode()
    assert not re.findall("[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f]", text)
    assert b"\x1b]0" not in terminal.seen
    assert b"\x1b]8" not in terminal.seen
    assert b"\x1b[8;1;1t" not in terminal.seen
    assert "Track my parcel" in text
    terminal.assert_restored()


def test_writing_to_a_closed_pipe_is_no_error() -> None:
    """Each write fails, also when it is flushed later."""
    reader, writer = os.pipe()
    os.close(reader)
    output = Output(os.fdopen(writer, "wb", closefd=False), "utf-8")
    for _ in range(3):
        assert output.write("x" * 20_000) == 20_000
        output.flush()
    os.close(writer)


def test_only_the_terminal_driver_is_replaced() -> None:
    """A browser and a test keep theirs."""
    assert safe_driver(LinuxDriver) is SafeDriver
    assert safe_driver(HeadlessDriver) is HeadlessDriver
