"""What a command is decided on, read in one snapshot."""

from collections.abc import Mapping
from functools import lru_cache

import msgspec

from escrow_tui.engine.account import AskAccount, SellerAccount
from escrow_tui.engine.entry import Entry
from escrow_tui.engine.policy import Policy
from escrow_tui.store.records import MarketRow, StoredOrder

ACCOUNT_PARTS = ("pending", "available", "deposit", "debt")


class Ask(msgspec.Struct, frozen=True, kw_only=True):
    """What a command is about. Every field but the market may be "" for none.

    `stream` asks for its version, `account` for its balance in `currency`; `seat` is the seat that
    asks.
    """

    market: str
    order_id: str = ""
    command_id: str = ""
    stream: str = ""
    account: str = ""
    currency: str = ""
    seat: str = ""


class Situation(msgspec.Struct, frozen=True, kw_only=True):
    """The state that answers an `Ask`.

    `policy` is the order's own, or the market's if there is no order. `account` reads the balances
    of the order's seller; `held` is the balance (minor units) of the account that was asked about;
    `version` is that of the stream. `given` is the entry of an earlier command with the same id.
    `rate` is the bank's last rate of the currency that the order is paid in.

    `expected` are the balances that were read: a decision is valid only while they are unchanged.
    A seller's are added when `account` is called.
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
    """Return the names of a seller's accounts, in the order of `ACCOUNT_PARTS`."""
    return tuple(f"seller:{seller}:{part}" for part in ACCOUNT_PARTS)


def account_from_balances(
    held: Mapping[tuple[str, str], int], seller: str, currency: str
) -> SellerAccount:
    """Return a seller's account in a currency; a debt is stored as a negative balance."""
    pending, available, deposit, debt = (
        held.get((name, currency), 0) for name in seller_accounts(seller)
    )
    return SellerAccount(pending, available, deposit, -debt)
