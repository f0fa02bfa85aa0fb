"""An order as a value: what is known of it after its events."""

import msgspec

from escrow_tui.engine.commands import Line
from escrow_tui.engine.terms import (
    DisputePhase,
    EvidenceKind,
    Party,
    Phase,
    Reason,
    ShipmentState,
)


class Evidence(msgspec.Struct, frozen=True):
    """A piece of evidence in the file, with its owner, time and checksum."""

    id: str
    owner: Party
    kind: EvidenceKind
    shows: str
    picture: str
    checksum: str
    at: int


class Message(msgspec.Struct, frozen=True):
    """What one side wrote to the other."""

    by: Party
    text: str
    at: int


class ScanRecord(msgspec.Struct, frozen=True):
    """One line of the tracking record; `weight` in grams, 0 where none was taken."""

    status: ShipmentState
    city: str
    post_code: str
    weight: int
    signature: bool
    at: int


class Shipment(msgspec.Struct, frozen=True):
    """The parcel on its way."""

    tracking: str
    state: ShipmentState
    shipped_at: int
    scans: tuple[ScanRecord, ...] = ()


class Proposal(msgspec.Struct, frozen=True):
    """An amount that somebody would have refunded, and who has accepted it."""

    by: Party
    amount: int
    note: str
    accepted_by: tuple[Party, ...]


class Ruling(msgspec.Struct, frozen=True):
    """A decision that waits to be executed."""

    refund: int
    reasons: tuple[str, ...]
    policy_rows: tuple[str, ...]
    confidence: int
    note: str
    why: str


class Dispute(msgspec.Struct, frozen=True):
    """A running dispute."""

    number: int
    phase: DisputePhase
    reason: Reason
    claim: int
    opened_at: int
    proposals: tuple[Proposal, ...] = ()
    mediator: str = ""
    opened_evidence: tuple[str, ...] = ()
    mediation_at: int = 0
    ruling: Ruling | None = None
    ruled_at: int = 0

    def proposal(self, by: Party) -> Proposal | None:
        """Return the standing proposal of one of the three, if there is one."""
        return next((one for one in self.proposals if one.by is by), None)


class Refund(msgspec.Struct, frozen=True):
    """A refund that was booked and has not arrived yet."""

    number: int
    amount: int
    booked_at: int


class Stop(msgspec.Struct, frozen=True):
    """A time in which the order's own timers stood still; `until` is 0 while it lasts."""

    since: int
    until: int = 0


class Order(msgspec.Struct, frozen=True):
    """An order after its events. Amounts are minor units of `currency`; times are Unix seconds."""

    id: str
    phase: Phase
    buyer: str
    seller: str
    lines: tuple[Line, ...]
    currency: str
    goods: int
    shipping: int
    origin: str
    destination: str
    promised_days: int
    method: str
    policy: str
    pay_in: str
    rate: str
    paid_total: int
    placed_at: int
    paid_at: int = 0
    verified_at: int = 0
    extra_processing_days: int = 0
    shipment: Shipment | None = None
    extra_protection_days: int = 0
    delivered_at: int = 0
    returned_at: int = 0
    opened_at: int = 0
    found: str = ""
    completed_at: int = 0
    ended_at: int = 0
    captured: int = 0
    held: int = 0
    refunded: int = 0
    released: int = 0
    commission: int = 0
    paid_back: int = 0
    settled: int = 0
    uncleared: int = 0
    released_at: int = 0
    refunds: tuple[Refund, ...] = ()
    refund_count: int = 0
    dispute: Dispute | None = None
    dispute_count: int = 0
    evidence: tuple[Evidence, ...] = ()
    messages: tuple[Message, ...] = ()
    stops: tuple[Stop, ...] = ()

    @property
    def price(self) -> int:
        """Goods and shipping: what is captured."""
        return self.goods + self.shipping

    @property
    def outstanding(self) -> int:
        """What can still be given back: captured and not yet refunded."""
        return self.captured - self.refunded
