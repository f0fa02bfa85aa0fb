"""What an event makes of an order: it only rewrites, and asks nothing."""

from collections.abc import Iterable
from typing import assert_never

from msgspec.structs import replace

from escrow_tui.engine import events as e
from escrow_tui.engine.order import (
    Dispute,
    Evidence,
    Message,
    Order,
    Proposal,
    Refund,
    Ruling,
    ScanRecord,
    Shipment,
    Stop,
)
from escrow_tui.engine.terms import DisputePhase, Party, Phase, ShipmentState


def evolve(order: Order | None, event: e.AnyEvent, order_id: str, at: int) -> Order:
    """Return the order after the event, which happened at `at` (Unix seconds)."""
    if isinstance(event, e.OrderPlaced):
        return _placed(event, order_id, at)
    assert order is not None
    if isinstance(event, e.PaymentEvent):
        return _payment(order, event, at)
    if isinstance(event, e.ParcelEvent):
        return _shipment(order, event, at)
    if isinstance(event, e.MoneyEvent | e.EndEvent):
        return _money(order, event, at)
    if isinstance(event, e.DisputeEvent):
        return _dispute(order, event, at)
    if isinstance(event, e.WordEvent):
        return _words(order, event, at)
    if isinstance(event, e.MarketEvent):
        raise TypeError(f"{e.name_of(event)} is no event of an order")
    assert_never(event)


def fold(order: Order | None, events: Iterable[e.AnyEvent], order_id: str, at: int) -> Order | None:
    """Return the order after several events of one instant."""
    for event in events:
        order = evolve(order, event, order_id, at)
    return order


def _placed(event: e.OrderPlaced, order_id: str, at: int) -> Order:
    return Order(
        order_id,
        Phase.AWAITING_PAYMENT,
        event.buyer,
        event.seller,
        event.lines,
        event.currency,
        event.goods,
        event.shipping,
        event.origin,
        event.destination,
        event.promised_days,
        event.method,
        event.policy,
        event.pay_in,
        event.rate,
        event.paid_total,
        at,
    )


def _payment(order: Order, event: e.PaymentEvent, at: int) -> Order:
    match event:
        case e.PaymentPromised():
            return replace(order, phase=Phase.VERIFYING, paid_at=at)
        case e.PaymentCaptured():
            paid_at = order.paid_at or at
            captured = order.captured + event.amount
            held = order.held + event.amount
            return replace(
                order, phase=Phase.VERIFYING, paid_at=paid_at, captured=captured, held=held
            )
        case e.PaymentVerified():
            return replace(order, phase=Phase.AWAITING_SHIPMENT, verified_at=at)
        case e.PaymentDeclined():
            return order
        case e.OrderExpired():
            return replace(order, phase=Phase.EXPIRED, ended_at=at)
        case e.OrderCancelled():
            return replace(order, phase=Phase.CANCELLED, ended_at=at)
        case e.ProcessingExtended():
            days = order.extra_processing_days + event.days
            return replace(order, extra_processing_days=days)
        case _:
            assert_never(event)


def _shipment(order: Order, event: e.ParcelEvent, at: int) -> Order:
    match event:
        case e.OrderShipped():
            shipment = Shipment(event.tracking, ShipmentState.LABEL, at)
            # A parcel sent once more starts its protection anew.
            return replace(
                order, phase=Phase.SHIPPED, shipment=shipment, extra_protection_days=0, stops=()
            )
        case e.ProtectionExtended():
            return replace(order, extra_protection_days=order.extra_protection_days + event.days)
        case e.ParcelScanned():
            return _scanned(order, event, at)
        case e.ParcelOpened():
            return replace(order, opened_at=at, found=event.found)
        case e.ReceiptConfirmed():
            return replace(order, phase=Phase.COMPLETED, completed_at=at)
        case _:
            assert_never(event)


def _scanned(order: Order, event: e.ParcelScanned, at: int) -> Order:
    assert order.shipment is not None
    scan = ScanRecord(event.status, event.city, event.post_code, event.weight, event.signature, at)
    shipment = replace(order.shipment, state=event.status, scans=(*order.shipment.scans, scan))
    if event.status is ShipmentState.DELIVERED:
        return replace(order, shipment=shipment, phase=Phase.DELIVERED, delivered_at=at)
    if event.status is ShipmentState.RETURNED_TO_SENDER:
        return replace(order, shipment=shipment, phase=Phase.RETURNED_TO_SENDER, returned_at=at)
    return replace(order, shipment=shipment)


