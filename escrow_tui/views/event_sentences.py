"""The sentence for each event, as a role may read it; a seller never learns how the buyer paid."""

from typing import assert_never

from escrow_tui.engine import events as e
from escrow_tui.engine.methods import METHODS
from escrow_tui.engine.money import plain
from escrow_tui.engine.order import Order
from escrow_tui.engine.roles import Role
from escrow_tui.engine.terms import Parcel
from escrow_tui.views.amounts import amount_text
from escrow_tui.views.case_sentences import tell_case
from escrow_tui.views.money_sentences import tell_bank, tell_money
from escrow_tui.views.privacy import knows_payment
from escrow_tui.views.vocabulary import KIND_WORDS, PARTY_WORDS, SHIPMENT_WORDS, because

_Payment = e.OrderPlaced | e.PaymentEvent
_Case = e.DisputeEvent | e.ReturnEvent


def tell(event: e.AnyEvent, order: Order, role: Role) -> str:
    """Return the sentence for an event, given the order after it; "" where the role reads none."""
    if isinstance(event, _Payment):
        return _payment(event, order, means_known=knows_payment(role))
    if isinstance(event, e.ParcelEvent):
        return _parcel(event)
    if isinstance(event, e.MoneyEvent):
        return tell_money(event, order, role)
    if isinstance(event, _Case):
        return tell_case(event, order, role)
    if isinstance(event, e.BankEvent):
        return tell_bank(event, order, role)
    if isinstance(event, e.WordEvent):
        return _words(event)
    if isinstance(event, e.OrderRefunded):
        return "The order ended: everything went back to the buyer."
    if isinstance(event, e.OrderClosed):
        return "The order ended."
    if isinstance(event, e.MarketEvent):
        return tell_market(event)
    assert_never(event)


def tell_market(event: e.MarketEvent) -> str:
    """Return the sentence for an event that belongs to no order; "" where there is none."""
    match event:
        case e.ClockAdvanced():
            return ""
        case e.DepositMade():
            return f"A deposit of {_plain(event.amount, event.currency)} was put down."
        case e.MoneyWithdrawn():
            arrives = _plain(event.amount - event.fee, event.currency)
            return f"{arrives} goes to the seller's bank{_fee(event)}."
        case e.WalletWithdrawn():
            arrives = _plain(event.amount - event.fee, event.currency)
            return f"{arrives} goes from the wallet to the buyer's bank{_fee(event)}."
        case e.RateSet():
            return f"The rate of the day: one unit of a price is {event.rate} {event.currency}."
        case _:
            assert_never(event)


def _fee(event: e.MoneyWithdrawn | e.WalletWithdrawn) -> str:
    return f", less a fee of {_plain(event.fee, event.currency)}" if event.fee else ""


def _plain(minor: int, currency: str) -> str:
    return f"{plain(minor, currency)} {currency}"


def _payment(event: _Payment, order: Order, *, means_known: bool) -> str:
    match event:
        case e.OrderPlaced():
            return f"The order was placed: {amount_text(order.price, order)}."
        case e.PaymentPromised():
            return METHODS[order.method].promised if means_known else "The buyer is paying."
        case e.PaymentCaptured():
            by = f" {METHODS[order.method].paid_by}" if means_known else ""
            return f"{amount_text(event.amount, order)} came into escrow{by}."
        case e.PaymentVerified():
            return "The payment was verified; the seller may ship."
        case e.PaymentDeclined():
            why = f": {event.code.replace('_', ' ')}" if means_known else ""
            return f"The payment was declined{why}."
        case e.OrderExpired():
            return "The order expired unpaid."
        case e.OrderCancelled():
            why = because(event.why) if means_known or "declined" not in event.why else "unpaid"
            return f"The order was cancelled: {why}."
        case e.CancelRequested():
            return "The buyer asks to cancel; the seller's time to ship stands still."
        case e.CancelWithdrawn():
            return "The buyer wants the goods after all; the seller's time to ship goes on."
        case e.ProcessingExtended():
            return f"The buyer gave {event.days} more days to ship."
        case _:
            assert_never(event)


def _parcel(event: e.ParcelEvent) -> str:
    match event:
        case e.OrderShipped():
            return f"Shipped under {event.tracking}."
        case e.ProtectionExtended():
            return f"The seller lengthened the protection by {event.days} days."
        case e.ParcelScanned():
            return _scanned(event)
        case e.ShipmentMarkedFalse():
            return "The carrier has seen no parcel in time: the shipment is marked false."
        case e.ParcelOpened():
            return "The buyer opened the parcel."
        case e.ReceiptConfirmed():
            return f"The order is complete: {because(event.why)}."
        case _:
            assert_never(event)


def _scanned(event: e.ParcelScanned) -> str:
    place = " ".join(filter(None, [event.post_code, event.city]))
    seen = f"{SHIPMENT_WORDS[event.status]}{f', {place}' if place else ''}"
    way = "Carrier, on the way back" if event.of is Parcel.RETURN else "Carrier"
    unproven = "" if event.proven else " Nobody signed for it: the protection goes on."
    return f"{way}: {seen}.{unproven}"


def _words(event: e.WordEvent) -> str:
    match event:
        case e.MessageSent():
            asks = " that asks to settle off the platform" if event.off_platform else ""
            return f"The {PARTY_WORDS[event.by]} wrote a message{asks}."
        case e.EvidenceAdded():
            kind = KIND_WORDS[event.kind]
            return f"Evidence {event.id} of the {PARTY_WORDS[event.owner]}: {kind}."
        case e.ReviewWritten():
            return f"The buyer gave the seller {event.stars} of 5 stars."
        case _:
            assert_never(event)
