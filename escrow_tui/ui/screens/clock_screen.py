"""Moving the clock over a deadline: what it brings is said first, because it may move money."""

from textual.app import ComposeResult
from textual.widgets import Button, Static

from escrow_tui.desk.session import News, Session
from escrow_tui.engine.answers import Refused
from escrow_tui.engine.roles import Actor
from escrow_tui.ui.ground.dialog import MarketDialog
from escrow_tui.ui.safety.text import shown
from escrow_tui.views.words import date_of


class ClockScreen(MarketDialog):
    """Asks before the clock is moved: to the next deadline, or by a number of seconds."""

    place = "clock"
    AUTO_FOCUS = "#move"
    DEFAULT_CLASSES = "question"
    DEFAULT_CSS = """
    ClockScreen.question #dialog { max-width: 84; max-height: 90%; }
    ClockScreen #news { color: $text; }
    """

    def __init__(self, session: Session, actor: Actor, order_id: str = "", about: str = "") -> None:
        super().__init__(session, actor, order_id, about)
        self.by = int(about) if about.isdecimal() else 0
        self.to = session.now() + self.by
        self.done = False
        self.coming = self._coming()

    @property
    def dialog_title(self) -> str:
        """To when it moves."""
        return f"Move the clock to {date_of(self.to)} UTC"

    def body(self) -> ComposeResult:
        """What is to come."""
        yield Static(shown(self.coming, 1_000, multiline=True), id="news")

    def read(self) -> None:
        """Say anew what is on the way, as long as the clock was not moved."""
        if self.done:
            return
        self.coming = self._coming()
        self.query_one("#dialog").border_title = shown(self.dialog_title)
        self.query_one("#news", Static).update(shown(self.coming, 1_000, multiline=True))

    def _coming(self) -> str:
        """Tell the first deadline on the way; where no time was named, it goes up to that."""
        due = self.session.next_deadline()
        if due is not None and not self.by:
            self.to = due.at
        if due is None:
            return "No deadline runs."
        lines = [f"On the way: order {due.order}, {due.title}, due {due.date} (in {due.left})."]
        view = self.session.order(self.actor, due.order)
        for one in view.head.deadlines:
            if one.at == due.at:
                lines.append(f"When nobody acts, {one.brings}.")
                lines.append(f"{one.rule.row} = {one.rule.value}: {one.rule.means}")
        return "\n".join(lines)

    def on_mount(self) -> None:
        """A button is deaf while it shows that it was pressed: Enter twice is to move and go on."""
        self.query_one("#move", Button).active_effect_duration = 0

    def do_move(self) -> None:
        """Move the clock, and tell what happened; the second time, go back."""
        if self.done:
            self.dismiss()
            return
        news = self.session.advance(self.to)
        self.done = True
        self.query_one("#close", Button).display = False
        self.query_one("#move", Button).label = shown(self.label("move", "Go on"))
        text = news.explanation if isinstance(news, Refused) else _told(news)
        self.query_one("#news", Static).update(shown(text, 2_000, multiline=True))


def _told(news: tuple[News, ...]) -> str:
    if not news:
        return "Nothing happened."
    return "\n".join(f"{one.date}  {one.order}: {one.sentence}" for one in news[-12:])
