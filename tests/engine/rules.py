"""The rules of an order's life, written out a second time: who may do what, which timers run."""

from escrow_tui.engine.order import Order
from escrow_tui.engine.roles import Actor, Role
from escrow_tui.engine.terms import ChargebackPhase, DisputePhase, Phase, ReturnPhase, Stage

ENDED_PHASES = ("EXPIRED", "CANCELLED", "REFUNDED", "CLOSED", "CHARGED_BACK")
DISPUTABLE = ("SHIPPED", "RETURNED_TO_SENDER", "DELIVERED", "COMPLETED")
DISPUTE_STAGES = ("AWAITING_SELLER", "NEGOTIATING", "MEDIATION", "APPEAL_WINDOW", "APPEAL_REVIEW")
RETURN_STAGES = ("AWAITING_RETURN", "RETURN_IN_TRANSIT", "RETURN_DELIVERED")
CHARGEBACK_STAGES = ("AWAITING_ANSWER", "AWAITING_BANK")
# The bank may take the money back once, in every phase after payment, even after the end.
UNCHARGEABLE = ("", "AWAITING_PAYMENT", "EXPIRED", "CHARGED_BACK")
# What goes on during a chargeback, while everything else stands still.
UNDER_A_CHARGEBACK = ("scan", "send_message", "settle_refund")

# A cell is an order's phase, or the phase and the stage of a part, with a slash between.
_LONE: dict[str, dict[str, str]] = {
    "": {"buyer": "place_order"},
    "AWAITING_PAYMENT": {"buyer": "pay cancel", "seller": "cancel"},
    "VERIFYING": {
        "buyer": "cancel",
        "seller": "cancel",
        "bank": "verify_payment decline_payment",
    },
    "AWAITING_SHIPMENT": {
        "buyer": "extend_processing request_cancel",
        "seller": "ship cancel refund",
    },
    "CANCEL_REQUESTED": {"buyer": "withdraw_cancel", "seller": "accept_cancel ship"},
    "SHIPPED": {
        "buyer": "confirm_receipt open_dispute",
        "seller": "extend_protection refund",
        "carrier": "scan",
    },
    "RETURNED_TO_SENDER": {"seller": "reship refund"},
    "DELIVERED": {"buyer": "open_parcel confirm_receipt open_dispute", "seller": "refund"},
    "COMPLETED": {"buyer": "open_parcel open_dispute review", "seller": "refund"},
    "AWAITING_REPLACEMENT": {"seller": "ship_replacement"},
    **{phase: {} for phase in ENDED_PHASES},
    "CLOSED": {"buyer": "review"},
}
_STAGES: dict[str, dict[str, str]] = {
    "AWAITING_SELLER": {
        "buyer": "edit_claim withdraw_dispute escalate",
        "seller": "accept_claim reject_claim propose",
    },
    "NEGOTIATING": {
        "buyer": "edit_claim withdraw_dispute propose accept_proposal escalate",
        "seller": "propose accept_proposal",
    },
    "MEDIATION": {
        "buyer": "edit_claim withdraw_dispute propose accept_proposal",
        "seller": "propose accept_proposal",
        "mediator": "propose open_evidence ask_evidence rule",
    },
    "APPEAL_WINDOW": {"buyer": "appeal", "seller": "appeal"},
    "APPEAL_REVIEW": {"mediator": "open_evidence decide_appeal"},
    "AWAITING_RETURN": {"buyer": "ship_return"},
    "RETURN_IN_TRANSIT": {"carrier": "scan"},
    "RETURN_DELIVERED": {"seller": "confirm_return contest_return"},
}
_FROZEN: dict[str, dict[str, tuple[str, ...]]] = {
    "FROZEN/AWAITING_ANSWER": {
        "seller": ("answer_chargeback", "accept_chargeback"),
        "bank": ("decide_chargeback",),
    },
    "FROZEN/AWAITING_BANK": {
        "seller": ("accept_chargeback",),
        "bank": ("decide_chargeback",),
    },
}
# Commands that are about the market and not about an order.
MARKET = {"withdraw_money": "seller", "withdraw_wallet": "buyer", "set_rate": "bank"}


def _with_part(phase: str, stage: str) -> dict[str, str]:
    verbs = dict(_STAGES[stage])
    for side in ("buyer", "seller"):
        verbs[side] = f"{verbs.get(side, '')} add_evidence"  # until the case closes
    if phase == "SHIPPED":
        verbs["carrier"] = "scan"  # the parcel keeps moving
    if phase in ("DELIVERED", "COMPLETED") and stage in DISPUTE_STAGES[:3]:
        verbs["buyer"] += " open_parcel"
    return verbs


def _with_others(cell: str, verbs: dict[str, str]) -> dict[str, tuple[str, ...]]:
    """Add what is open nearly everywhere: messages until the order ends, and the bank's verbs."""
    talk = " send_message" if cell not in ("", *ENDED_PHASES) else ""
    bank = " settle_refund" if cell else ""
    bank += " open_chargeback" if cell not in UNCHARGEABLE else ""
    extra = {"buyer": talk, "seller": talk, "bank": bank}
    return {role: tuple((verbs.get(role, "") + extra.get(role, "")).split()) for role in Role}


