"""How a proof says what it found: figures as it goes, and in the last line the verdict."""

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
    """Tells on standard error how far something is, every few seconds."""

    def __init__(self, what: str) -> None:
        self.what = what
        self._told = time.monotonic()

    def tell(self, text: str) -> None:
        """Write how far it is, unless it was written a moment ago."""
        now = time.monotonic()
        if now - self._told >= _PATIENCE_SECONDS:
            self._told = now
            sys.stderr.write(f"{self.what}: {text}\n")
            sys.stderr.flush()
