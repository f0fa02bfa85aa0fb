"""The real program in a real terminal: what it writes, and typing into it."""

import os
import pty
import re
import select
import subprocess
import sys
import termios
import time
from pathlib import Path
from typing import Final, Self

from tests.ui.signals import hear_signals

WAIT_SECONDS: Final = 120
ESCAPE: Final = re.compile(rb"\x1b\[[0-9;?<>=$:]*[a-zA-Z]|\x1b\]22;[a-z-]*\x07")


class Terminal:
    """The program on a store, in a terminal of this many columns and rows."""

    def __init__(self, store: Path, *arguments: str, size: tuple[int, int] = (120, 36)) -> None:
        self.seen = b""
        self.master, slave = pty.openpty()
        termios.tcsetwinsize(self.master, (size[1], size[0]))
        program = [sys.executable, "-m", "escrow_tui", "--store", str(store), *arguments]
        self.process = subprocess.Popen(
            program,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
            preexec_fn=hear_signals,
            env={**os.environ, "TERM": "xterm-256color", "TEXTUAL_ANIMATIONS": "none"},
        )
        os.close(slave)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Leave nothing running."""
        self.process.kill()
        self.process.wait()
        os.close(self.master)

    @property
    def text(self) -> str:
        """All that it has written, without the sequences that move and colour."""
        return ESCAPE.sub(b"", self.seen).decode(errors="replace")

    def read(self) -> bool:
        """Read what comes within a moment; false when nothing does."""
        if not select.select([self.master], [], [], 0.1)[0]:
            return False
        try:
            data = os.read(self.master, 65_536)
        except OSError:  # the far side is closed
            return False
        self.seen += data
        return bool(data)

    def until(self, words: str) -> None:
        """Read until it has written these words since the last typing."""
        deadline = time.monotonic() + WAIT_SECONDS
        while words not in self.text:
            assert time.monotonic() < deadline, f"no {words!r} in {self.text[-4_000:]!r}"
            self.read()

    def type(self, keys: bytes) -> None:
        """Type; what was written before is kept in `seen` no longer."""
        self.seen = b""
        os.write(self.master, keys)

    def end(self) -> int:
        """Read until the program has ended, and return its exit code."""
        deadline = time.monotonic() + WAIT_SECONDS
        while self.process.poll() is None:
            assert time.monotonic() < deadline, "it is still there"
            self.read()
        while self.read():
            pass
        return self.process.returncode
