"""An event as a sentence, as a role may read it: a seller learns nothing of the payment's means."""

from typing import assert_never

from escrow_tui.engine import events as e
from escrow_tui.engine.methods import METHODS
from escrow_tui.engine.money import plain
from escrow_tui.engine.order import Order
from escrow_tui.engine.roles import Role
from escrow_tui.views.words import (
    DEADLINE_WORDS,
    KIND_WORDS,
    PARTY_WORDS,
    REASON_WORDS,
    SHIPMENT_WORDS,
)

_Payment = e.OrderPlaced | e.PaymentEvent
_Case = e.DisputeEvent | e.EvidenceAdded


def tell(event: e.AnyEvent, order: Order, role: Role) -> str:
    """Return the sentence for an event of this order (the order after it); "" for none."""
    if isinstance(event, _Payment):
        return _payment(event, order, role)
    if isinstance(event, e.ParcelEvent):
        return _parcel(event)
    if isinstance(event, e.MoneyEvent):
        return _money(event, order, role)
    if isinstance(event, _Case):
        return _case(event, order)
    if isinstance(event, e.MessageSent):
        return f"The {PARTY_WORDS[event.by]} wrote a message."
    if isinstance(event, e.OrderRefunded):
        return "The order ended: everything went back to the buyer."
    if isinstance(event, e.OrderClosed):
        return "The order ended."
    if isinstance(event, e.MarketEvent):
        return ""
    assert_never(event)


def _amount(minor: int, order: Order) -> str:
    return f"{plain(minor, order.currency)} {order.currency}"


def because(why: str) -> str:
    """Say what brought an event about: a timer's name becomes its title."""
    return f"the deadline passed ({DEADLINE_WORDS[why][0]})" if why in DEADLINE_WORDS else why


def _payment(event: _Payment, order: Order, role: Role) -> str:
    means_known = role in (Role.BUYER, Role.BANK)
    match event:
        case e.OrderPlaced():
            return f"The order was placed: {_amount(order.price, order)}."
        case e.PaymentPromised():
            return "Cash was paid in at an agent." if means_known else "The buyer is paying."
        case e.PaymentCaptured():
            by = f" by {METHODS[order.method].title.lower()}" if means_known else ""
            return f"{_amount(event.amount, order)} came into escrow{by}."
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
            place = " ".join(filter(None, [event.post_code, event.city]))
            return f"Carrier: {SHIPMENT_WORDS[event.status]}{f', {place}' if place else ''}."
        case e.ParcelOpened():
            return "The buyer opened the parcel."
        case e.ReceiptConfirmed():
            return f"The order is complete: {because(event.why)}."
        case _:
            assert_never(event)


def _money(event: e.MoneyEvent, order: Order, role: Role) -> str:
    match event:
        case e.FundsReleased():
            if role is Role.BUYER:
                return f"{_amount(event.gross, order)} left escrow for the seller."
            net = _amount(event.gross - event.commission, order)
            return f"Escrow paid the seller {net}; commission {_amount(event.commission, order)}."
        case e.RefundBooked():
            source = "escrow" if event.from_escrow else "the seller's account"
            return f"{_amount(event.amount, order)} goes back to the buyer, out of {source}."
        case e.RefundSettled():
            # How long it took tells how the buyer paid.
            if role is Role.SELLER:
                return ""
            return f"The refund of {_amount(event.amount, order)} arrived."
        case e.FundsCleared():
            return f"{_amount(event.amount, order)} of the seller's may be withdrawn."
        case _:
            assert_never(event)


def _case(event: _Case, order: Order) -> str:
    match event:
        case e.DisputeOpened():
            claim = _amount(event.claim, order)
            return f"Dispute opened ({REASON_WORDS[event.reason]}): the buyer claims {claim}."
        case e.EvidenceAdded():
            kind = KIND_WORDS[event.kind]
            return f"Evidence {event.id} of the {PARTY_WORDS[event.owner]}: {kind}."
        case e.ClaimEdited():
            return f"The buyer now claims {_amount(event.claim, order)}."
        case e.ClaimAccepted():
            return f"The claim is granted: {because(event.why)}."
        case e.ClaimRejected():
            return "The seller rejected the claim."
        case e.ProposalMade():
            who = PARTY_WORDS[event.by]
            return f"The {who} proposes to refund {_amount(event.amount, order)}."
        case e.ProposalAccepted():
            return f"The {PARTY_WORDS[event.by]} accepts what the {PARTY_WORDS[event.of]} proposed."
        case e.DisputeEscalated():
            return f"The platform steps in: {because(event.why)}."
        case e.CaseAssigned():
            return f"Mediator {event.mediator} took the case."
        case e.EvidenceOpened():
            return f"The mediator opened evidence {event.evidence}."
        case e.DisputeRuled():
            return f"Ruled: {_amount(event.refund, order)} goes back to the buyer."
        case e.DisputeWithdrawn():
            return "The buyer withdrew the dispute; the order's timers go on."
        case e.DisputeExecuted():
            return f"The dispute ended with a refund of {_amount(event.refund, order)}."
        case _:
            assert_never(event)
