"""A seller's account as a value: what the engine may take from and give to."""

from collections.abc import Callable

import msgspec


class SellerAccount(msgspec.Struct, frozen=True, gc=False):
    """Balances in minor units of one currency; `debt` is what the seller owes, 0 or more."""

    pending: int = 0
    available: int = 0
    deposit: int = 0
    debt: int = 0


# Most decisions ask for no account: one that does not cannot be overtaken by what happens to it.
# The class itself is the account of a seller who has nothing.
AskAccount = Callable[[], SellerAccount]
