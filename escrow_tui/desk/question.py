"""Asks the engine about a command in the present situation; nothing is written."""

from escrow_tui.engine.account import SellerAccount
from escrow_tui.engine.answers import Answer, Done
from escrow_tui.engine.commands import AnyCommand, MarketCommand, PlaceOrder, SetRate, WithdrawMoney
from escrow_tui.engine.context import refuse
from escrow_tui.engine.decide import decide
from escrow_tui.engine.entry import RATES_STREAM, account_stream, order_stream
from escrow_tui.engine.roles import Actor
from escrow_tui.engine.treasury import decide_market
from escrow_tui.store import (
    Ask,
    MarketRow,
    Reading,
    Situation,
    account_from_balances,
    seller_accounts,
)
from escrow_tui.store.reads.situation import ACCOUNT_PARTS


def market_row(reading: Reading, market_id: str) -> MarketRow:
    """Return the row of a market, which must exist."""
    market = reading.market(market_id)
    assert market is not None, f"there is no market {market_id}"
    return market


def read_account(reading: Reading, market: str, seller: str, currency: str) -> SellerAccount:
    """Return a seller's balances in a currency (minor units); a debt is kept below zero."""
    return account_from_balances(
        reading.balances(market, seller_accounts(seller)), seller, currency
    )


def read_all_accounts(reading: Reading, market: str, currency: str) -> SellerAccount:
    """Return the sums of every seller's balances in a currency (minor units)."""
    sums = dict.fromkeys(ACCOUNT_PARTS, 0)
    for (account, held_in), minor in reading.balances_of_sellers(market).items():
        part = account.rpartition(":")[2]
        if held_in == currency and part in sums:
            sums[part] += minor
    pending, available, deposit, debt = sums.values()
    return SellerAccount(pending, available, deposit, -debt)


def frozen_of(reading: Reading, market: str, seller: str | None, currency: str) -> int:
    """Return what a seller's frozen orders hold back (minor units); of all sellers for None."""
    orders = (one.order for one in reading.frozen(market, seller))
    return sum(one.uncleared for one in orders if one.currency == currency)


def ask_of(
    market: str, actor: Actor, order_id: str, command: AnyCommand, command_id: str, seat: str = ""
) -> Ask:
    """Return what must be read before this command can be decided."""
    if isinstance(command, SetRate):
        return Ask(
            market=market, order_id="", command_id=command_id, stream=RATES_STREAM, seat=seat
        )
    if isinstance(command, MarketCommand):
        drawn = "available" if isinstance(command, WithdrawMoney) else "wallet"
        account = f"{actor.role}:{actor.person}:{drawn}"
        stream = account_stream(actor.person)
        return Ask(
            market=market,
            order_id="",
            command_id=command_id,
            stream=stream,
            account=account,
            currency=command.currency,
            seat=seat,
        )
    return Ask(market=market, order_id=order_id, command_id=command_id, seat=seat)


def answer_in(
    situation: Situation, actor: Actor, order_id: str, command: AnyCommand, command_id: str = ""
) -> Answer:
    """Answer a command; a command id that was answered before gets the same answer."""
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
    """Return the stream that keeps a command: the order's, or one of the market."""
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
