"""What a screen holds: a session, whether of free play, an exercise or a seat."""

from contextlib import AbstractContextManager
from typing import Protocol

import msgspec

from escrow_tui.coach.values import CoachView, Debrief
from escrow_tui.engine.answers import Answer, Refused
from escrow_tui.engine.commands import AnyCommand, Exhibit
from escrow_tui.engine.market import Private
from escrow_tui.engine.roles import Actor
from escrow_tui.views.choices import OrderView
from escrow_tui.views.money_views import AccountView, AmountView, Movement, Preview
from escrow_tui.views.order_row import OrderRow, Tally
from escrow_tui.views.parts import PersonView
from escrow_tui.views.shop import ListingView, Quote


class NoSuchOrderError(LookupError):
    """There is no order of that id: it was never placed, or placing it was taken back."""


class NotYourSeatError(NoSuchOrderError):
    """What was asked for belongs to another seat."""


class NextDeadline(msgspec.Struct, frozen=True, kw_only=True):
    """The next deadline to come; `at` is in Unix seconds."""

    at: int
    order: str
    title: str
    date: str
    left: str


class News(msgspec.Struct, frozen=True):
    """What happened while time passed or somebody else acted; `by` is the role that did it."""

    order: str
    date: str
    sentence: str
    by: str = ""


class JournalPoint(msgspec.Struct, frozen=True):
    """How far a journal goes: its market and the number of its last entry."""

    market: str
    seq: int


class ChangeWatcher(Protocol):
    """Tells when somebody has written to the store; it can be waited for on a thread of its own.

    Each method may raise StoreProblem when the store cannot be reached; a later call may succeed.
    """

    def changed(self, seconds: float) -> bool:
        """Wait at most this long; return whether somebody wrote since the last call."""

    def close(self) -> None:
        """Let go of the store; may be called from any thread."""


class Purchase(msgspec.Struct, frozen=True):
    """What a buyer takes to the checkout: ids of listings, and how they pay."""

    listings: tuple[str, ...]
    method: str
    pay_in: str = ""


class Session(Protocol):
    """Everything that a screen may ask or do.

    What the session's access does not grant is refused: with a sentence where one is returned,
    with nothing where nothing is an answer, else with NotYourSeatError.
    """

    @property
    def chairs(self) -> tuple[Actor, ...]:
        """Whom the person at the screen may act as; they start in the first chair."""

    @property
    def title(self) -> str:
        """The title of the exercise or of the free market."""

    @property
    def finished(self) -> bool:
        """Whether the exercise is over: nothing can be done any more but read the debrief."""

    @property
    def no_clock(self) -> str:
        """Why the person at the screen may not move the clock; "" where they may."""

    @property
    def no_undo(self) -> str:
        """Why they may not take back what they did; "" where they may."""

    def now(self) -> int:
        """The market's clock, in Unix seconds."""

    def point(self) -> JournalPoint:
        """Return how far the journal goes now."""

    def heard(self, actor: Actor, after: JournalPoint) -> tuple[News, ...]:
        """Return what others did to the actor's orders after a point, the latest last."""

    def watch(self) -> ChangeWatcher:
        """Start to watch for writes to the store."""

    def snapshot(self) -> AbstractContextManager[None]:
        """Answer everything that is asked within the block from one snapshot of the store."""

    def try_out(self) -> None:
        """Test that the store can be written to, changing nothing; raise StoreProblem if not."""

    def submit(
        self, actor: Actor, order_id: str, command: AnyCommand, command_id: str = ""
    ) -> Answer:
        """Give a command; a repeated command id returns the first answer."""

    def preview(self, actor: Actor, order_id: str, command: AnyCommand) -> Preview:
        """Return what a command would do, without doing it."""

    def buy(self, buyer: Actor, purchase: Purchase, command_id: str) -> tuple[Answer, ...]:
        """Place one order per seller; the answers come in the order of the quote's parts."""

    def bought(self, buyer: Actor, command_id: str, parts: int) -> tuple[str, ...]:
        """Return the order id of each part of a purchase; "" for a part that was refused.

        They can differ from those in the quote when somebody else orders at the same moment.
        """

    def quote(self, buyer: Actor, purchase: Purchase) -> Quote:
        """Return what a purchase would cost, without buying."""

    def advance(self, to: int) -> tuple[News, ...] | Refused:
        """Move the clock to an instant (Unix seconds), executing each deadline on the way."""

    def next_deadline(self) -> NextDeadline | None:
        """Return the next deadline that the person at the screen may know of."""

    def rows(self, actor: Actor, after: str = "", words: str = "") -> tuple[OrderRow, ...]:
        """Return a page of the actor's list: orders after a given one that have all these words.

        The newest come first; a mediator's cases are in the order in which they need a decision.
        """

    def tally(self, actor: Actor) -> Tally | None:
        """Return how many orders the market has; None for actors who see only their own."""

    def order(self, actor: Actor, order_id: str) -> OrderView:
        """Return an order as the actor's role may see it.

        Raises:
            NoSuchOrderError: there is none of that id that the actor may see.
        """

    def movements(self, actor: Actor, order_id: str) -> tuple[Movement, ...]:
        """Return every movement of an order's money that the actor may see."""

    def account(self, seller: Actor) -> AccountView:
        """Return a seller's balances."""

    def wallet(self, buyer: Actor) -> tuple[AmountView, ...]:
        """Return what a buyer holds on the platform, one line per currency."""

    def person(self, person_id: str) -> PersonView:
        """Return a party as everybody may see them."""

    def private(self, buyer: Actor) -> Private | None:
        """Return the buyer's private details; None in any other chair."""

    def listings(self, buyer: Actor, search: str = "", after: str = "") -> tuple[ListingView, ...]:
        """Return a page of the shop window: listings after one, which have all these words."""

    def exhibits(self, actor: Actor, order_id: str) -> tuple[Exhibit, ...]:
        """Return what the actor could still hand in as evidence."""

    def undo(self) -> str:
        """Take back the person's last act; return a sentence that says which, or why not."""

    def note(self, kind: str, about: str) -> None:
        """Log what the journal cannot know: a screen that was opened, a refused attempt."""

    def coach(self) -> CoachView | None:
        """Return what the coach says now; None in free play, which has no coach."""

    def hint(self) -> str:
        """Take and return the next hint; the coach's view says what it costs."""

    def finish(self) -> Debrief | None:
        """End the exercise: let its market run on to its end, and return the debrief.

        A second call returns the same debrief. None in free play, which has no end.
        """
