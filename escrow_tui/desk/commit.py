"""One command or one deadline in one transaction: decided by the engine, kept in the journal."""

import msgspec

from escrow_tui.desk.asking import (
    answer,
    first_answer,
    market_answer,
    market_row,
    rate_of_day,
    seller_account,
    stream_of,
)
from escrow_tui.engine.answers import Answer, Refused
from escrow_tui.engine.commands import AnyCommand, MarketCommand
from escrow_tui.engine.deadlines import deadlines
from escrow_tui.engine.decide import expire
from escrow_tui.engine.entry import Entry, order_stream
from escrow_tui.engine.events import AnyEvent
from escrow_tui.engine.invariants import (
    account_violations,
    fires_wrongly,
    order_violations,
    unbalanced,
)
from escrow_tui.engine.ledger import transfer
from escrow_tui.engine.roles import CLOCK, Actor
from escrow_tui.store import StoredOrder, Writing
from escrow_tui.store.fold import step

Broken = tuple[str, ...]


def commit(
    writing: Writing,
    market_id: str,
    actor: Actor,
    order_id: str,
    command: AnyCommand,
    command_id: str,
) -> tuple[Answer, Broken]:
    """Decide a command and write what follows; return the answer and any broken invariant.

    What is due at once afterwards (a refund that takes no time) is executed too. A command on
    the market itself takes no notice of the order.
    """
    market = market_row(writing, market_id)
    stream = stream_of(actor, order_id, command)
    ask = Entry(market_id, 0, stream, 0, market.now, actor, command_id, command, ())
    if first := first_answer(writing, market_id, command_id, ask):
        return first, ()
    if isinstance(command, MarketCommand):
        answered = market_answer(writing, market, actor, command)
        if isinstance(answered, Refused):
            return answered, ()
        return answered, write_of_market(writing, ask, answered.events)
    stored = writing.order(market_id, order_id)
    answered = answer(writing, market, stored, actor, order_id, command)
    if isinstance(answered, Refused):
        return answered, ()
    broken = _write(writing, ask, order_id, stored, answered.events)
    _, later = run_due(writing, market_id, market.now)
    return answered, (*broken, *later)


def run_due(writing: Writing, market_id: str, until: int) -> tuple[tuple[Entry, ...], Broken]:
    """Execute every deadline up to an instant, each at its own, ties by order id."""
    entries: list[Entry] = []
    broken: list[str] = []
    while due := writing.next_due(market_id, until):
        entry, faults = _expire(writing, market_id, *due)
        entries.append(entry)
        broken.extend(faults)
    return tuple(entries), tuple(broken)


def _expire(writing: Writing, market_id: str, at: int, order_id: str) -> tuple[Entry, Broken]:
    stored = writing.order(market_id, order_id)
    assert stored is not None
    order = stored.order
    policy = writing.policy(order.policy)
    deadline = deadlines(order, policy)[0]
    wrong = fires_wrongly(order, deadline.name)
    account = seller_account(writing, market_id, order.seller, order.currency)
    rate = rate_of_day(writing, market_id, order, policy)
    events = expire(order, account, deadline, policy, order.policy, rate)
    ask = Entry(market_id, 0, order_stream(order_id), 0, at, CLOCK, "", None, ())
    broken = _write(writing, ask, order_id, stored, events)
    return msgspec.structs.replace(ask, events=events), (*filter(None, [wrong]), *broken)


def _write(
    writing: Writing,
    ask: Entry,
    order_id: str,
    stored: StoredOrder | None,
    events: tuple[AnyEvent, ...],
) -> Broken:
    before = stored.order if stored else None
    after = step(before, events, order_id, ask.at)
    policy = writing.policy(after.order.policy)
    running = deadlines(after.order, policy)
    writing.append(
        ask.market,
        ask.stream,
        stored.version if stored else 0,
        at=ask.at,
        actor=ask.actor,
        events=events,
        command_id=ask.command_id,
        command=ask.command,
        lines=after.lines,
        trust=after.trust,
        order=after.order,
        next_deadline=running[0].at if running else None,
    )
    touched = {line.account for line in after.lines} | {f"escrow:{order_id}"}
    balances = writing.balances(ask.market, sorted(touched))
    return (
        *unbalanced(after.lines),
        *order_violations(before, after.order, balances, policy.commission_bps),
        *account_violations(balances),
    )


def write_of_market(writing: Writing, ask: Entry, events: tuple[AnyEvent, ...]) -> Broken:
    """Write events that are about no order, and return any broken invariant."""
    lines = tuple(line for event in events for line in transfer(event, None))
    writing.append(
        ask.market,
        ask.stream,
        writing.version(ask.market, ask.stream),
        at=ask.at,
        actor=ask.actor,
        events=events,
        command_id=ask.command_id,
        command=ask.command,
        lines=lines,
    )
    touched = sorted({line.account for line in lines})
    return (*unbalanced(lines), *account_violations(writing.balances(ask.market, touched)))
