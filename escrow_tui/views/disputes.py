"""The views of a dispute, its evidence, and a chargeback."""

from escrow_tui.engine.instant import DAY, date_of
from escrow_tui.engine.money import plain
from escrow_tui.engine.order import Dispute, Evidence, Order, Proposal, Resolution, Ruling
from escrow_tui.engine.policy import Policy
from escrow_tui.engine.roles import Role
from escrow_tui.views.amounts import amount_text, resolution_clause, resolution_text
from escrow_tui.views.parts import (
    ChargebackView,
    DisputeView,
    EvidenceView,
    ProposalView,
    RulingView,
)
from escrow_tui.views.privacy import knows_goodwill, knows_payment
from escrow_tui.views.vocabulary import (
    KIND_WORDS,
    PARTY_WORDS,
    PHASE_WORDS,
    SIDE_WORDS,
    STAGE_WORDS,
    share_of,
)


def evidence_views(order: Order, *, opened: tuple[str, ...] | None) -> tuple[EvidenceView, ...]:
    """Return the evidence; with `opened` (ids), any other piece does not say what it shows."""
    return tuple(_evidence(one, seen=opened is None or one.id in opened) for one in order.evidence)


def _evidence(one: Evidence, *, seen: bool) -> EvidenceView:
    return EvidenceView(
        id=one.id,
        owner=PARTY_WORDS[one.owner],
        kind=KIND_WORDS[one.kind],
        date=date_of(one.at),
        shows=one.shows if seen else "",
        picture=one.picture if seen else "",
        checksum=one.checksum[:8],
        opened=seen,
    )


def dispute_view(order: Order, policy: Policy, role: Role) -> DisputeView | None:
    """Return the running dispute, or None; a seller is not told about goodwill."""
    dispute = order.dispute
    if dispute is None:
        return None
    return DisputeView(
        number=dispute.number,
        stage=STAGE_WORDS[dispute.phase],
        reason=dispute.reason.words,
        claim=claim_words(dispute.claim, order),
        claim_minor=dispute.claim.amount,
        opened=date_of(dispute.opened_at),
        proposals=tuple(_proposal(one, order) for one in dispute.proposals),
        ruling=_ruling(dispute, order, role),
        wants=resolution_text(dispute.claim, order),
        asked=_asked(dispute, policy),
        appealed=_appealed(dispute),
    )


def claim_words(one: Resolution, order: Order) -> str:
    """Write a claim or an offer short enough for a column of a list."""
    return "replacement" if one.replacement else amount_text(one.amount, order)


def _asked(dispute: Dispute, policy: Policy) -> str:
    if dispute.asked is None:
        return ""
    until = dispute.asked_at + policy.evidence_days * DAY
    return f"the {SIDE_WORDS[dispute.asked]}, until {date_of(until)}"


def _appealed(dispute: Dispute) -> str:
    if dispute.appealed_by is None:
        return ""
    return f"the {PARTY_WORDS[dispute.appealed_by]}, {date_of(dispute.appealed_at)}"


def _proposal(one: Proposal, order: Order) -> ProposalView:
    return ProposalView(
        by=PARTY_WORDS[one.by],
        amount=claim_words(one.resolution, order),
        share=share_of(one.resolution.amount, order.outstanding),
        note=one.note,
        accepted_by=", ".join(PARTY_WORDS[party] for party in one.accepted_by),
        wants=resolution_text(one.resolution, order),
        return_goods=one.resolution.return_goods,
        replacement=one.resolution.replacement,
    )


def _ruling(dispute: Dispute, order: Order, role: Role) -> RulingView | None:
    ruling = dispute.ruling
    if ruling is None:
        return None
    gift = amount_text(ruling.goodwill, order) if ruling.goodwill else ""
    return RulingView(
        refund=amount_text(ruling.resolution.amount, order),
        release="" if ruling.resolution.replacement else amount_text(_left(ruling, order), order),
        reasons=", ".join(ruling.reasons),
        policy_rows=", ".join(ruling.policy_rows),
        note=ruling.note,
        by=ruling.why,
        says=resolution_clause(ruling.resolution, order),
        goodwill=gift if knows_goodwill(role) else "",
    )


def _left(ruling: Ruling, order: Order) -> int:
    return order.outstanding - ruling.resolution.amount


def chargeback_view(order: Order, role: Role) -> ChargebackView | None:
    """Return the running chargeback, or None; only buyer and bank see the currency paid in."""
    back = order.chargeback
    if back is None:
        return None
    abroad = bool(order.pay_in) and knows_payment(role)
    before, beneath = PHASE_WORDS[back.before], order.stage_beneath
    return ChargebackView(
        stage=STAGE_WORDS[back.phase],
        amount=amount_text(back.amount, order),
        paid=f"{plain(back.paid, order.pay_in)} {order.pay_in}" if abroad else "",
        opened=date_of(back.opened_at),
        answered=date_of(back.answered_at) if back.answered_at else "",
        taken="the bank has taken it already" if back.debited else "nothing was taken yet",
        goes_back_to=f"{before}; {STAGE_WORDS[beneath]}" if beneath else before,
    )
