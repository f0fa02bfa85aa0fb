"""One command or one deadline in one transaction: decided by the engine, kept in the journal."""

import msgspec

from escrow_tui.engine.account import SellerAccount
from escrow_tui.engine.answers import Answer, Done, Refused
from escrow_tui.engine.commands import AnyCommand, PlaceOrder
from escrow_tui.engine.context import refuse
from escrow_tui.engine.deadlines import deadlines
from escrow_tui.engine.decide import decide, expire
from escrow_tui.engine.entry import Entry, order_stream
from escrow_tui.engine.events import AnyEvent
from escrow_tui.engine.invariants import account_violations, order_violations, unbalanced
from escrow_tui.engine.roles import CLOCK, Actor
from escrow_tui.store import MarketRow, Reading, StoredOrder, Writing
from escrow_tui.store.fold import step


def seller_account(reading: Reading, market: str, seller: str, currency: str) -> SellerAccount:
    """Return a seller's balances in a currency; what he owes is kept below zero."""
    parts = ("pending", "available", "deposit", "debt")
    names = [f"seller:{seller}:{part}" for part in parts]
    held = reading.balances(market, names)
    pending, available, deposit, debt = (held.get((name, currency), 0) for name in names)
    return SellerAccount(pending, available, deposit, -debt)


def first_answer(reading: Reading, market: str, command_id: str, ask: Entry) -> Answer | None:
    """Return what a command id was answered with before, None where it is new."""
    entry = reading.entry_of(market, command_id) if command_id else None
    if entry is None:
        return None
    same = (entry.stream, entry.actor, entry.command) == (ask.stream, ask.actor, ask.command)
    return Done(entry.events) if same else refuse("COMMAND_ID_REUSED", id=command_id)


def answer(
    reading: Reading,
    market: MarketRow,
    stored: StoredOrder | None,
    actor: Actor,
    order_id: str,
    command: AnyCommand,
) -> Answer:
    """Ask the engine about a command at the market's instant, and write nothing."""
    order = stored.order if stored else None
    placing = isinstance(command, PlaceOrder)
    if order is None and not placing:
        return refuse("UNKNOWN_ORDER", order=order_id)
    if order is not None and placing:
        return refuse("ORDER_EXISTS", order=order_id)
    policy_hash = order.policy if order else market.policy_hash
    policy = reading.policy(policy_hash)
    account = SellerAccount()
    if order is not None:
        account = seller_account(reading, market.id, order.seller, order.currency)
    return decide(order, account, command, actor, policy, policy_hash, market.now)


def commit(
    writing: Writing,
    market_id: str,
    actor: Actor,
    order_id: str,
    command: AnyCommand,
    command_id: str,
) -> tuple[Answer, tuple[str, ...]]:
    """Decide a command and write what follows; return the answer and any broken invariant.

    What is due at once afterwards (a refund that takes no time) is executed too.
    """
    market = market_row(writing, market_id)
    stream = order_stream(order_id)
    ask = Entry(market_id, 0, stream, 0, market.now, actor, command_id, command, ())
    if first := first_answer(writing, market_id, command_id, ask):
        return first, ()
    stored = writing.order(market_id, order_id)
    answered = answer(writing, market, stored, actor, order_id, command)
    if isinstance(answered, Refused):
        return answered, ()
    events = tuple(answered.events)
    broken = _write(writing, ask, order_id, stored, events)
    _, later = run_due(writing, market_id, market.now)
    return answered, (*broken, *later)


def run_due(
    writing: Writing, market_id: str, until: int
) -> tuple[tuple[Entry, ...], tuple[str, ...]]:
    """Execute every deadline up to an instant, each at its own, ties by order id."""
    entries: list[Entry] = []
    broken: list[str] = []
    while due := writing.next_due(market_id, until):
        entry, faults = _expire(writing, market_id, *due)
        entries.append(entry)
        broken.extend(faults)
    return tuple(entries), tuple(broken)


def _expire(
    writing: Writing, market_id: str, at: int, order_id: str
) -> tuple[Entry, tuple[str, ...]]:
    stored = writing.order(market_id, order_id)
    assert stored is not None
    order = stored.order
    policy = writing.policy(order.policy)
    deadline = deadlines(order, policy)[0]
    account = seller_account(writing, market_id, order.seller, order.currency)
    events = expire(order, account, deadline, policy, order.policy)
    ask = Entry(market_id, 0, order_stream(order_id), 0, at, CLOCK, "", None, ())
    broken = _write(writing, ask, order_id, stored, events)
    return msgspec.structs.replace(ask, events=events), broken


def _write(
    writing: Writing,
    ask: Entry,
    order_id: str,
    stored: StoredOrder | None,
    events: tuple[AnyEvent, ...],
) -> tuple[str, ...]:
    before = stored.order if stored else None
    after, lines = step(before, events, order_id, ask.at)
    policy = writing.policy(after.policy)
    running = deadlines(after, policy)
    writing.append(
        ask.market,
        ask.stream,
        stored.version if stored else 0,
        at=ask.at,
        actor=ask.actor,
        events=events,
        command_id=ask.command_id,
        command=ask.command,
        lines=lines,
        order=after,
        next_deadline=running[0].at if running else None,
    )
    touched = {line.account for line in lines} | {f"escrow:{order_id}"}
    balances = writing.balances(ask.market, sorted(touched))
    return (
        *unbalanced(lines),
        *order_violations(before, after, balances, policy.commission_bps),
        *account_violations(balances),
    )


def market_row(reading: Reading, market_id: str) -> MarketRow:
    """Return the market that a desk stands in."""
    market = reading.market(market_id)
    assert market is not None, f"there is no market {market_id}"
    return market
