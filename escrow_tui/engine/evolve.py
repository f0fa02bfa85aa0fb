"""What an event makes of an order: it only rewrites, and asks nothing."""

from collections.abc import Callable, Iterable
from typing import assert_never, cast, get_args

from msgspec.structs import replace

from escrow_tui.engine import events as e
from escrow_tui.engine.order import (
    BookedRefund,
    Chargeback,
    Dispute,
    Evidence,
    Message,
    Order,
    Proposal,
    Rating,
    Resolution,
    Return,
    Ruling,
    ScanRecord,
    Shipment,
    Stop,
)
from escrow_tui.engine.terms import (
    ChargebackPhase,
    DisputePhase,
    Parcel,
    Party,
    Phase,
    ReturnPhase,
    ShipmentState,
)

Chapter = Callable[[Order, e.AnyEvent, int], Order]


def evolve(order: Order | None, event: e.AnyEvent, order_id: str, at: int) -> Order:
    """Return the order after the event, which happened at `at` (Unix seconds)."""
    if order is None:
        assert isinstance(event, e.OrderPlaced)
        return _placed(event, order_id, at)
    chapter = CHAPTERS.get(type(event))
    if chapter is None:
        raise TypeError(f"{e.name_of(event)} is no event of an order that stands")
    return chapter(order, event, at)


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
        event.card_expires,
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
        case e.CancelRequested():
            stops = (*order.stops, Stop(at))
            return replace(order, phase=Phase.CANCEL_REQUESTED, cancel_asked_at=at, stops=stops)
        case e.CancelWithdrawn():
            stops = _resumed(order, at)
            return replace(order, phase=Phase.AWAITING_SHIPMENT, stops=stops)
        case e.ProcessingExtended():
            days = order.extra_processing_days + event.days
            return replace(order, extra_processing_days=days)
        case _:
            assert_never(event)


def _resumed(order: Order, at: int, *, frozen: bool = False) -> tuple[Stop, ...]:
    """Let time go on: the stop of this kind that lasts has ended."""
    return tuple(
        replace(stop, until=at) if not stop.until and stop.frozen is frozen else stop
        for stop in order.stops
    )


def _shipment(order: Order, event: e.ParcelEvent, at: int) -> Order:
    match event:
        case e.OrderShipped():
            return _sent(order, event.tracking, at)
        case e.ProtectionExtended():
            return replace(order, extra_protection_days=order.extra_protection_days + event.days)
        case e.ParcelScanned():
            return _scanned(order, event, at)
        case e.ShipmentMarkedFalse():
            assert order.shipment is not None
            return replace(order, shipment=replace(order.shipment, false=True))
        case e.ParcelOpened():
            return replace(order, opened_at=at, found=event.found)
        case e.ReceiptConfirmed():
            return replace(order, phase=Phase.COMPLETED, completed_at=at)
        case _:
            assert_never(event)


def _sent(order: Order, tracking: str, at: int) -> Order:
    """Hand a parcel over: a first one, one that came back, or one in place of the first."""
    return replace(
        order,
        phase=Phase.SHIPPED,
        shipment=Shipment(tracking, ShipmentState.LABEL, at),
        stops=_resumed(order, at),
        # A parcel sent once more starts its protection anew, and is opened anew.
        extra_protection_days=0,
        delivered_at=0,
        unproven=False,
        opened_at=0,
        found="",
        completed_at=0,
    )


def _scanned(order: Order, event: e.ParcelScanned, at: int) -> Order:
    scan = ScanRecord(event.status, event.city, event.post_code, event.weight, event.signature, at)
    if event.of is Parcel.RETURN:
        return _scanned_back(order, scan)
    assert order.shipment is not None
    order = replace(order, shipment=_seen(order.shipment, scan))
    if event.status is ShipmentState.DELIVERED:
        order = replace(order, delivered_at=at, unproven=not event.proven)
        return _reached(order, Phase.DELIVERED)
    if event.status is ShipmentState.RETURNED_TO_SENDER:
        return _reached(replace(order, returned_at=at), Phase.RETURNED_TO_SENDER)
    return order


