"""The order after an event: rewriting only, no decisions."""

from escrow_tui.engine import events as e
from escrow_tui.engine.evolving.bank_events import BANK
from escrow_tui.engine.evolving.dispute_events import DISPUTE
from escrow_tui.engine.evolving.money_events import MONEY
from escrow_tui.engine.evolving.parcel_events import PARCEL
from escrow_tui.engine.evolving.payment_events import PAYMENT, placed
from escrow_tui.engine.evolving.return_events import RETURN
from escrow_tui.engine.evolving.rewrite import Rewrite
from escrow_tui.engine.evolving.word_events import WORDS
from escrow_tui.engine.order import Order

# Every event of a placed order has exactly one row.
REWRITES: dict[type[e.Event], Rewrite] = dict(
    (*PAYMENT, *PARCEL, *MONEY, *DISPUTE, *RETURN, *BANK, *WORDS)
)


def evolve(order: Order | None, event: e.AnyEvent, order_id: str, at: int) -> Order:
    """Return the order after the event, which happened at `at` (Unix seconds)."""
    if order is None:
        assert isinstance(event, e.OrderPlaced)
        return placed(event, order_id, at)
    try:
        rewrite = REWRITES[type(event)]
    except KeyError:
        raise TypeError(f"{e.name_of(event)} is no event of an order that stands") from None
    return rewrite(order, event, at)
