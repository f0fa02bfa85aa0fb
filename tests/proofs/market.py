"""A light market on the engine: orders, each under its own policy; balances, a clock, a journal."""

from collections import Counter
from collections.abc import Iterable
from functools import partial

from escrow_tui.engine.account import AskAccount, SellerAccount
from escrow_tui.engine.answers import Answer, Done
from escrow_tui.engine.commands import (
    AnyCommand,
    Command,
    MarketCommand,
    OrderCommand,
    PlaceOrder,
    verb_of,
)
from escrow_tui.engine.deadlines import Deadline, deadlines
from escrow_tui.engine.decide import decide, expire
from escrow_tui.engine.entry import CLOCK_STREAM, Entry, account_stream, order_stream
from escrow_tui.engine.events import AnyEvent, DepositMade, Event, RateSet, name_of
from escrow_tui.engine.evolve import evolve
from escrow_tui.engine.invariants import (
    account_violations,
    fires_wrongly,
    order_violations,
    unbalanced,
)
from escrow_tui.engine.ledger import TransferLine, transfer
from escrow_tui.engine.order import Order
from escrow_tui.engine.policy import Policy, policy_hash
from escrow_tui.engine.roles import CLOCK, Actor, Role
from escrow_tui.engine.treasury import decide_market

MARKET = "proof"
Balances = dict[tuple[str, str], int]


