"""The order in a dispute, from its opening to its end."""

from msgspec.structs import replace

from escrow_tui.engine import events as e
from escrow_tui.engine.evolving.rewrite import after
from escrow_tui.engine.evolving.stops import resumed
from escrow_tui.engine.order import Dispute, Order, Proposal, Resolution, Return, Ruling, Stop
from escrow_tui.engine.terms import DisputePhase, Party, Phase, ReturnPhase

# Looked up once: up to Python 3.11 each access to an enum's member costs 70 ns.
_AWAITING_SELLER, _SELLER = DisputePhase.AWAITING_SELLER, Party.SELLER


def _opened(order: Order, event: e.DisputeOpened, at: int) -> Order:
    claim = Resolution(event.claim, event.return_goods, event.replacement)
    filed = len(order.evidence)
    dispute = Dispute(
        number=event.number,
        phase=_AWAITING_SELLER,
        reason=event.reason,
        claim=claim,
        opened_at=at,
        filed_before=filed,
    )
    stops = (*order.stops, Stop(at))
    return replace(order, dispute=dispute, dispute_count=event.number, stops=stops)


def _withdrawn(order: Order, _: e.DisputeWithdrawn, at: int) -> Order:
    return replace(order, dispute=None, stops=resumed(order, at))


def _executed(order: Order, event: e.DisputeExecuted, at: int) -> Order:
    """End the dispute; the order's timers stay stopped while goods are on their way back."""
    if event.return_goods:
        assert order.dispute is not None
        wanted = Resolution(event.refund, replacement=event.replacement)
        back = Return(
            phase=ReturnPhase.AWAITING_RETURN,
            resolution=wanted,
            dispute=order.dispute,
            agreed_at=at,
        )
        return replace(order, dispute=None, return_=back)
    order = replace(order, dispute=None, stops=resumed(order, at))
    return to_be_replaced(order, at) if event.replacement else order


def to_be_replaced(order: Order, at: int) -> Order:
    """Wait for the replacement to be sent."""
    replacements = order.replacements + 1
    phase = Phase.AWAITING_REPLACEMENT
    return replace(order, phase=phase, replacement_at=at, replacements=replacements)


def _argued(order: Order, **changes: object) -> Order:
    """Change the running dispute and nothing else."""
    assert order.dispute is not None
    return replace(order, dispute=replace(order.dispute, **changes))


def _claim_edited(order: Order, event: e.ClaimEdited, _at: int) -> Order:
    assert order.dispute is not None
    claim = Resolution(event.claim, order.dispute.claim.return_goods)
    proposals = _set(order, Proposal(Party.BUYER, claim, "", (Party.BUYER,)))
    return _argued(order, claim=claim, proposals=proposals)


def _claim_accepted(order: Order, _: e.ClaimAccepted, _at: int) -> Order:
    return order


def _claim_rejected(order: Order, _: e.ClaimRejected, at: int) -> Order:
    return _argued(order, phase=DisputePhase.NEGOTIATING, answered_at=at)


def _proposed(order: Order, event: e.ProposalMade, at: int) -> Order:
    """Set one of the three proposals; the seller's answer to a claim opens the negotiation."""
    dispute = order.dispute
    assert dispute is not None
    wanted = Resolution(event.amount, event.return_goods, event.replacement)
    proposals = _set(order, Proposal(event.by, wanted, event.note, (event.by,)))
    if event.by is _SELLER and dispute.phase is _AWAITING_SELLER:
        phase = DisputePhase.NEGOTIATING
        return _argued(order, proposals=proposals, phase=phase, answered_at=at)
    return replace(order, dispute=replace(dispute, proposals=proposals))


def _set(order: Order, proposal: Proposal) -> tuple[Proposal, ...]:
    """Replace the earlier proposal of the same party."""
    assert order.dispute is not None
    others = [one for one in order.dispute.proposals if one.by is not proposal.by]
    return (*others, proposal)


def _accepted(order: Order, event: e.ProposalAccepted, _at: int) -> Order:
    assert order.dispute is not None
    proposals = tuple(
        replace(one, accepted_by=(*one.accepted_by, event.by)) if one.by is event.of else one
        for one in order.dispute.proposals
    )
    return _argued(order, proposals=proposals)


def _escalated(order: Order, _: e.DisputeEscalated, at: int) -> Order:
    return _argued(order, phase=DisputePhase.MEDIATION, mediation_at=at)


def _assigned(order: Order, event: e.CaseAssigned, _at: int) -> Order:
    return _argued(order, mediator=event.mediator)


def _reviewer_assigned(order: Order, event: e.ReviewerAssigned, _at: int) -> Order:
    return _argued(order, reviewer=event.mediator)


def _evidence_asked(order: Order, event: e.EvidenceAsked, at: int) -> Order:
    return _argued(order, asked=event.of, asked_at=at)


def _evidence_opened(order: Order, event: e.EvidenceOpened, _at: int) -> Order:
    assert order.dispute is not None
    return _argued(order, opened_evidence=(*order.dispute.opened_evidence, event.evidence))


def _ruled(order: Order, event: e.DisputeRuled, at: int) -> Order:
    phase = DisputePhase.APPEAL_WINDOW
    return _argued(order, phase=phase, asked=None, ruling=_ruling(event), ruled_at=at)


def _appealed(order: Order, event: e.RulingAppealed, at: int) -> Order:
    """Begin the review by another mediator, who has opened no evidence yet."""
    phase = DisputePhase.APPEAL_REVIEW
    changes = {"appealed_by": event.by, "appealed_at": at, "opened_evidence": ()}
    return _argued(replace(order, appealed=True), phase=phase, **changes)


def _appeal_decided(order: Order, event: e.AppealDecided, _at: int) -> Order:
    return _argued(order, ruling=_ruling(event))


def _ruling(event: e.Decided) -> Ruling:
    return Ruling(
        resolution=Resolution(event.refund, event.return_goods, event.replacement),
        goodwill=event.goodwill,
        reasons=event.reasons,
        policy_rows=event.policy_rows,
        confidence=event.confidence,
        note=event.note,
        why=event.why,
    )


DISPUTE = (
    after(e.DisputeOpened, _opened),
    after(e.ClaimEdited, _claim_edited),
    after(e.ClaimAccepted, _claim_accepted),
    after(e.ClaimRejected, _claim_rejected),
    after(e.ProposalMade, _proposed),
    after(e.ProposalAccepted, _accepted),
    after(e.DisputeEscalated, _escalated),
    after(e.CaseAssigned, _assigned),
    after(e.ReviewerAssigned, _reviewer_assigned),
    after(e.EvidenceAsked, _evidence_asked),
    after(e.EvidenceOpened, _evidence_opened),
    after(e.DisputeRuled, _ruled),
    after(e.RulingAppealed, _appealed),
    after(e.AppealDecided, _appeal_decided),
    after(e.DisputeWithdrawn, _withdrawn),
    after(e.DisputeExecuted, _executed),
)
