"""Where an order stands, in words: its phase, its running part, and who has to act."""

from escrow_tui.engine.order import Order
from escrow_tui.engine.roles import Role
from escrow_tui.engine.terms import (
    ChargebackPhase,
    DisputePhase,
    Phase,
    ReturnPhase,
    Side,
    Stage,
)
from escrow_tui.views.vocabulary import PHASE_WORDS, SIDE_WORDS, STAGE_WORDS

# A dispute moves no money; only a chargeback makes an order "frozen".
_PARTS: dict[type[Stage], str] = {
    DisputePhase: "Dispute",
    ReturnPhase: "Return",
    ChargebackPhase: "Chargeback",
}

STATUS_WORDS: dict[Phase | Stage, str] = {
    Phase.AWAITING_PAYMENT: "The buyer has to pay.",
    Phase.VERIFYING: "The bank verifies the payment.",
    Phase.AWAITING_SHIPMENT: "The money is held; the seller has to ship.",
    Phase.CANCEL_REQUESTED: "The buyer asks to cancel; silence is the seller's consent.",
    Phase.SHIPPED: "The parcel is on its way; the money stays held.",
    Phase.RETURNED_TO_SENDER: "The parcel came back; the seller sends it again or it is refunded.",
    Phase.DELIVERED: "The parcel has arrived; the buyer inspects it, then confirms or disputes.",
    Phase.COMPLETED: "The seller is paid; the after-sales time runs.",
    Phase.AWAITING_REPLACEMENT: "The seller has to send a replacement, or the buyer is refunded.",
    Phase.FROZEN: "Frozen: the buyer's bank wants the money back.",
    Phase.EXPIRED: "The order ended unpaid.",
    Phase.CANCELLED: "The order was cancelled; what was paid goes back.",
    Phase.REFUNDED: "The order ended; everything went back to the buyer.",
    Phase.CLOSED: "The order ended; the seller keeps what was not refunded.",
    Phase.CHARGED_BACK: "The order ended; the buyer's bank took the money back.",
    DisputePhase.AWAITING_SELLER: "In dispute: the seller has to answer; silence grants the claim.",
    DisputePhase.NEGOTIATING: "In dispute: buyer and seller negotiate; then the platform steps in.",
    DisputePhase.MEDIATION: "In dispute: the mediator opens the evidence and rules.",
    DisputePhase.APPEAL_WINDOW: "Ruled: nothing moves until the appeal window has passed.",
    DisputePhase.APPEAL_REVIEW: "Appealed: another mediator decides for good.",
    ReturnPhase.AWAITING_RETURN: "The buyer sends the goods back, or the seller is paid.",
    ReturnPhase.RETURN_IN_TRANSIT: "The goods are on their way back; the money waits for them.",
    ReturnPhase.RETURN_DELIVERED: "The goods are back: the seller confirms or contests them.",
    ChargebackPhase.AWAITING_ANSWER: "Frozen by the bank: the seller defends the charge or loses.",
    ChargebackPhase.AWAITING_BANK: "Frozen by the bank: it decides who keeps the money.",
}

# Who has to act, where anybody has to.
AWAITED: dict[Phase | Stage, tuple[Role, ...]] = {
    Phase.AWAITING_PAYMENT: (Role.BUYER,),
    Phase.VERIFYING: (Role.BANK,),
    Phase.AWAITING_SHIPMENT: (Role.SELLER,),
    Phase.CANCEL_REQUESTED: (Role.SELLER,),
    Phase.SHIPPED: (Role.CARRIER,),
    Phase.RETURNED_TO_SENDER: (Role.SELLER,),
    Phase.DELIVERED: (Role.BUYER,),
    Phase.AWAITING_REPLACEMENT: (Role.SELLER,),
    DisputePhase.AWAITING_SELLER: (Role.SELLER,),
    DisputePhase.NEGOTIATING: (Role.BUYER, Role.SELLER),
    DisputePhase.MEDIATION: (Role.MEDIATOR,),
    DisputePhase.APPEAL_REVIEW: (Role.MEDIATOR,),
    ReturnPhase.AWAITING_RETURN: (Role.BUYER,),
    ReturnPhase.RETURN_IN_TRANSIT: (Role.CARRIER,),
    ReturnPhase.RETURN_DELIVERED: (Role.SELLER,),
    ChargebackPhase.AWAITING_ANSWER: (Role.SELLER,),
    ChargebackPhase.AWAITING_BANK: (Role.BANK,),
}
_OF_SIDE: dict[Side, Role] = {Side.BUYER: Role.BUYER, Side.SELLER: Role.SELLER}


def place_of(order: Order) -> Phase | Stage:
    """Return the stage of the running part, or the order's own phase if no part runs."""
    return order.stage or order.phase


def asked_side(order: Order) -> Side | None:
    """Return the side that a mediator has asked for evidence, while the case is in mediation."""
    if order.stage is not DisputePhase.MEDIATION or order.dispute is None:
        return None
    return order.dispute.asked


def status_of(order: Order, fault: str = "") -> str:
    """Say in a sentence where the order stands, and who has to act.

    `fault` says what was wrong with returned goods, if the dispute is about a contested return.
    """
    if side := asked_side(order):
        return f"In dispute: the {SIDE_WORDS[side]} is asked for evidence; silence loses the case."
    place = place_of(order)
    if place is DisputePhase.MEDIATION and fault:
        return f"Return contested, {fault}: the mediator opens the evidence and rules."
    if place is Phase.SHIPPED and order.shipment and order.shipment.false:
        return "The carrier has seen no parcel in time: the buyer may dispute at once."
    if place is Phase.DELIVERED and order.unproven:
        return "Delivered without the signature that is asked for; the protection goes on."
    return STATUS_WORDS[place]


def is_awaited(order: Order, role: Role, person: str = "") -> bool:
    """Tell whether the role has to act; an appeal does not wait for the mediator who ruled."""
    if side := asked_side(order):
        return role is _OF_SIDE[side]
    if order.stage is DisputePhase.APPEAL_REVIEW and order.dispute and role is Role.MEDIATOR:
        return person != order.dispute.mediator
    return role in AWAITED.get(place_of(order), ())


def part_of(stage: Stage) -> str:
    """Return the title of the part that a stage belongs to: Dispute, Return or Chargeback."""
    return _PARTS[type(stage)]


def stage_words(order: Order) -> str:
    """Return `Part: stage` if a part of the order runs, or else the order's phase, in words."""
    stage = order.stage
    return PHASE_WORDS[order.phase] if stage is None else f"{part_of(stage)}: {STAGE_WORDS[stage]}"


def phase_words(order: Order) -> str:
    """Return the order's phase in words, and the stage of its running part if there is one."""
    words = PHASE_WORDS[order.phase]
    return f"{words}; {STAGE_WORDS[order.stage]}" if order.stage else words
