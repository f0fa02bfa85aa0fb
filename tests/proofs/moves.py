"""What is tried at every moment of an explored order: a small set of arguments for each verb."""

from collections.abc import Callable, Iterator

from escrow_tui.engine import commands as c
from escrow_tui.engine.decide import opening
from escrow_tui.engine.order import Order
from escrow_tui.engine.policy import Policy
from escrow_tui.engine.process import PROCESS, ProcessRow
from escrow_tui.engine.roles import BANK, CARRIER, Actor, Role
from escrow_tui.engine.terms import (
    ENDED,
    DisputePhase,
    EvidenceKind,
    Parcel,
    Party,
    Reason,
    ReturnFault,
    ShipmentState,
    Side,
)
from tests.given.orders import TRACKING
from tests.proofs.tries import PHOTO

PART = 4_000
_WHY = ("it is so",)
BUYER, SELLER = Actor(Role.BUYER, "buyer-1"), Actor(Role.SELLER, "seller-1")
MEDIATORS = (Actor(Role.MEDIATOR, "1"), Actor(Role.MEDIATOR, "2"))
_PEOPLE: dict[Role, tuple[Actor, ...]] = {
    Role.BUYER: (BUYER,),
    Role.SELLER: (SELLER,),
    Role.MEDIATOR: MEDIATORS,
    Role.CARRIER: (CARRIER,),
    Role.BANK: (BANK,),
}
Move = tuple[ProcessRow, c.OrderCommand, Actor]
_Made = tuple[c.OrderCommand, ...]
_Result = tuple[int, bool, bool]


def moves(order: Order, policy: Policy) -> Iterator[Move]:
    """Yield what may be tried now, with the process row that opens it."""
    settling = bool(order.refunds) and order.phase_beneath not in ENDED
    for row in PROCESS:
        if settling and row.verb != "settle_refund":
            continue
        if row.verb not in ARGUMENTS or opening(order, row.verb, row.role) is not row:
            continue
        for command in ARGUMENTS[row.verb](order, policy, row.role):
            for actor in _PEOPLE[row.role]:
                yield row, command, actor


# These change nothing that matters later, or only once: the step is checked but not followed.
ONE_STEP = (
    "send_message add_evidence open_evidence open_parcel review edit_claim extend_processing"
    " extend_protection"
).split()


def is_one_step(row: ProcessRow, order: Order) -> bool:
    """Tell whether a move is checked but not followed; so are some offers."""
    later = order.dispute is not None and order.dispute.phase is DisputePhase.MEDIATION
    offered = row.verb == "propose" and (
        row.role is Role.BUYER or (row.role is Role.SELLER and later)
    )
    again = narrow(order) and row.verb in ("open_chargeback", "propose", "ask_evidence")
    return offered or again or row.verb in ONE_STEP


def narrow(order: Order) -> bool:
    """Tell whether a one-time event is past: from then on, one argument is tried for each verb."""
    once = order.charged_back_once or order.replacements or order.returned_goods
    return bool(once) or order.dispute_count > 1


def _amounts(order: Order) -> tuple[int, ...]:
    """Return a part, and all of what is outstanding."""
    whole = order.outstanding
    return (PART, whole) if whole > PART and not narrow(order) else (whole,)


def _always(*commands: c.OrderCommand) -> Callable[[Order, Policy, Role], _Made]:
    return lambda _order, _policy, _role: commands


def _scans(order: Order, policy: Policy, _role: Role) -> _Made:
    """The carrier accepts, delivers (also unsigned, if the policy wants signatures) or gives up."""
    brought = [c.Scan(status=ShipmentState.DELIVERED, signature=True)]
    if policy.signature_from:
        brought.append(c.Scan(status=ShipmentState.DELIVERED))
    taken = c.Scan(status=ShipmentState.ACCEPTED)
    of_order = (taken, *brought, c.Scan(status=ShipmentState.RETURNED_TO_SENDER))
    if order.return_ is None:
        return of_order
    back = Parcel.RETURN
    of_return = (
        c.Scan(status=ShipmentState.ACCEPTED, of=back),
        c.Scan(status=ShipmentState.DELIVERED, of=back),
    )
    return (*of_order, *of_return)


def _refunds(order: Order, _policy: Policy, _role: Role) -> _Made:
    """A part the first time, and all of what is outstanding."""
    amounts = (order.outstanding,) if order.refunded else _amounts(order)
    return tuple(c.Refund(amount) for amount in amounts)


def _claims(order: Order, policy: Policy, _role: Role) -> _Made:
    """Money with and without a return, a replacement; the whole price for a counterfeit."""
    whole = order.outstanding
    results: list[_Result] = [(amount, False, False) for amount in _amounts(order)]
    if not narrow(order) or not order.dispute_count:
        results += [(whole, True, False), (0, False, True), (0, True, True)]
    made = [
        c.OpenDispute(
            reason=Reason.DAMAGED,
            claim=amount,
            evidence=(PHOTO,),
            return_goods=back,
            replacement=again,
        )
        for amount, back, again in results
    ]
    if policy.counterfeit_multiple > 1:
        made.append(c.OpenDispute(reason=Reason.COUNTERFEIT, claim=whole, evidence=(PHOTO,)))
    return tuple(made)


