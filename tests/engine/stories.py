"""One story for each cell of the process: the steps that bring an order there, and good commands.

The stories' own instant is START, but for a dispute about a parcel on its way, which waits.
"""

from escrow_tui.engine import commands as c
from escrow_tui.engine.roles import Actor, Role
from escrow_tui.engine.terms import EvidenceKind, Party
from tests.engine.given import (
    CAME_BACK,
    COMPLETED,
    DELIVER,
    DELIVERED,
    DISPUTE,
    PAID,
    REFUNDED,
    RULE,
    SELLER,
    SEND_BACK,
    SHIPPED,
    TRACKING,
    Step,
    days,
    place_order,
)
from tests.engine.rules import DISPUTABLE

_DISPUTED: dict[str, tuple[Step, ...]] = {
    "SHIPPED": (*SHIPPED, days(10), DISPUTE),
    "RETURNED_TO_SENDER": (*SHIPPED, days(10), DISPUTE, SEND_BACK),
    "DELIVERED": (*DELIVERED, DISPUTE),
    "COMPLETED": (*COMPLETED, DISPUTE),
}
_COUNTERED: tuple[Step, ...] = ((SELLER, c.Propose(1_000)),)
_ARGUED: dict[str, tuple[Step, ...]] = {
    "AWAITING_SELLER": (),
    "NEGOTIATING": _COUNTERED,
    "MEDIATION": (*_COUNTERED, c.Escalate()),
    "APPEAL_WINDOW": (*_COUNTERED, c.Escalate(), RULE),
}

STORIES: dict[str, tuple[Step, ...]] = {
    "AWAITING_PAYMENT": (),
    "EXPIRED": (c.Cancel(),),
    "VERIFYING": (c.Pay(),),
    "AWAITING_SHIPMENT": PAID,
    "CANCELLED": (c.Pay(), c.Cancel()),
    "SHIPPED": SHIPPED,
    "RETURNED_TO_SENDER": CAME_BACK,
    "DELIVERED": DELIVERED,
    "COMPLETED": COMPLETED,
    "REFUNDED": REFUNDED,
    "CLOSED": (*COMPLETED, days(15)),
    **{
        f"{phase}/{stage}": (*_DISPUTED[phase], *argued)
        for phase in DISPUTABLE
        for stage, argued in _ARGUED.items()
    },
}

GOOD: dict[str, c.AnyCommand] = {
    "pay": c.Pay(),
    "cancel": c.Cancel(),
    "verify_payment": c.VerifyPayment(),
    "decline_payment": c.DeclinePayment("card_expired"),
    "extend_processing": c.ExtendProcessing(3),
    "ship": c.Ship(TRACKING),
    "reship": c.Reship(TRACKING),
    "extend_protection": c.ExtendProtection(3),
    "scan": DELIVER,
    "open_parcel": c.OpenParcel("teapot"),
    "confirm_receipt": c.ConfirmReceipt(),
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
    "rule": RULE,
    "settle_refund": c.SettleRefund(),
}


def good(verb: str, actor: Actor) -> c.AnyCommand:
    """Return a command of the verb to which nothing but the process can be objected."""
    if verb == "accept_proposal":
        return c.AcceptProposal(Party.BUYER if actor.role is Role.SELLER else Party.SELLER)
    if verb == "place_order":
        return place_order(buyer=actor.person)
    return GOOD[verb]
