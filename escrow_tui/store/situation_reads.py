"""Reading what a command is decided on, statement by statement, in one snapshot."""

from escrow_tui.engine.account import SellerAccount
from escrow_tui.engine.ledger import escrow_account
from escrow_tui.engine.order import Order
from escrow_tui.engine.policy import FxRefund, Policy
from escrow_tui.store.reading import Reading
from escrow_tui.store.seats import JOINED
from escrow_tui.store.situation import Ask, Situation, seller_account, seller_accounts
from escrow_tui.store.values import StoredOrder


def situation_of(reading: Reading, ask: Ask) -> Situation:
    """Return how things stand for what is asked.

    Raises:
        LookupError: there is no such market.
    """
    market = reading.market(ask.market)
    if market is None:
        raise LookupError(f"there is no market {ask.market}")
    stored = reading.order(market.id, ask.order_id) if ask.order_id else None
    policy_hash = stored.order.policy if stored else market.policy_hash
    policy = reading.policy(policy_hash)
    seller, expected = _seller(reading, market.id, stored)
    held = 0
    if ask.account:
        key = (ask.account, ask.currency)
        held = reading.balances(market.id, [ask.account]).get(key, 0)
        expected[key] = held
    return Situation(
        market,
        policy,
        policy_hash,
        order=stored,
        given=reading.entry_of(market.id, ask.command_id) if ask.command_id else None,
        version=reading.version(market.id, ask.stream) if ask.stream else 0,
        seller=seller,
        held=held,
        rate=rate_of_day(reading, market.id, stored.order, policy) if stored else "",
        seat_open=not ask.seat or reading.seat_state(market.id, ask.seat) == JOINED,
        expected=expected,
    )


def rate_of_day(reading: Reading, market: str, order: Order, policy: Policy) -> str:
    """Return the bank's rate for what an order is paid in, "" where none is asked for or told."""
    if not order.pay_in or policy.fx_refund is not FxRefund.CURRENT:
        return ""
    return reading.last_rate(market, order.pay_in)


def _seller(
    reading: Reading, market: str, stored: StoredOrder | None
) -> tuple[SellerAccount, dict[tuple[str, str], int]]:
    """Return the account of the order's seller, and these balances with the order's escrow."""
    if stored is None:
        return SellerAccount(), {}
    order = stored.order
    names = (*seller_accounts(order.seller), escrow_account(order))
    held = reading.balances(market, names)
    account = seller_account(held, order.seller, order.currency)
    return account, {(name, order.currency): held.get((name, order.currency), 0) for name in names}
