"""The fourth chapter: a mediator looks at the evidence and rules; rulings by silence; appeals."""

from typing import TypeVar, assert_never

from escrow_tui.engine.answers import Refused
from escrow_tui.engine.commands import (
    Appeal,
    AskEvidence,
    DecideAppeal,
    Decision,
    OpenEvidence,
    Rule,
)
from escrow_tui.engine.context import (
    PARTY,
    Context,
    Outcome,
    amount_fault,
    refuse,
    resolution_fault,
    text_fault,
)
from escrow_tui.engine.events import (
    AnyEvent,
    AppealDecided,
    CaseAssigned,
    DisputeRuled,
    EvidenceAsked,
    EvidenceOpened,
    ReviewerAssigned,
    RulingAppealed,
)
from escrow_tui.engine.evidence import needed_evidence
from escrow_tui.engine.evolve import evolve
from escrow_tui.engine.instant import DAY, date_of
from escrow_tui.engine.order import Order, Resolution
from escrow_tui.engine.policy import Policy
from escrow_tui.engine.policy_switches import MediatorSilence, RulingExecuted
from escrow_tui.engine.returns import execute
from escrow_tui.engine.roles import Role
from escrow_tui.engine.terms import DisputePhase, Side

MediationCommand = OpenEvidence | AskEvidence | Rule | Appeal | DecideAppeal


def decide_mediation(order: Order, command: MediationCommand, context: Context) -> Outcome:
    """Decide a mediation command that the process allows now."""
    match command:
        case OpenEvidence():
            return _open_evidence(order, command)
        case AskEvidence():
            return _ask(order, command.from_, context)
        case Rule():
            return _rule(order, command, context)
        case Appeal():
            return _appeal(order, command, context)
        case DecideAppeal():
            return _decide_appeal(order, command, context)
        case _:
            assert_never(command)


def assign(order: Order, outcome: Outcome, context: Context) -> Outcome:
    """Assign the case, and later its appeal, to the first mediator who acts on it."""
    if isinstance(outcome, Refused) or context.actor.role is not Role.MEDIATOR:
        return outcome
    dispute = order.running_dispute
    if dispute.phase is DisputePhase.APPEAL_REVIEW:
        return outcome if dispute.reviewer else (ReviewerAssigned(context.actor.person), *outcome)
    return outcome if dispute.mediator else (CaseAssigned(context.actor.person), *outcome)


def _open_evidence(order: Order, command: OpenEvidence) -> Outcome:
    known = [one.id for one in order.evidence]
    if command.evidence not in known:
        shown = ", ".join(known) or "none"
        return refuse("EVIDENCE_UNKNOWN", evidence=command.evidence, known=shown)
    if command.evidence in order.running_dispute.opened_evidence:
        return refuse("EVIDENCE_SEEN", evidence=command.evidence)
    return (EvidenceOpened(command.evidence),)


def _ask(order: Order, side: Side, context: Context) -> Outcome:
    dispute = order.running_dispute
    if dispute.asked is None:
        return (EvidenceAsked(side),)
    until = dispute.asked_at + context.policy.evidence_days * DAY
    return refuse("EVIDENCE_ASKED", "evidence_days", side=dispute.asked, date=date_of(until))


def _rule(order: Order, command: Rule, context: Context) -> Outcome:
    if fault := _ruling_fault(order, command, context):
        return fault
    by = f"ruled by mediator {context.actor.person}"
    return _ruled(order, _decided(DisputeRuled, command, by), context)


_D = TypeVar("_D", DisputeRuled, AppealDecided)


def _decided(kind: type[_D], command: Decision, why: str) -> _D:
    """Return the event that a decision leads to."""
    return kind(
        refund=command.refund,
        reasons=command.reasons,
        policy_rows=command.policy_rows,
        confidence=command.confidence,
        note=command.note,
        why=why,
        return_goods=command.return_goods,
        replacement=command.replacement,
        goodwill=command.goodwill,
    )


