"""The sentences for movements of money and for what the buyer's bank does."""

from typing import assert_never

from escrow_tui.engine import events as e
from escrow_tui.engine.money import plain
from escrow_tui.engine.order import Order
from escrow_tui.engine.roles import Role
from escrow_tui.engine.terms import RefundWay
from escrow_tui.views.amounts import amount_text
from escrow_tui.views.privacy import (
    knows_goodwill,
    knows_payment,
    knows_platform_costs,
    knows_refund_arrival,
)
from escrow_tui.views.vocabulary import SIDE_WORDS, WAY_WORDS, because


def tell_money(event: e.MoneyEvent, order: Order, role: Role) -> str:
    """Return the sentence for a movement of an order's money; "" where the role reads none."""
    match event:
        case e.FundsReleased():
            if role is Role.BUYER:
                return f"{amount_text(event.gross, order)} left escrow for the seller."
            net = amount_text(event.gross - event.commission, order)
            return (
                f"Escrow paid the seller {net}; commission {amount_text(event.commission, order)}."
            )
        case e.RefundBooked():
            back = (
                f"{amount_text(event.amount, order)} goes back to the buyer{_way(event.way, role)}"
            )
            return f"{back}, out of {_source(event)}{_of_line(event, order)}."
        case e.PenaltyBooked():
            paid = f"{amount_text(event.amount, order)} goes to the buyer{_way(event.way, role)}"
            return f"Proven counterfeit: the seller pays the goods once more, {paid}."
        case e.GoodwillPaid():
            gift = f"The platform put {amount_text(event.amount, order)} into the buyer's wallet."
            return gift if knows_goodwill(role) else ""
        case e.LabelBought():
            cost, payer = amount_text(event.amount, order), SIDE_WORDS[event.payer]
            return f"The label for the way back costs {cost}, charged to the {payer}."
        case e.RefundSettled():
            return _settled(event, order, role) if knows_refund_arrival(role) else ""
        case e.FundsCleared():
            return f"{amount_text(event.amount, order)} of the seller's may be withdrawn."
        case _:
            assert_never(event)


def _way(way: RefundWay, role: Role) -> str:
    return f" {WAY_WORDS[way]}" if knows_payment(role) else ""


def _source(event: e.RefundBooked) -> str:
    if event.sources.escrow == event.amount:
        return "escrow"
    return "escrow and the seller's account" if event.sources.escrow else "the seller's account"


def _of_line(event: e.RefundBooked, order: Order) -> str:
    """Name the line that a refund is for, if it is for just one of several."""
    of = [line for line, part in zip(order.lines, event.lines, strict=True) if part]
    return f", for {of[0].title or of[0].id}" if len(of) == 1 < len(order.lines) else ""


def _settled(event: e.RefundSettled, order: Order, role: Role) -> str:
    """Say that a refund arrived, with the currency paid in for those who may know it."""
    abroad = order.pay_in and knows_payment(role)
    paid = f" as {plain(event.paid_back, order.pay_in)} {order.pay_in}" if abroad else ""
    return f"The refund of {amount_text(event.amount, order)} arrived{paid}."


def tell_bank(event: e.BankEvent, order: Order, role: Role) -> str:
    """Return the sentence for an event of a chargeback."""
    match event:
        case e.ChargebackOpened():
            return _opened(event, order, role)
        case e.ChargebackAnswered():
            return "The seller defends the charge; the bank decides."
        case e.ChargebackWon():
            return "The bank decided for the seller: the order goes on where it stood."
        case e.ChargebackLost():
            kept = f"The buyer's bank keeps the money: {because(event.why)}"
            of = f"{amount_text(event.recovered, order)} of it comes from the order"
            loss = f", {amount_text(event.loss, order)} is the platform's loss"
            return f"{kept}; {of}{loss if event.loss and knows_platform_costs(role) else ''}."
        case _:
            assert_never(event)


def _opened(event: e.ChargebackOpened, order: Order, role: Role) -> str:
    wants = f"The buyer's bank takes back {amount_text(event.amount, order)}"
    if not event.debited:
        wants = (
            f"The buyer's bank wants {amount_text(event.amount, order)} back and has not taken it"
        )
    fee = f"{plain(event.fee, event.fee_currency)} {event.fee_currency}"
    costs = f" The network takes {fee}." if event.fee and knows_platform_costs(role) else ""
    return f"{wants}; the order is frozen.{costs}"
