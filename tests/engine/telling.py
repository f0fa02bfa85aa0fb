"""What both sets of books say of an order in the same words, and what the second is told."""

from escrow_tui.engine import commands as c
from escrow_tui.engine.deadlines import DAY, deadlines
from escrow_tui.engine.order import Order
from escrow_tui.engine.policy import Policy
from escrow_tui.engine.roles import Actor, Role
from escrow_tui.engine.terms import ShipmentState
from tests.engine.shadow import Shadow


def told(shadow: Shadow) -> dict[str, object]:
    """Say where an order stands after the second books."""
    return {
        "phase": shadow.phase,
        "dispute": shadow.dispute,
        "captured": shadow.paid,
        "refunded": shadow.back,
        "released": shadow.kept,
        "held": shadow.held(),
        "commission": shadow.commission(),
        "settled": shadow.arrived,
        "paid_back": shadow.paid_back(),
        "deadlines": shadow.deadlines(),
    }


def read(order: Order, policy: Policy) -> dict[str, object]:
    """Say where the engine's order stands, in the same words."""
    return {
        "phase": order.phase,
        "dispute": order.dispute.phase if order.dispute else "",
        **{
            name: getattr(order, name)
            for name in "captured refunded released held commission settled paid_back".split()
        },
        "deadlines": {
            (one.at, f"refund {one.subject}" if one.name == "refund" else one.name)
            for one in deadlines(order, policy)
        },
    }


def tell(shadow: Shadow, command: c.AnyCommand, actor: Actor, now: int) -> None:
    """Tell the second books what was done."""
    party = "platform" if actor.role is Role.MEDIATOR else str(actor.role)
    match command:
        case c.Pay():
            shadow.paid = 0 if shadow.by_cash else shadow.price
            shadow.become("VERIFYING", now)
        case c.VerifyPayment():
            shadow.paid = shadow.price
            shadow.become("AWAITING_SHIPMENT", now)
        case c.Cancel() | c.DeclinePayment():
            shadow.call_off(now)
        case c.ExtendProcessing():
            shadow.due["processing"] += command.days * DAY
        case c.ExtendProtection():
            shadow.due["protection"] += command.days * DAY
        case c.Ship() | c.Reship():
            shadow.become("SHIPPED", now)
        case c.Scan(status=ShipmentState.DELIVERED):
            shadow.become("DELIVERED", now)
        case c.Scan(status=ShipmentState.RETURNED_TO_SENDER):
            shadow.become("RETURNED_TO_SENDER", now)
        case c.ConfirmReceipt():
            shadow.complete(now)
        case c.OpenDispute():
            shadow.open_dispute(command.claim, now)
        case c.EditClaim():
            shadow.claim = command.claim
            shadow.offers["buyer"] = (command.claim, {"buyer"})
        case c.WithdrawDispute():
            shadow.withdraw(now)
        case c.AcceptClaim():
            shadow.execute(shadow.claim, now)
        case c.RejectClaim():
            shadow.to_negotiation()
        case c.Propose():
            shadow.propose(party, command.amount)
        case c.AcceptProposal():
            shadow.accept(command.of, party, now)
        case c.Escalate():
            shadow.to_mediation(now)
        case c.Rule():
            shadow.rule(command.refund, now)
        case c.SettleRefund():
            for name in list(shadow.owed):
                shadow.settle(name)
        case _:
            pass  # words, scans on the way and looking move neither phase nor money
