"""The words for phases, reasons, deadlines and instants; one row a term."""

from datetime import UTC, datetime

from escrow_tui.engine.roles import Role
from escrow_tui.engine.terms import (
    DisputePhase,
    EvidenceKind,
    Party,
    Phase,
    Reason,
    ShipmentState,
)

PHASE_WORDS: dict[Phase, str] = {
    Phase.AWAITING_PAYMENT: "Awaiting payment",
    Phase.EXPIRED: "Expired unpaid",
    Phase.VERIFYING: "Payment being verified",
    Phase.AWAITING_SHIPMENT: "Awaiting shipment",
    Phase.CANCELLED: "Cancelled",
    Phase.SHIPPED: "On the way",
    Phase.RETURNED_TO_SENDER: "Returned to sender",
    Phase.DELIVERED: "Delivered",
    Phase.COMPLETED: "Completed",
    Phase.REFUNDED: "Refunded",
    Phase.CLOSED: "Closed",
}

DISPUTE_WORDS: dict[DisputePhase, str] = {
    DisputePhase.AWAITING_SELLER: "awaiting the seller's answer",
    DisputePhase.NEGOTIATING: "buyer and seller negotiate",
    DisputePhase.MEDIATION: "the mediator decides",
    DisputePhase.APPEAL_WINDOW: "ruled, appeal window open",
}

REASON_WORDS: dict[Reason, str] = {
    Reason.NO_SCANS: "not received: no scans",
    Reason.INVALID_TRACKING: "not received: tracking number invalid",
    Reason.DELIVERED_ELSEWHERE: "not received: delivered elsewhere",
    Reason.STUCK_IN_CUSTOMS: "not received: stuck in customs",
    Reason.RETURNED: "not received: returned to the sender",
    Reason.IN_TRANSIT_LATE: "not received: still on the way, late",
    Reason.DAMAGED: "damaged",
    Reason.INCOMPLETE: "incomplete",
    Reason.WRONG_ITEM: "wrong item",
    Reason.DIFFERENT_FROM_LISTING: "different from the listing",
    Reason.COUNTERFEIT: "counterfeit",
    Reason.NOT_WORKING: "not working",
    Reason.EMPTY_PARCEL: "empty parcel",
    Reason.CHANGE_OF_MIND: "change of mind",
}

KIND_WORDS: dict[EvidenceKind, str] = {kind: kind.value.replace("_", " ") for kind in EvidenceKind}

SHIPMENT_WORDS: dict[ShipmentState, str] = {
    ShipmentState.LABEL: "label printed",
    ShipmentState.ACCEPTED: "accepted by the carrier",
    ShipmentState.IN_TRANSIT: "in transit",
    ShipmentState.CUSTOMS: "in customs",
    ShipmentState.EXCEPTION: "exception",
    ShipmentState.OUT_FOR_DELIVERY: "out for delivery",
    ShipmentState.DELIVERED: "delivered",
    ShipmentState.RETURNED_TO_SENDER: "returned to sender",
    ShipmentState.LOST: "lost",
}

PARTY_WORDS: dict[Party, str] = {
    Party.BUYER: "buyer",
    Party.SELLER: "seller",
    Party.PLATFORM: "platform",
}

# A deadline's name: its title, and what it brings when nobody acts.
DEADLINE_WORDS: dict[str, tuple[str, str]] = {
    "payment_due": ("payment due", "the order expires"),
    "verification": ("verification", "the order is cancelled and refunded"),
    "processing": ("ship by", "the order is cancelled and refunded"),
    "protection": ("protection ends", "the seller is paid"),
    "auto_confirm": ("auto-confirm", "the seller is paid"),
    "reship": ("send again by", "the buyer is refunded"),
    "after_sales": ("after-sales ends", "the order is closed"),
    "seller_answer": ("seller's answer", "the buyer's claim is executed"),
    "negotiation": ("negotiation ends", "the platform steps in"),
    "mediator_silence": ("ruling due", "the policy rules by itself"),
    "appeal_window": ("appeal window ends", "the ruling is executed"),
    "refund": ("refund arrives", "the money is back with the buyer"),
    "clearance": ("clearance", "the seller may withdraw the money"),
}

# Who is awaited, by the order's phase and, in a dispute, by the dispute's.
STATUS_WORDS: dict[Phase | DisputePhase, str] = {
    Phase.AWAITING_PAYMENT: "The buyer has to pay.",
    Phase.VERIFYING: "The bank verifies the payment.",
    Phase.AWAITING_SHIPMENT: "The money is held; the seller has to ship.",
    Phase.SHIPPED: "The parcel is on its way; the money stays held.",
    Phase.RETURNED_TO_SENDER: "The parcel came back; the seller sends it again or it is refunded.",
    Phase.DELIVERED: "The parcel has arrived; the buyer inspects it, then confirms or disputes.",
    Phase.COMPLETED: "The seller is paid; the after-sales time runs.",
    Phase.EXPIRED: "The order ended unpaid.",
    Phase.CANCELLED: "The order was cancelled; what was paid goes back.",
    Phase.REFUNDED: "The order ended; everything went back to the buyer.",
    Phase.CLOSED: "The order ended; the seller keeps what was not refunded.",
    DisputePhase.AWAITING_SELLER: "In dispute: the seller has to answer; silence grants the claim.",
    DisputePhase.NEGOTIATING: "In dispute: buyer and seller negotiate; then the platform steps in.",
    DisputePhase.MEDIATION: "In dispute: the mediator opens the evidence and rules.",
    DisputePhase.APPEAL_WINDOW: "Ruled: nothing moves until the appeal window has passed.",
}

# Who has to act, where anybody has to.
AWAITED: dict[Phase | DisputePhase, tuple[Role, ...]] = {
    Phase.AWAITING_PAYMENT: (Role.BUYER,),
    Phase.VERIFYING: (Role.BANK,),
    Phase.AWAITING_SHIPMENT: (Role.SELLER,),
    Phase.SHIPPED: (Role.CARRIER,),
    Phase.RETURNED_TO_SENDER: (Role.SELLER,),
    Phase.DELIVERED: (Role.BUYER,),
    DisputePhase.AWAITING_SELLER: (Role.SELLER,),
    DisputePhase.NEGOTIATING: (Role.BUYER, Role.SELLER),
    DisputePhase.MEDIATION: (Role.MEDIATOR,),
}


def date_of(instant: int) -> str:
    """Write an instant (Unix seconds) as `2026-03-14 09:00`, UTC."""
    return datetime.fromtimestamp(instant, UTC).strftime("%Y-%m-%d %H:%M")


def day_of(instant: int) -> str:
    """Write an instant (Unix seconds) as `03-14`, UTC."""
    return datetime.fromtimestamp(instant, UTC).strftime("%m-%d")


def span_of(seconds: int) -> str:
    """Write a span of time in its two largest units, such as `5 d 3 h`."""
    minutes, _ = divmod(max(0, seconds), 60)
    hours, minute = divmod(minutes, 60)
    days, hour = divmod(hours, 24)
    if days:
        return f"{days} d {hour} h" if hour else f"{days} d"
    return f"{hour} h {minute} min" if minute and hour else f"{hour} h" if hour else f"{minute} min"


def share_of(part: int, whole: int) -> str:
    """Write a part of a whole as a rounded percentage."""
    return f"{(200 * part + whole) // (2 * whole)} %" if whole else "0 %"
