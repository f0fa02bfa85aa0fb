"""What follows from a journal entry: the order after it, ledger lines and trust figures."""

from collections.abc import Iterable

import msgspec

from escrow_tui.engine.entry import CLOCK_STREAM, Entry
from escrow_tui.engine.events import AnyEvent
from escrow_tui.engine.evolve import evolve
from escrow_tui.engine.ledger import TransferLine, transfer
from escrow_tui.engine.order import Order
from escrow_tui.engine.trust import TrustChange, trust_changes


class Consequences(msgspec.Struct, frozen=True, gc=False):
    """The order after the events of one entry, their ledger lines, and changes of trust figures."""

    order: Order
    lines: tuple[TransferLine, ...]
    trust: tuple[TrustChange, ...]


def consequences_of(
    order: Order | None, events: Iterable[AnyEvent], order_id: str, at: int
) -> Consequences:
    """Return what the events of one entry lead to; `order` is None before its first event.

    Each event's lines and figures are computed from the order as it stood before that event.
    """
    lines: list[TransferLine] = []
    trust: list[TrustChange] = []
    for event in events:
        lines.extend(transfer(event, order))
        trust.extend(trust_changes(event, order))
        order = evolve(order, event, order_id, at)
    if order is None:
        raise ValueError(f"an entry of order {order_id} holds no event")
    return Consequences(order, tuple(lines), tuple(trust))


def lines_without_order(entry: Entry) -> tuple[TransferLine, ...]:
    """Return the ledger lines of an entry that belongs to an account; the clock moves no money."""
    if entry.stream == CLOCK_STREAM:
        return ()
    return tuple(line for event in entry.events for line in transfer(event, None))