OPEN: dict[str, dict[str, tuple[str, ...]]] = {
    **{cell: _with_others(cell, verbs) for cell, verbs in _LONE.items()},
    **{
        f"{phase}/{stage}": _with_others(f"{phase}/{stage}", _with_part(phase, stage))
        for phase in DISPUTABLE
        for stage in _STAGES
    },
    **{cell: {role: verbs.get(role, ()) for role in Role} for cell, verbs in _FROZEN.items()},
}

Rows = tuple[tuple[str, str], ...]
_OF_STAGE: dict[str, Rows] = {
    "AWAITING_SELLER": (("seller_answer", "seller_answer_days"),),
    "NEGOTIATING": (("negotiation", "negotiation_days"),),
    "MEDIATION": (("mediator_silence", "mediator_silence_days"),),
    "APPEAL_WINDOW": (("appeal_window", "appeal_window_days"),),
    "APPEAL_REVIEW": (("appeal_review", "appeal_review_days"),),
    "AWAITING_RETURN": (("return_ship", "return_ship_days"),),
    "RETURN_IN_TRANSIT": (("return_transit", "return_transit_days"),),
    "RETURN_DELIVERED": (("return_confirm", "return_confirm_days"),),
}
# The timers of an order's life and the policy row that sets each; not those of money.
RUNNING: dict[str, Rows] = {
    "AWAITING_PAYMENT": (("payment_due", "payment_due_days"),),
    "VERIFYING": (("verification", "verification_hours"),),
    "AWAITING_SHIPMENT": (("processing", "processing_days"),),
    "CANCEL_REQUESTED": (("cancel_answer", "cancel_answer_hours"),),
    "SHIPPED": (("false_shipment", "false_shipment_days"), ("protection", "protection_days")),
    "RETURNED_TO_SENDER": (("reship", "reship_days"),),
    "DELIVERED": (("auto_confirm", "auto_confirm_days"),),
    "COMPLETED": (("after_sales", "dispute_after_confirm_days"),),
    "AWAITING_REPLACEMENT": (("replacement_ship", "replacement_ship_days"),),
    **dict.fromkeys(ENDED_PHASES, ()),
    **{f"{phase}/{stage}": rows for phase in DISPUTABLE for stage, rows in _OF_STAGE.items()},
    "COMPLETED/AWAITING_SELLER": (("seller_answer", "seller_answer_after_sales_days"),),
    "FROZEN/AWAITING_ANSWER": (("chargeback_answer", "chargeback_answer_days"),),
    "FROZEN/AWAITING_BANK": (("chargeback_bank", "chargeback_bank_days"),),
}
# Two that need one more thing to happen: a mediator's question, or a missing signature.
SOMETIMES: dict[str, tuple[str, ...]] = {
    "evidence": tuple(f"{phase}/MEDIATION" for phase in DISPUTABLE),
    "protection": ("DELIVERED",),
}

VERBS = tuple(sorted({verb for cell in OPEN.values() for open_ in cell.values() for verb in open_}))


def cell_of(order: Order | None) -> str:
    """Return the cell that an order is in."""
    if order is None:
        return ""
    if order.chargeback is not None:
        return f"{order.phase}/{order.chargeback.phase}"
    return _cell(order, order.phase)


def beneath(order: Order | None) -> str:
    """Return the cell that a chargeback froze, or "" if none is running."""
    if order is None or order.chargeback is None:
        return ""
    return _cell(order, order.chargeback.before)


def _cell(order: Order, phase: Phase) -> str:
    part = order.dispute or order.return_
    return f"{phase}/{part.phase}" if part else str(phase)


def phases_of(cell: str) -> tuple[Phase, Stage | None]:
    """Return the phase and the stage of a cell."""
    phase, _, stage = cell.partition("/")
    if not stage:
        return Phase(phase), None
    stages = {
        str(one): one for kind in (DisputePhase, ReturnPhase, ChargebackPhase) for one in kind
    }
    return Phase(phase), stages[stage]


def is_open(order: Order | None, verb: str, role: Role) -> bool:
    """Tell whether the rules open a verb to a role, in this cell or the one a chargeback froze."""
    if verb in OPEN[cell_of(order)][role]:
        return True
    held = beneath(order)
    return bool(held) and verb in UNDER_A_CHARGEBACK and verb in OPEN[held][role]


def closed(order: Order | None, verb: str, actor: Actor) -> str:
    """Return the code with which the verb must be refused here, or "" if it is open."""
    if not any(verb in cell[actor.role] for cell in OPEN.values()):
        return "WRONG_ROLE"
    if order is not None:
        owner = {Role.BUYER: order.buyer, Role.SELLER: order.seller}.get(actor.role)
        if owner not in (None, actor.person):
            return "NOT_YOURS"
        if actor.role is Role.MEDIATOR and (code := _not_his_case(order, verb, actor.person)):
            return code
    return "" if is_open(order, verb, actor.role) else "WRONG_PHASE"


def _not_his_case(order: Order, verb: str, person: str) -> str:
    """Return the code for a mediator who may not have the case, or ""; appeals go to another."""
    dispute = order.dispute
    if dispute is None:
        return ""
    if dispute.phase is DisputePhase.APPEAL_REVIEW:
        if person == dispute.mediator:
            return "SAME_MEDIATOR"
        return "" if dispute.reviewer in ("", person) else "NOT_YOUR_CASE"
    free = dispute.mediator in ("", person) or verb == "decide_appeal"
    return "" if free else "NOT_YOUR_CASE"
