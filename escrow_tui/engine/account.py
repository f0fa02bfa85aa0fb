"""A seller's account as a value: what the engine may take from and give to."""

import msgspec


class SellerAccount(msgspec.Struct, frozen=True, gc=False):
    """Balances in minor units of one currency; `debt` is what the seller owes, 0 or more."""

    pending: int = 0
    available: int = 0
    deposit: int = 0
    debt: int = 0
