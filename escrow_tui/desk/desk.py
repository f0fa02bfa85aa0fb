"""The desk of one market: commands in, views out, each in one transaction of the store."""

from collections.abc import Callable, Mapping
from itertools import count
from typing import assert_never
from uuid import uuid4

from msgspec.structs import replace

from escrow_tui.desk.checkout import country_of, order_name, orders_of
from escrow_tui.desk.commit import commit, run_due
from escrow_tui.desk.lists import page_of, tally_of
from escrow_tui.desk.news import OwnActs, news_of, order_of, told_of
from escrow_tui.desk.preview import preview
from escrow_tui.desk.question import first_deadline, frozen_of, market_row, seller_account
from escrow_tui.desk.rates import converted, own_currency
from escrow_tui.desk.session import News, NextDeadline, NoSuchOrderError, Point, Purchase
from escrow_tui.desk.undo import LastAct, last_act
from escrow_tui.engine.account import SellerAccount
from escrow_tui.engine.answers import Answer, Refused
from escrow_tui.engine.commands import AnyCommand, PlaceOrder
from escrow_tui.engine.context import Context, refuse
from escrow_tui.engine.deadlines import TIMER_WORDS
from escrow_tui.engine.entry import Entry, account_stream, order_stream
from escrow_tui.engine.events import DepositMade, OrderPlaced
from escrow_tui.engine.instant import date_of
from escrow_tui.engine.invariants import account_violations, unbalanced
from escrow_tui.engine.ledger import transfer
from escrow_tui.engine.market import Private
from escrow_tui.engine.order import Order
from escrow_tui.engine.payment import place
from escrow_tui.engine.policy import Policy
from escrow_tui.engine.roles import BANK, CARRIER, Actor, Role
from escrow_tui.policy import PolicyFile
from escrow_tui.store import Append, Ask, Batch, Reading, Situation, Store, listing_key
from escrow_tui.views import order_views
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
from escrow_tui.views.order_row import OrderRow, Tally, order_row
from escrow_tui.views.parts import PersonView, RuleText
from escrow_tui.views.person import person_view
from escrow_tui.views.shop import ListingView, Quote, listing_view, quote_part
from escrow_tui.views.vocabulary import span_of

# Whoever was away for longer is told the end of it.
_MOST_HEARD = 500


