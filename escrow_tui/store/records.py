"""Plain values that the store takes and returns, besides the engine's own."""

import msgspec

from escrow_tui.engine.ledger import TransferLine
from escrow_tui.engine.market import Listing
from escrow_tui.engine.order import Order
from escrow_tui.engine.terms import DisputePhase

# The due time of what has no deadline: later than any other, and within every database's range.
NEVER = 1 << 62


class MarketRow(msgspec.Struct, frozen=True):
    """A market: a clock and a journal. A fork names its parent and the last entry it copied.

    `started` and `now` are Unix seconds; `seq` and `head` are the last entry's number and hash.
    """

    id: str
    title: str
    started: int
    now: int
    seq: int
    head: bytes
    policy_hash: str
    parent: str
    parent_seq: int


class StoredOrder(msgspec.Struct, frozen=True):
    """An order, its stream's version, and its next deadline in Unix seconds, None without one."""

    order: Order
    version: int
    next_deadline: int | None


class StoredLine(msgspec.Struct, frozen=True):
    """A ledger line, with the number of its entry and the id of its order ("" for none)."""

    seq: int
    order_id: str
    line: TransferLine


class OrderKey(msgspec.Struct, frozen=True):
    """The position of an order in a list, newest first."""

    placed_at: int
    id: str


class DueKey(msgspec.Struct, frozen=True):
    """The position of a dispute in the queue: when it is due (Unix seconds), and its order."""

    at: int
    id: str


class Word(msgspec.Struct, frozen=True):
    """A word to search for: in an order's own words, or in the name of its phase.

    `phases` are the phases of orders and disputes whose name contains the word.
    """

    text: str
    phases: tuple[str, ...] = ()


class ListingKey(msgspec.Struct, frozen=True):
    """The position of a listing in the catalogue, sorted by title."""

    title: str
    id: str


def order_key(order: Order) -> OrderKey:
    """Return the key after which the next page of a list begins."""
    return OrderKey(order.placed_at, order.id)


def due_key(stored: StoredOrder) -> DueKey:
    """Return the key after which the next page of the dispute queue begins."""
    at = stored.next_deadline
    return DueKey(NEVER if at is None else at, stored.order.id)


def listing_key(listing: Listing) -> ListingKey:
    """Return the key after which the next page of the catalogue begins."""
    return ListingKey(listing.title, listing.id)


def phases_of(order: Order) -> tuple[str, str]:
    """Return the order's phase and its dispute's phase, "" without a dispute."""
    return order.phase.value, order.dispute.phase.value if order.dispute else ""


def mediator_of(order: Order) -> str:
    """Return the mediator of the case (of an appeal, its reviewer), "" if nobody has it."""
    dispute = order.dispute
    if dispute is None:
        return ""
    return dispute.reviewer if dispute.phase is DisputePhase.APPEAL_REVIEW else dispute.mediator
