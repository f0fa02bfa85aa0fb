"""The words for phases and other terms, one row each, and for dates and spans."""

from datetime import UTC, datetime

from escrow_tui.engine.deadlines import TIMER_WORDS
from escrow_tui.engine.estimate import Service
from escrow_tui.engine.instant import date_of
from escrow_tui.engine.terms import (
    ChargebackPhase,
    DisputePhase,
    EvidenceKind,
    Party,
    Phase,
    RefundWay,
    ReturnFault,
    ReturnPhase,
    ShipmentState,
    Side,
    Stage,
)

PHASE_WORDS: dict[Phase, str] = {
    Phase.AWAITING_PAYMENT: "Awaiting payment",
    Phase.EXPIRED: "Expired unpaid",
    Phase.VERIFYING: "Payment being verified",
    Phase.AWAITING_SHIPMENT: "Awaiting shipment",
    Phase.CANCEL_REQUESTED: "Cancellation asked for",
    Phase.CANCELLED: "Cancelled",
    Phase.SHIPPED: "On the way",
    Phase.RETURNED_TO_SENDER: "Returned to sender",
    Phase.DELIVERED: "Delivered",
    Phase.COMPLETED: "Completed",
    Phase.AWAITING_REPLACEMENT: "Awaiting the replacement",
    Phase.FROZEN: "Frozen",
    Phase.REFUNDED: "Refunded",
    Phase.CLOSED: "Closed",
    Phase.CHARGED_BACK: "Charged back",
}

# What happens in each stage of a dispute, return or chargeback.
STAGE_WORDS: dict[Stage, str] = {
    DisputePhase.AWAITING_SELLER: "awaiting the seller's answer",
    DisputePhase.NEGOTIATING: "buyer and seller negotiate",
    DisputePhase.MEDIATION: "the mediator decides",
    DisputePhase.APPEAL_WINDOW: "ruled, appeal window open",
    DisputePhase.APPEAL_REVIEW: "another mediator looks again",
    ReturnPhase.AWAITING_RETURN: "the buyer sends the goods back",
    ReturnPhase.RETURN_IN_TRANSIT: "the goods are on their way back",
    ReturnPhase.RETURN_DELIVERED: "the seller looks at what came back",
    ChargebackPhase.AWAITING_ANSWER: "the seller answers the bank",
    ChargebackPhase.AWAITING_BANK: "the bank decides",
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
SIDE_WORDS: dict[Side, str] = {Side.BUYER: "buyer", Side.SELLER: "seller"}

FAULT_WORDS: dict[ReturnFault, str] = {
    ReturnFault.NOT_RECEIVED: "nothing came back",
    ReturnFault.DAMAGED: "it came back damaged",
    ReturnFault.EMPTY: "the parcel was empty",
    ReturnFault.DIFFERENT: "something else came back",
    ReturnFault.MISSING_PARTS: "parts are missing",
}

# Where a refund goes, for roles that may know how the buyer paid.
WAY_WORDS: dict[RefundWay, str] = {
    RefundWay.CARD: "to the card",
    RefundWay.BANK: "to the bank account of the expired card",
    RefundWay.WALLET: "to the wallet",
}

SERVICE_WORDS: dict[Service, str] = {
    Service.EXPRESS: "by express",
    Service.PARCEL: "as a parcel",
    Service.REGISTERED: "as registered mail",
    Service.UNTRACKED: "as a letter",
}


def because(why: str) -> str:
    """Write the cause of an event as words; a timer's name becomes a passed deadline."""
    if why in TIMER_WORDS:
        return f"the deadline passed ({TIMER_WORDS[why][0]})"
    return why.replace("_", " ")


def utc_text(instant: int) -> str:
    """Write an instant (Unix seconds) with its time zone: `2026-03-14 09:00 UTC`."""
    return f"{date_of(instant)} UTC"


def day_of(instant: int) -> str:
    """Write an instant (Unix seconds) as a UTC day, `03-14`."""
    return datetime.fromtimestamp(instant, UTC).strftime("%m-%d")


def span_of(seconds: int) -> str:
    """Write a number of seconds in its two largest units, such as `5 d 3 h`."""
    minutes, _ = divmod(max(0, seconds), 60)
    hours, minute = divmod(minutes, 60)
    days, hour = divmod(hours, 24)
    if days:
        return f"{days} d {hour} h" if hour else f"{days} d"
    return f"{hour} h {minute} min" if minute and hour else f"{hour} h" if hour else f"{minute} min"


def share_of(part: int, whole: int) -> str:
    """Write a part of a whole as a percentage, rounded half up."""
    return f"{(200 * part + whole) // (2 * whole)} %" if whole else "0 %"
