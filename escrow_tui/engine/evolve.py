"""What an event makes of an order: it only rewrites, and asks nothing."""

from collections.abc import Callable, Iterable
from typing import cast, get_args

from escrow_tui.engine import events as e
from escrow_tui.engine.evolving.bank import of_bank
from escrow_tui.engine.evolving.dispute import of_dispute
from escrow_tui.engine.evolving.money import of_end, of_money
from escrow_tui.engine.evolving.parcel import of_parcel
from escrow_tui.engine.evolving.payment import of_payment, placed
from escrow_tui.engine.evolving.returns import of_return
from escrow_tui.engine.evolving.words import of_words
from escrow_tui.engine.order import Order

Chapter = Callable[[Order, e.AnyEvent, int], Order]


def evolve(order: Order | None, event: e.AnyEvent, order_id: str, at: int) -> Order:
    """Return the order after the event, which happened at `at` (Unix seconds)."""
    if order is None:
        assert isinstance(event, e.OrderPlaced)
        return placed(event, order_id, at)
    chapter = CHAPTERS.get(type(event))
    if chapter is None:
        raise TypeError(f"{e.name_of(event)} is no event of an order that stands")
    return chapter(order, event, at)


def fold(order: Order | None, events: Iterable[e.AnyEvent], order_id: str, at: int) -> Order | None:
    """Return the order after several events of one instant."""
    for event in events:
        order = evolve(order, event, order_id, at)
    return order


def _chapters() -> dict[type[e.Event], Chapter]:
    """Return the chapter of each event of an order that stands; every one has exactly one."""
    parts = (
        (e.PaymentEvent, of_payment),
        (e.ParcelEvent, of_parcel),
        (e.MoneyEvent, of_money),
        (e.EndEvent, of_end),
        (e.DisputeEvent, of_dispute),
        (e.ReturnEvent, of_return),
        (e.BankEvent, of_bank),
        (e.WordEvent, of_words),
    )
    # Each chapter takes its own events only, and is given no other.
    return {kind: cast(Chapter, chapter) for events, chapter in parts for kind in get_args(events)}


CHAPTERS = _chapters()