def _ruling_fault(order: Order, command: Decision, context: Context) -> Refused | None:
    wanted = Resolution(command.refund, command.return_goods, command.replacement)
    if fault := resolution_fault(order, wanted, 0, context.policy):
        return fault
    if fault := amount_fault(command.goodwill, 0, order.price, order.currency):
        return fault
    if not command.reasons:
        return refuse("NO_REASONS")
    for text in (*command.reasons, *filter(None, [command.note])):
        if fault := text_fault(text):
            return fault
    for row in command.policy_rows:
        if row not in Policy.__struct_fields__:
            return refuse("RULE_UNKNOWN", row=row)
    if not 0 <= command.confidence <= 100:
        return refuse("BAD_CONFIDENCE", confidence=command.confidence)
    return None


def _ruled(order: Order, ruled: DisputeRuled, context: Context) -> tuple[AnyEvent, ...]:
    if context.policy.ruling_executed is RulingExecuted.AT_ONCE:
        return (ruled, *_execute_ruled(order, ruled, context))
    return (ruled,)


def _execute_ruled(
    order: Order, ruled: DisputeRuled | AppealDecided, context: Context
) -> tuple[AnyEvent, ...]:
    """Execute a decision that this same command has just made."""
    decided = evolve(order, ruled, order.id, context.now)
    return ruling_executed(decided, context)


def _appeal(order: Order, command: Appeal, context: Context) -> Outcome:
    if order.appealed:
        return refuse("APPEALED_ALREADY")
    party = PARTY[context.actor.role]
    filed = needed_evidence(order, party, command.evidence)
    return filed if isinstance(filed, Refused) else (RulingAppealed(party), *filed)


def _decide_appeal(order: Order, command: DecideAppeal, context: Context) -> Outcome:
    if fault := _ruling_fault(order, command, context):
        return fault
    by = f"decided by mediator {context.actor.person}"
    decided = _decided(AppealDecided, command, by)
    return (decided, *_execute_ruled(order, decided, context))


def ruled_by_silence(order: Order, context: Context) -> tuple[AnyEvent, ...]:
    """Rule as the policy's `mediator_silence` says, and execute that at once."""
    shares = {
        MediatorSilence.REFUND: order.outstanding,
        MediatorSilence.SELLER: 0,
        MediatorSilence.SPLIT: order.outstanding // 2,
    }
    return execute(order, Resolution(shares[context.policy.mediator_silence]), context)


def ruled_without_evidence(order: Order, why: str, context: Context) -> tuple[AnyEvent, ...]:
    """Rule against the side that was asked for evidence and brought none."""
    dispute = order.running_dispute
    wanted = dispute.claim if dispute.asked is Side.SELLER else Resolution(0)
    ruled = DisputeRuled(
        refund=wanted.amount,
        reasons=("evidence_insufficient",),
        policy_rows=("evidence_days",),
        confidence=0,
        note="",
        why=why,
        return_goods=wanted.return_goods,
        replacement=wanted.replacement,
    )
    return _ruled(order, ruled, context)


def ruling_executed(order: Order, context: Context) -> tuple[AnyEvent, ...]:
    """Execute a ruling whose appeal window has passed, or that is final."""
    ruling = order.running_dispute.ruling
    assert ruling is not None
    return execute(order, ruling.resolution, context)


def ruling_stands(order: Order, why: str, context: Context) -> tuple[AnyEvent, ...]:
    """Execute the first ruling, because nobody decided the appeal in time."""
    ruling = order.running_dispute.ruling
    assert ruling is not None
    wanted = ruling.resolution
    decided = AppealDecided(
        refund=wanted.amount,
        reasons=ruling.reasons,
        policy_rows=ruling.policy_rows,
        confidence=ruling.confidence,
        note=ruling.note,
        why=why,
        return_goods=wanted.return_goods,
        replacement=wanted.replacement,
        goodwill=ruling.goodwill,
    )
    return (decided, *ruling_executed(order, context))