def _seen(parcel: Shipment, scan: ScanRecord) -> Shipment:
    return replace(parcel, state=scan.status, scans=(*parcel.scans, scan), false=False)


def _scanned_back(order: Order, scan: ScanRecord) -> Order:
    back = order.return_
    assert back is not None
    assert back.parcel is not None
    back = replace(back, parcel=_seen(back.parcel, scan))
    if scan.status is ShipmentState.DELIVERED:
        back = replace(back, phase=ReturnPhase.RETURN_DELIVERED, delivered_at=scan.at)
    return replace(order, return_=back)


def _reached(order: Order, phase: Phase) -> Order:
    """Bring the order to a phase, or to where it goes back to from a chargeback."""
    if order.chargeback is None:
        return replace(order, phase=phase)
    return replace(order, chargeback=replace(order.chargeback, before=phase))


def _end(order: Order, event: e.EndEvent, at: int) -> Order:
    phase = Phase.REFUNDED if isinstance(event, e.OrderRefunded) else Phase.CLOSED
    return replace(order, phase=phase, ended_at=at)


def _money(order: Order, event: e.MoneyEvent, at: int) -> Order:
    match event:
        case e.FundsReleased():
            return replace(
                order,
                held=order.held - event.gross,
                released=order.released + event.gross,
                releases=order.releases + 1,
                commission=order.commission + event.commission,
                uncleared=order.uncleared + event.pending,
                released_at=at,
            )
        case e.RefundBooked():
            return _refund_booked(order, event, at)
        case e.PenaltyBooked():
            due = BookedRefund(event.number, event.amount, at, event.way, penalty=True)
            return replace(
                order,
                penalty=order.penalty + event.amount,
                refunds=(*order.refunds, due),
                refund_count=event.number,
            )
        case e.RefundSettled():
            return _settled(order, event)
        case e.FundsCleared():
            return replace(order, uncleared=0)
        case e.GoodwillPaid():
            return replace(order, goodwill=order.goodwill + event.amount)
        case e.LabelBought():
            return replace(order, uncleared=max(0, order.uncleared - event.sources.pending))
        case _:
            assert_never(event)


def _refund_booked(order: Order, event: e.RefundBooked, at: int) -> Order:
    sources = event.sources
    before = order.line_refunds or (0,) * len(event.lines)
    return replace(
        order,
        held=order.held - sources.escrow,
        refunded=order.refunded + event.amount,
        released=order.released - (event.amount - sources.escrow),
        commission=order.commission - sources.commission,
        # What was clawed back can no longer become available.
        uncleared=max(0, order.uncleared - sources.pending),
        line_refunds=tuple(map(sum, zip(before, event.lines, strict=True))),
        refunds=(*order.refunds, BookedRefund(event.number, event.amount, at, event.way)),
        refund_count=event.number,
    )


def _settled(order: Order, event: e.RefundSettled) -> Order:
    due = next(one for one in order.refunds if one.number == event.number)
    left = tuple(one for one in order.refunds if one is not due)
    if due.penalty:
        return replace(order, refunds=left)
    return replace(
        order,
        refunds=left,
        settled=order.settled + event.amount,
        paid_back=order.paid_back + event.paid_back,
    )


def _dispute(order: Order, event: e.DisputeEvent, at: int) -> Order:
    match event:
        case e.DisputeOpened():
            claim = Resolution(event.claim, event.return_goods, event.replacement)
            first = DisputePhase.AWAITING_SELLER
            dispute = Dispute(event.number, first, event.reason, claim, at)
            stops = (*order.stops, Stop(at))
            return replace(order, dispute=dispute, dispute_count=event.number, stops=stops)
        case e.DisputeWithdrawn():
            return replace(order, dispute=None, stops=_resumed(order, at))
        case e.DisputeExecuted():
            return _executed(order, event, at)
    assert order.dispute is not None
    appealed = order.appealed or isinstance(event, e.RulingAppealed)
    return replace(order, dispute=_argued(order.dispute, event, at), appealed=appealed)


