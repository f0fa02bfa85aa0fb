"""Waiting for what the app does in a thread: bounded, and without a sleep."""

from collections.abc import Callable
from time import monotonic

from textual.pilot import Pilot

MOST_PAUSES = 400


async def until(pilot: Pilot[None], holds: Callable[[], bool]) -> None:
    """Pause until it holds; fail where it never does."""
    for _ in range(MOST_PAUSES):
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        if holds():
            return
    raise AssertionError(f"it never came to that; on top is {pilot.app.screen}")


MOST_SECONDS = 30.0


async def until_seen(pilot: Pilot[None], holds: Callable[[], bool]) -> None:
    """Pause until something that comes from elsewhere holds; fail where it is not in time."""
    end = monotonic() + MOST_SECONDS
    while not holds():
        assert monotonic() < end, f"it never came to that; on top is {pilot.app.screen}"
        assert pilot.app._exception is None
        await pilot.pause()
