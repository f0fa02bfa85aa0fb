"""The third chapter: a dispute is opened, argued, and settled without a ruling."""

from typing import assert_never

from escrow_tui.engine.answers import Refused
from escrow_tui.engine.commands import (
    AcceptClaim,
    AcceptProposal,
    EditClaim,
    Escalate,
    OpenDispute,
    Propose,
    RejectClaim,
    WithdrawDispute,
)
from escrow_tui.engine.context import PARTY, Context, Outcome, refuse, resolution_fault, text_fault
from escrow_tui.engine.events import (
    AnyEvent,
    ClaimAccepted,
    ClaimEdited,
    ClaimRejected,
    DisputeEscalated,
    DisputeOpened,
    DisputeWithdrawn,
    ProposalAccepted,
    ProposalMade,
)
from escrow_tui.engine.evidence import file_evidence
from escrow_tui.engine.instant import DAY, date_of
from escrow_tui.engine.order import Order, Resolution
from escrow_tui.engine.policy_switches import Escalation, Proposals
from escrow_tui.engine.returns import execute
from escrow_tui.engine.terms import DisputePhase, Party, Phase, ReasonFamily

DisputeCommand = (
    OpenDispute
    | EditClaim
    | WithdrawDispute
    | AcceptClaim
    | RejectClaim
    | Propose
    | AcceptProposal
    | Escalate
)


def decide_dispute(order: Order, command: DisputeCommand, context: Context) -> Outcome:
    """Decide a dispute command that the process allows now."""
    party = PARTY[context.actor.role]
    match command:
        case OpenDispute():
            return _open(order, command, context)
        case EditClaim():
            return _edit(order, command, context)
        case WithdrawDispute():
            return (DisputeWithdrawn(),)
        case AcceptClaim():
            return granted(order, "accepted by the seller", context)
        case RejectClaim():
            return _reject(order, command)
        case Propose():
            return _propose(order, command, party, context)
        case AcceptProposal():
            return _accept(order, command.of, party, context)
        case Escalate():
            return _escalate(order, context)
        case _:
            assert_never(command)


def _open(order: Order, command: OpenDispute, context: Context) -> Outcome:
    policy = context.policy
    if order.dispute_count >= policy.max_disputes:
        return refuse("DISPUTES_USED_UP", "max_disputes", count=order.dispute_count)
    if fault := _too_early(order, context):
        return fault
    claim = Resolution(command.claim, command.return_goods, command.replacement)
    if fault := resolution_fault(order, claim, 1, policy):
        return fault
    minded = command.reason.family is ReasonFamily.CHANGE_OF_MIND
    if minded and (fault := _minds_too_late(order, context)):
        return fault
    needed = command.reason.evidence
    if needed and not needed & {exhibit.kind for exhibit in command.evidence}:
        kinds = ", ".join(sorted(needed))
        return refuse("EVIDENCE_MISSING", reason=command.reason, kinds=kinds)
    filed = file_evidence(order, Party.BUYER, command.evidence)
    if isinstance(filed, Refused):
        return filed
    opened = DisputeOpened(
        number=order.dispute_count + 1,
        reason=command.reason,
        claim=command.claim,
        return_goods=command.return_goods,
        replacement=command.replacement,
    )
    claimed = ProposalMade(
        by=Party.BUYER,
        amount=command.claim,
        note="",
        return_goods=command.return_goods,
        replacement=command.replacement,
    )
    return (opened, claimed, *filed)


def _too_early(order: Order, context: Context) -> Refused | None:
    """Refuse a dispute that is opened too early about a parcel still on its way."""
    policy = context.policy
    if order.phase is not Phase.SHIPPED:
        return None
    if not policy.dispute_before_delivery:
        return refuse("DISPUTE_BEFORE_DELIVERY", "dispute_before_delivery")
    assert order.shipment is not None
    at_once = order.promised_days < policy.dispute_at_once_promised_below_days
    if at_once or order.shipment.false:
        return None
    possible_at = order.shipment.shipped_at + policy.dispute_earliest_days * DAY
    if context.now >= possible_at:
        return None
    return refuse(
        "DISPUTE_TOO_EARLY",
        "dispute_earliest_days",
        days=(context.now - order.shipment.shipped_at) // DAY,
        needed=policy.dispute_earliest_days,
        date=date_of(possible_at),
    )


