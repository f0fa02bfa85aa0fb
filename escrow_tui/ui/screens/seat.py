"""A seat has no lobby: what stands there until it is taken, and the question before leaving it."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen, Screen
from textual.widgets import Button, Static

from escrow_tui.ui.messages import NotOpened, Play
from escrow_tui.ui.safety.text import shown
from escrow_tui.ui.widgets.quiet_footer import QuietFooter

OPENING = "Taking your seat …"


class SeatScreen(Screen[None]):
    """Says that the seat is being taken, or why it cannot be; then one may try again."""

    DEFAULT_CSS = """
    SeatScreen #said { width: 100%; height: 1fr; content-align: center middle; padding: 1 4; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "again", "Try again", tooltip="Take the seat once more"),
        Binding("escape", "leave", "Leave", tooltip="End the program; the seat stays yours"),
    ]

    def compose(self) -> ComposeResult:
        """One sentence."""
        yield Static(OPENING, id="said", markup=False)
        yield QuietFooter()

    def on_not_opened(self, message: NotOpened) -> None:
        """Say why."""
        self.query_one("#said", Static).update(shown(message.why, 600, multiline=True))

    def action_again(self) -> None:
        """Try again."""
        self.query_one("#said", Static).update(OPENING)
        self.post_message(Play())

    def action_leave(self) -> None:
        """End the program."""
        self.app.exit()


class LeaveScreen(ModalScreen[None]):
    """Asks before the program is left from the desk of a seat."""

    DEFAULT_CSS = """
    LeaveScreen { align: center middle; background: $background 70%; }
    LeaveScreen #dialog {
        width: 90%; max-width: 72; height: auto;
        border: round $warning; background: $surface; padding: 0 1;
    }
    LeaveScreen #buttons { height: 1; align-horizontal: right; margin-top: 1; }
    LeaveScreen Button { margin-left: 2; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,y", "leave", "Leave", tooltip="End the program; the seat stays yours"),
        Binding("escape", "stay", "Stay", tooltip="Go on"),
    ]

    def compose(self) -> ComposeResult:
        """What leaving means, and two buttons."""
        with Vertical(id="dialog") as dialog:
            dialog.border_title = "Leave your seat?"
            yield Static(
                "Everything is kept, and the market goes on without you. To come back, type on"
                " this machine, with the same --store: escrow-tui join",
                markup=False,
            )
            with Horizontal(id="buttons"):
                yield Button("Stay (esc)", id="stay", compact=True)
                yield Button("Leave (enter)", id="leave", variant="primary", compact=True)

    def on_mount(self) -> None:
        """Enter leaves."""
        self.query_one("#leave").focus()

    @on(Button.Pressed, "#leave")
    def action_leave(self) -> None:
        """End the program."""
        self.app.exit()

    @on(Button.Pressed, "#stay")
    def action_stay(self) -> None:
        """Go on."""
        self.dismiss()
