"""Ends the app on a signal or when its terminal is gone: in good order, or else by force."""

import asyncio
import os
import signal
import time
from collections.abc import Callable
from threading import Thread
from types import FrameType
from typing import Any, Final

from textual.app import App

GRACE_SECONDS: Final = 1.2
BEAT_SECONDS: Final = 0.1
SIGNALS: Final = ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT")


class Watchdog(Thread):
    """Makes sure that the process ends soon after it was told to.

    The app is asked first. If it does not answer, because it computes, waits for another thread, or
    writes to a terminal that no longer reads, the terminal is restored and the process ends without
    the app. There is no lock in here, since a signal may come at any instruction.
    """

    def __init__(self, app: App[Any], restore: Callable[[], None]) -> None:
        super().__init__(name="watchdog", daemon=True)
        self._app = app
        self._loop = asyncio.get_running_loop()
        self._restore = restore
        self._due: tuple[float, int] | None = None

    def end(self, code: int) -> None:
        """Ask the app to exit with this code; only the first call counts. Any thread may call."""
        if self._due is not None:
            return
        self._due = (time.monotonic() + GRACE_SECONDS, code)
        if self._loop.is_closed():  # the app has ended, but something still runs after it
            raise SystemExit(code)
        self._loop.call_soon_threadsafe(self._app.exit, None, code)

    def run(self) -> None:
        """Wait until the grace period is over, then end the process."""
        while self._due is None or time.monotonic() < self._due[0]:
            time.sleep(BEAT_SECONDS)
        self._restore()
        os._exit(self._due[1])


def start_watchdog(app: App[Any], restore: Callable[[], None]) -> Watchdog:
    """Start the thread. `SafeDriver` calls this in the app's loop; `restore` must not wait."""
    watchdog = Watchdog(app, restore)
    watchdog.start()
    return watchdog


def install_signals(watchdog: Watchdog) -> None:
    """End on each signal that ends a program, with 128 + its number. `SafeDriver` calls this.

    A signal that the caller has told the program to ignore, as nohup does, stays ignored.
    """

    def handle(number: int, _frame: FrameType | None) -> None:
        watchdog.end(128 + number)

    for name in SIGNALS:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, handle)
