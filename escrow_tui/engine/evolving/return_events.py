"""The order as goods go back and a replacement is sent."""

from msgspec.structs import replace

from escrow_tui.engine import events as e
from escrow_tui.engine.evolving.dispute_events import to_be_replaced
from escrow_tui.engine.evolving.parcel_events import sent
from escrow_tui.engine.evolving.rewrite import after
from escrow_tui.engine.evolving.stops import resumed
from escrow_tui.engine.order import Dispute, Order, Proposal, Shipment
from escrow_tui.engine.terms import DisputePhase, Party, ReturnPhase, ShipmentState


def _shipped(order: Order, event: e.ReturnShipped, at: int) -> Order:
    assert order.return_ is not None
    parcel = Shipment(tracking=event.tracking, state=ShipmentState.LABEL, shipped_at=at)
    back = replace(order.return_, phase=ReturnPhase.RETURN_IN_TRANSIT, parcel=parcel)
    return replace(order, return_=back, returned_goods=True)


def _contested(order: Order, _: e.ReturnContested, at: int) -> Order:
    """Put the dispute before its mediator again; what was agreed is now the claim."""
    assert order.return_ is not None
    wanted, before = order.return_.resolution, order.return_.dispute
    dispute = Dispute(
        number=before.number,
        phase=DisputePhase.MEDIATION,
        reason=before.reason,
        claim=wanted,
        opened_at=before.opened_at,
        proposals=(Proposal(Party.BUYER, wanted, "", (Party.BUYER,)),),
        mediator=before.mediator,
        opened_evidence=before.opened_evidence,
        mediation_at=at,
        filed_before=before.filed_before,
    )
    return replace(order, dispute=dispute, return_=None)


def _closed(order: Order, event: e.ReturnClosed, at: int) -> Order:
    order = replace(order, return_=None, stops=resumed(order, at))
    return to_be_replaced(order, at) if event.replacement else order


def _replaced(order: Order, event: e.ReplacementShipped, at: int) -> Order:
    return sent(order, event.tracking, at)


RETURN = (
    after(e.ReturnShipped, _shipped),
    after(e.ReturnContested, _contested),
    after(e.ReturnClosed, _closed),
    after(e.ReplacementShipped, _replaced),
)
