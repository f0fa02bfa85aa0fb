"""How a proof reports: figures as it goes, and the verdict in its last line."""

import sys
import time

_PATIENCE_SECONDS = 2.0


def say(line: str) -> None:
    """Write a line of figures."""
    sys.stdout.write(f"{line}\n")


def verdict(name: str, passed: bool, text: str) -> int:
    """Write the last line; return the exit code that goes with it."""
    say(f"{'PASS' if passed else 'FAIL'} {name}: {text}")
    return 0 if passed else 1


class Progress:
    """Reports progress on standard error every few seconds."""

    def __init__(self, what: str) -> None:
        self.what = what
        self._told = time.monotonic()

    def tell(self, text: str) -> None:
        """Write the progress, unless it was written a moment ago."""
        now = time.monotonic()
        if now - self._told >= _PATIENCE_SECONDS:
            self._told = now
            sys.stderr.write(f"{self.what}: {text}\n")
            sys.stderr.flush()
