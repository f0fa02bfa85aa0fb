"""Amounts in an order's currency, and what a claim, a proposal or a ruling asks for, as text."""

from escrow_tui.engine.money import plain
from escrow_tui.engine.order import Order, Resolution

_ONCE = " once the goods are back"


def amount_text(minor: int, order: Order) -> str:
    """Write minor units in the order's currency: `25.00 USD`."""
    return f"{plain(minor, order.currency)} {order.currency}"


def resolution_text(one: Resolution, order: Order) -> str:
    """Write a resolution as a noun: `25.00 USD`, `a replacement once the goods are back`."""
    what = "a replacement" if one.replacement else amount_text(one.amount, order)
    return f"{what}{_ONCE if one.return_goods else ''}"


def resolution_clause(one: Resolution, order: Order) -> str:
    """Write a resolution as a clause: `25.00 USD goes back to the buyer`."""
    goes_back = f"{amount_text(one.amount, order)} goes back to the buyer"
    what = "the seller sends a replacement" if one.replacement else goes_back
    return f"{what}{_ONCE if one.return_goods else ''}"
