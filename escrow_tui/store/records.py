"""The plain values that the store gives and takes, beside the engine's own."""

import msgspec

from escrow_tui.engine.ledger import TransferLine
from escrow_tui.engine.market import Listing
from escrow_tui.engine.order import Order
from escrow_tui.engine.terms import DisputePhase

# The instant of what is not due at all: later than any other, and a number in every database.
NEVER = 1 << 62


class MarketRow(msgspec.Struct, frozen=True):
    """A market: a clock and a journal. A fork names its parent and the entry up to which.

    `started` and `now` are Unix seconds, `seq` and `head` the last entry's number and hash.
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
    """An order, the version of its stream, and its next deadline (Unix seconds), if one runs."""

    order: Order
    version: int
    next_deadline: int | None


class StoredLine(msgspec.Struct, frozen=True):
    """A line of the ledger, with the entry and the order ("" for none) that moved it."""

    seq: int
    order_id: str
    line: TransferLine


class OrderKey(msgspec.Struct, frozen=True):
    """The place of an order in a list, newest first."""

    placed_at: int
    id: str


class DueKey(msgspec.Struct, frozen=True):
    """The place of a dispute in the queue: when it is due (Unix seconds), and its order."""

    at: int
    id: str


class Word(msgspec.Struct, frozen=True):
    """A word that an order must have: among its own words, or as the name of where it stands.

    `phases` are those of orders and of disputes whose name has the word.
    """

    text: str
    phases: tuple[str, ...] = ()


class ListingKey(msgspec.Struct, frozen=True):
    """The place of a listing in the catalogue, by title."""

    title: str
    id: str


def order_key(order: Order) -> OrderKey:
    """Return the key after which a list goes on."""
    return OrderKey(order.placed_at, order.id)


def due_key(stored: StoredOrder) -> DueKey:
    """Return the key after which the queue goes on."""
    at = stored.next_deadline
    return DueKey(NEVER if at is None else at, stored.order.id)


def listing_key(listing: Listing) -> ListingKey:
    """Return the key after which the catalogue goes on."""
    return ListingKey(listing.title, listing.id)


def phases_of(order: Order) -> tuple[str, str]:
    """Return the order's phase and its dispute's, "" where none runs."""
    return order.phase.value, order.dispute.phase.value if order.dispute else ""


def mediator_of(order: Order) -> str:
    """Return the mediator who has the case, "" where it is free; an appeal is its reviewer's."""
    dispute = order.dispute
    if dispute is None:
        return ""
    return dispute.reviewer if dispute.phase is DisputePhase.APPEAL_REVIEW else dispute.mediator
