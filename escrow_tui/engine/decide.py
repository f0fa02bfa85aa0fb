"""The engine's entry point: a command at an instant leads to events or to a refusal."""

from collections.abc import Callable
from functools import cache
from typing import assert_never, cast, get_args

from escrow_tui.engine.account import AskAccount
from escrow_tui.engine.answers import Answer, Done, Refused
from escrow_tui.engine.chargeback import ChargebackCommand, decide_chargeback, lost
from escrow_tui.engine.commands import AnyCommand, Command, PlaceOrder, verb_of
from escrow_tui.engine.context import Context, Outcome, refuse
from escrow_tui.engine.deadlines import EFFECTS, Deadline
from escrow_tui.engine.dispute import DisputeCommand, decide_dispute, granted
from escrow_tui.engine.events import AnyEvent, DisputeEscalated, OrderClosed, ShipmentMarkedFalse
from escrow_tui.engine.evidence import WordCommand, decide_words
from escrow_tui.engine.mediation import (
    MediationCommand,
    assign,
    decide_mediation,
    ruled_by_silence,
    ruled_without_evidence,
    ruling_executed,
    ruling_stands,
)
from escrow_tui.engine.order import Dispute, Order
from escrow_tui.engine.payment import (
    PaymentCommand,
    cancelled,
    cleared,
    decide_payment,
    place,
    settle,
)
from escrow_tui.engine.policy import Policy
from escrow_tui.engine.process import PROCESS, ProcessRow, roles_of, row_for
from escrow_tui.engine.returns import (
    ReturnCommand,
    arrived,
    decide_return,
    never_came,
    never_sent,
)
from escrow_tui.engine.roles import CLOCK, Actor, Role
from escrow_tui.engine.settlement import pay_out
from escrow_tui.engine.shipping import ShippingCommand, completed, decide_shipping
from escrow_tui.engine.terms import ChargebackPhase, DisputePhase, Phase, ReturnPhase, Stage
from escrow_tui.engine.timer import Effect

_BUYER, _SELLER, _MEDIATOR = Role.BUYER, Role.SELLER, Role.MEDIATOR
Chapter = Callable[[Order, AnyCommand, Context], Outcome]
During = tuple[Stage | None, ...]

# What the part of an order is called to which a stage belongs.
_PARTS: dict[type[Stage], str] = {
    DisputePhase: "in dispute",
    ReturnPhase: "with a return running",
    ChargebackPhase: "charged back",
}


def decide(
    order: Order | None,
    account: AskAccount,
    command: AnyCommand,
    actor: Actor,
    policy: Policy,
    policy_hash: str,
    now: int,
    rate: str = "",
) -> Answer:
    """Decide a command at `now` (Unix seconds); every deadline up to then has been executed.

    `account` returns the seller's account in the order's currency. The policy is the order's own.
    `rate` is the bank's rate of the day for the currency that the order is paid in, "" for none.
    """
    refusal = permission(order, verb_of(command), actor)
    if refusal is not None:
        return refusal
    context = Context(
        actor=actor, policy=policy, policy_hash=policy_hash, now=now, account=account, rate=rate
    )
    if order is None:
        assert isinstance(command, PlaceOrder)
        outcome = place(command, context)
    else:
        outcome = CHAPTERS[type(command)](order, command, context)
    return Done(outcome) if isinstance(outcome, tuple) else outcome


def permission(order: Order | None, verb: str, actor: Actor) -> Refused | None:
    """Refuse a verb that the process does not allow the actor now; None if it does."""
    if opening(order, verb, actor.role) is not None:
        return None if order is None else _stranger(order, verb, actor)
    # A wrong role is reported before a wrong person, and a wrong person before a wrong phase.
    allowed = roles_of(verb)
    if actor.role not in allowed:
        return refuse("WRONG_ROLE", role=actor.role, allowed=" or the ".join(allowed))
    if order is not None and (refusal := _stranger(order, verb, actor)):
        return refusal
    return refuse("WRONG_PHASE", phase=_place(order), possible=possible(verb, actor.role))


def opening(order: Order | None, verb: str, role: Role) -> ProcessRow | None:
    """Return the process row that allows a role this verb now, also under a chargeback."""
    if order is None:
        return row_for(verb, role, None, None)
    if order.chargeback is None:
        return row_for(verb, role, order.phase, order.stage_beneath)
    beneath = row_for(verb, role, order.phase_beneath, order.stage_beneath)
    open_still = beneath is not None and beneath.frozen
    return beneath if open_still else row_for(verb, role, order.phase, order.stage)


def _stranger(order: Order, verb: str, actor: Actor) -> Refused | None:
    role, person = actor.role, actor.person
    if role is _BUYER:
        return None if person == order.buyer else refuse("NOT_YOURS", role=role)
    if role is _SELLER:
        return None if person == order.seller else refuse("NOT_YOURS", role=role)
    if role is _MEDIATOR and order.dispute is not None:
        return _other_mediator(order.dispute, verb, person)
    return None


