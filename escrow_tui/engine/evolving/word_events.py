"""The order with the parties' messages, evidence and review."""

from msgspec.structs import replace

from escrow_tui.engine import events as e
from escrow_tui.engine.evolving.rewrite import after
from escrow_tui.engine.order import Evidence, Message, Order, Rating


def _sent(order: Order, event: e.MessageSent, at: int) -> Order:
    message = Message(event.by, event.text, at, event.off_platform)
    return replace(order, messages=(*order.messages, message))


def _rated(order: Order, event: e.ReviewWritten, at: int) -> Order:
    return replace(order, review=Rating(event.stars, event.text, at))


def _filed(order: Order, event: e.EvidenceAdded, at: int) -> Order:
    filed = Evidence(
        id=event.id,
        owner=event.owner,
        kind=event.kind,
        shows=event.shows,
        picture=event.picture,
        checksum=event.checksum,
        at=at,
    )
    order = replace(order, evidence=(*order.evidence, filed))
    dispute = order.dispute
    if dispute is None or dispute.asked is None or dispute.asked.value != event.owner.value:
        return order
    return replace(order, dispute=replace(dispute, asked=None))


WORDS = (
    after(e.MessageSent, _sent),
    after(e.ReviewWritten, _rated),
    after(e.EvidenceAdded, _filed),
)