def _edits(order: Order, _policy: Policy, _role: Role) -> _Made:
    return tuple(c.EditClaim(amount) for amount in _amounts(order))


_OFFERS: dict[Role, tuple[_Result, ...]] = {
    Role.BUYER: ((PART, False, False),),
    Role.SELLER: ((0, False, False), (PART, True, False), (0, False, True)),
    Role.MEDIATOR: ((PART, False, False),),
}


def _offers(order: Order, _policy: Policy, role: Role) -> _Made:
    """Three kinds of offers; only one by the seller or the platform stands in a dispute."""
    assert order.dispute is not None
    others = [one for one in order.dispute.proposals if one.by is not Party.BUYER]
    if others and role is not Role.BUYER:
        return ()
    most, offers = order.outstanding, _OFFERS[role][: 1 if narrow(order) else None]
    return tuple(c.Propose(min(most, one[0]), "", *one[1:]) for one in offers)


def _looks(order: Order, _policy: Policy, _role: Role) -> _Made:
    assert order.dispute is not None
    return () if order.dispute.opened_evidence else (c.OpenEvidence("E1"),)


def _asks(order: Order, _policy: Policy, _role: Role) -> _Made:
    """Both sides, until there is an offer beside the claim."""
    assert order.dispute is not None
    offered = len(order.dispute.proposals) > 1
    return () if offered else tuple(c.AskEvidence(side) for side in Side)


def _decisions(order: Order) -> Iterator[tuple[_Result, int]]:
    """Possible rulings: nothing, a part, everything; a return or a replacement; goodwill."""
    whole = order.outstanding
    if narrow(order):
        yield (min(PART, whole), False, False), 500
        return
    yield (0, False, False), 0
    for amount in _amounts(order):
        yield (amount, False, False), 0
    yield (min(PART, whole), True, False), 0
    yield (0, False, True), 0
    yield (min(PART, whole), False, False), 500


def _decided(kind: type[c.Rule | c.DecideAppeal], order: Order) -> _Made:
    return tuple(
        kind(refund=amount, reasons=_WHY, return_goods=back, replacement=again, goodwill=gift)
        for (amount, back, again), gift in _decisions(order)
    )


def _rulings(order: Order, _policy: Policy, _role: Role) -> _Made:
    return _decided(c.Rule, order)


def _appeals_decided(order: Order, _policy: Policy, _role: Role) -> _Made:
    return _decided(c.DecideAppeal, order)


def _chargebacks(order: Order, _policy: Policy, _role: Role) -> _Made:
    """All of what was paid; also a part if neither dispute nor return runs."""
    whole = c.OpenChargeback(order.price)
    return (whole,) if order.stage else (whole, c.OpenChargeback(PART))


ARGUMENTS: dict[str, Callable[[Order, Policy, Role], _Made]] = {
    "pay": _always(c.Pay()),
    "cancel": _always(c.Cancel()),
    "verify_payment": _always(c.VerifyPayment()),
    "decline_payment": _always(c.DeclinePayment("card_expired"), c.DeclinePayment("not_paid_in")),
    "extend_processing": _always(c.ExtendProcessing(3)),
    "request_cancel": _always(c.RequestCancel()),
    "withdraw_cancel": _always(c.WithdrawCancel()),
    "accept_cancel": _always(c.AcceptCancel()),
    "ship": _always(c.Ship(TRACKING)),
    "refund": _refunds,
    "extend_protection": _always(c.ExtendProtection(10)),
    "scan": _scans,
    "reship": _always(c.Reship(TRACKING)),
    "open_parcel": _always(c.OpenParcel("mug-whole")),
    "confirm_receipt": _always(c.ConfirmReceipt()),
    "review": _always(c.Review(5)),
    "open_dispute": _claims,
    "accept_claim": _always(c.AcceptClaim()),
    "reject_claim": _always(c.RejectClaim()),
    "edit_claim": _edits,
    "withdraw_dispute": _always(c.WithdrawDispute()),
    "propose": _offers,
    "accept_proposal": _always(*(c.AcceptProposal(one) for one in Party)),
    "escalate": _always(c.Escalate()),
    "add_evidence": _always(c.AddEvidence(EvidenceKind.PHOTO, "a cracked spout")),
    "open_evidence": _looks,
    "ask_evidence": _asks,
    "rule": _rulings,
    "appeal": _always(c.Appeal((PHOTO,))),
    "decide_appeal": _appeals_decided,
    "ship_return": _always(c.ShipReturn(TRACKING)),
    "confirm_return": _always(c.ConfirmReturn()),
    "contest_return": _always(c.ContestReturn(ReturnFault.EMPTY)),
    "ship_replacement": _always(c.ShipReplacement(TRACKING)),
    "send_message": _always(c.SendMessage("as it is")),
    "settle_refund": _always(c.SettleRefund()),
    "open_chargeback": _chargebacks,
    "answer_chargeback": _always(c.AnswerChargeback((PHOTO,))),
    "accept_chargeback": _always(c.AcceptChargeback()),
    "decide_chargeback": _always(*(c.DecideChargeback(side) for side in Side)),
}
