"""The third chapter: opening a dispute, arguing it, and ending it without a ruling."""

from hashlib import sha256
from typing import assert_never

from escrow_tui.engine.answers import Refused
from escrow_tui.engine.commands import (
    AcceptClaim,
    AcceptProposal,
    AddEvidence,
    EditClaim,
    Escalate,
    Exhibit,
    OpenDispute,
    Propose,
    RejectClaim,
    SendMessage,
    WithdrawDispute,
)
from escrow_tui.engine.context import (
    Context,
    Outcome,
    amount_fault,
    date_of,
    refuse,
    text_fault,
)
from escrow_tui.engine.deadlines import DAY
from escrow_tui.engine.events import (
    AnyEvent,
    ClaimAccepted,
    ClaimEdited,
    ClaimRejected,
    DisputeEscalated,
    DisputeOpened,
    DisputeWithdrawn,
    EvidenceAdded,
    MessageSent,
    ProposalAccepted,
    ProposalMade,
)
from escrow_tui.engine.order import Dispute, Order
from escrow_tui.engine.roles import Role
from escrow_tui.engine.settlement import result
from escrow_tui.engine.terms import EVIDENCE_NEEDED, Party, Phase

DisputeCommand = (
    OpenDispute
    | EditClaim
    | WithdrawDispute
    | AcceptClaim
    | RejectClaim
    | Propose
    | AcceptProposal
    | Escalate
    | AddEvidence
    | SendMessage
)
MOST_EVIDENCE = 40
_PARTY = {Role.BUYER: Party.BUYER, Role.SELLER: Party.SELLER, Role.MEDIATOR: Party.PLATFORM}


def decide_dispute(order: Order, command: DisputeCommand, context: Context) -> Outcome:
    """Decide a command of the dispute's chapter, in a phase that is open to it."""
    party = _PARTY[context.actor.role]
    match command:
        case OpenDispute():
            return _open(order, command, context)
        case EditClaim():
            fault = amount_fault(command.claim, 1, order.outstanding, order.currency)
            return fault or (ClaimEdited(command.claim),)
        case WithdrawDispute():
            return (DisputeWithdrawn(),)
        case AcceptClaim():
            return granted(order, "accepted by the seller", context)
        case RejectClaim():
            return _reject(order, command)
        case Propose():
            return _propose(order, command, party)
        case AcceptProposal():
            return _accept(order, command.of, party, context)
        case Escalate():
            return _escalate(order, context)
        case AddEvidence():
            exhibit = Exhibit(command.kind, command.shows, command.picture)
            return file_evidence(order, party, (exhibit,))
        case SendMessage():
            return text_fault(command.text) or (MessageSent(party, command.text),)
        case _:
            assert_never(command)


def _open(order: Order, command: OpenDispute, context: Context) -> Outcome:
    policy = context.policy
    if order.dispute_count >= policy.max_disputes:
        return refuse("DISPUTES_USED_UP", "max_disputes", count=order.dispute_count)
    if fault := _too_early(order, context):
        return fault
    if fault := amount_fault(command.claim, 1, order.outstanding, order.currency):
        return fault
    needed = EVIDENCE_NEEDED[command.reason]
    if needed and not needed & {exhibit.kind for exhibit in command.evidence}:
        kinds = ", ".join(sorted(needed))
        return refuse("EVIDENCE_MISSING", reason=command.reason, kinds=kinds)
    filed = file_evidence(order, Party.BUYER, command.evidence)
    if isinstance(filed, Refused):
        return filed
    opened = DisputeOpened(order.dispute_count + 1, command.reason, command.claim)
    return (opened, ProposalMade(Party.BUYER, command.claim, ""), *filed)


def _too_early(order: Order, context: Context) -> Refused | None:
    """Refuse a dispute about a parcel on its way that is opened too early."""
    policy = context.policy
    if order.phase is not Phase.SHIPPED:
        return None
    if not policy.dispute_before_delivery:
        return refuse("DISPUTE_BEFORE_DELIVERY", "dispute_before_delivery")
    if order.promised_days < policy.dispute_at_once_promised_below_days:
        return None
    assert order.shipment is not None
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


def file_evidence(
    order: Order, owner: Party, exhibits: tuple[Exhibit, ...]
) -> tuple[AnyEvent, ...] | Refused:
    """Put exhibits into the file, each with the next id and the checksum of what it holds."""
    if len(order.evidence) + len(exhibits) > MOST_EVIDENCE:
        return refuse("EVIDENCE_FULL", most=MOST_EVIDENCE)
    for exhibit in exhibits:
        if fault := text_fault(exhibit.shows):
            return fault
    first = len(order.evidence) + 1
    return tuple(
        EvidenceAdded(
            f"E{number}",
            owner,
            exhibit.kind,
            exhibit.shows,
            exhibit.picture,
            checksum(exhibit),
        )
        for number, exhibit in enumerate(exhibits, first)
    )


def checksum(exhibit: Exhibit) -> str:
    """Return the SHA-256 of an exhibit: the same photo handed in twice has the same."""
    content = "\x00".join((exhibit.kind, exhibit.shows, exhibit.picture))
    return sha256(content.encode("utf-8", "surrogatepass")).hexdigest()


def _reject(order: Order, command: RejectClaim) -> Outcome:
    filed = file_evidence(order, Party.SELLER, command.evidence)
    return filed if isinstance(filed, Refused) else (ClaimRejected(), *filed)


def _propose(order: Order, command: Propose, party: Party) -> Outcome:
    if fault := amount_fault(command.amount, 0, order.outstanding, order.currency):
        return fault
    if command.note and (fault := text_fault(command.note)):
        return fault
    return (ProposalMade(party, command.amount, command.note),)


def _accept(order: Order, of: Party, party: Party, context: Context) -> Outcome:
    if of is party:
        return refuse("OWN_PROPOSAL")
    proposal = running(order).proposal(of)
    if proposal is None:
        return refuse("NOTHING_PROPOSED", party=of)
    if party in proposal.accepted_by:
        return refuse("ALREADY_ACCEPTED")
    accepted = ProposalAccepted(of, party)
    if {Party.BUYER, Party.SELLER} <= {party, *proposal.accepted_by}:
        return (accepted, *execute(order, proposal.amount, context))
    return (accepted,)


def _escalate(order: Order, context: Context) -> Outcome:
    days = context.policy.escalate_from_days
    possible_at = running(order).opened_at + days * DAY
    if context.now < possible_at:
        date = date_of(possible_at)
        return refuse("ESCALATE_TOO_EARLY", "escalate_from_days", days=days, date=date)
    return (DisputeEscalated("asked for by the buyer"),)


def granted(order: Order, why: str, context: Context) -> tuple[AnyEvent, ...]:
    """Give the buyer the claim: the seller accepted it, or was silent."""
    return (ClaimAccepted(why), *execute(order, running(order).claim, context))


def execute(order: Order, amount: int, context: Context) -> tuple[AnyEvent, ...]:
    """End the dispute with a refund of `amount`."""
    return result(order, amount, context.account, context.policy.commission_bps)


def running(order: Order) -> Dispute:
    """Return the dispute that the process table says is running."""
    assert order.dispute is not None
    return order.dispute
