"""The engine's door: a command at an instant is followed by events, or refused with a reason."""

from typing import assert_never

from escrow_tui.engine.account import SellerAccount
from escrow_tui.engine.answers import Answer, Done, Refused
from escrow_tui.engine.commands import AnyCommand, PlaceOrder, verb_of
from escrow_tui.engine.context import Context, Outcome, refuse
from escrow_tui.engine.deadlines import Deadline
from escrow_tui.engine.dispute import DisputeCommand, decide_dispute, granted
from escrow_tui.engine.events import AnyEvent, DisputeEscalated, OrderClosed, OrderRefunded
from escrow_tui.engine.mediation import (
    MediationCommand,
    assign,
    decide_mediation,
    ruled_by_silence,
    ruling_executed,
)
from escrow_tui.engine.order import Order
from escrow_tui.engine.payment import (
    PaymentCommand,
    cancelled,
    cleared,
    decide_payment,
    place,
    settle,
)
from escrow_tui.engine.policy import Policy
from escrow_tui.engine.process import PROCESS, Row, roles_of, row_for
from escrow_tui.engine.roles import CLOCK, Actor, Role
from escrow_tui.engine.settlement import refund
from escrow_tui.engine.shipping import ShippingCommand, completed, decide_shipping
from escrow_tui.engine.terms import DisputePhase, Phase


def decide(
    order: Order | None,
    account: SellerAccount,
    command: AnyCommand,
    actor: Actor,
    policy: Policy,
    policy_hash: str,
    now: int,
) -> Answer:
    """Decide a command at `now` (Unix seconds), every deadline up to then being executed.

    `account` is the seller's in the order's currency; the order's own policy is the one to give.
    """
    context = Context(actor, policy, policy_hash, now, account)
    refusal = permission(order, verb_of(command), actor)
    if refusal is not None:
        return refusal
    outcome = _chapter(order, command, context)
    return outcome if isinstance(outcome, Refused) else Done(outcome)


def permission(order: Order | None, verb: str, actor: Actor) -> Refused | None:
    """Say why the actor may not give this verb now; None where the process is open to it."""
    allowed = roles_of(verb)
    if actor.role not in allowed:
        return refuse("WRONG_ROLE", role=actor.role, allowed=" or the ".join(allowed))
    if refusal := _stranger(order, actor):
        return refusal
    phase = order.phase if order else None
    dispute = order.dispute.phase if order and order.dispute else None
    if row_for(verb, actor.role, phase, dispute) is None:
        return refuse("WRONG_PHASE", phase=_place(order), possible=possible(verb, actor.role))
    return None


def _stranger(order: Order | None, actor: Actor) -> Refused | None:
    if order is None:
        return None
    owners = {Role.BUYER: order.buyer, Role.SELLER: order.seller}
    if owners.get(actor.role, actor.person) != actor.person:
        return refuse("NOT_YOURS", role=actor.role)
    mediator = order.dispute.mediator if order.dispute else ""
    if actor.role is Role.MEDIATOR and mediator not in ("", actor.person):
        return refuse("NOT_YOUR_CASE", mediator=mediator)
    return None


def _place(order: Order | None) -> str:
    if order is None:
        return "not placed"
    phase = said(order.phase)
    return f"{phase}, in dispute ({said(order.dispute.phase)})" if order.dispute else phase


def said(phase: Phase | DisputePhase) -> str:
    """Write a phase as words: `awaiting payment`."""
    return phase.replace("_", " ").lower()


def possible(verb: str, role: Role) -> str:
    """Say when the process opens a verb to a role, from its rows."""
    return ", or ".join(_opens(row) for row in PROCESS if row.verb == verb and row.role is role)


def _opens(row: Row) -> str:
    phases = " or ".join(said(phase) if phase else "not placed yet" for phase in row.phases)
    stages = " or ".join(said(stage) for stage in row.during if stage)
    if not stages:
        return f"{phases}, with no dispute running"
    return phases if None in row.during else f"in dispute at {stages}"


def _chapter(order: Order | None, command: AnyCommand, context: Context) -> Outcome:
    if isinstance(command, PlaceOrder):
        return place(command, context)
    assert order is not None
    if isinstance(command, PaymentCommand):
        return decide_payment(order, command, context)
    if isinstance(command, ShippingCommand):
        return decide_shipping(order, command, context)
    if isinstance(command, DisputeCommand):
        return assign(order, decide_dispute(order, command, context), context)
    if isinstance(command, MediationCommand):
        return assign(order, decide_mediation(order, command, context), context)
    assert_never(command)


def expire(
    order: Order,
    account: SellerAccount,
    deadline: Deadline,
    policy: Policy,
    policy_hash: str,
) -> tuple[AnyEvent, ...]:
    """Return what a deadline brings at its own instant."""
    context = Context(CLOCK, policy, policy_hash, deadline.at, account)
    match deadline.name:
        case "payment_due" | "verification" | "processing":
            return cancelled(order, deadline.name, context)
        case "protection" | "auto_confirm":
            return completed(order, deadline.name, context)
        case "reship":
            back = refund(order, order.held, account, policy.commission_bps)
            return (back, OrderRefunded())
        case "after_sales":
            return (OrderClosed(),)
        case "seller_answer":
            return granted(order, deadline.name, context)
        case "negotiation":
            return (DisputeEscalated(deadline.name),)
        case "mediator_silence":
            return ruled_by_silence(order, context)
        case "appeal_window":
            return ruling_executed(order, context)
        case "refund":
            due = next(one for one in order.refunds if one.number == deadline.subject)
            return (settle(order, due, order.settled, order.paid_back),)
        case "clearance":
            return cleared(order, context)
        case name:
            raise AssertionError(f"no effect for the deadline {name}")
