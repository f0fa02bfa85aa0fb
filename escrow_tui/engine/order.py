"""An order as a value: its state after its events.

What is stored of an order follows from its events; as lists it takes a third of the bytes and time.
"""

import msgspec

from escrow_tui.engine.commands import Line
from escrow_tui.engine.money import shares
from escrow_tui.engine.terms import (
    ChargebackPhase,
    DisputePhase,
    EvidenceKind,
    Party,
    Phase,
    Reason,
    RefundWay,
    ReturnPhase,
    ShipmentState,
    Side,
    Stage,
)


class OrderPart(msgspec.Struct, frozen=True, gc=False, array_like=True, forbid_unknown_fields=True):
    """A part of an order, written as a list of its values.

    A field is added at the end of its part, with a default for the orders that were stored without
    it. Any other change needs an upgrade that writes every order anew.
    """


class Evidence(OrderPart, frozen=True, kw_only=True):
    """A piece of evidence in the file, with its owner, time and checksum."""

    id: str
    owner: Party
    kind: EvidenceKind
    shows: str
    picture: str
    checksum: str
    at: int


class Message(OrderPart, frozen=True):
    """A message from one side to the other."""

    by: Party
    text: str
    at: int
    off_platform: bool = False


class Rating(OrderPart, frozen=True):
    """The buyer's review: one to five stars, and words or none."""

    stars: int
    text: str
    at: int


class ScanRecord(OrderPart, frozen=True, kw_only=True):
    """One line of the tracking record; `weight` in grams, 0 where none was taken."""

    status: ShipmentState
    city: str
    post_code: str
    weight: int
    signature: bool
    at: int


class Shipment(OrderPart, frozen=True, kw_only=True):
    """A parcel on its way; `false` marks one that the carrier has not seen in time."""

    tracking: str
    state: ShipmentState
    shipped_at: int
    scans: tuple[ScanRecord, ...] = ()
    false: bool = False


class Resolution(OrderPart, frozen=True):
    """What a claim, a proposal or a ruling asks for; with a replacement the amount is 0."""

    amount: int
    return_goods: bool = False
    replacement: bool = False


class Proposal(OrderPart, frozen=True):
    """A resolution that somebody proposes, and who has accepted it."""

    by: Party
    resolution: Resolution
    note: str
    accepted_by: tuple[Party, ...]


class Ruling(OrderPart, frozen=True, kw_only=True):
    """A decision not yet executed; `goodwill` is the platform's own money on top."""

    resolution: Resolution
    goodwill: int
    reasons: tuple[str, ...]
    policy_rows: tuple[str, ...]
    confidence: int
    note: str
    why: str


class Dispute(OrderPart, frozen=True, kw_only=True):
    """A running dispute. `mediator` ruled or will rule; `reviewer` has the appeal.

    `asked` is the side whose evidence the mediator waits for; `appealed_by` who appealed.
    `filed_before` counts the evidence that the file held when the dispute was opened.
    """

    number: int
    phase: DisputePhase
    reason: Reason
    claim: Resolution
    opened_at: int
    proposals: tuple[Proposal, ...] = ()
    mediator: str = ""
    opened_evidence: tuple[str, ...] = ()
    answered_at: int = 0
    mediation_at: int = 0
    asked: Side | None = None
    asked_at: int = 0
    ruling: Ruling | None = None
    ruled_at: int = 0
    appealed_by: Party | None = None
    appealed_at: int = 0
    reviewer: str = ""
    filed_before: int = 0

    def proposal(self, by: Party) -> Proposal | None:
        """Return the standing proposal of one of the three, if there is one."""
        return next((one for one in self.proposals if one.by is by), None)


class Return(OrderPart, frozen=True, kw_only=True):
    """Goods on their way back, what happens when they arrive, and the dispute before."""

    phase: ReturnPhase
    resolution: Resolution
    dispute: Dispute
    agreed_at: int
    parcel: Shipment | None = None
    delivered_at: int = 0


class Chargeback(OrderPart, frozen=True, kw_only=True):
    """A running chargeback; `paid` is its amount in the currency paid.

    `before` is the phase to which the order goes back when the seller wins.
    """

    phase: ChargebackPhase
    amount: int
    paid: int
    debited: bool
    opened_at: int
    before: Phase
    answered_at: int = 0


class BookedRefund(OrderPart, frozen=True, kw_only=True):
    """A refund that is booked and has not arrived yet; a penalty is not part of `refunded`."""

    number: int
    amount: int
    booked_at: int
    way: RefundWay
    penalty: bool = False