class Desk:
    """One market of a store. Its methods are what `Session` promises; it binds nobody to a chair.

    `violations` names every invariant that did not hold after a command; it stays empty.
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
        """Give a command at the market's instant; the same id again gives the first answer."""
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
            # The clock itself reads no news; a story with a year of them is played in its name.
            heard = () if by.role is Role.CLOCK else entries
            news = news_of(writing, self.market, heard, by)
            last = market_row(writing, self.market).seq
        self.own.moved(before.seq, last)
        self.violations.extend(broken)
        return news

    def deposit(self, seller: str, amount: int, currency: str) -> None:
        """Put down a seller's security (minor units); a clawback takes it before he owes."""
        ask = Ask(self.market, stream=account_stream(seller))
        events = (DepositMade(seller, amount, currency),)
        lines = tuple(line for event in events for line in transfer(event, None))
        by = Actor(Role.SELLER, seller)

        def decided(situation: Situation) -> Batch:
            now = situation.market.now
            put_down = Append(ask.stream, situation.version, now, by, events, lines=lines)
            return Batch(self.market, now, (put_down,))

        held = self.store.transact(ask, decided)
        self.violations += (*unbalanced(lines), *account_violations(held))

    def buy(self, buyer: Actor, purchase: Purchase, command_id: str) -> tuple[Answer, ...]:
        """Place one order a seller of the cart; bought again under the same id, it is one cart."""
        with self.store.reading() as reading:
            commands = self._purchase(reading, buyer, purchase)
        return tuple(
            self._placed(buyer, command, f"{command_id}.{nth}")
            for nth, command in enumerate(commands)
        )

    # -- questions

    def bought(self, buyer: Actor, command_id: str, parts: int) -> tuple[str, ...]:
        """Name the orders that a purchase has led to, a part each; "" for one that was refused."""
        with self.store.reading() as reading:
            ids = (f"{command_id}.{nth}" for nth in range(parts))
            entries = [reading.entry_of(self.market, one) for one in ids]
        return tuple(order_of(one) if one and one.actor == buyer else "" for one in entries)

    def now(self) -> int:
        """The market's clock, in Unix seconds."""
        with self.store.reading() as reading:
            return market_row(reading, self.market).now

    def next_deadline(self, role: Role | None = None) -> NextDeadline | None:
        """The first deadline to come, of those that a role may know of."""
        with self.store.reading() as reading:
            now = market_row(reading, self.market).now
            due = first_deadline(reading, self.market, role)
        if due is None:
            return None
        first, order_id = due
        title, at = TIMER_WORDS[first.name][0], first.at
        return NextDeadline(at, order_id, title, date_of(at), span_of(at - now))

    def preview(self, actor: Actor, order_id: str, command: AnyCommand) -> Preview:
        """Say what a command would do, and change nothing."""
        with self.store.reading() as reading:
            return preview(reading, self.market, actor, order_id, command)

    def quote(self, buyer: Actor, purchase: Purchase) -> Quote:
        """Say what a purchase would cost, and change nothing."""
        with self.store.reading() as reading:
            commands = self._purchase(reading, buyer, purchase)
            people = reading.some_people(self.market, (one.seller for one in commands))
            names = self._names(reading, ("",) * len(commands))
            paid = [self._paid(command, buyer, reading) for command in commands]
        parts = tuple(
            quote_part(name, command, total, people)
            for name, command, total in zip(names, commands, paid, strict=True)
        )
        rate = commands[0].rate if commands else ""
        shown = f"1 {commands[0].currency} = {rate} {purchase.pay_in}, locked" if rate else ""
        return Quote(parts, purchase.method, shown, "" if parts else "The cart is empty.")

    def rows(self, actor: Actor, after: str = "", words: str = "") -> tuple[OrderRow, ...]:
        """A page of the orders that the actor may see, after one of them, with all these words.

        The newest come first; of a mediator's cases those that wait for him and are due first. A
        buyer or seller without a name stands for all of them. The carrier and the bank share one
        list.
        """
        with self.store.reading() as reading:
            now = market_row(reading, self.market).now
            return tuple(
                _row(one.order, reading.policy(one.order.policy), actor, now)
                for one in page_of(reading, self.market, actor, after, words)
            )

    def tally(self, actor: Actor) -> Tally | None:
        """How many orders the whole market has, None for who sees but his own."""
        with self.store.reading() as reading:
            return tally_of(reading, self.market, actor)

    def order(self, actor: Actor, order_id: str) -> OrderView:
        """Return an order as the actor's role may see it.

        Raises:
            NoSuchOrderError: there is none of that id.
        """
        facts = self.facts(order_id)
        match actor.role:
            case Role.BUYER:
                return order_views.buyer_order(facts, actor)
            case Role.SELLER:
                return order_views.seller_order(self._with_address(facts, actor), actor)
            case Role.MEDIATOR:
                return order_views.mediator_case(facts, actor)
            case Role.CARRIER | Role.BANK | Role.CLOCK:
                return order_views.backstage_order(facts, CARRIER, BANK)
            case _:
                assert_never(actor.role)

    def movements(self, actor: Actor, order_id: str) -> tuple[Movement, ...]:
        """Every movement of an order's money that the actor may see."""
        return movements(self.facts(order_id), actor)

    def account(self, seller: Actor, currency: str = "USD") -> AccountView:
        """A seller's balances."""
        with self.store.reading() as reading:
            account = seller_account(reading, self.market, seller.person, currency)
            frozen = frozen_of(reading, self.market, seller.person, currency)
        return account_view(account, currency, min(frozen, account.pending))

    def wallet(self, buyer: Actor) -> tuple[AmountView, ...]:
        """What a buyer has on the platform, a line a currency."""
        account = f"buyer:{buyer.person}:wallet"
        with self.store.reading() as reading:
            return wallet_view(reading.balances(self.market, [account]), buyer.person)

    def person(self, person_id: str) -> PersonView:
        """A party as everybody may see it."""
        with self.store.reading() as reading:
            return person_view(person_id, reading.some_people(self.market, [person_id]))

    def private(self, buyer: Actor) -> Private | None:
        """What only the buyer himself may see of himself."""
        with self.store.reading() as reading:
            return reading.private_of(self.market, buyer.person)

    def news(self, after_seq: int, actor: Actor) -> tuple[News, ...]:
        """What happened to the actor's orders after an entry of the journal, in its order."""
        with self.store.reading() as reading:
            entries = reading.entries(self.market, after=after_seq)
            return news_of(reading, self.market, entries, actor)

    def point(self) -> Point:
        """How far the market's journal goes."""
        with self.store.reading() as reading:
            return Point(self.market, market_row(reading, self.market).seq)

    def heard(self, after: Point, role: Role, sees: Callable[[Order], bool]) -> tuple[News, ...]:
        """What others did after a point to the orders that a role sees; of very much, the end."""
        if after.market != self.market:
            return ()
        with self.store.reading() as reading:
            first = max(after.seq, market_row(reading, self.market).seq - _MOST_HEARD)
            entries = self.own.others(reading.entries(self.market, after=first))
            return told_of(reading, self.market, entries, role, sees)

    def listings(self, buyer: Actor, search: str = "", after: str = "") -> tuple[ListingView, ...]:
        """A page of the shop window, by title, with prices in the buyer's own currency beside."""
        with self.store.reading() as reading:
            last = reading.listing(self.market, after) if after else None
            key = listing_key(last) if last else None
            found = reading.listings(self.market, search, after=key)
            ids = (buyer.person, *(one.seller for one in found))
            people = reading.some_people(self.market, ids)
        own = own_currency(country_of(people.get(buyer.person)))
        return tuple(listing_view(one, people, own, converted(one.price, own)) for one in found)

    def facts(self, order_id: str) -> OrderFacts:
        """Everything that a view of an order is made from, in one snapshot.

        Raises:
            NoSuchOrderError: there is none of that id.
        """
        with self.store.reading() as reading:
            market = market_row(reading, self.market)
            stored = reading.order(self.market, order_id)
            if stored is None:
                raise NoSuchOrderError(order_id)
            parties = (stored.order.buyer, stored.order.seller)
            return OrderFacts(
                stored.order,
                reading.entries(self.market, order_stream(order_id)),
                reading.policy(stored.order.policy),
                self._rules,
                reading.some_people(self.market, parties),
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
        with self.store.writing(self.market) as writing:
            writing.copy_market(self.market, child, upto)
        self.market = child
        return child

    def last_act(self, people: tuple[Actor, ...], floor: int = 0) -> LastAct | None:
        """What these people did last after entry `floor`, and the entry to go back to."""
        with self.store.reading() as reading:
            started = market_row(reading, self.market).started
            # What was there before the person sat down can be very long, and none of it is his.
            since = reading.entries(self.market, after=floor - 1 if floor else None)
            return last_act(since, started, people, floor)

    # -- inside

    def _with_address(self, facts: OrderFacts, seller: Actor) -> OrderFacts:
        """Add the buyer's address where the order's policy shows it to the order's seller."""
        if not facts.policy.seller_sees_address or facts.order.seller != seller.person:
            return facts
        with self.store.reading() as reading:
            return replace(facts, address=reading.address_of(self.market, facts.order.buyer))

    def _purchase(
        self, reading: Reading, buyer: Actor, purchase: Purchase
    ) -> tuple[PlaceOrder, ...]:
        found = [reading.listing(self.market, one) for one in purchase.listings]
        country = country_of(reading.some_people(self.market, [buyer.person]).get(buyer.person))
        return orders_of(buyer, purchase, [one for one in found if one], country)

    def _placed(self, buyer: Actor, command: PlaceOrder, command_id: str) -> Answer:
        """Place an order under the next free name; who finds it taken meanwhile takes another."""
        while True:
            with self.store.reading() as reading:
                (name,) = self._names(reading, (command_id,))
            answer = self.submit(buyer, name, command, command_id)
            if not (isinstance(answer, Refused) and answer.code == "ORDER_EXISTS"):
                return answer

    def _paid(self, command: PlaceOrder, buyer: Actor, reading: Reading) -> int:
        """Ask the engine what the buyer would pay, in the currency paid in."""
        market = market_row(reading, self.market)
        policy = reading.policy(market.policy_hash)
        context = Context(buyer, policy, market.policy_hash, market.now, SellerAccount)
        placed = place(command, context)
        if isinstance(placed, Refused):
            return 0
        return next(one.paid_total for one in placed if isinstance(one, OrderPlaced))

    def _names(self, reading: Reading, command_ids: tuple[str, ...]) -> tuple[str, ...]:
        """Names for new orders; a command that was given already keeps the one that it placed."""
        taken = sum(reading.phase_counts(self.market).values())
        names = (order_name(number) for number in count(taken))
        free = (name for name in names if reading.order(self.market, name) is None)
        given = (reading.entry_of(self.market, one) if one else None for one in command_ids)
        return tuple(order_of(entry) if entry else next(free) for entry in given)


def _row(order: Order, policy: Policy, actor: Actor, now: int) -> OrderRow:
    """Return an order's row; backstage is awaited wherever the carrier or the bank is."""
    row = order_row(order, policy, actor.role, now, actor.person)
    if actor.role not in (Role.CARRIER, Role.BANK):
        return row
    backstage = (order_row(order, policy, role, now) for role in (Role.CARRIER, Role.BANK))
    return replace(row, mine=any(one.mine for one in backstage))