def _minds_too_late(order: Order, context: Context) -> Refused | None:
    """Refuse a change of mind before delivery, or after the policy's `return_days`."""
    days = context.policy.return_days
    if order.delivered_at and context.now < order.delivered_at + days * DAY:
        return None
    return refuse("CHANGE_OF_MIND_LATE", "return_days", days=days)


def _edit(order: Order, command: EditClaim, context: Context) -> Outcome:
    """Change the claimed amount; a claim for a replacement becomes a claim for money."""
    back = order.running_dispute.claim.return_goods
    wanted = Resolution(command.claim, back)
    fault = _turn_fault(order, Party.BUYER, context) or resolution_fault(
        order, wanted, 1, context.policy
    )
    return fault or (ClaimEdited(command.claim),)


def _reject(order: Order, command: RejectClaim) -> Outcome:
    filed = file_evidence(order, Party.SELLER, command.evidence)
    return filed if isinstance(filed, Refused) else (ClaimRejected(), *filed)


def _propose(order: Order, command: Propose, party: Party, context: Context) -> Outcome:
    wanted = Resolution(command.amount, command.return_goods, command.replacement)
    if fault := _turn_fault(order, party, context):
        return fault
    if fault := resolution_fault(order, wanted, 0, context.policy):
        return fault
    if command.note and (fault := text_fault(command.note)):
        return fault
    made = ProposalMade(
        by=party,
        amount=command.amount,
        note=command.note,
        return_goods=command.return_goods,
        replacement=command.replacement,
    )
    return (made,)


def _turn_fault(order: Order, party: Party, context: Context) -> Refused | None:
    """Refuse a second proposal in a row where the policy wants turns; the claim counts as one."""
    if context.policy.proposals is Proposals.FREE or party is Party.PLATFORM:
        return None
    said = [one.by for one in order.running_dispute.proposals if one.by is not Party.PLATFORM]
    if not said or said[-1] is not party:
        return None
    other = Party.SELLER if party is Party.BUYER else Party.BUYER
    return refuse("NOT_YOUR_TURN", "proposals", party=other)


def _accept(order: Order, of: Party, party: Party, context: Context) -> Outcome:
    if of is party:
        return refuse("OWN_PROPOSAL")
    proposal = order.running_dispute.proposal(of)
    if proposal is None:
        return refuse("NOTHING_PROPOSED", party=of)
    if party in proposal.accepted_by:
        return refuse("ALREADY_ACCEPTED")
    accepted = ProposalAccepted(of, party)
    if {Party.BUYER, Party.SELLER} <= {party, *proposal.accepted_by}:
        return (accepted, *execute(order, proposal.resolution, context))
    return (accepted,)


def _escalate(order: Order, context: Context) -> Outcome:
    dispute, policy = order.running_dispute, context.policy
    unanswered = dispute.phase is DisputePhase.AWAITING_SELLER
    if unanswered and policy.escalation is Escalation.AUTOMATIC:
        return refuse("ESCALATE_UNANSWERED", "escalation")
    days = policy.escalate_from_days
    possible_at = dispute.opened_at + days * DAY
    if context.now < possible_at:
        date = date_of(possible_at)
        return refuse("ESCALATE_TOO_EARLY", "escalate_from_days", days=days, date=date)
    return (DisputeEscalated("asked for by the buyer"),)


def granted(order: Order, why: str, context: Context) -> tuple[AnyEvent, ...]:
    """Grant the buyer's claim: the seller accepted it or stayed silent."""
    return (ClaimAccepted(why), *execute(order, order.running_dispute.claim, context))
