"""Asks before the clock passes a deadline, and says what that brings: it may move money."""

from textual.app import ComposeResult
from textual.widgets import Button, Static

from escrow_tui.desk.session import News, Session
from escrow_tui.engine.answers import Refused
from escrow_tui.engine.roles import Actor
from escrow_tui.ui.ground.dialog import MarketDialog
from escrow_tui.ui.safety.text import shown
from escrow_tui.views.vocabulary import utc_text


class ClockScreen(MarketDialog):
    """`about` is a number of seconds, or anything else for the next deadline."""

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
        """The time to which the clock would move."""
        return f"Move the clock to {utc_text(self.to)}"

    def body(self) -> ComposeResult:
        """What is to come."""
        yield Static(shown(self.coming, 1_000, multiline=True), id="news")

    def read(self) -> None:
        """Say again what would happen, unless the clock was moved already."""
        if self.done:
            return
        self.coming = self._coming()
        self.query_one("#dialog").border_title = shown(self.dialog_title)
        self.query_one("#news", Static).update(shown(self.coming, 1_000, multiline=True))

    def _coming(self) -> str:
        """Tell the first deadline on the way, to which the clock moves if no time was given."""
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
        """Let Enter twice move and go on: a button ignores keys while it looks pressed."""
        self.query_one("#move", Button).active_effect_duration = 0

    def do_move(self) -> None:
        """Move the clock and tell what happened; the second time, close."""
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
