"""Turns among the processes that write to one file: SQLite's own waiting starves some of them."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock
from typing import IO

try:
    import fcntl
except ImportError:  # not on every system; there SQLite's own waiting is what there is
    fcntl = None  # type: ignore[assignment]

# Who holds the turn for so long has been stopped: the others go on without it, and SQLite's own
# lock still keeps them apart.
LONGEST = 10.0
_PAUSE = 0.000_2


class Turns:
    """A lock file beside the store, taken by one writer at a time; the last one removes it."""

    def __init__(self, path: Path) -> None:
        self._path = path.with_name(f"{path.name}-turn")
        self._file: IO[bytes] | None = None
        # The system's lock is one for the whole process.
        self._threads = Lock()

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Wait for the turn, and hold it for a block."""
        if fcntl is None:
            yield
            return
        with self._threads:
            file = self._waited()
            try:
                yield
            finally:
                fcntl.flock(file, fcntl.LOCK_UN)

    def close(self) -> None:
        """Let go of the file, and remove it where nobody holds it; who waits makes it anew."""
        with self._threads:
            if self._file is None:
                return
            if fcntl is not None:
                with suppress(OSError):
                    fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    self._path.unlink()
            self._file.close()
            self._file = None

    def _waited(self) -> IO[bytes]:
        until = time.monotonic() + LONGEST
        while True:
            file = self._opened()
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() > until:
                    return file
                time.sleep(_PAUSE)
            else:
                if self._is_there(file):
                    return file
                file.close()
                self._file = None

    def _opened(self) -> IO[bytes]:
        if self._file is None:
            self._file = self._path.open("ab")
        return self._file

    def _is_there(self, file: IO[bytes]) -> bool:
        """Say whether the file is the one that the others lock: one that closed removed it."""
        try:
            return os.path.samestat(self._path.stat(), os.fstat(file.fileno()))
        except FileNotFoundError:
            return False
