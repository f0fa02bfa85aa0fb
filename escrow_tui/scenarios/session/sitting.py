"""A person's session at a market: a desk, opened as far as an access grants.

Every public question passes the gate before it reaches the desk (see `gate`).
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
from escrow_tui.views.money_views import AccountView, AmountView, Movement, Preview
from escrow_tui.views.order_row import OrderRow, Tally
from escrow_tui.views.parts import PersonView
from escrow_tui.views.shop import ListingView, Quote

_T = TypeVar("_T")


class Sitting(Gated):
    """The implementation of `Session`: one access to one desk."""

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
        """Give a command, then let the others answer; a refused attempt is logged."""
        if over := self.activity.over():
            return over
        answer = _unless_revoked(lambda: self._given(actor, order_id, command, command_id))
        if isinstance(answer, Refused):
            self.note(REFUSED, f"{verb_words(command)}: {answer.explanation}")
        self.activity.settle()
        return answer

    @needs_own(Right.OWN, closed.no_preview)
    def preview(self, actor: Actor, order_id: str, command: AnyCommand) -> Preview:
        """Return what a command would do."""
        order = self._read(actor, order_id, command)
        if refused := self.activity.over() or self._refusal(actor, order, command):
            return closed.no_preview(refused)
        return self.desk.preview(self._party(actor, order), order_id, command)

    @needs_own(Right.BUY, closed.no_purchase, Role.BUYER)
    def buy(self, buyer: Actor, purchase: Purchase, command_id: str) -> tuple[Answer, ...]:
        """Place one order per seller, then let the others answer."""
        if over := self.activity.over():
            return (over,)
        answers = _unless_revoked(lambda: self.desk.buy(buyer, purchase, command_id))
        self.activity.settle()
        return (answers,) if isinstance(answers, Refused) else answers

    @needs_own(Right.BUY, closed.no_list, Role.BUYER)
    def bought(self, buyer: Actor, command_id: str, parts: int) -> tuple[str, ...]:
        """Return the order id of each part of a purchase."""
        return self.desk.bought(buyer, command_id, parts)

    @needs(Right.CLOCK, closed.no_act)
    def advance(self, to: int) -> tuple[News, ...] | Refused:
        """Move the clock, in the name of the first chair."""
        if over := self.activity.over():
            return over
        return _unless_revoked(lambda: self.activity.advance(to, self.access.chairs[0]))

    @needs(Right.UNDO, closed.no_undo)
    def undo(self) -> str:
        """Take back the person's last act with everything that followed from it."""
        if self.finished:
            return "The exercise is over; play it again instead."
        return take_back(self.desk, self.record, self.access.undoes)

    @needs(Right.LOG, closed.no_view)
    def note(self, kind: str, about: str) -> None:
        """Add a note to the run's log, unless the exercise is over."""
        if not self.finished:
            self.record.note(kind, about)

    def _given(self, actor: Actor, order_id: str, command: AnyCommand, command_id: str) -> Answer:
        order = self._read(actor, order_id, command)
        if refused := self._refusal(actor, order, command):
            return refused
        packed = filled(command, order, self.activity.found)
        return self.desk.submit(self._party(actor, order), order_id, packed, command_id)

    def _read(self, actor: Actor, order_id: str, command: AnyCommand) -> Order | None:
        """Return the order if the access or the command depends on it; it costs a transaction."""
        mediates, stands_for = actor.role is Role.MEDIATOR, actor in self.access.lists
        if mediates or stands_for or isinstance(command, OpenParcel):
            return self.desk.order_state(order_id)
        return None

    def _party(self, actor: Actor, order: Order | None) -> Actor:
        return self.access.acts_as(actor, order) if order else actor

    def _refusal(self, actor: Actor, order: Order | None, command: AnyCommand) -> Refused | None:
        """Refuse what the access does not grant but the engine would do."""
        if isinstance(command, PlaceOrder) and actor.role is Role.BUYER:
            if Right.PRICE in self.access.rights:
                return None
            other = command.buyer != actor.person
            return refuse("NOT_YOURS", role=actor.role) if other else refuse("SEAT_PRICE")
        # The engine says whose case it is; that an order without a case exists is not revealed.
        if order is None or order.dispute or actor.role is not Role.MEDIATOR:
            return None
        seen = self.access.sees(actor, order)
        return None if seen else refuse("UNKNOWN_ORDER", order=order.id)

    # -- the journal and the clock

    @needs(Right.MARKET)
    def now(self) -> int:
        """Return the market's clock, in Unix seconds."""
        return self.desk.now()

    @needs(Right.MARKET)
    def point(self) -> JournalPoint:
        """Return how far the journal goes, in the fork where the run goes on."""
        if self.record.follow():
            self.desk.market = self.record.run.market
        return self.desk.point()

    @needs(Right.MARKET)
    def watch(self) -> ChangeWatcher:
        """Start to watch for writes to the store."""
        return self.desk.store.watch()

    @needs(Right.MARKET)
    def snapshot(self) -> AbstractContextManager[None]:
        """Answer everything that is asked within the block from one snapshot."""
        return self.desk.store.snapshot()

    @needs(Right.MARKET)
    def try_out(self) -> None:
        """Test that the store can be written to."""
        self.desk.store.try_out(self.desk.market)

    @needs(Right.OWN, closed.no_view)
    def next_deadline(self) -> NextDeadline | None:
        """Return the next deadline that the person at the screen may know of."""
        first = self.access.chairs[0]
        sees = partial(self.access.sees, first)
        if Right.WHOLE_MARKET in self.access.rights:
            return self.desk.next_deadline(first.role, sees)
        return self.desk.own_deadline(first, sees)

    @needs_own(Right.OWN, closed.no_list)
    def heard(self, actor: Actor, after: JournalPoint) -> tuple[News, ...]:
        """Return what others did after a point to the orders that the actor hears of."""
        return self.desk.heard(after, actor.role, partial(self.access.hears, actor))

    # -- orders

    @needs_own(Right.OWN, closed.no_list)
    def rows(self, actor: Actor, after: str = "", words: str = "") -> tuple[OrderRow, ...]:
        """Return a page of the actor's list."""
        return self.desk.rows(self._listed(actor), after, words)

    @needs_own(Right.OWN, closed.no_view)
    def tally(self, actor: Actor) -> Tally | None:
        """Return how many orders the market has, None if the list is one party's own."""
        return self.desk.tally(self._listed(actor))

    @needs_order()
    def order(self, actor: Actor, order_id: str) -> OrderView:
        """Return an order as the actor's role may see it."""
        return self.desk.order(actor, order_id)

    @needs_order()
    def movements(self, actor: Actor, order_id: str) -> tuple[Movement, ...]:
        """Return every movement of an order's money that the actor may see."""
        return self.desk.movements(actor, order_id)

    @needs_order(closed.no_list)
    def exhibits(self, actor: Actor, order_id: str) -> tuple[Exhibit, ...]:
        """Return what the actor could still hand in as evidence."""
        order = self.desk.order_state(order_id)
        assert order is not None
        return not_handed_in(order, actor.role, self.activity.exhibits(actor.role, order))

    # -- people, money, goods

    @needs(Right.MARKET)
    def person(self, person_id: str) -> PersonView:
        """Return a party as everybody may see them."""
        return self.access.people.get(person_id) or self.desk.person(person_id)

    @needs_own(Right.SELL, role=Role.SELLER)
    def account(self, seller: Actor) -> AccountView:
        """Return a seller's balances."""
        return self.desk.account(self._listed(seller))

    @needs_own(Right.BUY, closed.no_list, Role.BUYER)
    def wallet(self, buyer: Actor) -> tuple[AmountView, ...]:
        """Return what a buyer holds on the platform."""
        return self.desk.wallet(buyer)

    @needs_own(Right.BUY, closed.no_view, Role.BUYER)
    def private(self, buyer: Actor) -> Private | None:
        """Return the buyer's private details."""
        return self.desk.private(buyer)

    @needs_own(Right.BUY, closed.no_list, Role.BUYER)
    def listings(self, buyer: Actor, search: str = "", after: str = "") -> tuple[ListingView, ...]:
        """Return a page of the shop window."""
        return self.desk.listings(buyer, search, after)

    @needs_own(Right.BUY, closed.no_quote, Role.BUYER)
    def quote(self, buyer: Actor, purchase: Purchase) -> Quote:
        """Return what a purchase would cost."""
        return self.desk.quote(buyer, purchase)

    def _listed(self, actor: Actor) -> Actor:
        """Return the actor whose orders and account a chair's list shows."""
        return self.access.lists.get(actor, actor)

    # -- the coach

    @needs(Right.COACH, closed.no_view)
    def coach(self) -> CoachView | None:
        """Return what the coach says now."""
        return self.activity.coach()

    @needs(Right.COACH, closed.no_words)
    def hint(self) -> str:
        """Take and return the next hint."""
        return self.activity.hint()

    @needs(Right.COACH, closed.no_view)
    def finish(self) -> Debrief | None:
        """End the exercise and return its debrief."""
        return self.activity.finish()


def _unless_revoked(do: Callable[[], _T]) -> _T | Refused:
    """Call `do`; answer that the seat was revoked if that is what stops it."""
    try:
        return do()
    except SeatRevokedError:
        return refuse("SEAT_REVOKED")
