"""The first chapter: an order is placed, paid, verified, or cancelled before it is shipped."""

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import assert_never

from escrow_tui.engine.commands import (
    AcceptCancel,
    Cancel,
    DeclinePayment,
    ExtendProcessing,
    Pay,
    PlaceOrder,
    Refund,
    RequestCancel,
    SettleRefund,
    VerifyPayment,
    WithdrawCancel,
)
from escrow_tui.engine.context import (
    Context,
    Outcome,
    amount_fault,
    days_fault,
    partial_fault,
    refuse,
)
from escrow_tui.engine.events import (
    AnyEvent,
    CancelRequested,
    CancelWithdrawn,
    FundsCleared,
    OrderCancelled,
    OrderExpired,
    OrderPlaced,
    OrderRefunded,
    PaymentCaptured,
    PaymentDeclined,
    PaymentPromised,
    PaymentVerified,
    ProcessingExtended,
    RefundSettled,
)
from escrow_tui.engine.methods import METHODS, Capture, cost_of, fee_of
from escrow_tui.engine.money import CURRENCIES, MOST_MINOR, decimals
from escrow_tui.engine.order import BookedRefund, Order
from escrow_tui.engine.policy_switches import FxRefund
from escrow_tui.engine.settlement import lines_left, refund
from escrow_tui.engine.terms import Phase

PaymentCommand = (
    Pay
    | Cancel
    | RequestCancel
    | WithdrawCancel
    | AcceptCancel
    | Refund
    | VerifyPayment
    | DeclinePayment
    | ExtendProcessing
    | SettleRefund
)
MOST_DAYS_GRANTED = 120
# Together with MOST_MINOR it keeps exchanged amounts inside SQLite's 64-bit integers.
MOST_RATE = 100_000
_RATE = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,12})?\Z")


def place(command: PlaceOrder, context: Context) -> Outcome:
    """Place an order, still unpaid; the quote of a payment in another currency is fixed here."""
    if command.buyer == command.seller:
        return refuse("SAME_PERSON")
    if command.buyer != context.actor.person:
        return refuse("NOT_YOURS", role=context.actor.role)
    if not command.lines:
        return refuse("EMPTY_ORDER")
    if command.method not in METHODS:
        return refuse("METHOD_UNKNOWN", method=command.method, known=", ".join(METHODS))
    for currency in (command.currency, command.pay_in or command.currency):
        if currency not in CURRENCIES:
            return refuse("CURRENCY_UNKNOWN", currency=currency)
    ids = [line.id for line in command.lines]
    if twice := next((one for one in ids if ids.count(one) > 1), ""):
        return refuse("LINE_TWICE", line=twice)
    amounts = [line.amount for line in command.lines]
    goods = sum(amounts)
    price = goods + command.shipping
    for amount in (*amounts, price):
        if fault := amount_fault(amount, 1, MOST_MINOR, command.currency):
            return fault
    if fault := amount_fault(command.shipping, 0, MOST_MINOR, command.currency):
        return fault
    paid_total = _quote(price, command)
    if paid_total is None:
        return refuse("BAD_RATE", rate=command.rate or "(none)")
    # A rate must neither make the goods free nor exceed what a market's sums can hold.
    if fault := amount_fault(paid_total, 1, MOST_MINOR, command.pay_in or command.currency):
        return fault
    return (
        OrderPlaced(
            buyer=command.buyer,
            seller=command.seller,
            lines=command.lines,
            currency=command.currency,
            goods=goods,
            shipping=command.shipping,
            origin=command.origin,
            destination=command.destination,
            promised_days=command.promised_days,
            method=command.method,
            policy=context.policy_hash,
            pay_in=command.pay_in if command.pay_in != command.currency else "",
            rate=command.rate,
            paid_total=paid_total,
            card_expires=command.card_expires,
        ),
    )


def _quote(price: int, command: PlaceOrder) -> int | None:
    """Return what the buyer pays, in minor units of the currency paid in; None for a bad rate."""
    if command.pay_in in ("", command.currency):
        return price
    rate = rate_of(command.rate)
    return None if rate is None else _exchanged(price, command.currency, command.pay_in, rate)


def rate_of(text: str) -> Decimal | None:
    """Read an exchange rate, a positive decimal number; None if it is not one."""
    rate = Decimal(text) if _RATE.match(text) else Decimal(0)
    return rate if 0 < rate < MOST_RATE else None


def _exchanged(minor: int, currency: str, into: str, rate: Decimal) -> int:
    """Return an amount in minor units of another currency, half a unit up."""
    scale = Decimal(10) ** (decimals(into) - decimals(currency))
    return int((minor * rate * scale).to_integral_value(ROUND_HALF_UP))


