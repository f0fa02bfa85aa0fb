"""A small app for one screen: it keeps what the screen asks of it, and says what is on it."""

from collections.abc import Callable

from textual.app import App
from textual.message import Message
from textual.screen import Screen

from escrow_tui.coach.values import CoachView, Debrief
from escrow_tui.desk.session import NextDeadline
from escrow_tui.engine.roles import Actor, Role
from escrow_tui.ui.messages import Back, Goto, Play
from escrow_tui.ui.themes import THEMES
from escrow_tui.views.roles import BuyerOrder, buyer_order
from tests.views.facts import facts_in

WIDE, NARROW = (120, 36), (80, 24)
SIZES = (WIDE, NARROW)
BUYER = Actor(Role.BUYER, "buyer-1")
DUE = NextDeadline(at=1_773_406_000, order="A", title="ruling due", date="03-16", left="4 d 3 h")


class Stage(App[None]):
    """Opens the screen over an empty one; `asked` holds the messages in their order."""

    DEFAULT_CSS = "#body { height: 1fr; }"

    def __init__(self, make: Callable[[], Screen[None]]) -> None:
        super().__init__()
        self.make = make
        self.asked: list[tuple[str, ...]] = []
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = THEMES[0].name

    def on_mount(self) -> None:
        """Open the screen."""
        self.push_screen(self.make())

    def on_goto(self, message: Goto) -> None:
        """Keep where the screen leads."""
        self.asked.append((message.place, message.order_id, message.about))

    def on_play(self, message: Play) -> None:
        """Keep what is to be played."""
        self.asked.append(("play", message.exercise, message.run))

    def on_back(self, message: Message) -> None:
        """Keep that the screen is left."""
        assert isinstance(message, Back)
        self.asked.append(("back",))

    @property
    def rows(self) -> list[str]:
        """What stands on each row of the top screen."""
        return [strip.text for strip in self.screen._compositor.render_strips()]

    @property
    def text(self) -> str:
        """What stands on the top screen, in one line and without frames and bars."""
        kept = (row.translate({ord(frame): " " for frame in "│┃▌▁▎█"}) for row in self.rows)
        return " ".join(" ".join(kept).split())


class Sat:
    """A session of an exercise, as far as the coach's screens ask it."""

    title = "The cracked teapot"
    chairs = (BUYER,)

    def __init__(
        self, *, decided: bool = False, told: Debrief | None = None, cell: str = "DELIVERED"
    ) -> None:
        self.decided = decided
        self.told = told
        self.cell = cell
        self.finished = False
        self.hints: tuple[str, ...] = ()
        self.ladder = ("Look first.", "Look at the spout.")

    def now(self) -> int:
        """Some instant."""
        return 1_773_306_000

    def next_deadline(self) -> NextDeadline | None:
        """One that runs."""
        return DUE

    def note(self, kind: str, about: str) -> None:
        """Forget it."""

    def buyer_order(self, actor: Actor, order_id: str) -> BuyerOrder:
        """An order in the cell, as its buyer sees it."""
        assert order_id == "A"
        return buyer_order(facts_in(self.cell), actor)

    def coach(self) -> CoachView:
        """A task with two objectives; each hint costs 5."""
        return CoachView(
            exercise="cracked-teapot",
            title=self.title,
            task="Read both stories, then rule.",
            objectives=("open the evidence", "be fair to both"),
            hints=self.hints,
            hint_cost=5 if len(self.hints) < len(self.ladder) else 0,
            decided=self.decided,
        )

    def hint(self) -> str:
        """Take the next."""
        self.hints = self.ladder[: len(self.hints) + 1]
        return self.hints[-1]

    def finish(self) -> Debrief | None:
        """End it."""
        self.finished = True
        return self.told
