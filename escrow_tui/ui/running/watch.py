"""A thread that waits for changes of the store and tells the app."""

from collections.abc import Callable
from contextlib import suppress
from threading import Event, Thread

from textual.message import Message

from escrow_tui.desk.session import ChangeWatcher, Session
from escrow_tui.files.storage_error import StorageError
from escrow_tui.ui.messages import Changed, Trouble, Well

# How long it waits at a time, and the least time between two changes that it tells.
_WAIT_SECONDS, _GAP_SECONDS = 0.2, 0.05
# How long after a failure the store is tried again.
_AGAIN_SECONDS = 0.5


class Watch:
    """Watches the store of a session until `end`; `ailing` is set while the store fails.

    A failing store is tried again in this thread, so that the person never waits for it.
    """

    def __init__(self, session: Session, tell: Callable[[Message], object]) -> None:
        self.ailing = Event()
        self._session = session
        self._tell_app = tell
        self._over = Event()
        self._watcher: ChangeWatcher | None = None
        self._thread = Thread(target=self._run, name="watch", daemon=True)
        self._thread.start()

    def end(self, *, wait: bool = False) -> None:
        """Stop, from any thread; with `wait`, return once the thread has ended."""
        self._over.set()
        if self._watcher is not None:
            self._watcher.close()  # wakes the thread at once
        if wait:
            self._thread.join()

    def _run(self) -> None:
        while not self._over.is_set():
            try:
                self._wait_for_a_change()
            except StorageError as problem:
                self.ailing.set()
                self._tell(Trouble(str(problem), gone=True))
                self._over.wait(_AGAIN_SECONDS)
        if self._watcher is not None:
            self._watcher.close()  # it may have been opened during `end`

    def _wait_for_a_change(self) -> None:
        if self._watcher is None:
            self._watcher = self._session.watch()
        if self.ailing.is_set():
            self._try_again()
        if self._watcher.changed(_WAIT_SECONDS):
            self._tell(Changed())
            self._over.wait(_GAP_SECONDS)

    def _try_again(self) -> None:
        """Tell that the store works again, or that it can be read but not written."""
        self._session.point()
        try:
            self._session.try_out()
        except StorageError as problem:
            self._tell(Trouble(str(problem), gone=False))
            self._over.wait(_AGAIN_SECONDS)
        else:
            self.ailing.clear()
            self._tell(Well())

    def _tell(self, message: Message) -> None:
        # The app may end while the message is posted.
        with suppress(RuntimeError):
            if not self._over.is_set():
                self._tell_app(message)
