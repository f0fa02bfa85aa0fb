"""What a screen holds: a session, whether it is a free market's desk or an exercise."""

from contextlib import AbstractContextManager
from typing import Protocol

import msgspec

from escrow_tui.coach.values import CoachView, Debrief
from escrow_tui.engine.answers import Answer, Refused
from escrow_tui.engine.commands import AnyCommand, Exhibit
from escrow_tui.engine.market import Private
from escrow_tui.engine.roles import Actor
from escrow_tui.views.choices import OrderView
from escrow_tui.views.money import AccountView, AmountView, Movement, Preview
from escrow_tui.views.order_row import OrderRow, Tally
from escrow_tui.views.parts import PersonView
from escrow_tui.views.shop import ListingView, Quote


class NoSuchOrderError(LookupError):
    """There is no order of that id: it was never placed, or placing it was taken back."""


class NotYourSeatError(NoSuchOrderError):
    """What was asked for belongs to another seat."""


class NextDeadline(msgspec.Struct, frozen=True):
    """The first deadline of the market that runs: `at` in Unix seconds."""

    at: int
    order: str
    title: str
    date: str
    left: str


class News(msgspec.Struct, frozen=True):
    """What happened while time passed or somebody else acted; `by` is a role."""

    order: str
    date: str
    sentence: str
    by: str = ""


class JournalPoint(msgspec.Struct, frozen=True):
    """How far a journal goes: its market, and the number of its last entry."""

    market: str
    seq: int


class ChangeWatcher(Protocol):
    """Tells when somebody has written; a thread of its own may wait for it.

    Each method may raise StoreProblem: the store is not there now; asked again, it may be.
    """

    def changed(self, seconds: float) -> bool:
        """Wait so long at most; say whether somebody wrote since it was asked last."""

    def close(self) -> None:
        """Let go of the store; from any thread."""


class Purchase(msgspec.Struct, frozen=True):
    """What a buyer takes to the checkout: listings by id, and how to pay."""

    listings: tuple[str, ...]
    method: str
    pay_in: str = ""


class Session(Protocol):
    """Everything that a screen may ask or do."""

    @property
    def chairs(self) -> tuple[Actor, ...]:
        """Who the person at the screen may act as, the first being where he starts."""

    @property
    def title(self) -> str:
        """The exercise's title, or the free market's."""

    @property
    def finished(self) -> bool:
        """Whether the exercise is over: its market stands still, and only the debrief is left."""

    @property
    def no_clock(self) -> str:
        """Why the person at the screen may not move the clock; "" where he may."""

    @property
    def no_undo(self) -> str:
        """Why he may not take back what he did; "" where he may."""

    def now(self) -> int:
        """The market's clock, in Unix seconds."""

    def point(self) -> JournalPoint:
        """How far the journal goes now."""

    def heard(self, actor: Actor, after: JournalPoint) -> tuple[News, ...]:
        """What others did to the actor's orders after a point, the latest last."""

    def watch(self) -> ChangeWatcher:
        """Begin to watch for what is written to the store."""

    def snapshot(self) -> AbstractContextManager[None]:
        """Let all that is asked until the block's end be answered from one instant."""

    def try_out(self) -> None:
        """Write what changes nothing: it raises StoreProblem as long as nothing can be written."""

    def submit(
        self, actor: Actor, order_id: str, command: AnyCommand, command_id: str = ""
    ) -> Answer:
        """Give a command; the same id again gives the first answer."""

    def preview(self, actor: Actor, order_id: str, command: AnyCommand) -> Preview:
        """Say what a command would do, and change nothing."""

    def buy(self, buyer: Actor, purchase: Purchase, command_id: str) -> tuple[Answer, ...]:
        """Place one order a seller; the answers come in the order of `quote`'s parts."""

    def bought(self, buyer: Actor, command_id: str, parts: int) -> tuple[str, ...]:
        """Name the orders that a purchase has led to, a part each; "" for one that was refused.

        Whoever orders at the same moment may have taken the names that the quote has told.
        """

    def quote(self, buyer: Actor, purchase: Purchase) -> Quote:
        """Say what a purchase would cost, and change nothing."""

    def advance(self, to: int) -> tuple[News, ...] | Refused:
        """Move the clock to an instant; every deadline on the way is executed at its own."""

    def next_deadline(self) -> NextDeadline | None:
        """The first deadline to come, of those that the person at the screen may know of."""

    def rows(self, actor: Actor, after: str = "", words: str = "") -> tuple[OrderRow, ...]:
        """A page of the orders that the actor may see, after one of them, with all these words.

        The newest come first; of a mediator's cases those that wait for him and are due first.
        """

    def tally(self, actor: Actor) -> Tally | None:
        """How many orders the actor's list holds in all, None where he sees but his own."""

    def order(self, actor: Actor, order_id: str) -> OrderView:
        """Return an order as the actor's role may see it.

        Raises:
            NoSuchOrderError: there is none of that id that the actor may see.
        """

    def movements(self, actor: Actor, order_id: str) -> tuple[Movement, ...]:
        """Every movement of an order's money that the actor may see."""

    def account(self, seller: Actor) -> AccountView:
        """A seller's balances."""

    def wallet(self, buyer: Actor) -> tuple[AmountView, ...]:
        """What a buyer has on the platform, a line a currency; nothing for other chairs."""

    def person(self, person_id: str) -> PersonView:
        """A party as everybody may see it."""

    def private(self, buyer: Actor) -> Private | None:
        """What only the buyer sees of himself; None for every chair but his own."""

    def listings(self, buyer: Actor, search: str = "", after: str = "") -> tuple[ListingView, ...]:
        """A page of the shop window, after an article: those with all words searched for."""

    def exhibits(self, actor: Actor, order_id: str) -> tuple[Exhibit, ...]:
        """What the actor could hand in as evidence."""

    def undo(self) -> str:
        """Take the person's last act back; the sentence says which, or why it cannot be."""

    def note(self, kind: str, about: str) -> None:
        """Keep what the journal cannot know: a screen opened, a try refused."""

    def coach(self) -> CoachView | None:
        """What the coach says now; None where there is none, in free play."""

    def hint(self) -> str:
        """Take the next hint; it costs what the coach's view says."""

    def finish(self) -> Debrief | None:
        """End the exercise: its market runs on to its end, and the debrief is made.

        Asked again it is the same debrief; None in free play, which has no end.
        """