def _executed(order: Order, event: e.DisputeExecuted, at: int) -> Order:
    """End the dispute; the order's timers stand still on while goods are on their way back."""
    if event.return_goods:
        assert order.dispute is not None
        wanted = Resolution(event.refund, replacement=event.replacement)
        back = Return(ReturnPhase.AWAITING_RETURN, wanted, order.dispute, at)
        return replace(order, dispute=None, return_=back)
    order = replace(order, dispute=None, stops=_resumed(order, at))
    return _to_be_replaced(order, at) if event.replacement else order


def _to_be_replaced(order: Order, at: int) -> Order:
    replacements = order.replacements + 1
    phase = Phase.AWAITING_REPLACEMENT
    return replace(order, phase=phase, replacement_at=at, replacements=replacements)


def _argued(dispute: Dispute, event: e.ArgumentEvent, at: int) -> Dispute:
    match event:
        case e.ClaimEdited():
            claim = Resolution(event.claim, dispute.claim.return_goods)
            proposal = Proposal(Party.BUYER, claim, "", (Party.BUYER,))
            return replace(dispute, claim=claim, proposals=_set(dispute, proposal))
        case e.ClaimAccepted():
            return dispute
        case e.ClaimRejected():
            return replace(dispute, phase=DisputePhase.NEGOTIATING, answered_at=at)
        case e.ProposalMade():
            return _proposed(dispute, event, at)
        case e.ProposalAccepted():
            return _accepted(dispute, event)
        case e.DisputeEscalated():
            return replace(dispute, phase=DisputePhase.MEDIATION, mediation_at=at)
        case e.CaseAssigned():
            return replace(dispute, mediator=event.mediator)
        case e.ReviewerAssigned():
            return replace(dispute, reviewer=event.mediator)
        case e.EvidenceAsked():
            return replace(dispute, asked=event.of, asked_at=at)
        case e.EvidenceOpened():
            return replace(dispute, opened_evidence=(*dispute.opened_evidence, event.evidence))
        case e.DisputeRuled():
            phase = DisputePhase.APPEAL_WINDOW
            ruling = _ruling(event)
            return replace(dispute, phase=phase, asked=None, ruling=ruling, ruled_at=at)
        case e.RulingAppealed():
            # Another mediator begins with nothing opened.
            return replace(
                dispute,
                phase=DisputePhase.APPEAL_REVIEW,
                appealed_by=event.by,
                appealed_at=at,
                opened_evidence=(),
            )
        case e.AppealDecided():
            return replace(dispute, ruling=_ruling(event))
        case _:
            assert_never(event)


def _ruling(event: e.DisputeRuled | e.AppealDecided) -> Ruling:
    return Ruling(
        Resolution(event.refund, event.return_goods, event.replacement),
        event.goodwill,
        event.reasons,
        event.policy_rows,
        event.confidence,
        event.note,
        event.why,
    )


def _proposed(dispute: Dispute, event: e.ProposalMade, at: int) -> Dispute:
    """Set one of the three proposals; the seller's answer to a claim opens the negotiation."""
    wanted = Resolution(event.amount, event.return_goods, event.replacement)
    proposals = _set(dispute, Proposal(event.by, wanted, event.note, (event.by,)))
    dispute = replace(dispute, proposals=proposals)
    if event.by is Party.SELLER and dispute.phase is DisputePhase.AWAITING_SELLER:
        return replace(dispute, phase=DisputePhase.NEGOTIATING, answered_at=at)
    return dispute


def _accepted(dispute: Dispute, event: e.ProposalAccepted) -> Dispute:
    proposals = tuple(
        replace(one, accepted_by=(*one.accepted_by, event.by)) if one.by is event.of else one
        for one in dispute.proposals
    )
    return replace(dispute, proposals=proposals)


def _set(dispute: Dispute, proposal: Proposal) -> tuple[Proposal, ...]:
    others = tuple(one for one in dispute.proposals if one.by is not proposal.by)
    return (*others, proposal)


