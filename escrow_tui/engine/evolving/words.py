"""What the parties say, show and think of each other."""

from typing import assert_never

from msgspec.structs import replace

from escrow_tui.engine import events as e
from escrow_tui.engine.order import Evidence, Message, Order, Rating


def of_words(order: Order, event: e.WordEvent, at: int) -> Order:
    """Return the order after something was said or shown."""
    match event:
        case e.MessageSent():
            message = Message(event.by, event.text, at, event.off_platform)
            return replace(order, messages=(*order.messages, message))
        case e.ReviewWritten():
            return replace(order, review=Rating(event.stars, event.text, at))
        case e.EvidenceAdded():
            return _filed(order, event, at)
        case _:
            assert_never(event)


def _filed(order: Order, event: e.EvidenceAdded, at: int) -> Order:
    filed = Evidence(
        event.id, event.owner, event.kind, event.shows, event.picture, event.checksum, at
    )
    order = replace(order, evidence=(*order.evidence, filed))
    dispute = order.dispute
    if dispute is None or dispute.asked is None or dispute.asked.value != event.owner.value:
        return order
    return replace(order, dispute=replace(dispute, asked=None))
