"""The desk of one market: commands in, views out, each in one transaction of the store."""

from collections.abc import Callable, Mapping
from uuid import uuid4

from escrow_tui.desk.checkout import cart_orders, cart_quote, country_of, name_for
from escrow_tui.desk.commit import commit, run_due
from escrow_tui.desk.lists import page_of, tally_of
from escrow_tui.desk.news import OwnActs, news_of, order_id_of, told_of
from escrow_tui.desk.next_deadline import next_deadline
from escrow_tui.desk.order_page import listed_row, order_view, read_facts
from escrow_tui.desk.preview import preview
from escrow_tui.desk.question import frozen_of, market_row, read_account, read_all_accounts
from escrow_tui.desk.rates import converted, own_currency
from escrow_tui.desk.session import JournalPoint, News, NextDeadline, Purchase
from escrow_tui.desk.undo import LastAct, last_act
from escrow_tui.engine.answers import Answer, Refused
from escrow_tui.engine.commands import AnyCommand, PlaceOrder
from escrow_tui.engine.context import refuse
from escrow_tui.engine.entry import Entry, account_stream
from escrow_tui.engine.events import DepositMade
from escrow_tui.engine.instant import date_of
from escrow_tui.engine.invariants import account_violations, unbalanced
from escrow_tui.engine.ledger import transfer
from escrow_tui.engine.market import Private
from escrow_tui.engine.order import Order
from escrow_tui.engine.roles import Actor, Role
from escrow_tui.policy import PolicyFile
from escrow_tui.store import Append, Ask, Batch, Situation, Store, listing_key
from escrow_tui.views.choices import OrderView
from escrow_tui.views.money_views import (
    AccountView,
    AmountView,
    Movement,
    Preview,
    account_view,
    movements,
    wallet_view,
)
from escrow_tui.views.order_facts import OrderFacts
from escrow_tui.views.order_row import OrderRow, Tally
from escrow_tui.views.parts import PersonView, RuleText
from escrow_tui.views.person import person_view
from escrow_tui.views.shop import ListingView, Quote, listing_view

# The most entries that are told to somebody who was away.
_MOST_HEARD = 500


