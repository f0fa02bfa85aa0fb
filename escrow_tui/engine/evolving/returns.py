"""Goods on their way back, and what takes their place."""

from typing import assert_never

from msgspec.structs import replace

from escrow_tui.engine import events as e
from escrow_tui.engine.evolving.dispute import to_be_replaced
from escrow_tui.engine.evolving.parcel import sent
from escrow_tui.engine.evolving.stops import resumed
from escrow_tui.engine.order import Dispute, Order, Proposal, Shipment
from escrow_tui.engine.terms import DisputePhase, Party, ReturnPhase, ShipmentState


def of_return(order: Order, event: e.ReturnEvent, at: int) -> Order:
    """Return the order after an event of its return or its replacement."""
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
            order = replace(order, return_=None, stops=resumed(order, at))
            return to_be_replaced(order, at) if event.replacement else order
        case e.ReplacementShipped():
            return sent(order, event.tracking, at)
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
