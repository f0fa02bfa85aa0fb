"""Free play: one person sits in every chair of a market, and is its carrier and its bank."""

import msgspec

from escrow_tui.desk.question import frozen_of, market_row
from escrow_tui.desk.session import News, Point
from escrow_tui.engine.account import SellerAccount
from escrow_tui.engine.answers import Answer
from escrow_tui.engine.commands import AnyCommand
from escrow_tui.engine.order import Order
from escrow_tui.engine.roles import BANK, CARRIER, FIRST_MEDIATOR, Actor, Role
from escrow_tui.engine.terms import DisputePhase
from escrow_tui.scenarios.session.free_market import FreeMarket
from escrow_tui.store.rows.seats import REVOKED
from escrow_tui.views.choices import OrderView
from escrow_tui.views.money_views import AccountView, Movement, Preview, account_view
from escrow_tui.views.order_row import OrderRow, Tally
from escrow_tui.views.parts import PersonView

BUYER = Actor(Role.BUYER, "buyer-1")
# One chair for all the shops: its list holds the orders of every shop, its account is their sum,
# and what it does to an order is done by the shop that sold it.
SHOPS = Actor(Role.SELLER, "shops")
_EVERY = {SHOPS: Actor(Role.SELLER, ""), FIRST_MEDIATOR: Actor(Role.MEDIATOR, "")}
# Who decides an appeal: it is for another mediator than the one who ruled.
COLLEAGUE = Actor(Role.MEDIATOR, "2")
CURRENCY = "USD"
# Taking back copies the journal: so many entries take a second or two.
MOST_COPIED = 50_000
_PARTS = ("pending", "available", "deposit", "debt")


class FreePlay(FreeMarket):
    """A free market: a buyer, all the shops, a mediator, and backstage the carrier and the bank."""

    @property
    def chairs(self) -> tuple[Actor, ...]:
        """Buyer, shops, mediator, backstage."""
        return (BUYER, SHOPS, FIRST_MEDIATOR, CARRIER)

    @property
    def actors(self) -> tuple[Actor, ...]:
        """Everybody: the person plays them all."""
        with self.desk.store.reading() as reading:
            people = reading.people(self.desk.market).values()
        parties = (Actor(one.role, one.id) for one in people)
        return (*parties, FIRST_MEDIATOR, COLLEAGUE, CARRIER, BANK)

    def undo(self) -> str:
        """Take the person's last act back, but for a market in which others sit, or a large one."""
        with self.desk.store.reading() as reading:
            seats = reading.seats(self.desk.market)
            entries = market_row(reading, self.desk.market).seq
        if entries > MOST_COPIED:
            return (
                f"Nothing can be taken back in a market of {entries:,} entries:"
                f" it would be copied whole, and more than {MOST_COPIED:,} take too long."
            )
        if any(one.state != REVOKED for one in seats):
            return "Nothing can be taken back in a market with seats: others have acted on it."
        return super().undo()

    def heard(self, after: Point, actor: Actor) -> tuple[News, ...]:
        """What another terminal did to the orders in the chair's list."""

        def sees(order: Order) -> bool:
            if actor.role is Role.BUYER:
                return order.buyer == actor.person
            return actor.role is not Role.MEDIATOR or order.dispute is not None

        return self.desk.heard(after, actor.role, sees)

    # -- the shops' chair is the shop that the order is about, the mediator's also the colleague's

    def submit(
        self, actor: Actor, order_id: str, command: AnyCommand, command_id: str = ""
    ) -> Answer:
        """Give a command; from the shops' chair as the order's own seller."""
        return super().submit(self._own(actor, order_id), order_id, command, command_id)

    def preview(self, actor: Actor, order_id: str, command: AnyCommand) -> Preview:
        """Say what a command would do, and change nothing."""
        return super().preview(self._own(actor, order_id), order_id, command)

    def order(self, actor: Actor, order_id: str) -> OrderView:
        """Return an order as the chair's own party, or the mediator of its appeal, sees it."""
        return super().order(self._own(actor, order_id), order_id)

    def movements(self, actor: Actor, order_id: str) -> tuple[Movement, ...]:
        """Every movement of an order's money that the actor may see."""
        return super().movements(self._own(actor, order_id), order_id)

    def rows(self, actor: Actor, after: str = "", words: str = "") -> tuple[OrderRow, ...]:
        """A page of orders: the shops' chair sees those of all, the mediator's every case."""
        return super().rows(_EVERY.get(actor, actor), after, words)

    def tally(self, actor: Actor) -> Tally | None:
        """How many orders the actor's list holds in all."""
        return super().tally(_EVERY.get(actor, actor))

    def account(self, seller: Actor) -> AccountView:
        """A seller's balances; the shops' chair sees their sum."""
        if seller != SHOPS:
            return super().account(seller)
        with self.desk.store.reading() as reading:
            held = reading.balances_of_sellers(self.desk.market)
            frozen = frozen_of(reading, self.desk.market, None, CURRENCY)
        pending, available, deposit, debt = (_sum(held, part) for part in _PARTS)
        every = SellerAccount(pending, available, deposit, -debt)
        return account_view(every, CURRENCY, min(frozen, pending))

    def person(self, person_id: str) -> PersonView:
        """A party as everybody may see it."""
        if person_id == SHOPS.person:
            return PersonView(person_id, "All the shops", "", "each acts on its own orders")
        return super().person(person_id)

    def _own(self, actor: Actor, order_id: str) -> Actor:
        """Whom a chair stands for at this order."""
        order = self.order_state(order_id) if actor in (SHOPS, FIRST_MEDIATOR) else None
        if order is None:
            return actor
        if actor == SHOPS:
            return msgspec.structs.replace(actor, person=order.seller)
        dispute = order.dispute
        appealed = dispute is not None and dispute.phase is DisputePhase.APPEAL_REVIEW
        return COLLEAGUE if appealed else actor


def _sum(held: dict[tuple[str, str], int], part: str) -> int:
    return sum(
        minor
        for (account, currency), minor in held.items()
        if account.startswith("seller:") and account.endswith(f":{part}") and currency == CURRENCY
    )
