"""The desk of one market: commands in, views out, each in one transaction of the store."""

from collections.abc import Mapping
from uuid import uuid4

from escrow_tui.desk.checkout import country_of, order_name, orders_of
from escrow_tui.desk.commit import commit, market_row, run_due, seller_account
from escrow_tui.desk.preview import preview
from escrow_tui.desk.rates import converted, own_currency
from escrow_tui.desk.session import News, NextDeadline, Purchase
from escrow_tui.engine.account import SellerAccount
from escrow_tui.engine.answers import Answer, Refused
from escrow_tui.engine.commands import AnyCommand, PlaceOrder
from escrow_tui.engine.context import Context, refuse
from escrow_tui.engine.deadlines import deadlines
from escrow_tui.engine.entry import CLOCK_STREAM, Entry, order_stream
from escrow_tui.engine.events import OrderPlaced
from escrow_tui.engine.order import Order
from escrow_tui.engine.payment import place
from escrow_tui.engine.roles import BANK, CARRIER, Actor, Role
from escrow_tui.policy import PolicyFile
from escrow_tui.store import OrderKey, Reading, Store
from escrow_tui.views import roles
from escrow_tui.views.money import AccountView, Movement, Preview, account_view, movements
from escrow_tui.views.parts import PersonView, RuleText
from escrow_tui.views.rows import OrderRow, order_row
from escrow_tui.views.shared import Facts, person_view
from escrow_tui.views.shop import ListingView, Quote, listing_view, quote_part
from escrow_tui.views.telling import tell
from escrow_tui.views.words import DEADLINE_WORDS, date_of, span_of