class Desk:
    """One market of a store, open to everybody: it is a session that binds callers to their chairs.

    `violations` names every invariant that did not hold after a command; it should stay empty.
    """

    def __init__(self, store: Store, market: str, policy: PolicyFile) -> None:
        self.store = store
        self.market = market
        self.violations: list[str] = []
        self.own = OwnActs()
        self._rules: Mapping[str, RuleText] = {
            row.name: RuleText(row.name, row.value, row.means, row.source) for row in policy.rows
        }

    # -- commands

    def submit(
        self, actor: Actor, order_id: str, command: AnyCommand, command_id: str = ""
    ) -> Answer:
        """Give a command at the market's instant; a repeated id returns the first answer."""
        if command_id:
            self.own.gave(command_id)
        answer, broken = commit(self.store, self.market, actor, order_id, command, command_id)
        self.violations.extend(broken)
        return answer

    def advance(self, to: int, by: Actor) -> tuple[News, ...] | Refused:
        """Move the clock to an instant (Unix seconds), executing every deadline on the way."""
        with self.store.writing(self.market) as writing:
            before = market_row(writing, self.market)
            if to < before.now:
                return refuse("TIME_GOES_BACK", now=date_of(before.now), asked=date_of(to))
            entries, broken = run_due(writing, self.market, to)
            writing.advance_clock(self.market, to, by)
            # Nobody reads the clock's own news, and a year of a story would make a lot of it.
            heard = () if by.role is Role.CLOCK else entries
            news = news_of(writing, self.market, heard, by)
            last = market_row(writing, self.market).seq
        self.own.moved(before.seq, last)
        self.violations.extend(broken)
        return news

    def deposit(self, seller: str, amount: int, currency: str) -> None:
        """Pay in a seller's deposit (minor units); a clawback takes it before it makes a debt."""
        ask = Ask(market=self.market, stream=account_stream(seller))
        events = (DepositMade(seller, amount, currency),)
        lines = tuple(line for event in events for line in transfer(event, None))
        by = Actor(Role.SELLER, seller)

        def decided(situation: Situation) -> Batch:
            now = situation.market.now
            put_down = Append(
                stream=ask.stream,
                version=situation.version,
                at=now,
                actor=by,
                events=events,
                lines=lines,
            )
            return Batch(self.market, now, (put_down,))

        held = self.store.transact(ask, decided)
        self.violations += (*unbalanced(lines), *account_violations(held))

    def buy(self, buyer: Actor, purchase: Purchase, command_id: str) -> tuple[Answer, ...]:
        """Place one order per seller of the cart; a repeated command id buys nothing twice."""
        with self.store.reading() as reading:
            commands = cart_orders(reading, self.market, buyer, purchase)
        return tuple(
            self._placed(buyer, command, f"{command_id}.{nth}")
            for nth, command in enumerate(commands)
        )

    # -- questions

    def bought(self, buyer: Actor, command_id: str, parts: int) -> tuple[str, ...]:
        """Return the order id of each part of a purchase; "" for a part that was refused."""
        with self.store.reading() as reading:
            ids = (f"{command_id}.{nth}" for nth in range(parts))
            entries = [reading.entry_of(self.market, one) for one in ids]
        return tuple(order_id_of(one) if one and one.actor == buyer else "" for one in entries)

    def now(self) -> int:
        """Return the market's clock, in Unix seconds."""
        with self.store.reading() as reading:
            return market_row(reading, self.market).now

    def next_deadline(
        self, role: Role | None = None, sees: Callable[[Order], bool] = lambda _: True
    ) -> NextDeadline | None:
        """Return the next deadline that a role may know of, of any for None.

        It looks through the orders of the whole market for those that `sees` accepts.
        """
        with self.store.reading() as reading:
            now = market_row(reading, self.market).now
            coming = reading.coming(self.market)
            return next_deadline(reading, self.market, now, coming, role, sees)

    def own_deadline(self, actor: Actor, sees: Callable[[Order], bool]) -> NextDeadline | None:
        """Return the next deadline among a party's orders, or among a mediator's cases."""
        with self.store.reading() as reading:
            now = market_row(reading, self.market).now
            coming = reading.coming_to(self.market, actor)
            return next_deadline(reading, self.market, now, coming, actor.role, sees)

    def preview(self, actor: Actor, order_id: str, command: AnyCommand) -> Preview:
        """Return what a command would do, without doing it."""
        with self.store.reading() as reading:
            return preview(reading, self.market, actor, order_id, command)

    def quote(self, buyer: Actor, purchase: Purchase) -> Quote:
        """Return what a purchase would cost, without buying."""
        with self.store.reading() as reading:
            return cart_quote(reading, self.market, buyer, purchase)

    def rows(self, actor: Actor, after: str = "", words: str = "") -> tuple[OrderRow, ...]:
        """Return a page of the actor's list: orders after a given one that have all these words.

        The newest come first; a mediator's cases are in the order in which they need a decision.
        A buyer or seller without a name stands for all of them. The carrier and the bank share
        one list.
        """
        with self.store.reading() as reading:
            now = market_row(reading, self.market).now
            return tuple(
                listed_row(reading, one.order, actor, now)
                for one in page_of(reading, self.market, actor, after, words)
            )

    def tally(self, actor: Actor) -> Tally | None:
        """Return how many orders the market has; None for actors who see only their own."""
        with self.store.reading() as reading:
            return tally_of(reading, self.market, actor)

    def order(self, actor: Actor, order_id: str) -> OrderView:
        """Return an order as the actor's role may see it.

        Raises:
            NoSuchOrderError: there is none of that id.
        """
        with self.store.reading() as reading:
            facts = read_facts(reading, self.market, order_id, self._rules)
            return order_view(reading, self.market, facts, actor)

    def movements(self, actor: Actor, order_id: str) -> tuple[Movement, ...]:
        """Return every movement of an order's money that the actor may see."""
        return movements(self.facts(order_id), actor)

    def account(self, seller: Actor, currency: str = "USD") -> AccountView:
        """Return a seller's balances; a seller without a name stands for all of them."""
        with self.store.reading() as reading:
            if seller.person:
                account = read_account(reading, self.market, seller.person, currency)
            else:
                account = read_all_accounts(reading, self.market, currency)
            frozen = frozen_of(reading, self.market, seller.person or None, currency)
        return account_view(account, currency, min(frozen, account.pending))

    def wallet(self, buyer: Actor) -> tuple[AmountView, ...]:
        """Return what a buyer holds on the platform, one line per currency."""
        account = f"buyer:{buyer.person}:wallet"
        with self.store.reading() as reading:
            return wallet_view(reading.balances(self.market, [account]), buyer.person)

    def person(self, person_id: str) -> PersonView:
        """Return a party as everybody may see them."""
        with self.store.reading() as reading:
            return person_view(person_id, reading.some_people(self.market, [person_id]))

    def private(self, buyer: Actor) -> Private | None:
        """Return the buyer's private details, which are for the buyer alone."""
        with self.store.reading() as reading:
            return reading.private_of(self.market, buyer.person)

    def news(self, after_seq: int, actor: Actor) -> tuple[News, ...]:
        """Return what happened to the actor's orders after an entry, the latest last."""
        with self.store.reading() as reading:
            entries = reading.entries(self.market, after=after_seq)
            return news_of(reading, self.market, entries, actor)

    def point(self) -> JournalPoint:
        """Return how far the market's journal goes."""
        with self.store.reading() as reading:
            return JournalPoint(self.market, market_row(reading, self.market).seq)

    def heard(
        self, after: JournalPoint, role: Role, sees: Callable[[Order], bool]
    ) -> tuple[News, ...]:
        """Return what others did after a point to the orders that a role sees, at least the end."""
        if after.market != self.market:
            return ()
        with self.store.reading() as reading:
            first = max(after.seq, market_row(reading, self.market).seq - _MOST_HEARD)
            entries = self.own.others(reading.entries(self.market, after=first))
            return told_of(reading, self.market, entries, role, sees)

    def listings(self, buyer: Actor, search: str = "", after: str = "") -> tuple[ListingView, ...]:
        """Return a page of the shop window by title, with prices in the buyer's currency too."""
        with self.store.reading() as reading:
            last = reading.listing(self.market, after) if after else None
            key = listing_key(last) if last else None
            found = reading.listings(self.market, search, after=key)
            ids = (buyer.person, *(one.seller for one in found))
            people = reading.some_people(self.market, ids)
        own = own_currency(country_of(people.get(buyer.person)))
        return tuple(listing_view(one, people, own, converted(one.price, own)) for one in found)

    def order_state(self, order_id: str) -> Order | None:
        """Return an order as the engine keeps it, None where there is none of that id."""
        with self.store.reading() as reading:
            stored = reading.order(self.market, order_id)
        return stored.order if stored else None

    def facts(self, order_id: str) -> OrderFacts:
        """Return everything that a view of an order is made from, from one snapshot.

        Raises:
            NoSuchOrderError: there is none of that id.
        """
        with self.store.reading() as reading:
            return read_facts(reading, self.market, order_id, self._rules)

    def entries(self) -> tuple[Entry, ...]:
        """Return the whole journal of the market, oldest first."""
        with self.store.reading() as reading:
            return reading.entries(self.market)

    # -- going back

    def fork(self, upto: int) -> str:
        """Copy the journal up to an entry into a new market and move there; nothing is deleted."""
        child = uuid4().hex[:12]
        with self.store.writing(self.market) as writing:
            writing.copy_market(self.market, child, upto)
        self.market = child
        return child

    def last_act(self, theirs: Callable[[Actor], bool], floor: int = 0) -> LastAct | None:
        """Return what certain actors did last after entry `floor`, and the entry to go back to."""
        with self.store.reading() as reading:
            started = market_row(reading, self.market).started
            # The journal up to the floor can be very long, and none of it can be taken back.
            since = reading.entries(self.market, after=floor - 1 if floor else None)
            return last_act(since, started, theirs, floor)

    # -- inside

    def _placed(self, buyer: Actor, command: PlaceOrder, command_id: str) -> Answer:
        """Place an order under the next free id; if that was taken meanwhile, try the next one."""
        while True:
            with self.store.reading() as reading:
                name = name_for(reading, self.market, command_id)
            answer = self.submit(buyer, name, command, command_id)
            if not (isinstance(answer, Refused) and answer.code == "ORDER_EXISTS"):
                return answer