def _other_mediator(dispute: Dispute, verb: str, person: str) -> Refused | None:
    """Refuse a mediator who does not have the case; an appeal goes to another than the ruling."""
    if dispute.phase is not DisputePhase.APPEAL_REVIEW:
        mine = dispute.mediator in ("", person) or verb == "decide_appeal"
        return None if mine else refuse("NOT_YOUR_CASE", mediator=dispute.mediator)
    if person == dispute.mediator:
        return refuse("SAME_MEDIATOR", mediator=person)
    mine = dispute.reviewer in ("", person)
    return None if mine else refuse("NOT_YOUR_CASE", mediator=dispute.reviewer)


def _place(order: Order | None) -> str:
    if order is None:
        return "not placed"
    phase = phase_name(order.phase)
    if order.stage is None:
        return phase
    return f"{phase}, {_PARTS[type(order.stage)]} ({phase_name(order.stage)})"


def phase_name(phase: Phase | Stage) -> str:
    """Write a phase as words: `awaiting payment`."""
    return phase.replace("_", " ").lower()


@cache
def possible(verb: str, role: Role) -> str:
    """Say when the process allows a role this verb."""
    return ", or ".join(_opens(row) for row in PROCESS if row.verb == verb and row.role is role)


def _opens(row: ProcessRow) -> str:
    phases = " or ".join(phase_name(phase) if phase else "not placed yet" for phase in row.phases)
    if row.during == (None,):
        return f"{phases}, with no dispute or return running"
    if None in row.during:
        return phases
    return ", or ".join(filter(None, (_stages(kind, row.during) for kind in _PARTS)))


def _stages(kind: type[Stage], during: During) -> str:
    """Name those stages of one part that a row lists; if it lists them all, name the part alone."""
    among = [stage for stage in during if isinstance(stage, kind)]
    if not among or len(among) == len(kind):
        return _PARTS[kind] if among else ""
    return f"{_PARTS[kind]} at {' or '.join(map(phase_name, among))}"


def _chapters() -> dict[type[Command], Chapter]:
    """Return the chapter that decides each command; every command has exactly one."""
    parts = (
        (PaymentCommand, decide_payment),
        (ShippingCommand, decide_shipping),
        (DisputeCommand, _decide_dispute),
        (WordCommand, decide_words),
        (MediationCommand, _decide_mediation),
        (ReturnCommand, decide_return),
        (ChargebackCommand, decide_chargeback),
    )
    # Each chapter is only ever given its own commands.
    return {
        kind: cast(Chapter, chapter) for commands, chapter in parts for kind in get_args(commands)
    }


def _decide_dispute(order: Order, command: DisputeCommand, context: Context) -> Outcome:
    return assign(order, decide_dispute(order, command, context), context)


def _decide_mediation(order: Order, command: MediationCommand, context: Context) -> Outcome:
    return assign(order, decide_mediation(order, command, context), context)


CHAPTERS = _chapters()


def expire(
    order: Order,
    account: AskAccount,
    deadline: Deadline,
    policy: Policy,
    policy_hash: str,
    rate: str = "",
) -> tuple[AnyEvent, ...]:
    """Return the events that a deadline brings about at its own instant."""
    context = Context(
        actor=CLOCK,
        policy=policy,
        policy_hash=policy_hash,
        now=deadline.at,
        account=account,
        rate=rate,
    )
    match EFFECTS[deadline.name]:
        case Effect.CANCEL:
            return cancelled(order, deadline.name, context)
        case Effect.MARK_FALSE:
            return (ShipmentMarkedFalse(),)
        case Effect.COMPLETE:
            return completed(order, deadline.name, context)
        case Effect.REFUND:
            return pay_out(order, order.outstanding, context)
        case Effect.CLOSE:
            return (OrderClosed(),)
        case Effect.GRANT_CLAIM:
            return granted(order, deadline.name, context)
        case Effect.ESCALATE:
            return (DisputeEscalated(deadline.name),)
        case Effect.RULE_WITHOUT_EVIDENCE:
            return ruled_without_evidence(order, deadline.name, context)
        case Effect.RULE_BY_POLICY:
            return ruled_by_silence(order, context)
        case Effect.EXECUTE_RULING:
            return ruling_executed(order, context)
        case Effect.KEEP_RULING:
            return ruling_stands(order, deadline.name, context)
        case Effect.KEEP_GOODS:
            return never_sent(order, deadline.name, context)
        case Effect.MEDIATE_RETURN:
            return never_came(deadline.name)
        case Effect.ACCEPT_RETURN:
            return arrived(order, deadline.name, context)
        case Effect.LOSE_CHARGEBACK:
            return lost(order, deadline.name, context)
        case Effect.SETTLE_REFUND:
            due = next(one for one in order.refunds if one.number == deadline.subject)
            return (settle(order, due, context, order.settled, order.paid_back),)
        case Effect.CLEAR_FUNDS:
            return cleared(order, context)
        case effect:
            assert_never(effect)
