"""The second chapter: handing over, the carrier's scans, a parcel that comes back, inspection."""

from typing import assert_never

from escrow_tui.engine.commands import (
    ConfirmReceipt,
    ExtendProtection,
    OpenParcel,
    Reship,
    Scan,
    Ship,
)
from escrow_tui.engine.context import Context, Outcome, days_fault, refuse
from escrow_tui.engine.events import (
    AnyEvent,
    OrderShipped,
    ParcelOpened,
    ParcelScanned,
    ProtectionExtended,
    ReceiptConfirmed,
)
from escrow_tui.engine.order import Order
from escrow_tui.engine.payment import MOST_DAYS_GRANTED
from escrow_tui.engine.settlement import release
from escrow_tui.engine.terms import ShipmentState
from escrow_tui.engine.tracking import tracking_fault, tracking_number

ShippingCommand = Ship | Reship | ExtendProtection | Scan | OpenParcel | ConfirmReceipt


def decide_shipping(order: Order, command: ShippingCommand, context: Context) -> Outcome:
    """Decide a command of the shipment's chapter, in a phase that is open to it."""
    match command:
        case Ship() | Reship():
            return _hand_over(order, command.tracking)
        case ExtendProtection():
            fault = days_fault(command.days, MOST_DAYS_GRANTED)
            return fault or (ProtectionExtended(command.days),)
        case Scan():
            return _scan(order, command)
        case OpenParcel():
            return _open(order, command)
        case ConfirmReceipt():
            return completed(order, "confirmed by the buyer", context)
        case _:
            assert_never(command)


def _hand_over(order: Order, tracking: str) -> Outcome:
    if fault := tracking_fault(tracking):
        example = tracking_number(47_312_440, order.origin)
        return refuse("TRACKING_INVALID", tracking=tracking, fault=fault, example=example)
    return (OrderShipped(tracking),)


def _scan(order: Order, command: Scan) -> Outcome:
    assert order.shipment is not None
    state = order.shipment.state
    # A label is printed once, before anything else; the carrier never goes back to it.
    if command.status is ShipmentState.LABEL:
        return refuse("SCAN_OUT_OF_ORDER", state=state, status=command.status)
    return (
        ParcelScanned(
            command.status, command.city, command.post_code, command.weight, command.signature
        ),
    )


def _open(order: Order, command: OpenParcel) -> Outcome:
    if not order.delivered_at:
        return refuse("NOT_DELIVERED")
    if order.opened_at:
        return refuse("PARCEL_OPEN")
    return (ParcelOpened(command.found),)


def completed(order: Order, why: str, context: Context) -> tuple[AnyEvent, ...]:
    """Complete the order: escrow pays the seller, less the commission."""
    bps = context.policy.commission_bps
    paid = release(order, order.held, context.account, bps)
    return (ReceiptConfirmed(why), paid)