class Market:
    """Answers as a desk does, and checks what must hold after each event.

    `fired` holds the deadlines of the last command; `entries` holds the journal, if it is kept.
    """

    def __init__(self, policy: Policy, now: int, *, journal: bool = False) -> None:
        self.policy = policy
        self.now = now
        self.orders: dict[str, Order] = {}
        self.policies: dict[str, tuple[Policy, str]] = {}
        self.due: dict[str, tuple[Deadline, ...]] = {}
        self.balances: Balances = {}
        self.rates: dict[str, str] = {}
        self.violations: list[str] = []
        self.fired: list[tuple[int, str, str]] = []
        self.events: Counter[type[Event]] = Counter()
        self.entries: list[Entry] | None = [] if journal else None
        self._versions: Counter[str] = Counter()

    def balance(self, account: str, currency: str) -> int:
        """Return an account's balance in minor units."""
        return self.balances.get((account, currency), 0)

    def account(self, seller: str, currency: str) -> SellerAccount:
        """Read a seller's account from the books."""
        pending, available, deposit, debt = (
            self.balances.get((f"seller:{seller}:{part}", currency), 0)
            for part in ("pending", "available", "deposit", "debt")
        )
        return SellerAccount(pending, available, deposit, -debt)

    def deposit(self, seller: str, amount: int, currency: str) -> None:
        """Let a seller make a deposit before anything else happens."""
        event = DepositMade(seller, amount, currency)
        self.events[DepositMade] += 1
        self._post(transfer(event, None))
        self._note(account_stream(seller), Actor(Role.SELLER, seller), None, (event,), self.now)

    def submit(
        self, order_id: str, command: AnyCommand, actor: Actor, policy: Policy | None = None
    ) -> Answer:
        """Ask for something now; every deadline up to now must have been executed.

        An order that is placed keeps `policy` for life.
        """
        if isinstance(command, MarketCommand):
            return self._of_market(command, actor)
        if order_id not in self.orders:
            own = policy or self.policy
            self.policies[order_id] = (own, policy_hash(own))
        answer = self.asked(order_id, command, actor)
        if isinstance(answer, Done):
            self.apply(order_id, answer.events, self.now)
            self._note(order_stream(order_id), actor, command, answer.events, self.now)
        return answer

    def asked(self, order_id: str, command: OrderCommand | PlaceOrder, actor: Actor) -> Answer:
        """Answer a command about an order, and change nothing."""
        order = self.orders.get(order_id)
        rate = self.rates.get(order.pay_in, "") if order else ""
        rules = self.policies[order_id]
        return decide(order, self._account(order), command, actor, *rules, self.now, rate)

    def fork(self) -> "Market":
        """Return a separate market that goes on from here, with no violations so far."""
        other = Market(self.policy, self.now)
        other.orders, other.policies = dict(self.orders), self.policies
        other.due, other.balances = dict(self.due), dict(self.balances)
        other.rates, other.events = self.rates, self.events
        return other

    def next_due(self) -> tuple[int, str, Deadline] | None:
        """Return the market's next deadline, ties by order id."""
        running = [(due[0].at, order_id, due[0]) for order_id, due in self.due.items() if due]
        return min(running, default=None)

    def advance(self, to: int) -> None:
        """Execute every deadline up to an instant, each at its time, and move the clock there."""
        self.fired = []
        while (due := self.next_due()) is not None and due[0] <= to:
            at, order_id, deadline = due
            if at < self.now:
                self.violations.append(f"3: {deadline.name} of {order_id} fired in the past")
            self.now = max(self.now, at)
            self._expire(order_id, deadline)
        self.now = max(self.now, to)

    def _expire(self, order_id: str, deadline: Deadline) -> None:
        order, at = self.orders[order_id], deadline.at
        self.fired.append((at, order_id, deadline.name))
        self.violations += filter(None, [fires_wrongly(order, deadline.name)])
        rate = self.rates.get(order.pay_in, "")
        events = expire(order, self._account(order), deadline, *self.policies[order_id], rate)
        self.apply(order_id, events, at)
        self._note(order_stream(order_id), CLOCK, None, events, at)
        if deadline in self.due[order_id]:
            raise AssertionError(f"{deadline.name} of {order_id} does not go away")

    def _account(self, order: Order | None) -> AskAccount:
        return partial(self.account, order.seller, order.currency) if order else SellerAccount

    def _of_market(self, command: MarketCommand, actor: Actor) -> Answer:
        account = "available" if actor.role is Role.SELLER else "wallet"
        balance = self.balance(f"{actor.role}:{actor.person}:{account}", command.currency)
        answer = decide_market(command, actor, balance, self.policy)
        if isinstance(answer, Done):
            for event in answer.events:
                self.events[type(event)] += 1
                if isinstance(event, RateSet):
                    self.rates[event.currency] = event.rate
                self._post(transfer(event, None))
            stream = CLOCK_STREAM if actor.role is Role.BANK else account_stream(actor.person)
            self._note(stream, actor, command, answer.events, self.now)
        return answer

    def apply(self, order_id: str, events: tuple[AnyEvent, ...], at: int) -> None:
        """Apply events to an order, and check what must hold after them."""
        before = order = self.orders.get(order_id)
        for event in events:
            self.events[type(event)] += 1
            self._post(transfer(event, order))
            order = evolve(order, event, order_id, at)
        assert order is not None, "an answer without an event"
        self.orders[order_id] = order
        policy = self.policies[order_id][0]
        self.violations += order_violations(before, order, self.balances, policy.commission_bps)
        self.due[order_id] = deadlines(order, policy)

    def _post(self, lines: tuple[TransferLine, ...]) -> None:
        """Post the lines; an account at zero is not listed."""
        if not lines:
            return
        self.violations += unbalanced(lines)
        touched = {}
        for line in lines:
            key = (line.account, line.currency)
            balance = touched[key] = self.balances.get(key, 0) + line.minor
            if balance:
                self.balances[key] = balance
            else:
                self.balances.pop(key, None)
        self.violations += account_violations(touched)

    def _note(
        self,
        stream: str,
        actor: Actor,
        command: AnyCommand | None,
        events: tuple[AnyEvent, ...],
        at: int,
    ) -> None:
        if self.entries is None:
            return
        self._versions[stream] += 1
        seq, version = len(self.entries) + 1, self._versions[stream]
        name = f"c{seq}" if command else ""
        entry = Entry(
            market=MARKET,
            seq=seq,
            stream=stream,
            version=version,
            at=at,
            actor=actor,
            command_id=name,
            command=command,
            events=events,
        )
        self.entries.append(entry)


def folded(entries: Iterable[Entry]) -> tuple[dict[str, Order], Balances]:
    """Fold a journal: the orders and balances that its events alone give."""
    orders: dict[str, Order] = {}
    balances: Counter[tuple[str, str]] = Counter()
    for entry in entries:
        of_order = entry.stream.startswith("order:")
        order_id = entry.stream.removeprefix("order:")
        for event in entry.events:
            order = orders.get(order_id) if of_order else None
            for line in transfer(event, order):
                balances[line.account, line.currency] += line.minor
            if of_order:
                orders[order_id] = evolve(order, event, order_id, entry.at)
    return orders, {key: minor for key, minor in balances.items() if minor}


def said(command: Command, actor: Actor, answer: Answer) -> str:
    """Return one line with what was asked and what came of it."""
    what = f"{actor} {verb_of(command)}"
    if isinstance(answer, Done):
        return f"{what}: {', '.join(name_of(event) for event in answer.events)}"
    return f"{what}: refused, {answer.code}"
