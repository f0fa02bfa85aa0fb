"""The base of every screen inside a market: its head, its body, and the common actions."""

from textual.app import ComposeResult
from textual.binding import ActiveBinding
from textual.containers import Container

from escrow_tui.desk.session import News, NoSuchOrderError, Session
from escrow_tui.engine.answers import Answer, Refused
from escrow_tui.engine.roles import Actor
from escrow_tui.ui.ground.actions import MARKET, actions_at
from escrow_tui.ui.ground.keyed_screen import KeyedScreen
from escrow_tui.ui.messages import Back, Goto, Sit
from escrow_tui.ui.widgets.quiet_footer import QuietFooter
from escrow_tui.ui.widgets.top_bar import TopBar

DAY = 86_400
HOUR = 3_600
_COMMON = frozenset(action.id for action in actions_at(MARKET))


class PlaceScreen(KeyedScreen[None]):
    """A subclass yields its widgets in `body()`, and fills them from the session in `read()`."""

    place = MARKET
    DEFAULT_CSS = """
    PlaceScreen #body { height: 1fr; }
    PlaceScreen .panel { border: round $border; border-title-color: $primary; }
    """

    def __init__(self, session: Session, actor: Actor, order_id: str = "", about: str = "") -> None:
        super().__init__()
        self.session = session
        self.actor = actor
        self.order_id = order_id
        self.about = about

    # -- for subclasses

    @property
    def place_title(self) -> str:
        """The words after the exercise's title in the head."""
        return ""

    def body(self) -> ComposeResult:
        """The widgets between head and footer."""
        yield from ()

    def read(self) -> None:
        """Ask the session again, and show what it says."""

    # -- Textual

    def compose(self) -> ComposeResult:
        """Head, body, footer."""
        yield TopBar(id="top")
        with Container(id="body"):
            yield from self.body()
        yield QuietFooter()

    def on_mount(self) -> None:
        """Read for the first time, after a subclass's own `on_mount`, which does not call super."""
        try:
            self.session.note("screen", f"{type(self).__name__} {self.order_id}".strip())
        finally:
            self.read_all()

    def on_screen_resume(self) -> None:
        """Read again: something may have happened meanwhile."""
        if self.is_mounted and self.is_attached:
            self.read_all()

    def read_all(self) -> None:
        """Read the head and the body from one snapshot of the store."""
        with self.session.snapshot():
            top = self.query_one(TopBar)
            top.show(self.session, self.actor, self.place_title)
            try:
                self.read()
            except NoSuchOrderError:
                # The act that was undone is the one that had placed the order.
                self.post_message(Goto("desk"))
        self.refresh_bindings()

    def renew(self, news: tuple[News, ...]) -> tuple[News, ...]:
        """Show what others have changed; return the news that the app should still tell."""
        self.on_screen_resume()
        return news

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """The bindings for the footer: this screen's own come before the common ones."""
        found = super().active_bindings
        return dict(sorted(found.items(), key=lambda item: item[1].binding.id in _COMMON))

    def answered(self, answer: Answer) -> None:
        """Say why a command was refused, if it was, and read again."""
        if isinstance(answer, Refused):
            self.say(answer.explanation, bad=True)
        self.read_all()

    # -- what every place can do

    def do_back(self) -> None:
        """Go back."""
        self.post_message(Back())

    def do_next(self) -> None:
        """Move the clock to the next deadline, after asking."""
        self.post_message(Goto("clock", self.order_id, "next"))

    def can_next(self) -> str:
        """Only while a deadline runs."""
        if reason := self.can_day():
            return reason
        return "" if self.session.next_deadline() else "No deadline runs."

    def do_day(self) -> None:
        """Move the clock by a day."""
        self.advance(DAY)

    def do_hour(self) -> None:
        """Move the clock by an hour."""
        self.advance(HOUR)

    def can_day(self) -> str:
        """Not after the end, and not from a seat that may not move the clock."""
        return self.over() or self.session.no_clock

    can_hour = can_day

    def over(self) -> str:
        """Return a sentence once the exercise is over; "" before."""
        return "The exercise is over; its market stands still." if self.session.finished else ""

    def advance(self, seconds: int) -> None:
        """Move the clock; ask first if a deadline would pass, because that may move money."""
        first = self.session.next_deadline()
        if first and first.at <= self.session.now() + seconds:
            self.post_message(Goto("clock", self.order_id, str(seconds)))
            return
        news = self.session.advance(self.session.now() + seconds)
        if not isinstance(news, Refused):
            for one in news:
                self.say(f"{one.date}  {one.order}: {one.sentence}")
        self.read_all()

    def do_undo(self) -> None:
        """Undo the last act."""
        self.say(self.session.undo())
        self.read_all()

    def can_undo(self) -> str:
        """Not after the end, and not where others have seats."""
        if self.session.finished:
            return "The exercise is over; play it again instead."
        return self.session.no_undo

    def can_coach(self) -> str | None:
        """Only in an exercise."""
        return "" if self.session.coach() else None

    can_hint = can_finish = can_coach

    def do_chair1(self) -> None:
        """Sit in the buyer's chair."""
        self.post_message(Sit(0))

    def do_chair2(self) -> None:
        """Sit in the seller's chair."""
        self.post_message(Sit(1))

    def do_chair3(self) -> None:
        """Sit in the mediator's chair."""
        self.post_message(Sit(2))

    def do_chair4(self) -> None:
        """Be the carrier and the bank."""
        self.post_message(Sit(3))

    def can_chair1(self) -> str | None:
        """Only if one person has several chairs."""
        return "" if len(self.session.chairs) > 1 else None

    can_chair2 = can_chair3 = can_chair4 = can_chair1
