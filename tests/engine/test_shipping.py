"""Handing over, the carrier's scans, a parcel that comes back, and looking inside."""

import pytest

from escrow_tui.engine import commands as c
from escrow_tui.engine.deadlines import DAY, deadlines
from escrow_tui.engine.terms import Phase, ShipmentState
from tests.engine.given import (
    CAME_BACK,
    COMPLETED,
    DELIVER,
    DELIVERED,
    PAID,
    POLICY,
    SEND_BACK,
    SHIPPED,
    START,
    TRACKING,
    days,
    given,
    then,
    then_refused,
)

S = ShipmentState
ON_THE_WAY = (S.ACCEPTED, S.IN_TRANSIT, S.CUSTOMS, S.EXCEPTION, S.OUT_FOR_DELIVERY, S.LOST)


def test_a_shipped_parcel_has_a_label_and_its_number() -> None:
    """Protection runs from this instant."""
    world = given(*SHIPPED)
    shipment = world.order.shipment
    assert shipment is not None
    assert (shipment.tracking, shipment.state, shipment.shipped_at) == (TRACKING, S.LABEL, START)
    assert world.order.phase is Phase.SHIPPED


@pytest.mark.parametrize("tracking", ["", "RR473124828CN", "12345", "rr473124829cn"])
def test_a_false_number_is_refused_with_one_that_is_right(tracking: str) -> None:
    """The example that the refusal shows is itself accepted."""
    world = given(*PAID)
    refused = then_refused(world.when(c.Ship(tracking)), "TRACKING_INVALID", tracking=tracking)
    then(world.when(c.Ship(dict(refused.facts)["example"])), "order_shipped")


@pytest.mark.parametrize("status", ON_THE_WAY)
def test_a_scan_on_the_way_changes_the_shipment_alone(status: ShipmentState) -> None:
    """The order stays shipped, whatever the carrier says of the way."""
    world = given(*SHIPPED)
    then(world.when(c.Scan(status, "Leipzig", "04109")), "parcel_scanned")
    shipment = world.order.shipment
    assert shipment is not None
    assert (world.order.phase, shipment.state) == (Phase.SHIPPED, status)
    assert (shipment.scans[-1].city, shipment.scans[-1].post_code) == ("Leipzig", "04109")


def test_a_delivered_scan_delivers_the_order() -> None:
    """It carries city, post code, weight and signature."""
    world = given(*DELIVERED)
    assert world.order.shipment is not None
    scan = world.order.shipment.scans[-1]
    assert (scan.city, scan.post_code, scan.weight, scan.signature) == (
        "Berlin",
        "10115",
        1_200,
        True,
    )
    assert (world.order.phase, world.order.delivered_at) == (Phase.DELIVERED, START)


def test_the_carrier_never_goes_back_to_the_label() -> None:
    """A label is printed once."""
    world = given(*SHIPPED)
    then_refused(world.when(c.Scan(S.LABEL)), "SCAN_OUT_OF_ORDER", state="label")


@pytest.mark.parametrize("status", list(S))
def test_no_scan_follows_the_delivery(status: ShipmentState) -> None:
    """Late and repeated events of the carrier are refused."""
    then_refused(given(*DELIVERED).when(c.Scan(status)), "WRONG_PHASE")


def test_the_seller_lengthens_the_protection() -> None:
    """Days are added to the end, again and again."""
    world = given(*SHIPPED, c.ExtendProtection(10), c.ExtendProtection(5))
    assert deadlines(world.order, POLICY)[0].at == START + 75 * DAY


@pytest.mark.parametrize("granted", [0, -1, 121])
def test_the_seller_may_only_lengthen_it(granted: int) -> None:
    """From 1 to 120 days."""
    then_refused(given(*SHIPPED).when(c.ExtendProtection(granted)), "BAD_DAYS")


def test_a_parcel_that_came_back_is_sent_once_more_with_new_protection() -> None:
    """What was added to the old protection does not count for the new one."""
    world = given(*SHIPPED, c.ExtendProtection(30), days(20), SEND_BACK, days(2))
    then(world.when(c.Reship(TRACKING)), "order_shipped")
    assert world.order.phase is Phase.SHIPPED
    assert [d.at for d in deadlines(world.order, POLICY)] == [START + (20 + 2 + 60) * DAY]


def test_a_parcel_that_came_back_and_stays_is_refunded() -> None:
    """Ten days, and the buyer has everything back."""
    world = given(*CAME_BACK, days(10))
    assert world.names()[-2:] == ("refund_booked", "order_refunded")
    assert (world.order.phase, world.order.refunded) == (Phase.REFUNDED, 10_000)


def test_the_buyer_opens_the_parcel_once() -> None:
    """What lay in it is kept."""
    world = given(*DELIVERED)
    then(world.when(c.OpenParcel("teapot-cracked")), "parcel_opened")
    assert (world.order.found, world.order.opened_at) == ("teapot-cracked", START)
    then_refused(world.when(c.OpenParcel("another")), "PARCEL_OPEN")


def test_the_buyer_may_look_after_confirming() -> None:
    """An order that completed by itself can still be opened."""
    then(given(*COMPLETED).when(c.OpenParcel()), "parcel_opened")


def test_a_parcel_that_never_came_cannot_be_opened() -> None:
    """Confirmed without a delivery, there is nothing to open."""
    world = given(*SHIPPED, c.ConfirmReceipt())
    then_refused(world.when(c.OpenParcel()), "NOT_DELIVERED")


@pytest.mark.parametrize("steps", [SHIPPED, DELIVERED])
def test_confirming_pays_the_seller_less_the_commission(
    steps: tuple[c.AnyCommand, ...],
) -> None:
    """Also before the carrier's scan."""
    world = given(*steps)
    then(world.when(c.ConfirmReceipt()), "receipt_confirmed", "funds_released")
    assert world.order.phase is Phase.COMPLETED
    assert world.balance("seller:seller-1:pending") == 9_500
    assert world.balance("platform:commission") == 500


def test_a_delivered_scan_comes_with_the_default_of_the_story() -> None:
    """The scan that the stories use is a whole one."""
    assert DELIVER.signature
    assert DELIVER.weight
