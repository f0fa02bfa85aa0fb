"""How an amount is written, and what a claim, a proposal or a ruling would have."""

from escrow_tui.engine.money import plain
from escrow_tui.engine.order import Order, Resolution

_ONCE = " once the goods are back"


def amount(minor: int, order: Order) -> str:
    """Write an amount in the order's currency."""
    return f"{plain(minor, order.currency)} {order.currency}"


def wanted(one: Resolution, order: Order) -> str:
    """Name what is asked for: `25.00 USD`, `a replacement once the goods are back`."""
    what = "a replacement" if one.replacement else amount(one.amount, order)
    return f"{what}{_ONCE if one.return_goods else ''}"


def done(one: Resolution, order: Order) -> str:
    """Say what follows, as a clause: `25.00 USD goes back to the buyer`."""
    goes_back = f"{amount(one.amount, order)} goes back to the buyer"
    what = "the seller sends a replacement" if one.replacement else goes_back
    return f"{what}{_ONCE if one.return_goods else ''}"