def _money(order: Order, event: e.MoneyEvent | e.EndEvent, at: int) -> Order:
    match event:
        case e.FundsReleased():
            return replace(
                order,
                held=order.held - event.gross,
                released=order.released + event.gross,
                commission=order.commission + event.commission,
                uncleared=order.uncleared + event.pending,
                released_at=at,
            )
        case e.RefundBooked():
            return _refund_booked(order, event, at)
        case e.RefundSettled():
            return replace(
                order,
                refunds=tuple(one for one in order.refunds if one.number != event.number),
                settled=order.settled + event.amount,
                paid_back=order.paid_back + event.paid_back,
            )
        case e.FundsCleared():
            return replace(order, uncleared=0)
        case e.OrderRefunded():
            return replace(order, phase=Phase.REFUNDED, ended_at=at)
        case e.OrderClosed():
            return replace(order, phase=Phase.CLOSED, ended_at=at)
        case _:
            assert_never(event)


def _refund_booked(order: Order, event: e.RefundBooked, at: int) -> Order:
    return replace(
        order,
        held=order.held - event.from_escrow,
        refunded=order.refunded + event.amount,
        released=order.released - (event.amount - event.from_escrow),
        commission=order.commission - event.from_commission,
        # What was clawed back can no longer become available.
        uncleared=max(0, order.uncleared - event.from_pending),
        refunds=(*order.refunds, Refund(event.number, event.amount, at)),
        refund_count=event.number,
    )


def _dispute(order: Order, event: e.DisputeEvent, at: int) -> Order:
    if isinstance(event, e.DisputeOpened):
        dispute = Dispute(event.number, DisputePhase.AWAITING_SELLER, event.reason, event.claim, at)
        stops = (*order.stops, Stop(at))
        return replace(order, dispute=dispute, dispute_count=event.number, stops=stops)
    if isinstance(event, e.DisputeWithdrawn | e.DisputeExecuted):
        stops = (*order.stops[:-1], replace(order.stops[-1], until=at))
        return replace(order, dispute=None, stops=stops)
    assert order.dispute is not None
    return replace(order, dispute=_argued(order.dispute, event, at))


def _argued(
    dispute: Dispute,
    event: e.ClaimEdited
    | e.ClaimAccepted
    | e.ClaimRejected
    | e.ProposalMade
    | e.ProposalAccepted
    | e.DisputeEscalated
    | e.CaseAssigned
    | e.EvidenceOpened
    | e.DisputeRuled,
    at: int,
) -> Dispute:
    match event:
        case e.ClaimEdited():
            claim = Proposal(Party.BUYER, event.claim, "", (Party.BUYER,))
            return replace(dispute, claim=event.claim, proposals=_set(dispute, claim))
        case e.ClaimAccepted():
            return dispute
        case e.ClaimRejected():
            return replace(dispute, phase=DisputePhase.NEGOTIATING)
        case e.ProposalMade():
            return _proposed(dispute, event)
        case e.ProposalAccepted():
            return _accepted(dispute, event)
        case e.DisputeEscalated():
            return replace(dispute, phase=DisputePhase.MEDIATION, mediation_at=at)
        case e.CaseAssigned():
            return replace(dispute, mediator=event.mediator)
        case e.EvidenceOpened():
            return replace(dispute, opened_evidence=(*dispute.opened_evidence, event.evidence))
        case e.DisputeRuled():
            ruling = Ruling(
                event.refund,
                event.reasons,
                event.policy_rows,
                event.confidence,
                event.note,
                event.why,
            )
            return replace(dispute, phase=DisputePhase.APPEAL_WINDOW, ruling=ruling, ruled_at=at)
        case _:
            assert_never(event)


def _proposed(dispute: Dispute, event: e.ProposalMade) -> Dispute:
    """Set one of the three proposals; the seller's answer to a claim opens the negotiation."""
    proposal = Proposal(event.by, event.amount, event.note, (event.by,))
    counter = event.by is Party.SELLER and dispute.phase is DisputePhase.AWAITING_SELLER
    phase = DisputePhase.NEGOTIATING if counter else dispute.phase
    return replace(dispute, phase=phase, proposals=_set(dispute, proposal))


def _accepted(dispute: Dispute, event: e.ProposalAccepted) -> Dispute:
    proposals = tuple(
        replace(one, accepted_by=(*one.accepted_by, event.by)) if one.by is event.of else one
        for one in dispute.proposals
    )
    return replace(dispute, proposals=proposals)


def _set(dispute: Dispute, proposal: Proposal) -> tuple[Proposal, ...]:
    others = tuple(one for one in dispute.proposals if one.by is not proposal.by)
    return (*others, proposal)


def _words(order: Order, event: e.WordEvent, at: int) -> Order:
    if isinstance(event, e.MessageSent):
        return replace(order, messages=(*order.messages, Message(event.by, event.text, at)))
    filed = Evidence(
        event.id, event.owner, event.kind, event.shows, event.picture, event.checksum, at
    )
    return replace(order, evidence=(*order.evidence, filed))
