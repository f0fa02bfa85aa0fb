"""A seat: one person among others in a market, who sees and does what is his own.

Its actor is that of the seat's row. What a screen or a caller says he is, is compared with it and
never believed.
"""

from collections.abc import Callable
from typing import TypeVar

from escrow_tui.desk.desk import Desk
from escrow_tui.desk.news import open_to
from escrow_tui.desk.own_deadline import own_deadline
from escrow_tui.desk.session import (
    News,
    NextDeadline,
    NoSuchOrderError,
    NotYourSeatError,
    Point,
    Purchase,
)
from escrow_tui.engine.answers import Answer, Refused
from escrow_tui.engine.commands import AnyCommand, Exhibit, PlaceOrder
from escrow_tui.engine.context import refuse
from escrow_tui.engine.market import Private
from escrow_tui.engine.order import Order
from escrow_tui.engine.roles import BANK, CARRIER, Actor, Role
from escrow_tui.scenarios.session.free_market import FreeMarket
from escrow_tui.store import RunRow
from escrow_tui.store.rows.seats import BACKSTAGE, SeatRevokedError, SeatRow
from escrow_tui.views.choices import OrderView
from escrow_tui.views.money_views import AccountView, AmountView, Movement, Preview
from escrow_tui.views.order_row import OrderRow, Tally
from escrow_tui.views.shop import ListingView, Quote

NO_UNDO = "Nothing can be taken back from a seat: others have acted on it."
CLOCK = refuse("SEAT_CLOCK")

_T = TypeVar("_T")


def actors_of(seat: SeatRow) -> tuple[Actor, ...]:
    """Return whom a seat acts as: one person, or backstage the carrier and the bank."""
    if seat.role == BACKSTAGE:
        return (CARRIER, BANK)
    return (Actor(Role(seat.role), seat.person),)


