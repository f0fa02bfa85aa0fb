"""A dispute from its opening to its end."""

from typing import assert_never

from msgspec.structs import replace

from escrow_tui.engine import events as e
from escrow_tui.engine.evolving.stops import resumed
from escrow_tui.engine.order import Dispute, Order, Proposal, Resolution, Return, Ruling, Stop
from escrow_tui.engine.terms import DisputePhase, Party, Phase, ReturnPhase


def of_dispute(order: Order, event: e.DisputeEvent, at: int) -> Order:
    """Return the order after an event of its dispute."""
    match event:
        case e.DisputeOpened():
            claim = Resolution(event.claim, event.return_goods, event.replacement)
            first = DisputePhase.AWAITING_SELLER
            dispute = Dispute(event.number, first, event.reason, claim, at)
            stops = (*order.stops, Stop(at))
            return replace(order, dispute=dispute, dispute_count=event.number, stops=stops)
        case e.DisputeWithdrawn():
            return replace(order, dispute=None, stops=resumed(order, at))
        case e.DisputeExecuted():
            return _executed(order, event, at)
    assert order.dispute is not None
    appealed = order.appealed or isinstance(event, e.RulingAppealed)
    return replace(order, dispute=_argued(order.dispute, event, at), appealed=appealed)


def _executed(order: Order, event: e.DisputeExecuted, at: int) -> Order:
    """End the dispute; the order's timers stand still on while goods are on their way back."""
    if event.return_goods:
        assert order.dispute is not None
        wanted = Resolution(event.refund, replacement=event.replacement)
        back = Return(ReturnPhase.AWAITING_RETURN, wanted, order.dispute, at)
        return replace(order, dispute=None, return_=back)
    order = replace(order, dispute=None, stops=resumed(order, at))
    return to_be_replaced(order, at) if event.replacement else order


def to_be_replaced(order: Order, at: int) -> Order:
    """Wait for the goods that take the place of the first ones."""
    replacements = order.replacements + 1
    phase = Phase.AWAITING_REPLACEMENT
    return replace(order, phase=phase, replacement_at=at, replacements=replacements)


def _argued(dispute: Dispute, event: e.ArgumentEvent, at: int) -> Dispute:
    match event:
        case e.ClaimEdited():
            claim = Resolution(event.claim, dispute.claim.return_goods)
            proposal = Proposal(Party.BUYER, claim, "", (Party.BUYER,))
            return replace(dispute, claim=claim, proposals=_set(dispute, proposal))
        case e.ClaimAccepted():
            return dispute
        case e.ClaimRejected():
            return replace(dispute, phase=DisputePhase.NEGOTIATING, answered_at=at)
        case e.ProposalMade():
            return _proposed(dispute, event, at)
        case e.ProposalAccepted():
            return _accepted(dispute, event)
        case e.DisputeEscalated():
            return replace(dispute, phase=DisputePhase.MEDIATION, mediation_at=at)
        case e.CaseAssigned():
            return replace(dispute, mediator=event.mediator)
        case e.ReviewerAssigned():
            return replace(dispute, reviewer=event.mediator)
        case e.EvidenceAsked():
            return replace(dispute, asked=event.of, asked_at=at)
        case e.EvidenceOpened():
            return replace(dispute, opened_evidence=(*dispute.opened_evidence, event.evidence))
        case e.DisputeRuled():
            phase = DisputePhase.APPEAL_WINDOW
            ruling = _ruling(event)
            return replace(dispute, phase=phase, asked=None, ruling=ruling, ruled_at=at)
        case e.RulingAppealed():
            # Another mediator begins with nothing opened.
            return replace(
                dispute,
                phase=DisputePhase.APPEAL_REVIEW,
                appealed_by=event.by,
                appealed_at=at,
                opened_evidence=(),
            )
        case e.AppealDecided():
            return replace(dispute, ruling=_ruling(event))
        case _:
            assert_never(event)


def _ruling(event: e.Decided) -> Ruling:
    return Ruling(
        Resolution(event.refund, event.return_goods, event.replacement),
        event.goodwill,
        event.reasons,
        event.policy_rows,
        event.confidence,
        event.note,
        event.why,
    )


def _proposed(dispute: Dispute, event: e.ProposalMade, at: int) -> Dispute:
    """Set one of the three proposals; the seller's answer to a claim opens the negotiation."""
    wanted = Resolution(event.amount, event.return_goods, event.replacement)
    proposals = _set(dispute, Proposal(event.by, wanted, event.note, (event.by,)))
    dispute = replace(dispute, proposals=proposals)
    if event.by is Party.SELLER and dispute.phase is DisputePhase.AWAITING_SELLER:
        return replace(dispute, phase=DisputePhase.NEGOTIATING, answered_at=at)
    return dispute


def _accepted(dispute: Dispute, event: e.ProposalAccepted) -> Dispute:
    proposals = tuple(
        replace(one, accepted_by=(*one.accepted_by, event.by)) if one.by is event.of else one
        for one in dispute.proposals
    )
    return replace(dispute, proposals=proposals)


def _set(dispute: Dispute, proposal: Proposal) -> tuple[Proposal, ...]:
    others = tuple(one for one in dispute.proposals if one.by is not proposal.by)
    return (*others, proposal)
