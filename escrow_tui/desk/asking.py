"""What an answer is made of, read in one snapshot; the engine is asked, and nothing is written."""

from escrow_tui.engine.account import SellerAccount
from escrow_tui.engine.answers import Answer, Done
from escrow_tui.engine.commands import AnyCommand, MarketCommand, PlaceOrder, SetRate, WithdrawMoney
from escrow_tui.engine.context import refuse
from escrow_tui.engine.deadlines import Deadline, deadlines
from escrow_tui.engine.decide import decide
from escrow_tui.engine.entry import RATES_STREAM, Entry, account_stream, order_stream
from escrow_tui.engine.order import Order
from escrow_tui.engine.policy import FxRefund, Policy
from escrow_tui.engine.roles import Actor, Role
from escrow_tui.engine.terms import Phase
from escrow_tui.engine.treasury import decide_market
from escrow_tui.store import MarketRow, Reading, StoredOrder
from escrow_tui.views.shared import concerns

_EVERY = 1_000_000


def market_row(reading: Reading, market_id: str) -> MarketRow:
    """Return the market that a desk stands in."""
    market = reading.market(market_id)
    assert market is not None, f"there is no market {market_id}"
    return market


def seller_account(reading: Reading, market: str, seller: str, currency: str) -> SellerAccount:
    """Return a seller's balances in a currency; what he owes is kept below zero."""
    parts = ("pending", "available", "deposit", "debt")
    names = [f"seller:{seller}:{part}" for part in parts]
    held = reading.balances(market, names)
    pending, available, deposit, debt = (held.get((name, currency), 0) for name in names)
    return SellerAccount(pending, available, deposit, -debt)


def frozen_of(reading: Reading, market: str, seller: str | None, currency: str) -> int:
    """Return what waits in a seller's frozen orders (minor units); of every seller for None."""
    if not any(phase is Phase.FROZEN for phase, _ in reading.phase_counts(market)):
        return 0
    frozen = reading.orders(market, seller=seller, phase=Phase.FROZEN, limit=_EVERY)
    return sum(one.order.uncleared for one in frozen if one.order.currency == currency)


def first_deadline(reading: Reading, market: str, role: Role | None) -> tuple[Deadline, str] | None:
    """Return the first deadline that a role may know of, and its order's id; of all for None."""
    best: tuple[Deadline, str] | None = None
    for at, order_id in reading.coming(market):
        if best is not None and best[0].at <= at:
            break
        stored = reading.order(market, order_id)
        assert stored is not None
        running = deadlines(stored.order, reading.policy(stored.order.policy))
        known = (one for one in running if role is None or concerns(one.name, role))
        first = next(known, None)
        if first is not None and (best is None or first.at < best[0].at):
            best = (first, order_id)
    return best


def rate_of_day(reading: Reading, market: str, order: Order, policy: Policy) -> str:
    """Return the bank's rate for what an order is paid in, "" where none is asked for or told."""
    if not order.pay_in or policy.fx_refund is not FxRefund.CURRENT:
        return ""
    return reading.last_rate(market, order.pay_in)


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
    """Ask the engine about a command on an order at the market's instant."""
    order = stored.order if stored else None
    placing = isinstance(command, PlaceOrder)
    if order is None and not placing:
        return refuse("UNKNOWN_ORDER", order=order_id)
    if order is not None and placing:
        return refuse("ORDER_EXISTS", order=order_id)
    policy_hash = order.policy if order else market.policy_hash
    policy = reading.policy(policy_hash)
    account, rate = SellerAccount(), ""
    if order is not None:
        account = seller_account(reading, market.id, order.seller, order.currency)
        rate = rate_of_day(reading, market.id, order, policy)
    return decide(order, account, command, actor, policy, policy_hash, market.now, rate)


def market_answer(
    reading: Reading, market: MarketRow, actor: Actor, command: MarketCommand
) -> Answer:
    """Ask the engine about a command on the market itself, under the market's own policy."""
    drawn = "available" if isinstance(command, WithdrawMoney) else "wallet"
    account = f"{actor.role}:{actor.person}:{drawn}"
    held = reading.balances(market.id, [account]).get((account, command.currency), 0)
    return decide_market(command, actor, held, reading.policy(market.policy_hash))


def stream_of(actor: Actor, order_id: str, command: AnyCommand) -> str:
    """Name the stream that keeps a command: the order's, but for what is asked of the market."""
    if isinstance(command, SetRate):
        return RATES_STREAM
    if isinstance(command, MarketCommand):
        return account_stream(actor.person)
    return order_stream(order_id)
