"""The second chapter: a parcel is shipped, scanned, returned to its sender, opened, reviewed."""

from typing import assert_never

from escrow_tui.engine.answers import Refused
from escrow_tui.engine.commands import (
    ConfirmReceipt,
    ExtendProtection,
    OpenParcel,
    Reship,
    Review,
    Scan,
    Ship,
    ShipReplacement,
)
from escrow_tui.engine.context import Context, Outcome, days_fault, refuse, text_fault
from escrow_tui.engine.events import (
    AnyEvent,
    OrderShipped,
    ParcelOpened,
    ParcelScanned,
    ProtectionExtended,
    ReceiptConfirmed,
    ReplacementShipped,
    ReviewWritten,
)
from escrow_tui.engine.instant import DAY, date_of
from escrow_tui.engine.order import Order, Shipment
from escrow_tui.engine.payment import MOST_DAYS_GRANTED
from escrow_tui.engine.policy import Policy, amount_in
from escrow_tui.engine.settlement import release
from escrow_tui.engine.terms import Parcel, Phase, ReturnPhase, ShipmentState
from escrow_tui.engine.tracking import tracking_fault, tracking_number

ShippingCommand = (
    Ship | Reship | ShipReplacement | ExtendProtection | Scan | OpenParcel | ConfirmReceipt | Review
)

# Looked up once: up to Python 3.11 each access to an enum's member costs 70 ns.
_LABEL, _ACCEPTED, _DELIVERED = (
    ShipmentState.LABEL,
    ShipmentState.ACCEPTED,
    ShipmentState.DELIVERED,
)
_ORDER, _SHIPPED = Parcel.ORDER, Phase.SHIPPED

# A parcel that has arrived is not scanned again; a lost one may be found.
_ARRIVED = frozenset({_DELIVERED, ShipmentState.RETURNED_TO_SENDER})


def decide_shipping(order: Order, command: ShippingCommand, context: Context) -> Outcome:
    """Decide a shipping command that the process allows now."""
    match command:
        case Ship() | Reship():
            return number_fault(order, command.tracking) or (OrderShipped(command.tracking),)
        case Scan():
            return _scan(order, command, context.policy)
        case ConfirmReceipt():
            return completed(order, "confirmed by the buyer", context)
        case OpenParcel():
            return _open(order, command)
        case Review():
            return _review(order, command, context)
        case ExtendProtection():
            fault = days_fault(command.days, MOST_DAYS_GRANTED)
            return fault or (ProtectionExtended(command.days),)
        case ShipReplacement():
            return number_fault(order, command.tracking) or (ReplacementShipped(command.tracking),)
        case _:
            assert_never(command)


def number_fault(order: Order, tracking: str) -> Refused | None:
    """Refuse a tracking number that is not of the UPU's S10 form."""
    if not (fault := tracking_fault(tracking)):
        return None
    example = tracking_number(47_312_440, order.origin)
    return refuse("TRACKING_INVALID", tracking=tracking, fault=fault, example=example)


def _scan(order: Order, command: Scan, policy: Policy) -> Outcome:
    parcel = _parcel(order, command.of)
    if parcel is None:
        return refuse("NO_RETURN_PARCEL")
    if fault := _scan_fault(order, parcel, command):
        return fault
    signed = command.signature or command.status is not _DELIVERED
    threshold = amount_in(policy.signature_from, order.currency)
    needed = threshold > 0 and order.price >= threshold and command.of is _ORDER
    return (
        ParcelScanned(
            status=command.status,
            city=command.city,
            post_code=command.post_code,
            weight=command.weight,
            signature=command.signature,
            of=command.of,
            proven=signed or not needed,
        ),
    )


def _parcel(order: Order, of: Parcel) -> Shipment | None:
    if of is _ORDER:
        return order.shipment
    back = order.return_
    return back.parcel if back and back.phase is ReturnPhase.RETURN_IN_TRANSIT else None


def _scan_fault(order: Order, parcel: Shipment, command: Scan) -> Refused | None:
    """Refuse a scan that cannot follow the parcel's state, or that was already reported.

    A parcel whose receipt was confirmed has arrived, whatever the carrier saw last. While a return
    runs, the process lets scans in; one of the order's own parcel would take the order back.
    """
    state, status = parcel.state, command.status
    late = status is _LABEL or (status is _ACCEPTED and state is not _LABEL)
    late = late or (command.of is _ORDER and order.phase_beneath is not _SHIPPED)
    if state in _ARRIVED or late:
        return refuse("SCAN_OUT_OF_ORDER", state=state, status=status)
    last = parcel.scans[-1] if parcel.scans else None
    if last and (status, command.city, command.post_code) == (
        last.status,
        last.city,
        last.post_code,
    ):
        return refuse("SCAN_REPEATED", status=status)
    return None


def _open(order: Order, command: OpenParcel) -> Outcome:
    if not order.delivered_at:
        return refuse("NOT_DELIVERED")
    if order.opened_at:
        return refuse("PARCEL_OPEN")
    return (ParcelOpened(command.found),)


def completed(order: Order, why: str, context: Context) -> tuple[AnyEvent, ...]:
    """Complete the order: escrow is released to the seller, less the commission.

    Once a replaced order has been released, escrow is empty and nothing more is paid.
    """
    confirmed = ReceiptConfirmed(why)
    return (confirmed, release(order, order.held, context)) if order.held else (confirmed,)


def _review(order: Order, command: Review, context: Context) -> Outcome:
    if order.review is not None:
        return refuse("REVIEWED_ALREADY", stars=order.review.stars)
    since = order.completed_at or order.ended_at
    until = since + context.policy.review_days * DAY
    if context.now >= until:
        return refuse("REVIEW_TOO_LATE", "review_days", date=date_of(until))
    if not 1 <= command.stars <= 5:
        return refuse("BAD_STARS", stars=command.stars)
    if command.text and (fault := text_fault(command.text)):
        return fault
    return (ReviewWritten(command.stars, command.text),)
