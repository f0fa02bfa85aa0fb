"""The rules of the order's life, told by hand a second time: who may ask what, and what runs."""

from escrow_tui.engine.order import Order
from escrow_tui.engine.roles import Actor, Role
from escrow_tui.engine.terms import DisputePhase, Phase

ENDED_PHASES = ("EXPIRED", "CANCELLED", "REFUNDED", "CLOSED")
DISPUTABLE = ("SHIPPED", "RETURNED_TO_SENDER", "DELIVERED", "COMPLETED")

# A cell is an order's phase, or with a slash the phase and where its dispute stands.
_LONE: dict[str, dict[str, str]] = {
    "": {"buyer": "place_order"},
    "AWAITING_PAYMENT": {"buyer": "pay cancel", "seller": "cancel"},
    "VERIFYING": {
        "buyer": "cancel",
        "seller": "cancel",
        "bank": "verify_payment decline_payment",
    },
    "AWAITING_SHIPMENT": {"buyer": "extend_processing", "seller": "ship cancel"},
    "SHIPPED": {
        "buyer": "confirm_receipt open_dispute",
        "seller": "extend_protection",
        "carrier": "scan",
    },
    "RETURNED_TO_SENDER": {"seller": "reship"},
    "DELIVERED": {"buyer": "open_parcel confirm_receipt open_dispute"},
    "COMPLETED": {"buyer": "open_parcel open_dispute"},
    **{phase: {} for phase in ENDED_PHASES},
}
_DISPUTE: dict[str, dict[str, str]] = {
    "AWAITING_SELLER": {
        "buyer": "edit_claim withdraw_dispute add_evidence",
        "seller": "accept_claim reject_claim propose add_evidence",
    },
    "NEGOTIATING": {
        "buyer": "edit_claim withdraw_dispute add_evidence propose accept_proposal escalate",
        "seller": "propose accept_proposal add_evidence",
    },
    "MEDIATION": {
        "buyer": "edit_claim withdraw_dispute add_evidence propose accept_proposal",
        "seller": "propose accept_proposal add_evidence",
        "mediator": "propose open_evidence rule",
    },
    "APPEAL_WINDOW": {},
}


def _with_dispute(phase: str, dispute: str) -> dict[str, str]:
    verbs = dict(_DISPUTE[dispute])
    if phase == "SHIPPED":
        verbs["carrier"] = "scan"  # the parcel travels on
    if phase in ("DELIVERED", "COMPLETED") and dispute != "APPEAL_WINDOW":
        verbs["buyer"] += " open_parcel"
    return verbs


def _with_words(cell: str, verbs: dict[str, str]) -> dict[str, tuple[str, ...]]:
    """Add what is always open: messages while the order lives, and the bank's settling."""
    talk = " send_message" if cell not in ("", *ENDED_PHASES) else ""
    bank = " settle_refund" if cell else ""
    extra = {"buyer": talk, "seller": talk, "bank": bank}
    return {role: tuple((verbs.get(role, "") + extra.get(role, "")).split()) for role in Role}


OPEN: dict[str, dict[str, tuple[str, ...]]] = {
    **{cell: _with_words(cell, verbs) for cell, verbs in _LONE.items()},
    **{
        f"{phase}/{dispute}": _with_words(f"{phase}/{dispute}", _with_dispute(phase, dispute))
        for phase in DISPUTABLE
        for dispute in _DISPUTE
    },
}

# The timers of the life, each with the policy row that gives its length; money's own apart.
RUNNING: dict[str, tuple[tuple[str, str], ...]] = {
    "AWAITING_PAYMENT": (("payment_due", "payment_due_days"),),
    "VERIFYING": (("verification", "verification_hours"),),
    "AWAITING_SHIPMENT": (("processing", "processing_days"),),
    "SHIPPED": (("protection", "protection_days"),),
    "RETURNED_TO_SENDER": (("reship", "reship_days"),),
    "DELIVERED": (("auto_confirm", "auto_confirm_days"),),
    "COMPLETED": (("after_sales", "dispute_after_confirm_days"),),
    **dict.fromkeys(ENDED_PHASES, ()),
    **{
        f"{phase}/AWAITING_SELLER": (("seller_answer", "seller_answer_days"),)
        for phase in DISPUTABLE
    },
    "COMPLETED/AWAITING_SELLER": (("seller_answer", "seller_answer_after_sales_days"),),
    **{f"{phase}/NEGOTIATING": (("negotiation", "negotiation_days"),) for phase in DISPUTABLE},
    **{
        f"{phase}/MEDIATION": (("mediator_silence", "mediator_silence_days"),)
        for phase in DISPUTABLE
    },
    **{
        f"{phase}/APPEAL_WINDOW": (("appeal_window", "appeal_window_days"),) for phase in DISPUTABLE
    },
}

VERBS = tuple(sorted({verb for cell in OPEN.values() for open_ in cell.values() for verb in open_}))


def cell_of(order: Order | None) -> str:
    """Name the cell in which an order stands."""
    if order is None:
        return ""
    return f"{order.phase}/{order.dispute.phase}" if order.dispute else str(order.phase)


def phases_of(cell: str) -> tuple[Phase, DisputePhase | None]:
    """Return the two phases that a cell names."""
    phase, _, dispute = cell.partition("/")
    return Phase(phase), DisputePhase(dispute) if dispute else None


def closed(order: Order | None, verb: str, actor: Actor) -> str:
    """Return the code with which the verb must be refused here; empty where it is open."""
    if not any(verb in cell[actor.role] for cell in OPEN.values()):
        return "WRONG_ROLE"
    if order is not None:
        owner = {Role.BUYER: order.buyer, Role.SELLER: order.seller}.get(actor.role)
        if owner not in (None, actor.person):
            return "NOT_YOURS"
        assigned = order.dispute.mediator if order.dispute else ""
        if actor.role is Role.MEDIATOR and assigned not in ("", actor.person):
            return "NOT_YOUR_CASE"
    return "" if verb in OPEN[cell_of(order)][actor.role] else "WRONG_PHASE"
