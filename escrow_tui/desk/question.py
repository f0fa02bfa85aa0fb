"""Asking the engine about a command, on how things stand; nothing is written."""

from collections.abc import Callable, Iterable

from escrow_tui.engine.account import SellerAccount
from escrow_tui.engine.answers import Answer, Done
from escrow_tui.engine.commands import AnyCommand, MarketCommand, PlaceOrder, SetRate, WithdrawMoney
from escrow_tui.engine.context import refuse
from escrow_tui.engine.deadlines import Deadline, deadlines
from escrow_tui.engine.decide import decide
from escrow_tui.engine.entry import RATES_STREAM, account_stream, order_stream
from escrow_tui.engine.order import Order
from escrow_tui.engine.roles import Actor, Role
from escrow_tui.engine.treasury import decide_market
from escrow_tui.store import (
    Ask,
    MarketRow,
    Reading,
    Situation,
    account_from_balances,
    seller_accounts,
)
from escrow_tui.views.privacy import knows_deadline


def market_row(reading: Reading, market_id: str) -> MarketRow:
    """Return the market that a desk stands in."""
    market = reading.market(market_id)
    assert market is not None, f"there is no market {market_id}"
    return market


def seller_account(reading: Reading, market: str, seller: str, currency: str) -> SellerAccount:
    """Return a seller's balances in a currency; what he owes is kept below zero."""
    return account_from_balances(
        reading.balances(market, seller_accounts(seller)), seller, currency
    )


def frozen_of(reading: Reading, market: str, seller: str | None, currency: str) -> int:
    """Return what waits in a seller's frozen orders (minor units); of every seller for None."""
    orders = (one.order for one in reading.frozen(market, seller))
    return sum(one.uncleared for one in orders if one.currency == currency)


def first_deadline(
    reading: Reading,
    market: str,
    role: Role | None,
    coming: Iterable[tuple[int, str]] | None = None,
    sees: Callable[[Order], bool] = lambda _: True,
) -> tuple[Deadline, str] | None:
    """Return the first deadline that a role may know of, and its order's id; of all for None.

    `coming` are the orders to look at, the first due first: all of the market where it is left
    out; of those, the ones that are seen.
    """
    best: tuple[Deadline, str] | None = None
    for at, order_id in reading.coming(market) if coming is None else coming:
        if best is not None and best[0].at <= at:
            break
        stored = reading.order(market, order_id)
        assert stored is not None
        if not sees(stored.order):
            continue
        running = deadlines(stored.order, reading.policy(stored.order.policy))
        known = (one for one in running if role is None or knows_deadline(one.name, role))
        first = next(known, None)
        if first is not None and (best is None or first.at < best[0].at):
            best = (first, order_id)
    return best


def ask_of(
    market: str, actor: Actor, order_id: str, command: AnyCommand, command_id: str, seat: str = ""
) -> Ask:
    """Return what must be known before this command is decided."""
    if isinstance(command, SetRate):
        return Ask(market, "", command_id, stream=RATES_STREAM, seat=seat)
    if isinstance(command, MarketCommand):
        drawn = "available" if isinstance(command, WithdrawMoney) else "wallet"
        account = f"{actor.role}:{actor.person}:{drawn}"
        stream = account_stream(actor.person)
        return Ask(market, "", command_id, stream, account, command.currency, seat)
    return Ask(market, order_id, command_id, seat=seat)


def answer_in(
    situation: Situation, actor: Actor, order_id: str, command: AnyCommand, command_id: str = ""
) -> Answer:
    """Answer a command as things stand: as before, where its id was answered before."""
    if not situation.seat_open:
        return refuse("SEAT_REVOKED")
    if situation.given is not None:
        return _as_before(situation, actor, order_id, command, command_id)
    if isinstance(command, MarketCommand):
        return decide_market(command, actor, situation.held, situation.policy)
    order = situation.order.order if situation.order else None
    placing = isinstance(command, PlaceOrder)
    if order is None and not placing:
        return refuse("UNKNOWN_ORDER", order=order_id)
    if order is not None and placing:
        return refuse("ORDER_EXISTS", order=order_id)
    return decide(
        order,
        situation.account,
        command,
        actor,
        situation.policy,
        situation.policy_hash,
        situation.market.now,
        situation.rate,
    )


def stream_of(actor: Actor, order_id: str, command: AnyCommand) -> str:
    """Name the stream that keeps a command: the order's, but for what is asked of the market."""
    if isinstance(command, SetRate):
        return RATES_STREAM
    if isinstance(command, MarketCommand):
        return account_stream(actor.person)
    return order_stream(order_id)


def _as_before(
    situation: Situation, actor: Actor, order_id: str, command: AnyCommand, command_id: str
) -> Answer:
    given = situation.given
    assert given is not None
    asked = (stream_of(actor, order_id, command), actor, command)
    if (given.stream, given.actor, given.command) == asked:
        return Done(given.events)
    return refuse("COMMAND_ID_REUSED", id=command_id)
