"""Commands to try: of every verb one that is good, and three that are each wrong in one way."""

from collections.abc import Callable

from escrow_tui.engine import commands as c
from escrow_tui.engine.order import Order
from escrow_tui.engine.terms import EvidenceKind, Party, Reason, ShipmentState
from tests.engine import given as g

Pick = Callable[[int], int]
_STATES = tuple(ShipmentState)


def asked(command: c.AnyCommand, otherwise: int) -> int:
    """Return the amount that a command is about."""
    match command:
        case c.OpenDispute() | c.EditClaim():
            return command.claim
        case c.Propose():
            return command.amount
        case c.Rule():
            return command.refund
        case _:
            return otherwise


def build(verb: str, order: Order, pick: Pick, wild: int) -> c.AnyCommand:
    """Make a command of a verb; a wild one has 1 a number, 2 a text, 3 a code that is wrong."""
    whole = order.outstanding
    amount = max(1, (1, whole // 2, whole, min(3_333, whole))[pick(4)])
    amount = (0, -1, whole + 1, 10**14)[pick(4)] if wild == 1 else amount
    days = (0, -1, 121, 10**9)[pick(4)] if wild == 1 else 1 + pick(30)
    text = ("", "x" * 2_001)[pick(2)] if wild == 2 else "as it is"
    exhibits = () if wild == 3 else (c.Exhibit(EvidenceKind.PHOTO, text),)
    reason = Reason.DAMAGED if pick(2) else Reason.IN_TRANSIT_LATE
    tracking = ("RR000000001CN", "")[pick(2)] if wild == 3 else g.TRACKING
    decline = "not_paid_in" if order.id == "B" else "card_expired"
    status = _STATES[0] if wild == 3 else _STATES[1 + pick(len(_STATES) - 1)]
    reasons = () if wild == 3 else (text,)
    made: dict[str, c.AnyCommand] = {
        "place_order": g.place_order(),
        "pay": c.Pay(),
        "cancel": c.Cancel(),
        "verify_payment": c.VerifyPayment(),
        "decline_payment": c.DeclinePayment("no such code" if wild else decline),
        "extend_processing": c.ExtendProcessing(days),
        "ship": c.Ship(tracking),
        "reship": c.Reship(tracking),
        "extend_protection": c.ExtendProtection(days),
        "scan": c.Scan(status),
        "open_parcel": c.OpenParcel("mug-cracked"),
        "confirm_receipt": c.ConfirmReceipt(),
        "open_dispute": c.OpenDispute(reason, amount, exhibits),
        "edit_claim": c.EditClaim(amount),
        "withdraw_dispute": c.WithdrawDispute(),
        "accept_claim": c.AcceptClaim(),
        "reject_claim": c.RejectClaim(exhibits),
        "propose": c.Propose(amount),
        "accept_proposal": c.AcceptProposal(tuple(Party)[pick(len(Party))]),
        "escalate": c.Escalate(),
        "add_evidence": c.AddEvidence(EvidenceKind.PHOTO, text),
        "send_message": c.SendMessage(text),
        "open_evidence": c.OpenEvidence("E99" if wild == 3 else "E1"),
        "rule": c.Rule(amount, reasons, confidence=101 if wild == 2 else 80),
        "settle_refund": c.SettleRefund(),
    }
    return made[verb]
