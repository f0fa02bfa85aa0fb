"""An app to be ended in every way; `test_terminal` runs it in a terminal of its own."""

import fcntl
import signal
import sys
import termios
import threading
from collections.abc import Sequence
from pathlib import Path

from textual import work
from textual.app import App, ComposeResult
from textual.content import Content
from textual.driver import Driver
from textual.filter import LineFilter
from textual.widgets import Input, Label

from escrow_tui.ui.safety import shutdown as ending
from escrow_tui.ui.safety.line_filter import SafeLines
from escrow_tui.ui.safety.terminal import safe_driver
from escrow_tui.ui.safety.text import shown
from tests.given.hostile_text import HOSTILE

SHORT = 60


class Victim(App[None]):
    """Shows what was typed, and gets stuck or crashes when it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.safe_lines = SafeLines()

    def get_driver_class(self) -> type[Driver]:
        """As in the real app."""
        return safe_driver(super().get_driver_class())

    def get_line_filters(self) -> Sequence[LineFilter]:
        """As in the real app."""
        return [*super().get_line_filters(), self.safe_lines]

    def compose(self) -> ComposeResult:
        """A field to type in, and what was typed."""
        yield Label(id="typed")
        yield Input()

    def on_ready(self) -> None:
        """Tell the test that the modes are on, and that it may begin."""
        self.query_one("#typed", Label).update("READY")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what was typed, each time with its length so that the frame differs."""
        self.query_one("#typed", Label).update(shown(f"TYPED<{event.value}>"))

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Do what was typed."""
        match event.value:
            case "crash":
                raise RuntimeError("on purpose")
            case "stuck":
                self.query_one("#typed", Label).update("STUCK")
                # The loop is blocked; only the watchdog can end this.
                self.call_after_refresh(threading.Event().wait)
            case "worker":
                self.wait_for_ever()
            case "hostile":
                # This label comes last: once it is painted, all of them are.
                texts = (*(text[:SHORT] for text in HOSTILE), "ALL SHOWN")
                await self.mount(*(Label(Content(text)) for text in texts))
            case code:
                self.exit(return_code=int(code))

    @work(thread=True)
    def wait_for_ever(self) -> None:
        """Wait in a thread that the interpreter waits for."""
        self.call_from_thread(self.query_one("#typed", Label).update, "WAITING")
        threading.Event().wait()


if __name__ == "__main__":
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    if "patient" in sys.argv:
        # On a busy machine an orderly end takes longer than the real app's grace time.
        setattr(ending, "GRACE_SECONDS", 120.0)  # noqa: B010 - it is final in the app
    if "nohup" in sys.argv:
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
    app = Victim()
    app.run()
    Path(sys.argv[1]).touch()
    sys.exit(app.return_code)
