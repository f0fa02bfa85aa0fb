"""Every event, past tense: what happened. Amounts are minor units of the order's currency."""

import msgspec

from escrow_tui.engine.commands import Line
from escrow_tui.engine.terms import EvidenceKind, Party, Reason, ShipmentState


class Event(msgspec.Struct, frozen=True, tag_field="event"):
    """What happened; it carries every number that the ledger needs."""


# -- payment


class OrderPlaced(Event, frozen=True, tag="order_placed"):
    """The order stands, unpaid; `policy` is the hash of the policy that it keeps for life."""

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


class PaymentPromised(Event, frozen=True, tag="payment_promised"):
    """Cash was paid in at an agent; the money comes when the bank verifies it."""


class PaymentCaptured(Event, frozen=True, tag="payment_captured"):
    """The money came into escrow; `paid` in the buyer's currency, fee and cost in the order's."""

    amount: int
    paid: int
    fee: int
    cost: int


class PaymentVerified(Event, frozen=True, tag="payment_verified"):
    """The bank stands by the payment; the seller may ship."""


class PaymentDeclined(Event, frozen=True, tag="payment_declined"):
    """The bank does not stand by the payment."""

    code: str


class OrderExpired(Event, frozen=True, tag="order_expired"):
    """The order ended before anything was paid."""


class OrderCancelled(Event, frozen=True, tag="order_cancelled"):
    """The order ended before anything was shipped."""

    why: str


class ProcessingExtended(Event, frozen=True, tag="processing_extended"):
    """The buyer gave the seller more days to ship."""

    days: int


# -- shipping


class OrderShipped(Event, frozen=True, tag="order_shipped"):
    """The parcel was handed over; protection runs."""

    tracking: str


class ProtectionExtended(Event, frozen=True, tag="protection_extended"):
    """The seller gave the buyer more days of protection."""

    days: int


class ParcelScanned(Event, frozen=True, tag="parcel_scanned"):
    """The carrier saw the parcel; `weight` is in grams."""

    status: ShipmentState
    city: str
    post_code: str
    weight: int
    signature: bool


class ParcelOpened(Event, frozen=True, tag="parcel_opened"):
    """The buyer opened the parcel and saw `found`."""

    found: str


# -- release and refund


class ReceiptConfirmed(Event, frozen=True, tag="receipt_confirmed"):
    """The order is complete: the buyer said so, or silence did (`why` names the timer)."""

    why: str


class FundsReleased(Event, frozen=True, tag="funds_released"):
    """Escrow paid the seller: gross = pending + debt_repaid + commission."""

    gross: int
    commission: int
    debt_repaid: int
    pending: int


class RefundBooked(Event, frozen=True, tag="refund_booked"):
    """Money is on its way back: amount = sum of the sources."""

    number: int
    amount: int
    from_escrow: int
    from_commission: int
    from_pending: int
    from_available: int
    from_deposit: int
    from_debt: int


class RefundSettled(Event, frozen=True, tag="refund_settled"):
    """The refund arrived; `paid_back` in the currency paid."""

    number: int
    amount: int
    paid_back: int


class FundsCleared(Event, frozen=True, tag="funds_cleared"):
    """Pending money of the seller may be withdrawn."""

    amount: int


class OrderRefunded(Event, frozen=True, tag="order_refunded"):
    """The order ended with nothing outstanding."""


class OrderClosed(Event, frozen=True, tag="order_closed"):
    """The order ended with the seller paid."""


# -- dispute


class DisputeOpened(Event, frozen=True, tag="dispute_opened"):
    """The buyer claims money back; the order's timers stop."""

    number: int
    reason: Reason
    claim: int


class EvidenceAdded(Event, frozen=True, tag="evidence_added"):
    """A piece of evidence was handed in."""

    id: str
    owner: Party
    kind: EvidenceKind
    shows: str
    picture: str
    checksum: str


class ClaimEdited(Event, frozen=True, tag="claim_edited"):
    """The dispute asks for another amount."""

    claim: int


class ClaimAccepted(Event, frozen=True, tag="claim_accepted"):
    """The claim is granted: by the seller, or by silence (`why` names the timer)."""

    why: str


class ClaimRejected(Event, frozen=True, tag="claim_rejected"):
    """The seller refused the claim."""


class ProposalMade(Event, frozen=True, tag="proposal_made"):
    """One of the three proposals was set or replaced."""

    by: Party
    amount: int
    note: str


class ProposalAccepted(Event, frozen=True, tag="proposal_accepted"):
    """A party accepted a proposal of another."""

    of: Party
    by: Party


class DisputeEscalated(Event, frozen=True, tag="dispute_escalated"):
    """The platform steps in: asked for, or because the negotiation ran out."""

    why: str


class CaseAssigned(Event, frozen=True, tag="case_assigned"):
    """This mediator has the case; another's commands are refused."""

    mediator: str


class EvidenceOpened(Event, frozen=True, tag="evidence_opened"):
    """The mediator looked at a piece of evidence."""

    evidence: str


class DisputeRuled(Event, frozen=True, tag="dispute_ruled"):
    """The mediator decided, or silence did; nothing moves until it is executed."""

    refund: int
    reasons: tuple[str, ...]
    policy_rows: tuple[str, ...]
    confidence: int
    note: str
    why: str


class DisputeWithdrawn(Event, frozen=True, tag="dispute_withdrawn"):
    """The buyer took the dispute back."""


class DisputeExecuted(Event, frozen=True, tag="dispute_executed"):
    """The dispute ended with this refund."""

    refund: int


# -- beside the order's life


class MessageSent(Event, frozen=True, tag="message_sent"):
    """One side wrote to the other."""

    by: Party
    text: str


class ClockAdvanced(Event, frozen=True, tag="clock_advanced"):
    """The market's clock was moved to `to` (Unix seconds, UTC)."""

    to: int


class DepositMade(Event, frozen=True, tag="deposit_made"):
    """A seller put money down as security."""

    seller: str
    amount: int
    currency: str


# The chapters that deciding, evolving and telling are divided into.
PaymentEvent = (
    PaymentPromised
    | PaymentCaptured
    | PaymentVerified
    | PaymentDeclined
    | OrderExpired
    | OrderCancelled
    | ProcessingExtended
)
ParcelEvent = OrderShipped | ProtectionExtended | ParcelScanned | ParcelOpened | ReceiptConfirmed
MoneyEvent = FundsReleased | RefundBooked | RefundSettled | FundsCleared
EndEvent = OrderRefunded | OrderClosed
DisputeEvent = (
    DisputeOpened
    | ClaimEdited
    | ClaimAccepted
    | ClaimRejected
    | ProposalMade
    | ProposalAccepted
    | DisputeEscalated
    | CaseAssigned
    | EvidenceOpened
    | DisputeRuled
    | DisputeWithdrawn
    | DisputeExecuted
)
WordEvent = EvidenceAdded | MessageSent
MarketEvent = ClockAdvanced | DepositMade
AnyEvent = (
    OrderPlaced
    | PaymentEvent
    | ParcelEvent
    | MoneyEvent
    | EndEvent
    | DisputeEvent
    | WordEvent
    | MarketEvent
)

EVENTS: dict[str, type[Event]] = {
    str(kind.__struct_config__.tag): kind for kind in Event.__subclasses__()
}


def name_of(event: Event) -> str:
    """Return the event's name, such as `dispute_opened`."""
    return str(event.__struct_config__.tag)