def decide_payment(order: Order, command: PaymentCommand, context: Context) -> Outcome:
    """Decide a payment command that the process allows now."""
    match command:
        case Pay():
            return _pay(order)
        case VerifyPayment():
            return _verify(order)
        case DeclinePayment():
            return _decline(order, command, context)
        case Cancel():
            return cancelled(order, f"cancelled by the {context.actor.role}", context)
        case RequestCancel():
            return (CancelRequested(),)
        case WithdrawCancel():
            return (CancelWithdrawn(),)
        case AcceptCancel():
            return cancelled(order, "the seller agreed", context)
        case Refund():
            return _refund(order, command, context)
        case ExtendProcessing():
            fault = days_fault(command.days, MOST_DAYS_GRANTED)
            return fault or (ProcessingExtended(command.days),)
        case SettleRefund():
            return _settle_all(order, context)
        case _:
            assert_never(command)


def _pay(order: Order) -> Outcome:
    if METHODS[order.method].capture is Capture.WHEN_VERIFIED:
        return (PaymentPromised(),)
    return (_capture(order),)


def _capture(order: Order) -> PaymentCaptured:
    method = METHODS[order.method]
    fee = fee_of(method, order.price, order.currency)
    cost = cost_of(method, order.price, order.currency)
    return PaymentCaptured(order.price, order.paid_total, fee, cost)


def _verify(order: Order) -> Outcome:
    return (PaymentVerified(),) if order.captured else (_capture(order), PaymentVerified())


def _decline(order: Order, command: DeclinePayment, context: Context) -> Outcome:
    codes = METHODS[order.method].decline_codes
    if command.code not in codes:
        known = ", ".join(codes)
        return refuse("DECLINE_CODE_UNKNOWN", code=command.code, method=order.method, known=known)
    why = f"payment declined: {command.code}"
    return (PaymentDeclined(command.code), *cancelled(order, why, context))


def cancelled(order: Order, why: str, context: Context) -> tuple[AnyEvent, ...]:
    """End an order that was not shipped; what was captured is refunded."""
    if order.phase is Phase.AWAITING_PAYMENT:
        return (OrderExpired(),)
    if not order.held:
        return (OrderCancelled(why),)
    return (OrderCancelled(why), refund(order, order.held, context))


def _refund(order: Order, command: Refund, context: Context) -> Outcome:
    known = [line.id for line in order.lines]
    if command.line and command.line not in known:
        return refuse("LINE_UNKNOWN", line=command.line, known=", ".join(known))
    most = order.outstanding
    if command.line:
        most = min(most, lines_left(order)[known.index(command.line)])
    if not most:
        return refuse("NOTHING_TO_REFUND", what=f"line {command.line}")
    if fault := amount_fault(command.amount, 1, most, order.currency):
        return fault
    if fault := partial_fault(order, command.amount, context.policy):
        return fault
    booked = refund(order, command.amount, context, command.line)
    return (booked, OrderRefunded()) if command.amount == order.outstanding else (booked,)


def _settle_all(order: Order, context: Context) -> Outcome:
    if not order.refunds:
        return refuse("NOTHING_TO_SETTLE")
    events: list[AnyEvent] = []
    amount, paid_back = order.settled, order.paid_back
    for one in order.refunds:
        event = settle(order, one, context, amount, paid_back)
        if not one.penalty:
            amount, paid_back = amount + event.amount, paid_back + event.paid_back
        events.append(event)
    return tuple(events)


def settle(
    order: Order, due: BookedRefund, context: Context, settled: int, paid_back: int
) -> RefundSettled:
    """Settle one refund, in the currency paid and at the rate that `fx_refund` says.

    `settled` and `paid_back` are the sums of earlier refunds, in the order's currency and the one
    paid; together, partial refunds return exactly what was paid.
    """
    return RefundSettled(
        due.number, due.amount, _paid_back(order, due, context, settled, paid_back)
    )


def _paid_back(
    order: Order, due: BookedRefund, context: Context, settled: int, paid_back: int
) -> int:
    if not order.pay_in:
        return due.amount
    today = rate_of(context.rate) if context.policy.fx_refund is FxRefund.CURRENT else None
    if today is not None:
        return _exchanged(due.amount, order.currency, order.pay_in, today)
    if due.penalty:
        return order.paid_total * due.amount // order.captured
    return order.paid_total * (settled + due.amount) // order.captured - paid_back


def cleared(order: Order, context: Context) -> tuple[AnyEvent, ...]:
    """Let the seller's pending money of this order be withdrawn."""
    return (FundsCleared(min(order.uncleared, context.account().pending)),)
