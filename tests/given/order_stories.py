"""A story for each cell of the process table, with the steps that lead there, and good commands.

Every story stays at START, except that a dispute about a parcel on its way waits ten days.
"""

from escrow_tui.engine import commands as c
from escrow_tui.engine.roles import Actor, Role
from escrow_tui.engine.terms import EvidenceKind, Party, ReturnFault, ShipmentState, Side
from tests.engine.rules import DISPUTABLE, UNCHARGEABLE
from tests.given.orders import (
    ANSWERED,
    CAME_BACK,
    CANCEL_ASKED,
    CHARGE_BACK,
    COMPLETED,
    DELIVER,
    DELIVER_BACK,
    DELIVERED,
    DISPUTE,
    FROZEN,
    INVOICE,
    PAID,
    REFUNDED,
    RULE,
    SELLER,
    SEND_ALL_BACK,
    SEND_BACK,
    SHIPPED,
    TO_BE_REPLACED,
    TRACKING,
    Step,
    days,
    place_order,
)

# A scanned parcel is no false shipment, so the dispute has to wait its ten days.
_ON_ITS_WAY: tuple[Step, ...] = (*SHIPPED, c.Scan(status=ShipmentState.IN_TRANSIT), days(10))
_COUNTERED: tuple[Step, ...] = ((SELLER, c.Propose(1_000)),)
_BEFORE: dict[str, tuple[Step, ...]] = {
    "SHIPPED": _ON_ITS_WAY,
    "RETURNED_TO_SENDER": _ON_ITS_WAY,
    "DELIVERED": DELIVERED,
    "COMPLETED": COMPLETED,
}
_AGREED: tuple[Step, ...] = (c.AcceptClaim(),)
_PARTS: dict[str, tuple[c.OpenDispute, tuple[Step, ...]]] = {
    "AWAITING_SELLER": (DISPUTE, ()),
    "NEGOTIATING": (DISPUTE, _COUNTERED),
    "MEDIATION": (DISPUTE, (*_COUNTERED, c.Escalate())),
    "APPEAL_WINDOW": (DISPUTE, (*_COUNTERED, c.Escalate(), RULE)),
    "APPEAL_REVIEW": (DISPUTE, (*_COUNTERED, c.Escalate(), RULE, c.Appeal((INVOICE,)))),
    "AWAITING_RETURN": (SEND_ALL_BACK, _AGREED),
    "RETURN_IN_TRANSIT": (SEND_ALL_BACK, (*_AGREED, c.ShipReturn(TRACKING))),
    "RETURN_DELIVERED": (SEND_ALL_BACK, (*_AGREED, c.ShipReturn(TRACKING), DELIVER_BACK)),
}


def _with_part(phase: str, stage: str) -> tuple[Step, ...]:
    """Open a dispute in a phase and continue it; a parcel returned to sender returns after that."""
    opened, argued = _PARTS[stage]
    came_back = (SEND_BACK,) if phase == "RETURNED_TO_SENDER" else ()
    return (*_BEFORE[phase], opened, *came_back, *argued)


STORIES: dict[str, tuple[Step, ...]] = {
    "AWAITING_PAYMENT": (),
    "EXPIRED": (c.Cancel(),),
    "VERIFYING": (c.Pay(),),
    "AWAITING_SHIPMENT": PAID,
    "CANCEL_REQUESTED": CANCEL_ASKED,
    "CANCELLED": (c.Pay(), c.Cancel()),
    "SHIPPED": SHIPPED,
    "RETURNED_TO_SENDER": CAME_BACK,
    "DELIVERED": DELIVERED,
    "COMPLETED": COMPLETED,
    "AWAITING_REPLACEMENT": TO_BE_REPLACED,
    "REFUNDED": REFUNDED,
    "CLOSED": (*COMPLETED, days(15)),
    "CHARGED_BACK": (*FROZEN, c.AcceptChargeback()),
    **{f"{phase}/{stage}": _with_part(phase, stage) for phase in DISPUTABLE for stage in _PARTS},
    "FROZEN/AWAITING_ANSWER": FROZEN,
    "FROZEN/AWAITING_BANK": ANSWERED,
}
# Every cell that a chargeback can freeze.
HELD = tuple(
    cell for cell in STORIES if cell not in UNCHARGEABLE and not cell.startswith("FROZEN/")
)
STORIES_OF_THE_HELD: dict[tuple[str, str], tuple[Step, ...]] = {
    (stage, cell): (*STORIES[cell], CHARGE_BACK, *answered)
    for stage, answered in (
        ("AWAITING_ANSWER", ()),
        ("AWAITING_BANK", (c.AnswerChargeback((INVOICE,)),)),
    )
    for cell in HELD
}

GOOD: dict[str, c.AnyCommand] = {
    "pay": c.Pay(),
    "cancel": c.Cancel(),
    "verify_payment": c.VerifyPayment(),
    "decline_payment": c.DeclinePayment("card_expired"),
    "extend_processing": c.ExtendProcessing(3),
    "request_cancel": c.RequestCancel(),
    "withdraw_cancel": c.WithdrawCancel(),
    "accept_cancel": c.AcceptCancel(),
    "refund": c.Refund(1_000),
    "ship": c.Ship(TRACKING),
    "reship": c.Reship(TRACKING),
    "extend_protection": c.ExtendProtection(3),
    "scan": DELIVER,
    "open_parcel": c.OpenParcel("teapot"),
    "confirm_receipt": c.ConfirmReceipt(),
    "review": c.Review(5, "a good teapot"),
    "open_dispute": DISPUTE,
    "edit_claim": c.EditClaim(2_000),
    "withdraw_dispute": c.WithdrawDispute(),
    "accept_claim": c.AcceptClaim(),
    "reject_claim": c.RejectClaim(),
    "propose": c.Propose(3_000),
    "escalate": c.Escalate(),
    "add_evidence": c.AddEvidence(EvidenceKind.INVOICE, "what was paid"),
    "send_message": c.SendMessage("good day"),
    "open_evidence": c.OpenEvidence("E1"),
    "ask_evidence": c.AskEvidence(Side.SELLER),
    "rule": RULE,
    "appeal": c.Appeal((INVOICE,)),
    "decide_appeal": c.DecideAppeal(refund=2_500, reasons=("worn",)),
    "ship_return": c.ShipReturn(TRACKING),
    "confirm_return": c.ConfirmReturn(),
    "contest_return": c.ContestReturn(ReturnFault.EMPTY),
    "ship_replacement": c.ShipReplacement(TRACKING),
    "settle_refund": c.SettleRefund(),
    "open_chargeback": CHARGE_BACK,
    "answer_chargeback": c.AnswerChargeback((INVOICE,)),
    "accept_chargeback": c.AcceptChargeback(),
    "decide_chargeback": c.DecideChargeback(Side.SELLER),
    "withdraw_money": c.WithdrawMoney(9_500),
    "withdraw_wallet": c.WithdrawWallet(500),
    "set_rate": c.SetRate("EUR", "0.91"),
}


def good(verb: str, actor: Actor, cell: str = "") -> c.AnyCommand:
    """Return a command of the verb that nothing but the process table would refuse."""
    if verb == "accept_proposal":
        return c.AcceptProposal(Party.BUYER if actor.role is Role.SELLER else Party.SELLER)
    if verb == "place_order":
        return place_order(buyer=actor.person)
    if verb == "scan" and cell.endswith("/RETURN_IN_TRANSIT"):
        return DELIVER_BACK
    return GOOD[verb]
