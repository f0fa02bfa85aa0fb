"""What a command is decided on, read in one snapshot before it."""

from collections.abc import Mapping
from functools import lru_cache

import msgspec

from escrow_tui.engine.account import AskAccount, SellerAccount
from escrow_tui.engine.entry import Entry
from escrow_tui.engine.policy import Policy
from escrow_tui.store.records import MarketRow, StoredOrder

ACCOUNT_PARTS = ("pending", "available", "deposit", "debt")


class Ask(msgspec.Struct, frozen=True):
    """What a command is about. Each but the market may be "", where it is about none.

    `stream` is asked for its version, `account` for what it holds in `currency`; `seat` is who
    asks.
    """

    market: str
    order_id: str = ""
    command_id: str = ""
    stream: str = ""
    account: str = ""
    currency: str = ""
    seat: str = ""


class Situation(msgspec.Struct, frozen=True):
    """How things stand for what was asked.

    `policy` is the order's own, the market's where there is no order. `account` asks for the
    balances of the order's seller, `held` are those of the account that was asked about; `version`
    is that of the stream. `given` is the entry that the command's id has led to before. `rate` is
    the bank's last rate of what the order is paid in.

    `expected` are the balances that were looked at: what is decided holds as long as they do. A
    seller's come to it when they are asked for.
    """

    market: MarketRow
    policy: Policy
    policy_hash: str
    order: StoredOrder | None = None
    given: Entry | None = None
    version: int = 0
    account: AskAccount = SellerAccount
    held: int = 0
    rate: str = ""
    seat_open: bool = True
    expected: Mapping[tuple[str, str], int] = msgspec.field(default_factory=dict)


@lru_cache(maxsize=4_096)
def seller_accounts(seller: str) -> tuple[str, ...]:
    """Name the accounts of a seller, in the order of `ACCOUNT_PARTS`."""
    return tuple(f"seller:{seller}:{part}" for part in ACCOUNT_PARTS)


def account_from_balances(
    held: Mapping[tuple[str, str], int], seller: str, currency: str
) -> SellerAccount:
    """Return a seller's balances in a currency; what he owes is kept below zero."""
    pending, available, deposit, debt = (
        held.get((name, currency), 0) for name in seller_accounts(seller)
    )
    return SellerAccount(pending, available, deposit, -debt)