class Stop(OrderPart, frozen=True):
    """A time in which timers stood still, all of them if `frozen`; `until` is 0 while it lasts.

    A dispute, a return and a request to cancel stop the order's own timers, but not theirs.
    """

    since: int
    until: int = 0
    frozen: bool = False


class Order(OrderPart, frozen=True, kw_only=True):
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
    card_expires: int
    placed_at: int
    paid_at: int = 0
    verified_at: int = 0
    extra_processing_days: int = 0
    cancel_asked_at: int = 0
    shipment: Shipment | None = None
    extra_protection_days: int = 0
    delivered_at: int = 0
    unproven: bool = False
    returned_at: int = 0
    opened_at: int = 0
    found: str = ""
    completed_at: int = 0
    replacement_at: int = 0
    replacements: int = 0
    ended_at: int = 0
    captured: int = 0
    held: int = 0
    refunded: int = 0
    released: int = 0
    releases: int = 0
    commission: int = 0
    charged_back: int = 0
    penalty: int = 0
    goodwill: int = 0
    line_refunds: tuple[int, ...] = ()
    paid_back: int = 0
    settled: int = 0
    uncleared: int = 0
    released_at: int = 0
    refunds: tuple[BookedRefund, ...] = ()
    refund_count: int = 0
    dispute: Dispute | None = None
    dispute_count: int = 0
    appealed: bool = False
    return_: Return | None = msgspec.field(default=None, name="return")
    returned_goods: bool = False
    chargeback: Chargeback | None = None
    charged_back_once: bool = False
    review: Rating | None = None
    evidence: tuple[Evidence, ...] = ()
    messages: tuple[Message, ...] = ()
    stops: tuple[Stop, ...] = ()

    @property
    def price(self) -> int:
        """Goods and shipping: what is captured."""
        return self.goods + self.shipping

    @property
    def outstanding(self) -> int:
        """What can still be refunded: captured, and neither refunded nor charged back."""
        return self.captured - self.refunded - self.charged_back

    @property
    def stage(self) -> Stage | None:
        """The part that decides what is open: a chargeback, else a dispute or a return."""
        if self.chargeback is not None:
            return self.chargeback.phase
        return self.stage_beneath

    @property
    def stage_beneath(self) -> DisputePhase | ReturnPhase | None:
        """The dispute or return that runs, or stands still under a chargeback."""
        if self.dispute is not None:
            return self.dispute.phase
        return self.return_.phase if self.return_ is not None else None

    @property
    def phase_beneath(self) -> Phase:
        """The phase that the order has, or goes back to when a chargeback is won."""
        return self.phase if self.chargeback is None else self.chargeback.before

    @property
    def running_dispute(self) -> Dispute:
        """The dispute that the process says is running."""
        assert self.dispute is not None
        return self.dispute

    @property
    def running_return(self) -> Return:
        """The return that the process says is running."""
        assert self.return_ is not None
        return self.return_

    @property
    def running_chargeback(self) -> Chargeback:
        """The chargeback that the process says is running."""
        assert self.chargeback is not None
        return self.chargeback

    @property
    def shipped_at(self) -> int:
        """When the parcel was handed over."""
        assert self.shipment is not None
        return self.shipment.shipped_at

    @property
    def return_shipped_at(self) -> int:
        """When the goods on their way back were handed over."""
        parcel = self.running_return.parcel
        assert parcel is not None
        return parcel.shipped_at

    @property
    def clearing(self) -> tuple[tuple[int, int], ...]:
        """The seller's pending money, with the instant of its release; none while it is frozen."""
        return ((0, self.released_at),) if self.uncleared and self.chargeback is None else ()

    @property
    def unscanned(self) -> bool:
        """Whether the carrier has not seen the parcel, and it is not yet marked as false."""
        parcel = self.shipment
        return parcel is not None and not parcel.scans and not parcel.false

    @property
    def proven(self) -> bool:
        """Whether the delivery is proven as the policy requires."""
        return not self.unproven

    @property
    def evidence_asked(self) -> bool:
        """Whether a mediator waits for somebody's evidence."""
        return self.dispute is not None and self.dispute.asked is not None

    @property
    def line_shares(self) -> tuple[int, ...]:
        """Each line's share of the price, shipping included, by largest remainder."""
        return shares(self.price, [line.amount for line in self.lines])
