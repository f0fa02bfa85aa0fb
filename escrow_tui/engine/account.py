"""A seller's account as a value."""

from collections.abc import Callable

import msgspec


class SellerAccount(msgspec.Struct, frozen=True, gc=False):
    """Balances in minor units of one currency; `debt` is what the seller owes, 0 or more."""

    pending: int = 0
    available: int = 0
    deposit: int = 0
    debt: int = 0


# A decision asks for the account only if it needs it: one that does not cannot conflict with a
# change of the account. The class itself serves for a seller who has nothing.
AskAccount = Callable[[], SellerAccount]
