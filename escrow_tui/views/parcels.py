"""The views of parcels: the order's own, and the one that goes back."""

from collections.abc import Iterable

from escrow_tui.engine.entry import Entry
from escrow_tui.engine.estimate import estimate, service_of
from escrow_tui.engine.events import ReturnContested
from escrow_tui.engine.evolve import evolve
from escrow_tui.engine.instant import DAY, date_of
from escrow_tui.engine.money import Money
from escrow_tui.engine.order import Order, Return, ScanRecord, Shipment
from escrow_tui.engine.policy import Policy
from escrow_tui.engine.terms import ShipmentState
from escrow_tui.engine.tracking import tracking_fault
from escrow_tui.views.amounts import resolution_text
from escrow_tui.views.parts import ParcelView, ReturnView, ScanView
from escrow_tui.views.vocabulary import (
    FAULT_WORDS,
    SERVICE_WORDS,
    SHIPMENT_WORDS,
    SIDE_WORDS,
    STAGE_WORDS,
    day_of,
)


def parcel_view(order: Order) -> ParcelView | None:
    """Return the order's parcel with its tracking record."""
    if order.shipment is None:
        return None
    return _parcel(order.shipment, (order.origin, order.destination), _warning(order))


def _parcel(shipment: Shipment, way: tuple[str, str], warning: str = "") -> ParcelView:
    fault = tracking_fault(shipment.tracking)
    check = f"not an S10 number: {fault}" if fault else "S10 form, check digit right"
    return ParcelView(
        tracking=shipment.tracking,
        number_check=check,
        state=SHIPMENT_WORDS[shipment.state],
        scans=tuple(map(_scan, shipment.scans)),
        expected=_expected(shipment, way),
        warning=warning,
    )


def _scan(scan: ScanRecord) -> ScanView:
    weighed = f"{scan.weight / 1000:.2f} kg" if scan.weight else ""
    return ScanView(
        date_of(scan.at),
        SHIPMENT_WORDS[scan.status],
        " ".join(filter(None, [scan.post_code, scan.city])),
        ", ".join(filter(None, [weighed, "signed for" if scan.signature else ""])),
    )


_ARRIVED = (ShipmentState.DELIVERED, ShipmentState.RETURNED_TO_SENDER)


def _expected(shipment: Shipment, way: tuple[str, str]) -> str:
    """Say between which days the parcel should arrive; "" once it has arrived."""
    if shipment.state in _ARRIVED:
        return ""
    service = service_of(shipment.tracking)
    days = estimate(*way, service)
    first, last = (shipment.shipped_at + count * DAY for count in (days.least, days.most))
    return f"{day_of(first)} to {day_of(last)}, {SERVICE_WORDS[service]}"


def _warning(order: Order) -> str:
    if order.shipment and order.shipment.false:
        return "not seen by the carrier in time: it counts as a false shipment"
    return "delivered without the signature that is asked for" if order.unproven else ""


def return_view(order: Order, policy: Policy, entries: Iterable[Entry]) -> ReturnView | None:
    """Return the running return, or the contested one that the running dispute is about."""
    if order.return_ is not None:
        return _return(order.return_, order, policy)
    if order.dispute is None:
        return None
    contested = _contested(order.id, entries)
    if contested is None:
        return None
    back, event = contested
    return _return(back, order, policy, FAULT_WORDS[event.kind])


def _contested(order_id: str, entries: Iterable[Entry]) -> tuple[Return, ReturnContested] | None:
    """Find the last contested return in the journal; the order itself keeps no closed return."""
    order: Order | None = None
    found: tuple[Return, ReturnContested] | None = None
    for entry in entries:
        for event in entry.events:
            if isinstance(event, ReturnContested) and order and order.return_:
                found = order.return_, event
            order = evolve(order, event, order_id, entry.at)
    return found


def _return(back: Return, order: Order, policy: Policy, fault: str = "") -> ReturnView:
    way = order.destination, order.origin
    return ReturnView(
        stage=f"contested: {fault}" if fault else STAGE_WORDS[back.phase],
        then=resolution_text(back.resolution, order),
        agreed=date_of(back.agreed_at),
        label=_label(back, policy),
        parcel=_parcel(back.parcel, way) if back.parcel else None,
        fault=fault,
    )


def _label(back: Return, policy: Policy) -> str:
    """Say who pays for the return label, and what it costs if the policy sets a price."""
    payer = SIDE_WORDS[policy.label_payer_for(back.dispute.reason)]
    cost: Money = policy.return_label_cost
    return f"the {payer} pays it{f', {cost}' if cost.minor else ''}"
