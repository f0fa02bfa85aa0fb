"""Removes unfinished worlds: a killed program leaves one, and the next run removes it."""

import os
import socket
from datetime import UTC, datetime, timedelta

from escrow_tui.store import RunHead, Store
from escrow_tui.store.care.removal import remove_market

# After this long, a world that another machine was making counts as abandoned.
_PATIENCE = timedelta(days=1)


def maker() -> str:
    """Return the name of this process, which an unfinished world's run keeps."""
    return f"{os.getpid()} {socket.gethostname()}"


def remove_leftovers(store: Store, now: str) -> int:
    """Remove each world that no process is making any more; `now` is the real time as ISO text."""
    with store.reading() as reading:
        unfinished = [run for run in reading.unfinished() if not _is_alive(run, now)]
    for run in unfinished:
        remove_market(store, run.market, run.id)
    return len(unfinished)


def _is_alive(run: RunHead, now: str) -> bool:
    process, _, host = run.ending.partition(" ")
    if host == socket.gethostname() and os.name == "posix":
        return _runs(int(process))
    begun = datetime.fromisoformat(run.created).astimezone(UTC)
    return datetime.fromisoformat(now).astimezone(UTC) - begun < _PATIENCE


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
