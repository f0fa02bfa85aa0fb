"""A stage for a screen, and a session of an exercise that costs nothing to make."""

from contextlib import AbstractContextManager, nullcontext

from escrow_tui.coach.values import CoachView, Debrief
from escrow_tui.desk.session import NextDeadline
from escrow_tui.engine.roles import Actor, Role
from escrow_tui.ui.messages import Back, Play
from escrow_tui.views.order_views import BuyerOrder, buyer_order
from tests.given.facts import facts_in
from tests.ui.conftest import SIZES, text_of
from tests.ui.playing import Alone

__all__ = ["BUYER", "NARROW", "SIZES", "WIDE", "Sat", "Stage"]

WIDE, NARROW = SIZES
FRAMES = {ord(frame): " " for frame in "│┃█▁▂▃▄▅▆▇▌▎"}
BUYER = Actor(Role.BUYER, "buyer-1")
DUE = NextDeadline(at=1_773_406_000, order="A", title="ruling due", date="03-16", left="4 d 3 h")


class Stage(Alone):
    """Shows the screen; `went` also holds what was to be played, and that it was left."""

    def on_play(self, message: Play) -> None:
        """Keep what is to be played."""
        self.went.append(("play", message.exercise, message.run))

    def on_back(self, message: Back) -> None:
        """Keep that the screen is left."""
        message.stop()
        self.went.append(("back", "", ""))

    @property
    def text(self) -> str:
        """What stands on the top screen, in one line and without frames and bars."""
        return " ".join(text_of(self).translate(FRAMES).split())


class Sat:
    """A session of an exercise, as far as the coach's screens ask it."""

    title = "The cracked teapot"
    no_clock = no_undo = ""
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

    def snapshot(self) -> AbstractContextManager[None]:
        """It stands still anyway."""
        return nullcontext()

    def order(self, actor: Actor, order_id: str) -> BuyerOrder:
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
