"""The sixth chapter: the buyer's bank takes the money back, and the order stands still."""

from typing import assert_never

from escrow_tui.engine.answers import Refused
from escrow_tui.engine.commands import (
    AcceptChargeback,
    AnswerChargeback,
    DecideChargeback,
    OpenChargeback,
)
from escrow_tui.engine.context import Context, Outcome, amount_fault, refuse
from escrow_tui.engine.events import (
    AnyEvent,
    ChargebackAnswered,
    ChargebackLost,
    ChargebackOpened,
    ChargebackWon,
)
from escrow_tui.engine.evidence import needed_evidence
from escrow_tui.engine.instant import DAY, date_of
from escrow_tui.engine.methods import METHODS
from escrow_tui.engine.order import Order
from escrow_tui.engine.policy_switches import ChargebackMoney
from escrow_tui.engine.settlement import draw, release
from escrow_tui.engine.terms import Party, Side

ChargebackCommand = OpenChargeback | AnswerChargeback | AcceptChargeback | DecideChargeback


def decide_chargeback(order: Order, command: ChargebackCommand, context: Context) -> Outcome:
    """Decide a chargeback command that the process allows now."""
    match command:
        case OpenChargeback():
            return _open(order, command, context)
        case AnswerChargeback():
            filed = needed_evidence(order, Party.SELLER, command.evidence)
            return filed if isinstance(filed, Refused) else (ChargebackAnswered(), *filed)
        case AcceptChargeback():
            return lost(order, "accepted by the seller", context)
        case DecideChargeback():
            if command.won_by is Side.SELLER:
                return (ChargebackWon(),)
            return lost(order, "decided by the bank", context)
        case _:
            assert_never(command)


def _open(order: Order, command: OpenChargeback, context: Context) -> Outcome:
    if fault := _closed(order, context):
        return fault
    if fault := amount_fault(command.amount, 1, order.captured, order.currency):
        return fault
    policy = context.policy
    debited = policy.chargeback_money is ChargebackMoney.DEBITED
    fee = policy.chargeback_fee
    paid = order.paid_total * command.amount // order.captured
    opened = ChargebackOpened(
        amount=command.amount,
        paid=paid,
        fee=fee.minor if debited else 0,
        fee_currency=fee.currency,
        debited=debited,
    )
    return (opened,)


def _closed(order: Order, context: Context) -> Refused | None:
    if not METHODS[order.method].chargeback:
        return refuse("CHARGEBACK_IMPOSSIBLE", method=order.method)
    if order.charged_back_once:
        return refuse("CHARGEBACK_USED_UP")
    until = max(order.paid_at, order.delivered_at)
    until += context.policy.chargeback_possible_days * DAY
    if context.now >= until:
        date = date_of(until)
        return refuse("CHARGEBACK_TOO_LATE", "chargeback_possible_days", date=date)
    return None


def lost(order: Order, why: str, context: Context) -> tuple[AnyEvent, ...]:
    """Let the buyer's bank keep the money, taken from what is outstanding of the order.

    What was already refunded is the platform's loss. What escrow holds beyond the amount is
    released to the seller.
    """
    amount = order.running_chargeback.amount
    recovered = min(amount, order.outstanding)
    sources = draw(order, recovered, context)
    over = ChargebackLost(recovered, amount - recovered, sources, why)
    left = order.held - sources.escrow
    return (over, release(order, left, context)) if left else (over,)
