"""The ground of every screen inside a market: its head, its keys, and what all of them can do."""

from collections.abc import Callable
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding, BindingType
from textual.containers import Container
from textual.screen import Screen

from escrow_tui.desk.session import News, NoSuchOrderError, Session
from escrow_tui.engine.answers import Answer, Refused
from escrow_tui.engine.roles import Actor
from escrow_tui.scenarios.lobby import StoreProblem
from escrow_tui.ui.ground.actions import bindings
from escrow_tui.ui.messages import Back, Goto, Sit
from escrow_tui.ui.running.store_trouble import Minding
from escrow_tui.ui.safety.text import clean
from escrow_tui.ui.widgets.quiet_footer import QuietFooter
from escrow_tui.ui.widgets.top_bar import TopBar

DAY = 86_400
HOUR = 3_600


class Place(Minding, Screen[None]):
    """A screen of a market. A subclass yields its body in `body()` and reads it in `read()`.

    Each action `x` of its BINDINGS is its method `do_x`; `can_x`, where there is one, returns the
    reason why it cannot be done now, and "" where it can.
    """

    DEFAULT_CSS = """
    Place #body { height: 1fr; }
    Place .panel { border: round $border; border-title-color: $primary; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(
            "help",
            "money",
            "timeline",
            "next",
            "day",
            "hour",
            "undo",
            "coach",
            "hint",
            "finish",
            "back",
            "lobby",
            "chair1",
            "chair2",
            "chair3",
            "chair4",
        )
    ]

    def __init__(self, session: Session, actor: Actor, order_id: str = "", about: str = "") -> None:
        super().__init__()
        self.session = session
        self.actor = actor
        self.order_id = order_id
        self.about = about
        self._reasons: dict[str, str | None] = {}

    # -- for subclasses

    @property
    def place_title(self) -> str:
        """What stands in the head after the exercise's title."""
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
        """Read for the first time; a subclass's own `on_mount` runs before, and calls no super."""
        try:
            self.session.note("screen", f"{type(self).__name__} {self.order_id}".strip())
        finally:
            self.read_all()

    def on_screen_resume(self) -> None:
        """Read again: something may have happened meanwhile."""
        if self.is_mounted and self.is_attached:
            self.read_all()

    def read_all(self) -> None:
        """Show the head and the body as they are now, from one snapshot."""
        with self.session.snapshot():
            top = self.query_one(TopBar)
            top.show(self.session, self.actor, self.place_title)
            try:
                self.read()
            except NoSuchOrderError:
                # The act that was taken back is the one that had placed it.
                self.post_message(Goto("desk"))
        self.refresh_bindings()

    def renew(self, news: tuple[News, ...]) -> tuple[News, ...]:
        """Show what others have changed; return what of it is still to be told."""
        self.on_screen_resume()
        return news

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """The bindings for the footer: what this screen adds stands before what every place has."""
        found = super().active_bindings
        common = {binding.id for binding in Place.BINDINGS if isinstance(binding, Binding)}
        return dict(sorted(found.items(), key=lambda item: item[1].binding.id in common))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide what this session has not, and dim what cannot be done now."""
        if action != "do":
            return True
        (name,) = parameters
        reason = self.reason_against(str(name))
        return True if reason == "" else (False if reason is None else None)

    def reason_against(self, name: str) -> str | None:
        """Return why an action cannot be done now; None where this screen does not have it."""
        if not hasattr(self, f"do_{name}"):
            return None
        can: Callable[[], str | None] | None = getattr(self, f"can_{name}", None)
        if can is None:
            return ""
        # A store that does not answer would be waited for by each key of the footer.
        if gone := getattr(self.app, "gone", ""):
            return gone if self._reasons.get(name) is not None else None
        try:
            self._reasons[name] = can()
        except StoreProblem as problem:
            return str(problem)
        return self._reasons[name]

    def on_key(self, event: events.Key) -> None:
        """Say why a dimmed key does nothing: Textual passes over it in silence."""
        pressed = self.active_bindings.get(event.key)
        if pressed is None or pressed.enabled or pressed.node is not self:
            return
        if reason := self.reason_against(pressed.binding.id or ""):
            event.stop()
            self.say(reason, bad=True)

    def action_do(self, name: str) -> None:
        """Do an action of the registry, or say why it cannot be done."""
        reason = self.reason_against(name)
        if reason:
            self.say(reason, bad=True)
        elif reason is not None:
            getattr(self, f"do_{name}")()

    def say(self, text: str, *, bad: bool = False) -> None:
        """Tell the person something that has no place of its own on the screen."""
        self.notify(
            clean(text, 600), severity="warning" if bad else "information", markup=False, timeout=6
        )

    def answered(self, answer: Answer) -> None:
        """Tell what became of a command, and read again."""
        if isinstance(answer, Refused):
            self.say(answer.explanation, bad=True)
        self.read_all()

    # -- what every place can do

    def do_help(self) -> None:
        """Show the keys of this screen."""
        self.post_message(Goto("help"))

    def do_back(self) -> None:
        """Go back."""
        self.post_message(Back())

    def do_lobby(self) -> None:
        """Go to the library of exercises."""
        self.post_message(Goto("lobby"))

    def do_money(self) -> None:
        """See where the money is."""
        self.post_message(Goto("money", self.order_id))

    def can_money(self) -> str | None:
        """Only where an order is chosen."""
        return "" if self.order_id else None

    def do_timeline(self) -> None:
        """See what happened."""
        self.post_message(Goto("timeline", self.order_id))

    def can_timeline(self) -> str | None:
        """Only where an order is chosen."""
        return "" if self.order_id else None

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
        """Not after the end, and not from every seat."""
        return self.over() or self.session.no_clock

    def can_hour(self) -> str:
        """As by a day."""
        return self.can_day()

    def over(self) -> str:
        """Say that nothing can be done any more, "" while it can."""
        return "The exercise is over; its market stands still." if self.session.finished else ""

    def advance(self, seconds: int) -> None:
        """Move the clock; where a deadline lies on the way, ask first: it may move money."""
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
        """Take the last act back."""
        self.say(self.session.undo())
        self.read_all()

    def can_undo(self) -> str:
        """Not after the end, and not where others sit."""
        if self.session.finished:
            return "The exercise is over; play it again instead."
        return self.session.no_undo

    def do_coach(self) -> None:
        """Read the task and the hints."""
        self.post_message(Goto("coach"))

    def can_coach(self) -> str | None:
        """Only in an exercise."""
        return "" if self.session.coach() else None

    def do_hint(self) -> None:
        """Take a hint: its cost is shown first."""
        self.post_message(Goto("coach", about="hint"))

    def can_hint(self) -> str | None:
        """Only in an exercise."""
        return self.can_coach()

    def do_finish(self) -> None:
        """Open the debrief."""
        self.post_message(Goto("debrief"))

    def can_finish(self) -> str | None:
        """Only in an exercise."""
        return self.can_coach()

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
        """Only where one person has several chairs."""
        return "" if len(self.session.chairs) > 1 else None

    can_chair2 = can_chair3 = can_chair4 = can_chair1