class Seated(FreeMarket):
    """The session of a seat; `desk` must stand on a store that looks the seat up."""

    def __init__(self, desk: Desk, run: RunRow, seat: SeatRow) -> None:
        super().__init__(desk, run)
        self.seat = seat
        self._actors = actors_of(seat)

    @property
    def chairs(self) -> tuple[Actor, ...]:
        """The seat's own chair alone."""
        return self._actors[:1]

    @property
    def title(self) -> str:
        """The market, and who sits here."""
        own = self._actors[0]
        if self.seat.role == BACKSTAGE:
            return self.run.title
        who = str(own).replace(":", " ") if own.role is Role.MEDIATOR else own.person
        return f"{self.run.title} ({who})"

    @property
    def no_clock(self) -> str:
        """Only backstage moves the clock."""
        return "" if self.seat.role == BACKSTAGE else CLOCK.sentence

    @property
    def no_undo(self) -> str:
        """What one takes back, others would lose."""
        return NO_UNDO

    def note(self, kind: str, about: str) -> None:
        """Keep nothing: what a person looks at is nobody's but his."""

    def undo(self) -> str:
        """Take nothing back."""
        return NO_UNDO

    # -- commands

    def submit(
        self, actor: Actor, order_id: str, command: AnyCommand, command_id: str = ""
    ) -> Answer:
        """Give a command as the seat's own actor, and as nobody else."""

        def given() -> Answer:
            if refusal := self._refusal(actor, order_id, command):
                return refusal
            return self.desk.submit(actor, order_id, self.worldly(order_id, command), command_id)

        return _unless_revoked(given)

    def buy(self, buyer: Actor, purchase: Purchase, command_id: str) -> tuple[Answer, ...]:
        """Place one order a seller of the cart, for the buyer of this seat."""
        if not self._is_own(buyer):
            return (self._other(),)
        answers = _unless_revoked(lambda: self.desk.buy(buyer, purchase, command_id))
        return (answers,) if isinstance(answers, Refused) else answers

    def bought(self, buyer: Actor, command_id: str, parts: int) -> tuple[str, ...]:
        """Name the orders that a purchase of the buyer of this seat has led to."""
        return self.desk.bought(buyer, command_id, parts) if self._is_own(buyer) else ()

    def advance(self, to: int) -> tuple[News, ...] | Refused:
        """Move the clock, backstage."""
        if self.seat.role != BACKSTAGE:
            return CLOCK
        return _unless_revoked(lambda: self.desk.advance(to, CARRIER))

    def preview(self, actor: Actor, order_id: str, command: AnyCommand) -> Preview:
        """Say what a command would do, and change nothing."""
        if refusal := self._refusal(actor, order_id, command):
            return Preview(False, refusal.explanation, (), (), "", "")
        return self.desk.preview(actor, order_id, command)

    def _refusal(self, actor: Actor, order_id: str, command: AnyCommand) -> Refused | None:
        """Refuse before the engine is asked what only a seat may not."""
        if actor not in self._actors:
            return self._other()
        if isinstance(command, PlaceOrder) and actor.role is Role.BUYER:
            if command.buyer != actor.person:
                return refuse("NOT_YOURS", role=actor.role)
            return refuse("SEAT_PRICE")
        if actor.role is Role.MEDIATOR:
            order = self.order_state(order_id)
            # The engine says whose case it is; of an order without one he hears nothing at all.
            if order is not None and order.dispute is None and not _ruled(order, actor):
                return refuse("UNKNOWN_ORDER", order=order_id)
        return None

    def _other(self) -> Refused:
        return refuse("OTHER_SEAT", seat=self._actors[0])

    # -- what concerns the market

    def point(self) -> Point:
        """How far the journal goes; a seat's market is never taken back."""
        return self.desk.point()

    def heard(self, after: Point, actor: Actor) -> tuple[News, ...]:
        """What others did to the seat's own orders."""
        return self.desk.heard(after, actor.role, self._sees) if actor in self._actors else ()

    def next_deadline(self) -> NextDeadline | None:
        """The first deadline to come of the seat's own orders; of all, backstage."""
        if self.seat.role == BACKSTAGE:
            return self.desk.next_deadline()
        with self.desk.store.reading() as reading:
            return own_deadline(reading, self.desk.market, self._actors[0], self._sees)

    def rows(self, actor: Actor, after: str = "", words: str = "") -> tuple[OrderRow, ...]:
        """A page of the seat's own orders."""
        return self.desk.rows(actor, after, words) if actor in self._actors else ()

    def tally(self, actor: Actor) -> Tally | None:
        """How many orders the market has, backstage; others see but their own."""
        is_all = self.seat.role == BACKSTAGE and actor in self._actors
        return self.desk.tally(actor) if is_all else None

    def listings(self, buyer: Actor, search: str = "", after: str = "") -> tuple[ListingView, ...]:
        """A page of the shop window, for a buyer."""
        return self.desk.listings(buyer, search, after) if self._is_own(buyer) else ()

    def quote(self, buyer: Actor, purchase: Purchase) -> Quote:
        """Say what a purchase would cost the buyer of this seat."""
        if not self._is_own(buyer):
            return Quote((), purchase.method, "", self._other().sentence)
        return self.desk.quote(buyer, purchase)

    def account(self, seller: Actor) -> AccountView:
        """The balances of the seller of this seat.

        Raises:
            NotYourSeatError: it is another's account.
        """
        if seller.role is not Role.SELLER or seller not in self._actors:
            raise NotYourSeatError(str(seller))
        return self.desk.account(seller)

    def wallet(self, buyer: Actor) -> tuple[AmountView, ...]:
        """What the buyer of this seat has on the platform; nothing for others."""
        return self.desk.wallet(buyer) if self._is_own(buyer) else ()

    def private(self, buyer: Actor) -> Private | None:
        """What only the buyer of this seat sees of himself; None for others."""
        return self.desk.private(buyer) if self._is_own(buyer) else None

    def _is_own(self, buyer: Actor) -> bool:
        return buyer.role is Role.BUYER and buyer in self._actors

    # -- what concerns an order: each raises NoSuchOrderError for one that is not the seat's

    def order(self, actor: Actor, order_id: str) -> OrderView:
        """Return an order of this seat as its role sees it."""
        self._look(actor, order_id)
        return self.desk.order(actor, order_id)

    def movements(self, actor: Actor, order_id: str) -> tuple[Movement, ...]:
        """Every movement of an order's money that the seat may see."""
        self._look(actor, order_id)
        return self.desk.movements(actor, order_id)

    def exhibits(self, actor: Actor, order_id: str) -> tuple[Exhibit, ...]:
        """What the seat could hand in as evidence on its own order."""
        order = self.order_state(order_id)
        if actor not in self._actors or order is None or not self._sees(order):
            return ()
        return super().exhibits(actor, order_id)

    def _look(self, actor: Actor, order_id: str) -> None:
        if actor not in self._actors:
            raise NotYourSeatError(order_id)
        order = self.order_state(order_id)
        if order is None or not self._sees(order):
            raise NoSuchOrderError(order_id)

    def _sees(self, order: Order) -> bool:
        """Tell whether an order is the seat's to see."""
        own = self._actors[0]
        if own.role is Role.BUYER:
            return order.buyer == own.person
        if own.role is Role.SELLER:
            return order.seller == own.person
        if own.role is Role.MEDIATOR:
            return open_to(order, own) if order.dispute else _ruled(order, own)
        return True


def _ruled(order: Order, mediator: Actor) -> bool:
    """Tell whether the goods go back because of what this mediator has decided."""
    ended = order.return_.dispute if order.return_ else None
    return ended is not None and mediator.person in (ended.mediator, ended.reviewer)


def _unless_revoked(do: Callable[[], _T]) -> _T | Refused:
    """Do it, or answer that the seat was revoked."""
    try:
        return do()
    except SeatRevokedError:
        return refuse("SEAT_REVOKED")
