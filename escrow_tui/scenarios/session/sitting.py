"""A person's sitting at a market, what a screen holds: a desk, and the access that opens it.

Every public question passes the gate before it reaches the desk: see `gate`.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from typing import TypeVar

from escrow_tui.coach.values import CoachView, Debrief
from escrow_tui.desk.desk import Desk
from escrow_tui.desk.session import ChangeWatcher, JournalPoint, News, NextDeadline, Purchase
from escrow_tui.engine.answers import Answer, Refused
from escrow_tui.engine.commands import AnyCommand, Exhibit, OpenParcel, PlaceOrder
from escrow_tui.engine.context import refuse
from escrow_tui.engine.market import Private
from escrow_tui.engine.order import Order
from escrow_tui.engine.roles import Actor, Role
from escrow_tui.scenarios.log import REFUSED
from escrow_tui.scenarios.session import closed
from escrow_tui.scenarios.session.access import Access, Right
from escrow_tui.scenarios.session.activity import Activity, filled, not_handed_in
from escrow_tui.scenarios.session.fork import take_back, verb_words
from escrow_tui.scenarios.session.gate import Gated, needs, needs_order, needs_own
from escrow_tui.scenarios.session.run_record import RunRecord
from escrow_tui.store.rows.seats import SeatRevokedError
from escrow_tui.views.choices import OrderView
from escrow_tui.views.money import AccountView, AmountView, Movement, Preview
from escrow_tui.views.order_row import OrderRow, Tally
from escrow_tui.views.parts import PersonView
from escrow_tui.views.shop import ListingView, Quote

_T = TypeVar("_T")


class Sitting(Gated):
    """What `Session` promises, of one access to a desk."""

    def __init__(
        self, desk: Desk, record: RunRecord, activity: Activity, access: Access, title: str = ""
    ) -> None:
        self.desk = desk
        self.record = record
        self.activity = activity
        self.access = access
        self.title = title or record.run.title

    @property
    @needs(Right.MARKET)
    def chairs(self) -> tuple[Actor, ...]:
        """Whom the person at the screen may sit as."""
        return self.access.chairs

    @property
    @needs(Right.MARKET)
    def finished(self) -> bool:
        """Whether the exercise is over."""
        return self.activity.over() is not None

    @property
    @needs(Right.MARKET)
    def no_clock(self) -> str:
        """Why the clock cannot be moved from here; "" where it can."""
        refused = self.access.refusal(Right.CLOCK)
        return refused.sentence if refused else ""

    @property
    @needs(Right.MARKET)
    def no_undo(self) -> str:
        """Why nothing can be taken back from here; "" where it can."""
        return "" if Right.UNDO in self.access.rights else closed.NO_UNDO

    # -- commands

    @needs_own(Right.OWN, closed.no_act)
    def submit(
        self, actor: Actor, order_id: str, command: AnyCommand, command_id: str = ""
    ) -> Answer:
        """Give a command, after which the others answer; a refused try is noted."""
        if over := self.activity.over():
            return over
        answer = _unless_revoked(lambda: self._given(actor, order_id, command, command_id))
        if isinstance(answer, Refused):
            self.note(REFUSED, f"{verb_words(command)}: {answer.sentence}")
        self.activity.settle()
        return answer

    @needs_own(Right.OWN, closed.no_preview)
    def preview(self, actor: Actor, order_id: str, command: AnyCommand) -> Preview:
        """Say what a command would do, and change nothing."""
        order = self._read(actor, order_id, command)
        if refused := self.activity.over() or self._refusal(actor, order, command):
            return closed.no_preview(refused)
        return self.desk.preview(self._party(actor, order), order_id, command)

    @needs_own(Right.BUY, closed.no_purchase, Role.BUYER)
    def buy(self, buyer: Actor, purchase: Purchase, command_id: str) -> tuple[Answer, ...]:
        """Place one order a seller of the cart, after which the others answer."""
        if over := self.activity.over():
            return (over,)
        answers = _unless_revoked(lambda: self.desk.buy(buyer, purchase, command_id))
        self.activity.settle()
        return (answers,) if isinstance(answers, Refused) else answers

    @needs_own(Right.BUY, closed.no_list, Role.BUYER)
    def bought(self, buyer: Actor, command_id: str, parts: int) -> tuple[str, ...]:
        """Name the orders that a purchase has led to."""
        return self.desk.bought(buyer, command_id, parts)

    @needs(Right.CLOCK, closed.no_act)
    def advance(self, to: int) -> tuple[News, ...] | Refused:
        """Move the clock, in the name of the first chair."""
        if over := self.activity.over():
            return over
        return _unless_revoked(lambda: self.activity.advance(to, self.access.chairs[0]))

    @needs(Right.UNDO, closed.no_undo)
    def undo(self) -> str:
        """Take the person's last act back, and what others answered to it."""
        if self.finished:
            return "The exercise is over; play it again instead."
        return take_back(self.desk, self.record, self.access.undoes)

    @needs(Right.LOG, closed.no_view)
    def note(self, kind: str, about: str) -> None:
        """Add a note to the run's log; what is looked at after the end does not count."""
        if not self.finished:
            self.record.note(kind, about)

    def _given(self, actor: Actor, order_id: str, command: AnyCommand, command_id: str) -> Answer:
        order = self._read(actor, order_id, command)
        if refused := self._refusal(actor, order, command):
            return refused
        packed = filled(command, order, self.activity.found)
        return self.desk.submit(self._party(actor, order), order_id, packed, command_id)

    def _read(self, actor: Actor, order_id: str, command: AnyCommand) -> Order | None:
        """Read the order where it matters here; the desk reads it anyway, with the command."""
        mediates, stands_for = actor.role is Role.MEDIATOR, actor in self.access.lists
        if mediates or stands_for or isinstance(command, OpenParcel):
            return self.desk.order_state(order_id)
        return None

    def _party(self, actor: Actor, order: Order | None) -> Actor:
        return self.access.acts_as(actor, order) if order else actor

    def _refusal(self, actor: Actor, order: Order | None, command: AnyCommand) -> Refused | None:
        """Refuse what the engine, which knows no access, would do."""
        if isinstance(command, PlaceOrder) and actor.role is Role.BUYER:
            if Right.PRICE in self.access.rights:
                return None
            other = command.buyer != actor.person
            return refuse("NOT_YOURS", role=actor.role) if other else refuse("SEAT_PRICE")
        # The engine says whose case it is; of an order without one a mediator hears nothing.
        if order is None or order.dispute or actor.role is not Role.MEDIATOR:
            return None
        seen = self.access.sees(actor, order)
        return None if seen else refuse("UNKNOWN_ORDER", order=order.id)

    # -- the journal and the clock

    @needs(Right.MARKET)
    def now(self) -> int:
        """The market's clock, in Unix seconds."""
        return self.desk.now()

    @needs(Right.MARKET)
    def point(self) -> JournalPoint:
        """How far the journal goes; a run that was taken back elsewhere is followed there."""
        self.desk.market = self.record.follow()
        return self.desk.point()

    @needs(Right.MARKET)
    def watch(self) -> ChangeWatcher:
        """Begin to watch for what is written to the store."""
        return self.desk.store.watch()

    @needs(Right.MARKET)
    def snapshot(self) -> AbstractContextManager[None]:
        """Let all that is asked until the block's end be answered from one instant."""
        return self.desk.store.snapshot()

    @needs(Right.MARKET)
    def try_out(self) -> None:
        """Write what changes nothing: it raises StoreProblem as long as nothing can be written."""
        self.desk.store.try_out(self.desk.market)

    @needs(Right.OWN, closed.no_view)
    def next_deadline(self) -> NextDeadline | None:
        """The first deadline to come that the person at the screen may know of."""
        first = self.access.chairs[0]
        sees = partial(self.access.sees, first)
        if Right.WHOLE_MARKET in self.access.rights:
            return self.desk.next_deadline(first.role, sees)
        return self.desk.own_deadline(first, sees)

    @needs_own(Right.OWN, closed.no_list)
    def heard(self, actor: Actor, after: JournalPoint) -> tuple[News, ...]:
        """What others did after a point to the orders that the actor hears of."""
        return self.desk.heard(after, actor.role, partial(self.access.hears, actor))

    # -- orders

    @needs_own(Right.OWN, closed.no_list)
    def rows(self, actor: Actor, after: str = "", words: str = "") -> tuple[OrderRow, ...]:
        """A page of the orders on the actor's list."""
        return self.desk.rows(self._listed(actor), after, words)

    @needs_own(Right.OWN, closed.no_view)
    def tally(self, actor: Actor) -> Tally | None:
        """How many orders the actor's list holds in all, None for a party's own list."""
        return self.desk.tally(self._listed(actor))

    @needs_order()
    def order(self, actor: Actor, order_id: str) -> OrderView:
        """An order as the actor's role may see it."""
        return self.desk.order(actor, order_id)

    @needs_order()
    def movements(self, actor: Actor, order_id: str) -> tuple[Movement, ...]:
        """Every movement of an order's money that the actor may see."""
        return self.desk.movements(actor, order_id)

    @needs_order(closed.no_list)
    def exhibits(self, actor: Actor, order_id: str) -> tuple[Exhibit, ...]:
        """What the actor could hand in as evidence, and has not."""
        order = self.desk.order_state(order_id)
        assert order is not None
        return not_handed_in(order, actor.role, self.activity.exhibits(actor.role, order))

    # -- people, money, goods

    @needs(Right.MARKET)
    def person(self, person_id: str) -> PersonView:
        """A party as everybody may see it."""
        return self.access.people.get(person_id) or self.desk.person(person_id)

    @needs_own(Right.SELL, role=Role.SELLER)
    def account(self, seller: Actor) -> AccountView:
        """The balances of a seller."""
        return self.desk.account(self._listed(seller))

    @needs_own(Right.BUY, closed.no_list, Role.BUYER)
    def wallet(self, buyer: Actor) -> tuple[AmountView, ...]:
        """What a buyer has on the platform."""
        return self.desk.wallet(buyer)

    @needs_own(Right.BUY, closed.no_view, Role.BUYER)
    def private(self, buyer: Actor) -> Private | None:
        """What only the buyer may see of themselves."""
        return self.desk.private(buyer)

    @needs_own(Right.BUY, closed.no_list, Role.BUYER)
    def listings(self, buyer: Actor, search: str = "", after: str = "") -> tuple[ListingView, ...]:
        """A page of the shop window."""
        return self.desk.listings(buyer, search, after)

    @needs_own(Right.BUY, closed.no_quote, Role.BUYER)
    def quote(self, buyer: Actor, purchase: Purchase) -> Quote:
        """Say what a purchase would cost, and change nothing."""
        return self.desk.quote(buyer, purchase)

    def _listed(self, actor: Actor) -> Actor:
        """Return the actor whose orders and account a chair's list shows."""
        return self.access.lists.get(actor, actor)

    # -- the coach

    @needs(Right.COACH, closed.no_view)
    def coach(self) -> CoachView | None:
        """What the coach says now."""
        return self.activity.coach()

    @needs(Right.COACH, closed.no_words)
    def hint(self) -> str:
        """Take the next hint."""
        return self.activity.hint()

    @needs(Right.COACH, closed.no_view)
    def finish(self) -> Debrief | None:
        """End the exercise, and tell how it went."""
        return self.activity.finish()


def _unless_revoked(do: Callable[[], _T]) -> _T | Refused:
    """Do it, or answer that the seat was revoked."""
    try:
        return do()
    except SeatRevokedError:
        return refuse("SEAT_REVOKED")
