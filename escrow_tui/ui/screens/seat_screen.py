"""A seat has no lobby: the screen until it is taken, and the question before it is left."""

from textual.app import ComposeResult
from textual.widgets import Static

from escrow_tui.ui.ground.dialog import Dialog
from escrow_tui.ui.ground.keyed_screen import KeyedScreen
from escrow_tui.ui.messages import NotOpened, Play
from escrow_tui.ui.safety.text import shown
from escrow_tui.ui.widgets.quiet_footer import QuietFooter

OPENING = "Taking your seat …"


class SeatScreen(KeyedScreen[None]):
    """Says that the seat is being taken, or why it cannot be; then it can be tried again."""

    place = "seat"
    DEFAULT_CSS = """
    SeatScreen #said { width: 100%; height: 1fr; content-align: center middle; padding: 1 4; }
    """

    def compose(self) -> ComposeResult:
        """One sentence."""
        yield Static(OPENING, id="said", markup=False)
        yield QuietFooter()

    def on_not_opened(self, message: NotOpened) -> None:
        """Say why."""
        self.query_one("#said", Static).update(shown(message.why, 600, multiline=True))

    def do_again(self) -> None:
        """Try again."""
        self.query_one("#said", Static).update(OPENING)
        self.post_message(Play())

    def do_quit(self) -> None:
        """End the program."""
        self.app.exit()


class LeaveScreen(Dialog[None]):
    """Asks before the program is left from the desk of a seat; Enter leaves."""

    place = "leave"
    AUTO_FOCUS = "#quit"
    DEFAULT_CLASSES = "question"
    dialog_title = "Leave your seat?"

    def body(self) -> ComposeResult:
        """What leaving means."""
        yield Static(
            "Everything is kept, and the market goes on without you. To come back, type on"
            " this machine, with the same --store: escrow-tui join",
            markup=False,
        )

    def do_quit(self) -> None:
        """End the program."""
        self.app.exit()
