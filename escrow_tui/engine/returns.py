"""The fifth chapter: how a dispute ends, and goods that are returned or replaced."""

from typing import assert_never

from escrow_tui.engine.answers import Refused
from escrow_tui.engine.commands import ConfirmReturn, ContestReturn, ShipReturn
from escrow_tui.engine.context import Context, Outcome
from escrow_tui.engine.events import (
    AnyEvent,
    DisputeExecuted,
    GoodwillPaid,
    LabelBought,
    ReturnClosed,
    ReturnContested,
    ReturnShipped,
    Sources,
)
from escrow_tui.engine.evidence import file_evidence
from escrow_tui.engine.order import Dispute, Order, Resolution
from escrow_tui.engine.policy import amount_in
from escrow_tui.engine.settlement import claw, pay_out, penalty
from escrow_tui.engine.shipping import number_fault
from escrow_tui.engine.terms import Party, Reason, ReturnFault, Side

ReturnCommand = ShipReturn | ConfirmReturn | ContestReturn


def execute(order: Order, wanted: Resolution, context: Context) -> tuple[AnyEvent, ...]:
    """End the dispute with a resolution: money at once, or a return or a replacement first.

    Goods that went back once are not sent back again; then only money is left to decide.
    """
    assert order.dispute is not None
    goes_back = wanted.return_goods and not order.returned_goods
    executed = DisputeExecuted(wanted.amount, goes_back, wanted.replacement)
    ruling = order.dispute.ruling
    gift = (GoodwillPaid(ruling.goodwill),) if ruling and ruling.goodwill else ()
    if goes_back or wanted.replacement:
        return (executed, *gift)
    return (executed, *gift, *_pay(order, wanted.amount, order.dispute, context))


def _pay(order: Order, amount: int, of: Dispute, context: Context) -> tuple[AnyEvent, ...]:
    """Move the money; for a counterfeit that was ruled on, add the policy's penalty."""
    events = pay_out(order, amount, context)
    proven = of.ruling is not None and of.reason is Reason.COUNTERFEIT
    if proven and amount == order.outstanding and context.policy.counterfeit_multiple > 1:
        *moves, end = events
        return (*moves, penalty(order, amount, context), end)
    return events


def decide_return(order: Order, command: ReturnCommand, context: Context) -> Outcome:
    """Decide a return command that the process allows now."""
    match command:
        case ShipReturn():
            return _ship(order, command, context)
        case ConfirmReturn():
            return arrived(order, "confirmed by the seller", context)
        case ContestReturn():
            filed = file_evidence(order, Party.SELLER, command.evidence)
            contested = ReturnContested(command.kind, "contested by the seller")
            return filed if isinstance(filed, Refused) else (contested, *filed)
        case _:
            assert_never(command)


def _ship(order: Order, command: ShipReturn, context: Context) -> Outcome:
    if fault := number_fault(order, command.tracking):
        return fault
    shipped = ReturnShipped(command.tracking)
    cost = amount_in(context.policy.return_label_cost, order.currency)
    if not cost:
        return (shipped,)
    payer = context.policy.label_payer_for(order.running_return.dispute.reason)
    sources = claw(context.account(), cost) if payer is Side.SELLER else Sources()
    return (shipped, LabelBought(cost, payer, sources))


def arrived(order: Order, why: str, context: Context) -> tuple[AnyEvent, ...]:
    """Execute what was agreed for the goods' return: a refund or a replacement."""
    back = order.running_return
    wanted = back.resolution
    closed = ReturnClosed(wanted.amount, wanted.replacement, why)
    if wanted.replacement:
        return (closed,)
    return (closed, *_pay(order, wanted.amount, back.dispute, context))


def never_sent(order: Order, why: str, context: Context) -> tuple[AnyEvent, ...]:
    """Pay the seller: the buyer kept the goods."""
    return (ReturnClosed(0, False, why), *pay_out(order, 0, context))


def never_came(why: str) -> tuple[AnyEvent, ...]:
    """Let a mediator decide about goods that did not arrive."""
    return (ReturnContested(ReturnFault.NOT_RECEIVED, why),)
