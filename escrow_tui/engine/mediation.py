"""The fourth chapter: the mediator looks at the evidence and rules, or silence does."""

from typing import assert_never

from escrow_tui.engine.answers import Refused
from escrow_tui.engine.commands import OpenEvidence, Rule
from escrow_tui.engine.context import Context, Outcome, amount_fault, refuse, text_fault
from escrow_tui.engine.dispute import execute, running
from escrow_tui.engine.events import AnyEvent, CaseAssigned, DisputeRuled, EvidenceOpened
from escrow_tui.engine.order import Order
from escrow_tui.engine.policy import MediatorSilence, Policy, RulingExecuted
from escrow_tui.engine.roles import Role

MediationCommand = OpenEvidence | Rule


def decide_mediation(order: Order, command: MediationCommand, context: Context) -> Outcome:
    """Decide a command of the mediator's chapter, in a phase that is open to it."""
    match command:
        case OpenEvidence():
            return _open_evidence(order, command)
        case Rule():
            return _rule(order, command, context)
        case _:
            assert_never(command)


def assign(order: Order, outcome: Outcome, context: Context) -> Outcome:
    """Give the case to the mediator who acts on it first."""
    is_mediator = context.actor.role is Role.MEDIATOR
    if isinstance(outcome, Refused) or not is_mediator or running(order).mediator:
        return outcome
    return (CaseAssigned(context.actor.person), *outcome)


def _open_evidence(order: Order, command: OpenEvidence) -> Outcome:
    known = [one.id for one in order.evidence]
    if command.evidence not in known:
        shown = ", ".join(known) or "none"
        return refuse("EVIDENCE_UNKNOWN", evidence=command.evidence, known=shown)
    if command.evidence in running(order).opened_evidence:
        return refuse("EVIDENCE_SEEN", evidence=command.evidence)
    return (EvidenceOpened(command.evidence),)


def _rule(order: Order, command: Rule, context: Context) -> Outcome:
    if fault := _ruling_fault(order, command):
        return fault
    ruled = DisputeRuled(
        command.refund,
        command.reasons,
        command.policy_rows,
        command.confidence,
        command.note,
        f"ruled by mediator {context.actor.person}",
    )
    return _ruled(order, ruled, context)


def _ruling_fault(order: Order, command: Rule) -> Refused | None:
    if fault := amount_fault(command.refund, 0, order.outstanding, order.currency):
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
        return (ruled, *execute(order, ruled.refund, context))
    return (ruled,)


def ruled_by_silence(order: Order, context: Context) -> tuple[AnyEvent, ...]:
    """Let the policy rule where the mediator did not, and execute it at once."""
    shares = {
        MediatorSilence.REFUND: order.outstanding,
        MediatorSilence.SELLER: 0,
        MediatorSilence.SPLIT: order.outstanding // 2,
    }
    return execute(order, shares[context.policy.mediator_silence], context)


def ruling_executed(order: Order, context: Context) -> tuple[AnyEvent, ...]:
    """Execute a ruling whose appeal window has passed."""
    ruling = running(order).ruling
    assert ruling is not None
    return execute(order, ruling.refund, context)
