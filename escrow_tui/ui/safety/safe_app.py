"""An app that restores the terminal, and lets no control character from other people reach it."""

from textual.app import App
from textual.driver import Driver
from textual.filter import LineFilter

from escrow_tui.ui.safety.line_filter import SafeLines
from escrow_tui.ui.safety.terminal import safe_driver
from escrow_tui.ui.safety.watchers import prune_watchers


class SafeApp(App[None]):
    """Uses the driver and the line filter of this folder, and reports crashes without secrets."""

    def __init__(self) -> None:
        super().__init__()
        self._safe_lines = SafeLines()

    def get_driver_class(self) -> type[Driver]:
        """Return the driver that restores the terminal whatever happens."""
        return safe_driver(super().get_driver_class())

    def get_line_filters(self) -> list[LineFilter]:
        """Let no control character through, whichever widget it came from."""
        return [*super().get_line_filters(), self._safe_lines]

    def _fatal_error(self) -> None:
        """Report a crash without local variables, which may hold somebody's card number."""
        from rich.segment import Segments
        from rich.traceback import Traceback

        self.bell()
        traceback = Traceback(show_locals=False, width=None, suppress=["textual"])
        self._exit_renderables.append(
            Segments(self.console.render(traceback, self.console.options))
        )
        self._close_messages_no_wait()

    def on_mount(self) -> None:
        """Call `changed_screens` after each change of screen."""
        self.screen_change_signal.subscribe(self, lambda _: self.call_later(self.changed_screens))

    def changed_screens(self) -> None:
        """Let go of the watchers of dead widgets."""
        prune_watchers(self)
