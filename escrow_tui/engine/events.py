"""Every event, in the past tense. Amounts are minor units of the order's currency."""

from typing import get_args

import msgspec

from escrow_tui.engine.commands import Line
from escrow_tui.engine.terms import (
    EvidenceKind,
    Parcel,
    Party,
    Reason,
    RefundWay,
    ReturnFault,
    ShipmentState,
    Side,
)


class Event(msgspec.Struct, frozen=True, gc=False, tag_field="event", forbid_unknown_fields=True):
    """What happened; it carries every number that the ledger needs.

    Events are kept for ever, and read as they were written. A field that is added has a default:
    it is the field's value in every event that was kept without it, so it says what happened then.
    """


class Sources(msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True, kw_only=True):
    """Where refunded money was taken from: escrow first, then clawback in this order."""

    escrow: int = 0
    commission: int = 0
    pending: int = 0
    available: int = 0
    deposit: int = 0
    debt: int = 0


# -- payment


class OrderPlaced(Event, frozen=True, tag="order_placed", kw_only=True):
    """The order is placed, unpaid; `policy` is the hash of the policy that it keeps for life."""

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
    card_expires: int = 0


class PaymentPromised(Event, frozen=True, tag="payment_promised"):
    """The buyer has paid in; the money comes into escrow when the bank verifies it."""


class PaymentCaptured(Event, frozen=True, tag="payment_captured"):
    """The money came into escrow; `paid` in the buyer's currency, fee and cost in the order's."""

    amount: int
    paid: int
    fee: int
    cost: int


class PaymentVerified(Event, frozen=True, tag="payment_verified"):
    """The bank verified the payment; the seller may ship."""


class PaymentDeclined(Event, frozen=True, tag="payment_declined"):
    """The bank declined the payment."""

    code: str


class OrderExpired(Event, frozen=True, tag="order_expired"):
    """The order ended before anything was paid."""


class OrderCancelled(Event, frozen=True, tag="order_cancelled"):
    """The order ended before anything was shipped."""

    why: str


class CancelRequested(Event, frozen=True, tag="cancel_requested"):
    """The buyer asked to cancel; the seller's time to ship stands still."""


class CancelWithdrawn(Event, frozen=True, tag="cancel_withdrawn"):
    """The buyer withdrew the request to cancel."""


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


class ParcelScanned(Event, frozen=True, tag="parcel_scanned", kw_only=True):
    """The carrier saw the parcel, or the one going back; `weight` is in grams.

    `proven` is False for a delivery that lacks the signature that the policy asks for.
    """

    status: ShipmentState
    city: str
    post_code: str
    weight: int
    signature: bool
    of: Parcel = Parcel.ORDER
    proven: bool = True


class ShipmentMarkedFalse(Event, frozen=True, tag="shipment_marked_false"):
    """The carrier has seen no parcel in time; a later scan clears the mark."""


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


class RefundBooked(Event, frozen=True, tag="refund_booked", kw_only=True):
    """Money is on its way back: amount = sum of the sources; `lines` is each line's share."""

    number: int
    amount: int
    sources: Sources
    way: RefundWay
    lines: tuple[int, ...]


class PenaltyBooked(Event, frozen=True, tag="penalty_booked"):
    """The seller pays the price once more for a proven counterfeit; not part of `refunded`."""

    number: int
    amount: int
    sources: Sources
    way: RefundWay


class GoodwillPaid(Event, frozen=True, tag="goodwill_paid"):
    """The platform paid money of its own into the buyer's wallet."""

    amount: int


class LabelBought(Event, frozen=True, tag="label_bought"):
    """The platform bought the return's label and charged it to `payer`; a seller's `sources`."""

    amount: int
    payer: Side
    sources: Sources


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


class DisputeOpened(Event, frozen=True, tag="dispute_opened", kw_only=True):
    """The buyer claims money, a return or a replacement; the order's timers stop."""

    number: int
    reason: Reason
    claim: int
    return_goods: bool = False
    replacement: bool = False


class EvidenceAdded(Event, frozen=True, tag="evidence_added", kw_only=True):
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


class ProposalMade(Event, frozen=True, tag="proposal_made", kw_only=True):
    """One of the three proposals was set or replaced."""

    by: Party
    amount: int
    note: str
    return_goods: bool = False
    replacement: bool = False


class ProposalAccepted(Event, frozen=True, tag="proposal_accepted"):
    """A party accepted a proposal of another."""

    of: Party
    by: Party


class DisputeEscalated(Event, frozen=True, tag="dispute_escalated"):
    """The platform steps in, on request or because the negotiation has ended."""

    why: str


class CaseAssigned(Event, frozen=True, tag="case_assigned"):
    """This mediator has the case; commands of others are refused."""

    mediator: str


class ReviewerAssigned(Event, frozen=True, tag="reviewer_assigned"):
    """This mediator, another than the first, has the appeal."""

    mediator: str


class EvidenceAsked(Event, frozen=True, tag="evidence_asked"):
    """The mediator waits for one side's evidence; without it the ruling goes against that side."""

    of: Side


class EvidenceOpened(Event, frozen=True, tag="evidence_opened"):
    """The mediator looked at a piece of evidence."""

    evidence: str


class Decided(Event, frozen=True, kw_only=True):
    """What was decided; `why` says by whom, or by which silence."""

    refund: int
    reasons: tuple[str, ...]
    policy_rows: tuple[str, ...]
    confidence: int
    note: str
    why: str
    return_goods: bool = False
    replacement: bool = False
    goodwill: int = 0


class DisputeRuled(Decided, frozen=True, tag="dispute_ruled", kw_only=True):
    """The mediator ruled, or silence led to a ruling; it can be appealed."""


