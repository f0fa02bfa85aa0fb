"""Moving the clock over a deadline: what it brings is said first, because it may move money."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Static

from escrow_tui.desk.session import News, Session
from escrow_tui.engine.answers import Refused
from escrow_tui.engine.roles import Actor
from escrow_tui.ui.ground.looking import order_view
from escrow_tui.ui.running.store_trouble import Minding
from escrow_tui.ui.safety.text import shown
from escrow_tui.views.vocabulary import utc_text


class ClockScreen(Minding, ModalScreen[None]):
    """Asks before the clock is moved: to the next deadline, or by a number of seconds."""

    DEFAULT_CSS = """
    ClockScreen { align: center middle; background: $background 70%; }
    ClockScreen #dialog {
        width: 90%; max-width: 84; height: auto; max-height: 90%;
        border: round $warning; background: $surface; padding: 0 1;
    }
    ClockScreen #news { color: $text; }
    ClockScreen #buttons { height: 1; align-horizontal: right; margin-top: 1; }
    ClockScreen Button { margin-left: 2; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,y", "move", "Move the clock", tooltip="Let the time pass"),
        Binding("escape", "leave", "Stay here", tooltip="Nothing happens"),
    ]

    def __init__(self, session: Session, actor: Actor, order_id: str = "", about: str = "") -> None:
        super().__init__()
        self.session = session
        self.actor = actor
        now = session.now()
        self.by = int(about) if about.isdecimal() else 0
        self.to = now + self.by
        self.done = False
        self.coming = self._coming()

    def compose(self) -> ComposeResult:
        """What is to come, and two buttons."""
        with Vertical(id="dialog") as dialog:
            dialog.border_title = shown(self._title())
            yield Static(shown(self.coming, 1_000, multiline=True), id="news")
            with Horizontal(id="buttons"):
                yield Button("Stay here (esc)", id="leave", compact=True)
                yield Button("Move (enter)", id="move", variant="primary", compact=True)

    def _title(self) -> str:
        return f"Move the clock to {utc_text(self.to)}"

    def renew(self, news: tuple[News, ...]) -> tuple[News, ...]:
        """Say anew what is on the way, as long as the clock was not moved."""
        if self.is_mounted and self.is_attached and not self.done:
            self.coming = self._coming()
            self.query_one("#dialog").border_title = shown(self._title())
            said = shown(self.coming, 1_000, multiline=True)
            self.query_one("#news", Static).update(said)
        return news

    def _coming(self) -> str:
        """Tell the first deadline on the way; where no time was named, it goes up to that."""
        due = self.session.next_deadline()
        if due is not None and not self.by:
            self.to = due.at
        if due is None:
            return "No deadline runs."
        lines = [f"On the way: order {due.order}, {due.title}, due {due.date} (in {due.left})."]
        view = order_view(self.session, self.actor, due.order)
        for one in view.head.deadlines:
            if one.at == due.at:
                lines.append(f"When nobody acts, {one.brings}.")
                lines.append(f"{one.rule.row} = {one.rule.value}: {one.rule.means}")
        return "\n".join(lines)

    def on_mount(self) -> None:
        """Enter moves."""
        move = self.query_one("#move", Button)
        # A button is deaf while it shows that it was pressed: Enter twice is to move and go on.
        move.active_effect_duration = 0
        move.focus()

    @on(Button.Pressed, "#move")
    def action_move(self) -> None:
        """Move the clock, and tell what happened; the second time, go back."""
        if self.done:
            self.dismiss()
            return
        news = self.session.advance(self.to)
        self.done = True
        self.query_one("#leave", Button).display = False
        self.query_one("#move", Button).label = shown("Go on (enter)")
        text = news.explanation if isinstance(news, Refused) else _told(news)
        self.query_one("#news", Static).update(shown(text, 2_000, multiline=True))

    @on(Button.Pressed, "#leave")
    def action_leave(self) -> None:
        """Go back."""
        self.dismiss()


def _told(news: tuple[News, ...]) -> str:
    if not news:
        return "Nothing happened."
    return "\n".join(f"{one.date}  {one.order}: {one.sentence}" for one in news[-12:])