def _return(order: Order, event: e.ReturnEvent, at: int) -> Order:
    match event:
        case e.ReturnShipped():
            assert order.return_ is not None
            parcel = Shipment(event.tracking, ShipmentState.LABEL, at)
            phase = ReturnPhase.RETURN_IN_TRANSIT
            return replace(
                order,
                return_=replace(order.return_, phase=phase, parcel=parcel),
                returned_goods=True,
            )
        case e.ReturnContested():
            return _contested(order, at)
        case e.ReturnClosed():
            order = replace(order, return_=None, stops=_resumed(order, at))
            return _to_be_replaced(order, at) if event.replacement else order
        case e.ReplacementShipped():
            return _sent(order, event.tracking, at)
        case _:
            assert_never(event)


def _contested(order: Order, at: int) -> Order:
    """Bring the dispute back before its mediator, with what was agreed as the claim."""
    assert order.return_ is not None
    wanted, before = order.return_.resolution, order.return_.dispute
    dispute = Dispute(
        before.number,
        DisputePhase.MEDIATION,
        before.reason,
        wanted,
        before.opened_at,
        (Proposal(Party.BUYER, wanted, "", (Party.BUYER,)),),
        before.mediator,
        before.opened_evidence,
        mediation_at=at,
    )
    return replace(order, dispute=dispute, return_=None)


def _bank(order: Order, event: e.BankEvent, at: int) -> Order:
    match event:
        case e.ChargebackOpened():
            back = Chargeback(
                ChargebackPhase.AWAITING_ANSWER,
                event.amount,
                event.paid,
                event.debited,
                at,
                order.phase,
            )
            return replace(
                order,
                phase=Phase.FROZEN,
                chargeback=back,
                charged_back_once=True,
                stops=(*order.stops, Stop(at, frozen=True)),
            )
        case e.ChargebackAnswered():
            assert order.chargeback is not None
            phase = ChargebackPhase.AWAITING_BANK
            return replace(order, chargeback=replace(order.chargeback, phase=phase, answered_at=at))
        case e.ChargebackWon():
            stops = _resumed(order, at, frozen=True)
            return replace(order, phase=order.phase_beneath, chargeback=None, stops=stops)
        case e.ChargebackLost():
            return _lost(order, event, at)
        case _:
            assert_never(event)


def _lost(order: Order, event: e.ChargebackLost, at: int) -> Order:
    sources = event.sources
    return replace(
        order,
        phase=Phase.CHARGED_BACK,
        ended_at=at,
        held=order.held - sources.escrow,
        released=order.released - (event.recovered - sources.escrow),
        commission=order.commission - sources.commission,
        charged_back=order.charged_back + event.recovered,
        uncleared=max(0, order.uncleared - sources.pending),
        dispute=None,
        return_=None,
        chargeback=None,
        stops=_resumed(order, at, frozen=True),
    )


def _words(order: Order, event: e.WordEvent, at: int) -> Order:
    match event:
        case e.MessageSent():
            message = Message(event.by, event.text, at, event.off_platform)
            return replace(order, messages=(*order.messages, message))
        case e.ReviewWritten():
            return replace(order, review=Rating(event.stars, event.text, at))
        case e.EvidenceAdded():
            return _filed(order, event, at)
        case _:
            assert_never(event)


def _filed(order: Order, event: e.EvidenceAdded, at: int) -> Order:
    filed = Evidence(
        event.id, event.owner, event.kind, event.shows, event.picture, event.checksum, at
    )
    order = replace(order, evidence=(*order.evidence, filed))
    dispute = order.dispute
    if dispute is None or dispute.asked is None or dispute.asked.value != event.owner.value:
        return order
    return replace(order, dispute=replace(dispute, asked=None))


def _chapters() -> dict[type[e.Event], Chapter]:
    """Return the chapter of each event of an order that stands; every one has exactly one."""
    parts = (
        (e.PaymentEvent, _payment),
        (e.ParcelEvent, _shipment),
        (e.MoneyEvent, _money),
        (e.EndEvent, _end),
        (e.DisputeEvent, _dispute),
        (e.ReturnEvent, _return),
        (e.BankEvent, _bank),
        (e.WordEvent, _words),
    )
    # Each chapter takes its own events only, and is given no other.
    return {kind: cast(Chapter, chapter) for events, chapter in parts for kind in get_args(events)}


CHAPTERS = _chapters()
