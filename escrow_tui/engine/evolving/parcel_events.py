"""The order as its parcel is sent, scanned and opened, and the parcel that goes back."""

from msgspec.structs import replace

from escrow_tui.engine import events as e
from escrow_tui.engine.evolving.rewrite import after
from escrow_tui.engine.evolving.stops import resumed
from escrow_tui.engine.order import Chargeback, Order, ScanRecord, Shipment
from escrow_tui.engine.terms import Parcel, Phase, ReturnPhase, ShipmentState

# Looked up once: up to Python 3.11 each access to an enum's member costs 70 ns.
_SHIPPED, _DELIVERED = Phase.SHIPPED, Phase.DELIVERED
_LABEL, _ARRIVED, _RETURN = ShipmentState.LABEL, ShipmentState.DELIVERED, Parcel.RETURN


def sent(order: Order, tracking: str, at: int) -> Order:
    """Hand over a parcel: the first, one that came back, or a replacement."""
    return replace(
        order,
        phase=_SHIPPED,
        shipment=Shipment(tracking=tracking, state=_LABEL, shipped_at=at),
        stops=resumed(order, at),
        # A parcel that is sent again starts a new protection, and can be opened again.
        extra_protection_days=0,
        delivered_at=0,
        unproven=False,
        opened_at=0,
        found="",
        completed_at=0,
    )


def _shipped(order: Order, event: e.OrderShipped, at: int) -> Order:
    return sent(order, event.tracking, at)


def _protected(order: Order, event: e.ProtectionExtended, _at: int) -> Order:
    return replace(order, extra_protection_days=order.extra_protection_days + event.days)


def _marked(order: Order, _: e.ShipmentMarkedFalse, _at: int) -> Order:
    assert order.shipment is not None
    return replace(order, shipment=replace(order.shipment, false=True))


def _opened(order: Order, event: e.ParcelOpened, at: int) -> Order:
    return replace(order, opened_at=at, found=event.found)


def _confirmed(order: Order, _: e.ReceiptConfirmed, at: int) -> Order:
    return replace(order, phase=Phase.COMPLETED, completed_at=at)


def _scanned(order: Order, event: e.ParcelScanned, at: int) -> Order:
    scan = ScanRecord(
        status=event.status,
        city=event.city,
        post_code=event.post_code,
        weight=event.weight,
        signature=event.signature,
        at=at,
    )
    if event.of is _RETURN:
        return _scanned_back(order, scan)
    assert order.shipment is not None
    shipment = _seen(order.shipment, scan)
    if event.status is _ARRIVED:
        phase, back = _reached(order, _DELIVERED)
        return replace(
            order,
            phase=phase,
            chargeback=back,
            shipment=shipment,
            delivered_at=at,
            unproven=not event.proven,
        )
    if event.status is ShipmentState.RETURNED_TO_SENDER:
        phase, back = _reached(order, Phase.RETURNED_TO_SENDER)
        return replace(order, phase=phase, chargeback=back, shipment=shipment, returned_at=at)
    return replace(order, shipment=shipment)


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


def _reached(order: Order, phase: Phase) -> tuple[Phase, Chargeback | None]:
    """Return the order's phase; under a chargeback, the one that it goes back to."""
    if order.chargeback is None:
        return phase, None
    return order.phase, replace(order.chargeback, before=phase)


PARCEL = (
    after(e.OrderShipped, _shipped),
    after(e.ProtectionExtended, _protected),
    after(e.ParcelScanned, _scanned),
    after(e.ShipmentMarkedFalse, _marked),
    after(e.ParcelOpened, _opened),
    after(e.ReceiptConfirmed, _confirmed),
)
