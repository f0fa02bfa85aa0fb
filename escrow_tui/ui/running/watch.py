"""A thread that waits for what is written to the store, and tells the app of it."""

from collections.abc import Callable
from contextlib import suppress
from threading import Event, Thread

from textual.message import Message

from escrow_tui.desk.session import ChangeWatcher, Session
from escrow_tui.scenarios.lobby import StoreProblem
from escrow_tui.ui.messages import Changed, Trouble, Well

# So long it waits at a time, and so long at least from one change to the next that is told.
_WAIT_SECONDS, _GAP_SECONDS = 0.2, 0.05
# So long after a store has failed it is tried again.
_AGAIN_SECONDS = 0.5


class Watch:
    """Watches the store of a session until it is ended; `ailing` is set while the store fails.

    A store that fails is tried again here, and not where the person waits for it.
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
        """End it, from any thread; `wait` until it has."""
        self._over.set()
        if self._watcher is not None:
            self._watcher.close()  # who waits for a change is told at once that there is none
        if wait:
            self._thread.join()

    def _run(self) -> None:
        while not self._over.is_set():
            try:
                self._wait_for_a_change()
            except StoreProblem as problem:
                self.ailing.set()
                self._tell(Trouble(str(problem), gone=True))
                self._over.wait(_AGAIN_SECONDS)
        if self._watcher is not None:
            self._watcher.close()  # it may have been opened while the end was asked for

    def _wait_for_a_change(self) -> None:
        if self._watcher is None:
            self._watcher = self._session.watch()
        if self.ailing.is_set():
            self._try_again()
        if self._watcher.changed(_WAIT_SECONDS):
            self._tell(Changed())
            self._over.wait(_GAP_SECONDS)

    def _try_again(self) -> None:
        """Tell that the store is well again; where it can be read and not written, tell that."""
        self._session.point()
        try:
            self._session.try_out()
        except StoreProblem as problem:
            self._tell(Trouble(str(problem), gone=False))
            self._over.wait(_AGAIN_SECONDS)
        else:
            self.ailing.clear()
            self._tell(Well())

    def _tell(self, message: Message) -> None:
        # The app may end while it is told.
        with suppress(RuntimeError):
            if not self._over.is_set():
                self._tell_app(message)