class Desk:
    """One market of a store. Its methods are what `Session` promises; it binds nobody to a chair.

    `violations` names every invariant that did not hold after a command; it stays empty.
    """

    def __init__(self, store: Store, market: str, policy: PolicyFile) -> None:
        self.store = store
        self.market = market
        self.violations: list[str] = []
        self._rules: Mapping[str, RuleText] = {
            row.name: RuleText(row.name, row.value, row.means, row.source) for row in policy.rows
        }

    # -- commands

    def submit(
        self, actor: Actor, order_id: str, command: AnyCommand, command_id: str = ""
    ) -> Answer:
        """Give a command at the market's instant; the same id again gives the first answer."""
        with self.store.writing() as writing:
            answer, broken = commit(writing, self.market, actor, order_id, command, command_id)
        self.violations.extend(broken)
        return answer

    def advance(self, to: int, by: Actor) -> tuple[News, ...] | Refused:
        """Move the clock to an instant (Unix seconds), executing every deadline on the way."""
        with self.store.writing() as writing:
            now = market_row(writing, self.market).now
            if to < now:
                return refuse("TIME_GOES_BACK", now=date_of(now), asked=date_of(to))
            entries, broken = run_due(writing, self.market, to)
            writing.advance_clock(self.market, to, by)
            news = tuple(one for entry in entries for one in self._news(writing, entry, by.role))
        self.violations.extend(broken)
        return news

    def buy(self, buyer: Actor, purchase: Purchase, command_id: str) -> tuple[Answer, ...]:
        """Place one order a seller of the cart."""
        with self.store.reading() as reading:
            commands = self._purchase(reading, buyer, purchase)
            taken = self._order_count(reading)
        return tuple(
            self.submit(buyer, order_name(taken + nth), command, f"{command_id}.{nth}")
            for nth, command in enumerate(commands)
        )

    # -- questions

    def now(self) -> int:
        """The market's clock, in Unix seconds."""
        with self.store.reading() as reading:
            return market_row(reading, self.market).now

    def next_deadline(self) -> NextDeadline | None:
        """The first deadline to come."""
        with self.store.reading() as reading:
            market = market_row(reading, self.market)
            due = reading.next_deadline(self.market)
            if due is None:
                return None
            at, order_id = due
            stored = reading.order(self.market, order_id)
            assert stored is not None
            first = deadlines(stored.order, reading.policy(stored.order.policy))[0]
        title = DEADLINE_WORDS[first.name][0]
        return NextDeadline(at, order_id, title, date_of(at), span_of(at - market.now))

    def preview(self, actor: Actor, order_id: str, command: AnyCommand) -> Preview:
        """Say what a command would do, and change nothing."""
        with self.store.reading() as reading:
            return preview(reading, self.market, actor, order_id, command)

    def quote(self, buyer: Actor, purchase: Purchase) -> Quote:
        """Say what a purchase would cost, and change nothing."""
        with self.store.reading() as reading:
            people = reading.people(self.market)
            taken = self._order_count(reading)
            commands = self._purchase(reading, buyer, purchase)
            paid = [self._paid(command, buyer, reading) for command in commands]
        parts = tuple(
            quote_part(order_name(taken + nth), command, total, people)
            for nth, (command, total) in enumerate(zip(commands, paid, strict=True))
        )
        rate = commands[0].rate if commands else ""
        shown = f"1 {commands[0].currency} = {rate} {purchase.pay_in}, locked" if rate else ""
        return Quote(parts, purchase.method, shown, "" if parts else "The cart is empty.")

    def rows(self, actor: Actor, after: OrderKey | None = None) -> tuple[OrderRow, ...]:
        """A page of the orders that the actor may see, the newest first."""
        with self.store.reading() as reading:
            now = market_row(reading, self.market).now
            stored = reading.orders(
                self.market,
                buyer=actor.person if actor.role is Role.BUYER else None,
                seller=actor.person if actor.role is Role.SELLER else None,
                disputed=actor.role is Role.MEDIATOR,
                after=after,
            )
            return tuple(
                order_row(one.order, reading.policy(one.order.policy), actor.role, now)
                for one in stored
                if _open_to(one.order, actor)
            )

    def buyer_order(self, actor: Actor, order_id: str) -> roles.BuyerOrder:
        """An order as its buyer sees it."""
        return roles.buyer_order(self.facts(order_id), actor)

    def seller_order(self, actor: Actor, order_id: str) -> roles.SellerOrder:
        """An order as its seller sees it."""
        return roles.seller_order(self.facts(order_id), actor)

    def mediator_case(self, actor: Actor, order_id: str) -> roles.MediatorCase:
        """An order as the mediator of its dispute sees it."""
        return roles.mediator_case(self.facts(order_id), actor)

    def backstage_order(self, order_id: str) -> roles.BackstageOrder:
        """An order as the carrier and the bank see it."""
        return roles.backstage_order(self.facts(order_id), CARRIER, BANK)

    def movements(self, actor: Actor, order_id: str) -> tuple[Movement, ...]:
        """Every movement of an order's money that the actor may see."""
        return movements(self.facts(order_id), actor)

    def account(self, seller: Actor, currency: str = "USD") -> AccountView:
        """A seller's balances."""
        with self.store.reading() as reading:
            account = seller_account(reading, self.market, seller.person, currency)
        return account_view(account, currency)

    def person(self, person_id: str) -> PersonView:
        """A party as everybody may see it."""
        with self.store.reading() as reading:
            return person_view(person_id, reading.people(self.market))

    def listings(self, buyer: Actor, search: str = "") -> tuple[ListingView, ...]:
        """The shop window, with prices in the buyer's own currency beside."""
        with self.store.reading() as reading:
            people = reading.people(self.market)
            found = reading.listings(self.market, search=search)
        own = own_currency(country_of(people.get(buyer.person)))
        return tuple(listing_view(one, people, own, converted(one.price, own)) for one in found)

    def facts(self, order_id: str) -> Facts:
        """Everything that a view of an order is made from, in one snapshot.

        Raises:
            KeyError: there is no such order.
        """
        with self.store.reading() as reading:
            market = market_row(reading, self.market)
            stored = reading.order(self.market, order_id)
            if stored is None:
                raise KeyError(order_id)
            return Facts(
                stored.order,
                reading.entries(self.market, order_stream(order_id)),
                reading.policy(stored.order.policy),
                self._rules,
                reading.people(self.market),
                market.now,
            )

    def entries(self) -> tuple[Entry, ...]:
        """The whole journal of the market, oldest first."""
        with self.store.reading() as reading:
            return reading.entries(self.market)

    # -- going back

    def fork(self, upto: int) -> str:
        """Copy the journal up to an entry into a new market and stand there; nothing is deleted."""
        child = uuid4().hex[:12]
        with self.store.writing() as writing:
            writing.copy_market(self.market, child, upto)
        self.market = child
        return child

    def last_act(self, people: tuple[Actor, ...], floor: int) -> tuple[Entry, int] | None:
        """Return the last act of these people after entry `floor`, and the entry to go back to.

        Going back over time takes the deadlines back that were executed on the way.
        """
        with self.store.reading() as reading:
            entries = reading.entries(self.market)
            started = market_row(reading, self.market).started
        acts = [one for one in entries if one.seq > floor and _is_act(one, people)]
        if not acts:
            return None
        last = acts[-1]
        if last.command is not None:
            return last, last.seq - 1
        moves = [one.at for one in entries if one.stream == CLOCK_STREAM and one.seq < last.seq]
        before = moves[-1] if moves else started
        kept = [one.seq for one in entries if one.seq < last.seq and one.at <= before]
        return last, max(kept, default=0)

    # -- inside

    def _purchase(
        self, reading: Reading, buyer: Actor, purchase: Purchase
    ) -> tuple[PlaceOrder, ...]:
        found = [reading.listing(self.market, one) for one in purchase.listings]
        country = country_of(reading.people(self.market).get(buyer.person))
        return orders_of(buyer, purchase, [one for one in found if one], country)

    def _paid(self, command: PlaceOrder, buyer: Actor, reading: Reading) -> int:
        """Ask the engine what the buyer would pay, in the currency paid in."""
        market = market_row(reading, self.market)
        policy = reading.policy(market.policy_hash)
        context = Context(buyer, policy, market.policy_hash, market.now, SellerAccount())
        placed = place(command, context)
        if isinstance(placed, Refused):
            return 0
        return next(one.paid_total for one in placed if isinstance(one, OrderPlaced))

    def _order_count(self, reading: Reading) -> int:
        return sum(reading.phase_counts(self.market).values())

    def _news(self, reading: Reading, entry: Entry, role: Role) -> tuple[News, ...]:
        """Tell what a deadline brought."""
        order_id = entry.stream.partition(":")[2]
        stored = reading.order(self.market, order_id)
        assert stored is not None
        return tuple(
            News(order_id, date_of(entry.at), tell(event, stored.order, role))
            for event in entry.events
        )


def _open_to(order: Order, actor: Actor) -> bool:
    """A mediator sees the cases that are his or free; a party sees his own orders anyway."""
    if actor.role is not Role.MEDIATOR or order.dispute is None:
        return True
    return order.dispute.mediator in ("", actor.person)


def _is_act(entry: Entry, people: tuple[Actor, ...]) -> bool:
    return entry.actor in people and (entry.command is not None or entry.stream == CLOCK_STREAM)