class RulingAppealed(Event, frozen=True, tag="ruling_appealed"):
    """A party appealed with new evidence; another mediator reviews the ruling."""

    by: Party


class AppealDecided(Decided, frozen=True, tag="appeal_decided", kw_only=True):
    """The appeal ended for good: with a new decision, or with the first after silence."""


class DisputeWithdrawn(Event, frozen=True, tag="dispute_withdrawn"):
    """The buyer withdrew the dispute."""


class DisputeExecuted(Event, frozen=True, tag="dispute_executed"):
    """The dispute ended with this: money at once, or a return or a replacement first."""

    refund: int
    return_goods: bool = False
    replacement: bool = False


# -- return and replacement


class ReturnShipped(Event, frozen=True, tag="return_shipped"):
    """The goods are on their way back."""

    tracking: str


class ReturnContested(Event, frozen=True, tag="return_contested"):
    """Something is wrong with what came back (or nothing came); a mediator decides."""

    kind: ReturnFault
    why: str


class ReturnClosed(Event, frozen=True, tag="return_closed"):
    """The return ended with this refund: confirmed, or by silence (`why` names the timer)."""

    refund: int
    replacement: bool
    why: str


class ReplacementShipped(Event, frozen=True, tag="replacement_shipped"):
    """Goods in place of the first ones are on their way; protection starts anew."""

    tracking: str


# -- the bank


class ChargebackOpened(Event, frozen=True, tag="chargeback_opened", kw_only=True):
    """The card's bank takes back `amount`; the order stands still.

    `paid` is the same in the currency paid; `fee` what the network takes from the platform.
    Where `debited` is False no money moves before the bank has decided.
    """

    amount: int
    paid: int
    fee: int
    fee_currency: str
    debited: bool


class ChargebackAnswered(Event, frozen=True, tag="chargeback_answered"):
    """The seller defended the charge; the bank decides."""


class ChargebackWon(Event, frozen=True, tag="chargeback_won"):
    """The bank gave the money back; the order goes on with the time that remained."""


class ChargebackLost(Event, frozen=True, tag="chargeback_lost"):
    """The buyer's bank keeps the money: `recovered` of it from the order, the rest is a loss."""

    recovered: int
    loss: int
    sources: Sources
    why: str


# -- beside the order's life


class MessageSent(Event, frozen=True, tag="message_sent"):
    """One side wrote to the other; `off_platform` if the message asks to settle elsewhere."""

    by: Party
    text: str
    off_platform: bool = False


class ReviewWritten(Event, frozen=True, tag="review_written"):
    """The buyer rated the seller."""

    stars: int
    text: str


class ClockAdvanced(Event, frozen=True, tag="clock_advanced"):
    """The market's clock was moved to `to` (Unix seconds, UTC)."""

    to: int


class DepositMade(Event, frozen=True, tag="deposit_made"):
    """A seller put money down as security."""

    seller: str
    amount: int
    currency: str


class MoneyWithdrawn(Event, frozen=True, tag="money_withdrawn"):
    """A seller withdrew money to their bank; the platform kept `fee` of it."""

    seller: str
    amount: int
    fee: int
    currency: str


class WalletWithdrawn(Event, frozen=True, tag="wallet_withdrawn"):
    """A buyer withdrew money from the wallet; the platform kept `fee` of it."""

    buyer: str
    amount: int
    fee: int
    currency: str


class RateSet(Event, frozen=True, tag="rate_set"):
    """The bank's rate of the day: units of `currency` for one of the prices'."""

    currency: str
    rate: str


# The chapters into which deciding, evolving and telling are divided.
PaymentEvent = (
    PaymentPromised
    | PaymentCaptured
    | PaymentVerified
    | PaymentDeclined
    | OrderExpired
    | OrderCancelled
    | CancelRequested
    | CancelWithdrawn
    | ProcessingExtended
)
ParcelEvent = (
    OrderShipped
    | ProtectionExtended
    | ParcelScanned
    | ShipmentMarkedFalse
    | ParcelOpened
    | ReceiptConfirmed
)
MoneyEvent = (
    FundsReleased
    | RefundBooked
    | PenaltyBooked
    | RefundSettled
    | FundsCleared
    | GoodwillPaid
    | LabelBought
)
EndEvent = OrderRefunded | OrderClosed
# What changes a dispute that goes on running.
ArgumentEvent = (
    ClaimEdited
    | ClaimAccepted
    | ClaimRejected
    | ProposalMade
    | ProposalAccepted
    | DisputeEscalated
    | CaseAssigned
    | ReviewerAssigned
    | EvidenceAsked
    | EvidenceOpened
    | DisputeRuled
    | RulingAppealed
    | AppealDecided
)
DisputeEvent = DisputeOpened | ArgumentEvent | DisputeWithdrawn | DisputeExecuted
ReturnEvent = ReturnShipped | ReturnContested | ReturnClosed | ReplacementShipped
BankEvent = ChargebackOpened | ChargebackAnswered | ChargebackWon | ChargebackLost
WordEvent = EvidenceAdded | MessageSent | ReviewWritten
MarketEvent = ClockAdvanced | DepositMade | MoneyWithdrawn | WalletWithdrawn | RateSet
AnyEvent = (
    OrderPlaced
    | PaymentEvent
    | ParcelEvent
    | MoneyEvent
    | EndEvent
    | DisputeEvent
    | ReturnEvent
    | BankEvent
    | WordEvent
    | MarketEvent
)

EVENTS: dict[str, type[Event]] = {
    str(kind.__struct_config__.tag): kind for kind in get_args(AnyEvent)
}


def name_of(event: Event) -> str:
    """Return the event's name, such as `dispute_opened`."""
    return str(event.__struct_config__.tag)
