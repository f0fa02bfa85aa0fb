"""A command or a deadline, decided by the engine and written with everything that follows."""

from collections.abc import Mapping, Sequence
from functools import partial

from escrow_tui.desk.question import (
    answer_in,
    ask_of,
    market_row,
    read_account,
    stream_of,
)
from escrow_tui.engine.account import AskAccount, SellerAccount
from escrow_tui.engine.answers import Answer, Refused
from escrow_tui.engine.commands import AnyCommand, MarketCommand
from escrow_tui.engine.consequences import consequences_of
from escrow_tui.engine.deadlines import deadlines
from escrow_tui.engine.decide import expire
from escrow_tui.engine.entry import order_stream
from escrow_tui.engine.events import AnyEvent
from escrow_tui.engine.invariants import (
    account_violations,
    fires_wrongly,
    order_violations,
    unbalanced,
)
from escrow_tui.engine.ledger import escrow_account, transfer
from escrow_tui.engine.order import Order
from escrow_tui.engine.policy import Policy
from escrow_tui.engine.roles import CLOCK, Actor
from escrow_tui.store import (
    Append,
    Batch,
    Situation,
    Store,
    StoredOrder,
    Writing,
    account_from_balances,
)

Broken = tuple[str, ...]
Held = Mapping[tuple[str, str], int]


def commit(
    store: Store,
    market: str,
    actor: Actor,
    order_id: str,
    command: AnyCommand,
    command_id: str,
    seat: str = "",
) -> tuple[Answer, Broken]:
    """Decide a command and write what follows; return the answer and any broken invariant.

    What is due at once afterwards (a refund that takes no time) is executed too. A command on
    the market itself ignores the order id.
    """
    decision = CommandDecision(actor, order_id, command, command_id)
    ask = ask_of(market, actor, order_id, command, command_id, seat)
    written = store.transact(ask, decision)
    assert decision.answer is not None
    broken = violations(decision.appends, decision.commission_bps, written)
    return decision.answer, (*decision.wrong, *broken)


class CommandDecision:
    """A command that is decided on a situation; each call decides it anew."""

    def __init__(
        self, actor: Actor, order_id: str, command: AnyCommand, command_id: str = ""
    ) -> None:
        self.actor, self.order_id = actor, order_id
        self.command, self.command_id = command, command_id
        self.answer: Answer | None = None
        self.appends: tuple[Append, ...] = ()
        self.wrong: Broken = ()
        self.commission_bps = 0

    def __call__(self, situation: Situation) -> Batch | None:
        """Return what to write, None for nothing."""
        self.appends, self.wrong = (), ()
        self.commission_bps = situation.policy.commission_bps
        self.answer = answer_in(situation, self.actor, self.order_id, self.command, self.command_id)
        if isinstance(self.answer, Refused) or situation.given is not None:
            return None
        self.appends = self._appends(situation, tuple(self.answer.events))
        market = situation.market
        return Batch(market.id, market.now, self.appends, situation.expected)

    def _appends(self, situation: Situation, events: tuple[AnyEvent, ...]) -> tuple[Append, ...]:
        now, stream = situation.market.now, stream_of(self.actor, self.order_id, self.command)
        if isinstance(self.command, MarketCommand):
            lines = tuple(line for event in events for line in transfer(event, None))
            append = Append(
                stream=stream,
                version=situation.version,
                at=now,
                actor=self.actor,
                events=events,
                command_id=self.command_id,
                command=self.command,
                lines=lines,
            )
            return (append,)
        before, policy = situation.order, situation.policy
        first = of_order(
            self.order_id, before, policy, now, self.actor, events, self.command_id, self.command
        )
        due, self.wrong = _due_at_once(first, situation)
        return (first, *due)


def of_order(
    order_id: str,
    before: StoredOrder | None,
    policy: Policy,
    at: int,
    actor: Actor,
    events: tuple[AnyEvent, ...],
    command_id: str = "",
    command: AnyCommand | None = None,
) -> Append:
    """Return an entry of an order's stream with everything that follows from its events."""
    version = before.version if before else 0
    led = consequences_of(before.order if before else None, events, order_id, at)
    running = deadlines(led.order, policy)
    after = StoredOrder(led.order, version + 1, running[0].at if running else None)
    return Append(
        stream=order_stream(order_id),
        version=version,
        at=at,
        actor=actor,
        events=events,
        command_id=command_id,
        command=command,
        lines=led.lines,
        trust=led.trust,
        before=before,
        after=after,
    )


def expired(
    stored: StoredOrder, policy: Policy, account: AskAccount, rate: str
) -> tuple[Append, Broken]:
    """Execute an order's first deadline at its own instant; report one that must not fire."""
    order = stored.order
    deadline = deadlines(order, policy)[0]
    wrong = fires_wrongly(order, deadline.name)
    events = expire(order, account, deadline, policy, order.policy, rate)
    append = of_order(order.id, stored, policy, deadline.at, CLOCK, events)
    return append, (wrong,) if wrong else ()


def run_due(writing: Writing, market_id: str, until: int) -> tuple[tuple[Append, ...], Broken]:
    """Execute every deadline up to an instant, each at its own instant; ties go by order id."""
    appends: list[Append] = []
    broken: list[str] = []
    now = market_row(writing, market_id).now
    while due := writing.next_due(market_id, until):
        stored = writing.order(market_id, due[1])
        assert stored is not None
        policy = writing.policy(stored.order.policy)
        order = stored.order
        account = partial(read_account, writing, market_id, order.seller, order.currency)
        rate = writing.rate_of_day(market_id, order, policy)
        append, wrong = expired(stored, policy, account, rate)
        held = writing.write(Batch(market_id, now, (append,)))
        appends.append(append)
        broken += (*wrong, *violations((append,), policy.commission_bps, held))
        now = append.at
    return tuple(appends), tuple(broken)


def violations(appends: Sequence[Append], commission_bps: int, held: Held) -> Broken:
    """Name every invariant that does not hold; `held` are the touched balances afterwards.

    An escrow account that was not touched holds what its order held before.
    """
    faults: list[str] = []
    after = dict(held)
    for append in reversed(appends):
        lines = append.lines
        faults += (*unbalanced(lines), *account_violations(after))
        if append.after is not None:
            before, order = append.before.order if append.before else None, append.after.order
            escrow = (escrow_account(order), order.currency)
            stands = after if escrow in after else {escrow: before.held if before else 0}
            faults += order_violations(before, order, stands, commission_bps)
        for line in lines:
            after[line.account, line.currency] -= line.minor
    return tuple(dict.fromkeys(faults))


def _due_at_once(first: Append, situation: Situation) -> tuple[tuple[Append, ...], Broken]:
    """Execute what the command has made due at once; report a deadline that must not fire."""
    now, policy = situation.market.now, situation.policy
    appends, wrong = [first], list[str]()
    while (stored := appends[-1].after) and stored.next_deadline is not None:
        if stored.next_deadline > now:
            break
        account = partial(_moved, situation, stored.order, tuple(appends))
        append, rings_wrongly = expired(stored, policy, account, situation.rate)
        appends.append(append)
        wrong += rings_wrongly
    return tuple(appends[1:]), tuple(wrong)


def _moved(situation: Situation, order: Order, appends: tuple[Append, ...]) -> SellerAccount:
    """Return the account of an order's seller, with what is not written yet."""
    situation.account()
    held = dict(situation.expected)
    for line in (line for one in appends for line in one.lines):
        key = (line.account, line.currency)
        held[key] = held.get(key, 0) + line.minor
    return account_from_balances(held, order.seller, order.currency)
