"""What a role can do with an order now, and why everything else is not possible."""

from escrow_tui.engine import commands as c
from escrow_tui.engine.account import SellerAccount
from escrow_tui.engine.answers import Refused
from escrow_tui.engine.decide import decide
from escrow_tui.engine.methods import METHODS
from escrow_tui.engine.order import Order
from escrow_tui.engine.policy import Policy
from escrow_tui.engine.process import PROCESS
from escrow_tui.engine.roles import Actor, Role
from escrow_tui.engine.terms import (
    EvidenceKind,
    Parcel,
    Party,
    Phase,
    Reason,
    ReturnFault,
    ShipmentState,
    Side,
)
from escrow_tui.engine.tracking import tracking_number
from escrow_tui.views.parts import ActView


def _first_offer(order: Order, me: Party) -> Party:
    """Return whose open proposal `me` could accept, or another party if there is none."""
    others = [party for party in Party if party is not me]
    standing = order.dispute.proposals if order.dispute else ()
    open_to_me = (one.by for one in standing if one.by in others and me not in one.accepted_by)
    return next(open_to_me, others[0])


def _unread(order: Order) -> str:
    read = order.dispute.opened_evidence if order.dispute else ()
    return next((one.id for one in order.evidence if one.id not in read), "E1")


def _next_scan(order: Order) -> c.Scan:
    """Return a scan of the moving parcel that differs from the last one reported."""
    back = order.return_.parcel if order.return_ else None
    if back is None or order.phase_beneath is Phase.SHIPPED:
        parcel, of = order.shipment, Parcel.ORDER
    else:
        parcel, of = back, Parcel.RETURN
    moving = parcel is not None and parcel.state is ShipmentState.IN_TRANSIT
    return c.Scan(status=ShipmentState.EXCEPTION if moving else ShipmentState.IN_TRANSIT, of=of)


_SOME_TEXT = "-"
_NUMBER = tracking_number(1)
_PHOTO = c.Exhibit(EvidenceKind.PHOTO, _SOME_TEXT)

_PARTY = {
    Role.BUYER: Party.BUYER,
    Role.SELLER: Party.SELLER,
}


def _first_tries(order: Order, role: Role) -> dict[str, c.AnyCommand]:
    """Return a plausible command for each verb, to ask the engine whether it would accept it."""
    return {
        "pay": c.Pay(),
        "cancel": c.Cancel(),
        "verify_payment": c.VerifyPayment(),
        "decline_payment": c.DeclinePayment(METHODS[order.method].decline_codes[0]),
        "extend_processing": c.ExtendProcessing(1),
        "request_cancel": c.RequestCancel(),
        "withdraw_cancel": c.WithdrawCancel(),
        "accept_cancel": c.AcceptCancel(),
        "refund": c.Refund(order.outstanding),
        "ship": c.Ship(_NUMBER),
        "extend_protection": c.ExtendProtection(1),
        "scan": _next_scan(order),
        "reship": c.Reship(_NUMBER),
        "open_parcel": c.OpenParcel(),
        "confirm_receipt": c.ConfirmReceipt(),
        "review": c.Review(5),
        "open_dispute": c.OpenDispute(
            reason=Reason.DAMAGED, claim=order.outstanding, evidence=(_PHOTO,)
        ),
        "accept_claim": c.AcceptClaim(),
        "reject_claim": c.RejectClaim(),
        "edit_claim": c.EditClaim(order.outstanding),
        "withdraw_dispute": c.WithdrawDispute(),
        "propose": c.Propose(order.outstanding),
        "accept_proposal": c.AcceptProposal(_first_offer(order, _PARTY.get(role, Party.PLATFORM))),
        "escalate": c.Escalate(),
        "add_evidence": c.AddEvidence(EvidenceKind.PHOTO, _SOME_TEXT),
        "open_evidence": c.OpenEvidence(_unread(order)),
        "ask_evidence": c.AskEvidence(Side.BUYER),
        "rule": c.Rule(refund=0, reasons=(_SOME_TEXT,)),
        "appeal": c.Appeal((_PHOTO,)),
        "decide_appeal": c.DecideAppeal(refund=0, reasons=(_SOME_TEXT,)),
        "ship_return": c.ShipReturn(_NUMBER),
        "confirm_return": c.ConfirmReturn(),
        "contest_return": c.ContestReturn(ReturnFault.DAMAGED),
        "ship_replacement": c.ShipReplacement(_NUMBER),
        "send_message": c.SendMessage(_SOME_TEXT),
        "settle_refund": c.SettleRefund(),
        "open_chargeback": c.OpenChargeback(order.captured),
        "answer_chargeback": c.AnswerChargeback((_PHOTO,)),
        "accept_chargeback": c.AcceptChargeback(),
        "decide_chargeback": c.DecideChargeback(Side.SELLER),
    }


def verbs_of(role: Role) -> tuple[str, ...]:
    """Return every verb that a role can ever use on an order, as the process table lists them."""
    rows = (row.verb for row in PROCESS if row.role is role and None not in row.phases)
    return tuple(dict.fromkeys(rows))


def act_views(order: Order, actor: Actor, policy: Policy, now: int) -> tuple[ActView, ...]:
    """Return every verb of the actor's role: possible ones first, messages last in each group."""
    tries = _first_tries(order, actor.role)
    every = [_act(order, tries[verb], actor, policy, now) for verb in verbs_of(actor.role)]
    return tuple(sorted(every, key=lambda act: (not act.possible, act.verb == "send_message")))


def _act(order: Order, command: c.AnyCommand, actor: Actor, policy: Policy, now: int) -> ActView:
    answer = decide(order, SellerAccount, command, actor, policy, order.policy, now)
    why_not = answer.explanation if isinstance(answer, Refused) else ""
    return ActView(c.verb_of(command), actor.role, not why_not, why_not)
