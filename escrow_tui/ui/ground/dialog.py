"""The ground of every dialog: a frame with a title, its body, and a button for each answer."""

from typing import ClassVar, Literal

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen, ScreenResultType
from textual.widgets import Button

from escrow_tui.desk.session import News, Session
from escrow_tui.engine.roles import Actor
from escrow_tui.ui.ground.actions import DIALOG, actions_at
from escrow_tui.ui.ground.keyed_screen import KeyedScreen
from escrow_tui.ui.safety.text import shown


class Dialog(ModalScreen[ScreenResultType], KeyedScreen[ScreenResultType]):
    """A subclass gives its `place`, title and body; AUTO_FOCUS says where the focus starts.

    Each `shown` action of the place has a button: the first closes the dialog, the last is what
    the dialog is for. On a narrow terminal it has the class `-narrow`. With the class `question`
    it is smaller and framed as a warning.
    """

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 - Textual types it
    DEFAULT_CSS = """
    Dialog { align: center middle; background: $background 70%; }
    Dialog #dialog {
        width: 92%; max-width: 96; height: auto; max-height: 94%;
        border: round $primary; background: $surface; padding: 0 1;
    }
    Dialog.question #dialog { width: 90%; max-width: 72; border: round $warning; }
    Dialog #buttons { height: 1; align-horizontal: right; }
    Dialog.question #buttons { margin-top: 1; }
    Dialog #buttons Button { margin-left: 2; }
    """
    place = DIALOG
    chief: ClassVar[Literal["primary", "warning"]] = "primary"

    @property
    def dialog_title(self) -> str:
        """The title in the frame."""
        return ""

    def body(self) -> ComposeResult:
        """The widgets above the buttons, as they are when the dialog opens."""
        yield from ()

    def read(self) -> None:
        """Show what has changed while the dialog was open."""

    def compose(self) -> ComposeResult:
        """The frame, the body, the buttons."""
        with Vertical(id="dialog") as dialog:
            dialog.border_title = shown(self.dialog_title)
            yield from self.body()
            with Horizontal(id="buttons"):
                yield from self._buttons()

    def _buttons(self) -> ComposeResult:
        *others, chief = (action.id for action in actions_at(self.place) if action.shown)
        for name in others:
            yield Button(self.label(name), id=name, compact=True)
        yield Button(self.label(chief), id=chief, variant=self.chief, compact=True)

    def renew(self, news: tuple[News, ...]) -> tuple[News, ...]:
        """Show what others have changed; return the news that the app should still tell."""
        if self.is_mounted and self.is_attached:
            self.read()
        return news

    def do_close(self) -> None:
        """Close it without doing anything."""
        self.dismiss()


class MarketDialog(Dialog[None]):
    """A dialog inside a market; it is constructed like a `PlaceScreen`."""

    def __init__(self, session: Session, actor: Actor, order_id: str = "", about: str = "") -> None:
        super().__init__()
        self.session = session
        self.actor = actor
        self.order_id = order_id
        self.about = about
