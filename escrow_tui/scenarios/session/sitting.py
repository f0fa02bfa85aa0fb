"""A person's sitting at a market: what free play and exercises have in common."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import AbstractContextManager

import msgspec

from escrow_tui.coach.playthrough import Note
from escrow_tui.coach.values import CoachView, Debrief
from escrow_tui.desk.desk import Desk
from escrow_tui.desk.news import order_of
from escrow_tui.desk.session import News, NextDeadline, Point, Purchase, Watcher
from escrow_tui.engine.answers import Answer, Refused
from escrow_tui.engine.commands import AnyCommand, Exhibit, OpenParcel, verb_of
from escrow_tui.engine.entry import Entry
from escrow_tui.engine.evidence import checksum
from escrow_tui.engine.instant import date_of
from escrow_tui.engine.market import Private
from escrow_tui.engine.order import Order
from escrow_tui.engine.roles import Actor, Role
from escrow_tui.scenarios.log import REFUSED, START, UNDONE, Noting
from escrow_tui.store import LogRow, RunRow
from escrow_tui.views.choices import OrderView
from escrow_tui.views.money_views import AccountView, AmountView, Movement, Preview
from escrow_tui.views.order_row import OrderRow, Tally
from escrow_tui.views.parts import PersonView
from escrow_tui.views.shop import ListingView, Quote

WallClock = Callable[[], str]


def no_clock() -> str:
    """Tell no real time: the log then keeps none."""
    return ""


_BODY = msgspec.json.Decoder(Noting)


class Sitting(ABC):
    """What `Session` promises, over a desk, with a run's row and log.

    `clock` tells the real time as ISO text: only who starts the program may read it.
    """

    def __init__(self, desk: Desk, run: RunRow, clock: WallClock = no_clock) -> None:
        self.desk = desk
        self.run = run
        self.clock = clock

    # -- what differs

    @property
    @abstractmethod
    def chairs(self) -> tuple[Actor, ...]:
        """Who the person at the screen may act as, the first being where he starts."""

    @abstractmethod
    def found(self, order: Order) -> str:
        """The picture of what lies in the parcel of an order."""

    @abstractmethod
    def exhibits(self, actor: Actor, order_id: str) -> tuple[Exhibit, ...]:
        """What the actor could hand in as evidence, and has not."""

    @abstractmethod
    def coach(self) -> CoachView | None:
        """What the coach says now."""

    @abstractmethod
    def hint(self) -> str:
        """Take the next hint."""

    @abstractmethod
    def finish(self) -> Debrief | None:
        """End the exercise, and tell how it went."""

    @property
    def actors(self) -> tuple[Actor, ...]:
        """Everybody whose acts are the person's own, and can be taken back."""
        return self.chairs

    @property
    def floor(self) -> int:
        """The last entry that was there before the person sat down."""
        return next((_BODY.decode(row.body).seq for row in self.log() if row.kind == START), 0)

    @property
    def finished(self) -> bool:
        """Whether it is over."""
        return False

    @property
    def no_clock(self) -> str:
        """Whoever sits alone may move the clock."""
        return ""

    @property
    def no_undo(self) -> str:
        """Whoever sits alone may take back what he did."""
        return ""

    @property
    def title(self) -> str:
        """The title of the run."""
        return self.run.title

    # -- commands

    def submit(
        self, actor: Actor, order_id: str, command: AnyCommand, command_id: str = ""
    ) -> Answer:
        """Give a command; a try that is refused is kept in the log."""
        answer = self.desk.submit(actor, order_id, self.worldly(order_id, command), command_id)
        if isinstance(answer, Refused):
            self.note(REFUSED, f"{_words(command)}: {answer.explanation}")
        return answer

    def buy(self, buyer: Actor, purchase: Purchase, command_id: str) -> tuple[Answer, ...]:
        """Place one order a seller of the cart."""
        return self.desk.buy(buyer, purchase, command_id)

    def bought(self, buyer: Actor, command_id: str, parts: int) -> tuple[str, ...]:
        """Name the orders that a purchase has led to."""
        return self.desk.bought(buyer, command_id, parts)

    def advance(self, to: int) -> tuple[News, ...] | Refused:
        """Move the clock, in the name of the first chair."""
        return self.desk.advance(to, self.chairs[0])

    def undo(self) -> str:
        """Take the person's last act back: the run goes on in a market that ends before it."""
        last = self.desk.last_act(self.actors, self.floor)
        if last is None:
            return "Nothing to take back yet."
        said = f"Taken back: {_act_words(last.entry)}."
        child = self.desk.fork(last.upto)
        self.save(msgspec.structs.replace(self.run, market=child))
        self.note(UNDONE, said)
        return said

    def worldly(self, order_id: str, command: AnyCommand) -> AnyCommand:
        """Put into a parcel that is opened what lies in it: that is for nobody to say."""
        if not isinstance(command, OpenParcel):
            return command
        order = self.order_state(order_id)
        return OpenParcel(self.found(order) if order else "")

    # -- the run

    def note(self, kind: str, about: str) -> None:
        """Keep what the journal cannot know."""
        with self.desk.store.writing() as writing:
            market = writing.market(self.run.market)
            assert market is not None
            body = msgspec.json.encode(Noting(about, market.seq))
            writing.add_log(self.run.id, kind, market.id, self.clock(), body)

    def log(self) -> tuple[LogRow, ...]:
        """The run's log."""
        with self.desk.store.reading() as reading:
            return reading.log(self.run.id)

    def notes(self) -> tuple[Note, ...]:
        """The run's log as the coach reads it."""
        return tuple(Note(row.kind, _BODY.decode(row.body).about) for row in self.log())

    def noted_here(self, kind: str) -> frozenset[str]:
        """What the log's notes of a kind are about, without those that were taken back.

        A note belongs to what was taken back when it was made further on in the journal than the
        fork that this market comes from.
        """
        reach = self._reach()
        rows = (row for row in self.log() if row.kind == kind and row.market in reach)
        bodies = ((row.market, _BODY.decode(row.body)) for row in rows)
        return frozenset(body.about for market, body in bodies if body.seq <= reach[market])

    def _reach(self) -> dict[str, int]:
        """This market and those that it comes from, each with its last entry that is ours."""
        reach: dict[str, int] = {}
        with self.desk.store.reading() as reading:
            row = reading.market(self.run.market)
            upto = row.seq if row else 0
            while row is not None:
                reach[row.id] = upto
                upto = min(upto, row.parent_seq)
                row = reading.market(row.parent)
        return reach

    def save(self, run: RunRow) -> None:
        """Write the run's row anew."""
        with self.desk.store.writing() as writing:
            writing.save_run(run)
        self.run = run

    def order_state(self, order_id: str) -> Order | None:
        """Return an order as the engine keeps it, None where there is none of that id."""
        with self.desk.store.reading() as reading:
            stored = reading.order(self.desk.market, order_id)
        return stored.order if stored else None

    # -- what others do meanwhile

    def point(self) -> Point:
        """How far the journal goes; a run that was taken back elsewhere is followed there."""
        with self.desk.store.reading() as reading:
            run = reading.run(self.run.id)
            if run is not None and run.market != self.run.market:
                self.run, self.desk.market = run, run.market
            return self.desk.point()

    def heard(self, after: Point, actor: Actor) -> tuple[News, ...]:  # noqa: ARG002
        """Nothing: where nobody else sits, what happens is the answer to one's own acts."""
        return ()

    def watch(self) -> Watcher:
        """Begin to watch for what is written to the store."""
        return self.desk.store.watch()

    def snapshot(self) -> AbstractContextManager[None]:
        """Let all that is asked until the block's end be answered from one instant."""
        return self.desk.store.snapshot()

    def try_out(self) -> None:
        """Write what changes nothing: it raises StoreProblem as long as nothing can be written."""
        self.desk.store.try_out(self.desk.market)

    # -- questions, answered by the desk

    def now(self) -> int:
        """The market's clock, in Unix seconds."""
        return self.desk.now()

    def next_deadline(self) -> NextDeadline | None:
        """The first deadline to come."""
        return self.desk.next_deadline()

    def preview(self, actor: Actor, order_id: str, command: AnyCommand) -> Preview:
        """Say what a command would do, and change nothing."""
        return self.desk.preview(actor, order_id, command)

    def quote(self, buyer: Actor, purchase: Purchase) -> Quote:
        """Say what a purchase would cost, and change nothing."""
        return self.desk.quote(buyer, purchase)

    def rows(self, actor: Actor, after: str = "", words: str = "") -> tuple[OrderRow, ...]:
        """A page of the orders that the actor may see."""
        return self.desk.rows(actor, after, words)

    def tally(self, actor: Actor) -> Tally | None:
        """How many orders the actor's list holds in all."""
        return self.desk.tally(actor)

    def order(self, actor: Actor, order_id: str) -> OrderView:
        """Return an order as the actor's role may see it."""
        return self.desk.order(actor, order_id)

    def movements(self, actor: Actor, order_id: str) -> tuple[Movement, ...]:
        """Every movement of an order's money that the actor may see."""
        return self.desk.movements(actor, order_id)

    def account(self, seller: Actor) -> AccountView:
        """A seller's balances."""
        return self.desk.account(seller)

    def wallet(self, buyer: Actor) -> tuple[AmountView, ...]:
        """What a buyer has on the platform; nothing for every chair but his own."""
        return self.desk.wallet(buyer) if self._is_own(buyer) else ()

    def person(self, person_id: str) -> PersonView:
        """A party as everybody may see it."""
        return self.desk.person(person_id)

    def private(self, buyer: Actor) -> Private | None:
        """What only the buyer sees of himself; None for every chair but his own."""
        return self.desk.private(buyer) if self._is_own(buyer) else None

    def _is_own(self, buyer: Actor) -> bool:
        return buyer.role is Role.BUYER and buyer in self.chairs

    def listings(self, buyer: Actor, search: str = "", after: str = "") -> tuple[ListingView, ...]:
        """A page of the shop window."""
        return self.desk.listings(buyer, search, after)


def not_handed_in(order: Order, role: Role, exhibits: tuple[Exhibit, ...]) -> tuple[Exhibit, ...]:
    """Leave out what the role has handed in: the same content has the same checksum."""
    there = {one.checksum for one in order.evidence if one.owner == role.value}
    return tuple(one for one in exhibits if checksum(one) not in there)


def _act_words(entry: Entry) -> str:
    if entry.command is None:
        return f"the move of the clock to {date_of(entry.at)}"
    order = order_of(entry)
    return f"{_words(entry.command)}, order {order}" if order else _words(entry.command)


def _words(command: AnyCommand) -> str:
    return verb_of(command).replace("_", " ")
