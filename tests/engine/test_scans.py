"""Scans: which may follow which, false shipments, proven deliveries."""

import pytest
from msgspec.structs import replace

from escrow_tui.engine import commands as c
from escrow_tui.engine import events as e
from escrow_tui.engine.deadlines import deadlines
from escrow_tui.engine.instant import DAY
from escrow_tui.engine.money import Money
from escrow_tui.engine.order import Order, ScanRecord, Shipment
from escrow_tui.engine.policy import Policy
from escrow_tui.engine.terms import Parcel, Phase, Reason, ShipmentState
from tests.each import for_each
from tests.given.orders import (
    CAME_BACK,
    CHARGE_BACK,
    DELIVER,
    DELIVERED,
    GOING_BACK,
    POLICY,
    SEND_ALL_BACK,
    SEND_BACK,
    SHIPPED,
    START,
    TRACKING,
    Pause,
    Step,
    World,
    days,
    given,
    then,
    then_exactly,
    then_refused,
)

S = ShipmentState
ON_THE_WAY = (S.ACCEPTED, S.IN_TRANSIT, S.CUSTOMS, S.EXCEPTION, S.OUT_FOR_DELIVERY, S.LOST)
ARRIVED = (S.DELIVERED, S.RETURNED_TO_SENDER)
NEXT = "RR473124404CN"


def scan(status: ShipmentState, city: str = "Leipzig", of: Parcel = Parcel.ORDER) -> c.Scan:
    """Return the command for a scan."""
    return c.Scan(status=status, city=city, post_code="04109", of=of)


def seen(status: ShipmentState, city: str = "Leipzig") -> e.ParcelScanned:
    """Return the event of such a scan."""
    return e.ParcelScanned(status=status, city=city, post_code="04109", weight=0, signature=False)


def parcel(order: Order) -> Shipment:
    """Return the order's parcel."""
    assert order.shipment is not None
    return order.shipment


@pytest.mark.parametrize("status", ON_THE_WAY)
def test_a_scan_on_the_way_changes_the_shipment_alone(status: ShipmentState) -> None:
    """The order stays shipped, whatever the carrier reports on the way."""
    world = given(*SHIPPED, days(1))
    then_exactly(world.when(scan(status)), seen(status))
    record = ScanRecord(
        status=status, city="Leipzig", post_code="04109", weight=0, signature=False, at=START + DAY
    )
    assert parcel(world.order) == Shipment(
        tracking=TRACKING, state=status, shipped_at=START, scans=(record,)
    )
    assert (world.order.phase, world.order.delivered_at) == (Phase.SHIPPED, 0)


def test_a_delivered_scan_delivers_the_order() -> None:
    """The scan has city, post code, weight and signature."""
    world = given(*SHIPPED, days(2))
    then_exactly(
        world.when(DELIVER),
        e.ParcelScanned(
            status=S.DELIVERED, city="Berlin", post_code="10115", weight=1_200, signature=True
        ),
    )
    record = ScanRecord(
        status=S.DELIVERED,
        city="Berlin",
        post_code="10115",
        weight=1_200,
        signature=True,
        at=START + 2 * DAY,
    )
    assert parcel(world.order) == Shipment(
        tracking=TRACKING, state=S.DELIVERED, shipped_at=START, scans=(record,)
    )
    assert (world.order.phase, world.order.delivered_at) == (Phase.DELIVERED, START + 2 * DAY)


def test_a_parcel_that_came_back_waits_for_the_seller() -> None:
    """The seller's days run from the scan."""
    world = given(*SHIPPED, days(2), SEND_BACK)
    assert (world.order.phase, world.order.returned_at) == (
        Phase.RETURNED_TO_SENDER,
        START + 2 * DAY,
    )
    assert parcel(world.order).state is S.RETURNED_TO_SENDER


@for_each("status", list(S))
@for_each("state", [S.LABEL, *ON_THE_WAY])
def test_which_scan_may_follow_which(state: ShipmentState, status: ShipmentState) -> None:
    """A label comes first, then acceptance; a lost parcel may be found anywhere."""
    world = given(*SHIPPED, *(() if state is S.LABEL else (scan(state),)))
    answer = world.when(scan(status, "Halle"))
    if status is S.LABEL or (status is S.ACCEPTED and state is not S.LABEL):
        then_refused(answer, "SCAN_OUT_OF_ORDER", state=state, status=status)
        assert parcel(world.order).state is state
    else:
        then_exactly(answer, seen(status, "Halle"))


@pytest.mark.parametrize("status", list(S))
@pytest.mark.parametrize("steps", [DELIVERED, CAME_BACK])
def test_no_scan_follows_the_arrival(steps: tuple[Step, ...], status: ShipmentState) -> None:
    """Late and repeated scans are refused."""
    then_refused(given(*steps).when(c.Scan(status=status)), "WRONG_PHASE")


@pytest.mark.parametrize("status", list(S))
def test_a_parcel_that_has_arrived_is_not_scanned_while_another_goes_back(
    status: ShipmentState,
) -> None:
    """A return lets the carrier scan, but only the other parcel."""
    answer = given(*GOING_BACK).when(c.Scan(status=status))
    then_refused(answer, "SCAN_OUT_OF_ORDER", state="delivered", status=status)


@pytest.mark.parametrize("status", [S.IN_TRANSIT, *ARRIVED])
def test_a_parcel_whose_receipt_was_confirmed_is_not_scanned_either(status: ShipmentState) -> None:
    """Only the buyer said that it came, and the order does not go back."""
    world = given(*SHIPPED, scan(S.ACCEPTED), c.ConfirmReceipt(), SEND_ALL_BACK, c.AcceptClaim())
    world.after(c.ShipReturn(TRACKING))
    then_refused(world.when(scan(status)), "SCAN_OUT_OF_ORDER", state="accepted", status=status)
    assert world.order.phase is Phase.COMPLETED


def test_a_lost_parcel_that_is_found_is_delivered() -> None:
    """Being lost is no end: protection kept running."""
    world = given(*SHIPPED, scan(S.LOST), days(20), scan(S.IN_TRANSIT), DELIVER)
    assert [one.status for one in parcel(world.order).scans] == [S.LOST, S.IN_TRANSIT, S.DELIVERED]
    assert world.order.phase is Phase.DELIVERED


@pytest.mark.parametrize(
    ("first", "second", "code"),
    [
        (scan(S.CUSTOMS), scan(S.CUSTOMS), "SCAN_REPEATED"),
        (
            scan(S.CUSTOMS),
            c.Scan(status=S.CUSTOMS, city="Leipzig", post_code="04109", weight=900, signature=True),
            "SCAN_REPEATED",
        ),
        (scan(S.CUSTOMS), scan(S.CUSTOMS, "Halle"), ""),
        (scan(S.CUSTOMS), c.Scan(status=S.CUSTOMS, city="Leipzig", post_code="04103"), ""),
        (scan(S.CUSTOMS), scan(S.IN_TRANSIT), ""),
    ],
)
def test_a_scan_of_the_same_place_is_reported_once(
    first: c.Scan, second: c.Scan, code: str
) -> None:
    """Another city or post code makes another scan."""
    answer = given(*SHIPPED, first).when(second)
    if code:
        then_refused(answer, code, status="customs")
    else:
        then(answer, "parcel_scanned")


def test_only_the_last_scan_is_compared() -> None:
    """A parcel may come to the same place twice."""
    world = given(*SHIPPED, scan(S.IN_TRANSIT), scan(S.CUSTOMS))
    then(world.when(scan(S.IN_TRANSIT)), "parcel_scanned")


def test_without_a_return_there_is_no_parcel_of_it() -> None:
    """Neither before it was sent back nor once it has arrived."""
    on_its_way = given(*SHIPPED).when(scan(S.IN_TRANSIT, of=Parcel.RETURN))
    then_refused(on_its_way, "NO_RETURN_PARCEL")
    agreed = (*SHIPPED, days(10), SEND_ALL_BACK, c.AcceptClaim())
    world = given(*agreed)
    then_refused(world.when(scan(S.ACCEPTED, of=Parcel.RETURN)), "NO_RETURN_PARCEL")
    world.after(c.ShipReturn(NEXT), scan(S.DELIVERED, of=Parcel.RETURN))
    then_refused(world.when(scan(S.LOST, of=Parcel.RETURN)), "NO_RETURN_PARCEL")


# -- false shipments


def test_a_parcel_without_a_scan_is_a_false_shipment_after_five_days() -> None:
    """The order stays shipped, and a later scan clears the mark."""
    world = given(*SHIPPED, Pause(5 * DAY - 1))
    assert not parcel(world.order).false
    world.after(Pause(1))
    assert parcel(world.order).false
    assert (world.order.phase, world.names()[-1]) == (Phase.SHIPPED, "shipment_marked_false")
    assert "false_shipment" not in [one.name for one in deadlines(world.order, POLICY)]
    world.after(scan(S.ACCEPTED))
    assert not parcel(world.order).false


def test_one_scan_in_time_is_enough() -> None:
    """Whatever comes after it."""
    world = given(*SHIPPED, days(4), scan(S.ACCEPTED), days(30))
    assert "shipment_marked_false" not in world.names()


@pytest.mark.parametrize("marked", [True, False])
def test_a_false_shipment_is_disputed_at_once(marked: bool) -> None:
    """The ten days apply only to a parcel that is on its way."""
    late = c.OpenDispute(reason=Reason.NO_SCANS, claim=10_000)
    world = given(*SHIPPED, days(5), *(() if marked else (scan(S.ACCEPTED),)))
    if marked:
        then(world.when(late), "dispute_opened", "proposal_made")
    else:
        then_refused(world.when(late), "DISPUTE_TOO_EARLY", days="5", needed="10")


def test_a_parcel_sent_again_has_five_new_days_to_its_first_scan() -> None:
    """Five days from its second shipping, whatever was scanned the first time."""
    world = given(*CAME_BACK, days(1), c.Reship(NEXT), days(5))
    assert parcel(world.order) == Shipment(
        tracking=NEXT, state=S.LABEL, shipped_at=START + DAY, scans=(), false=True
    )


# -- proven deliveries

SIGNED = replace(POLICY, signature_from=Money(10_000, "USD"))


@pytest.mark.parametrize(
    ("policy", "price", "currency", "signature", "proven"),
    [
        (SIGNED, 10_000, "USD", True, True),
        (SIGNED, 10_000, "USD", False, False),
        (SIGNED, 10_001, "USD", False, False),
        (SIGNED, 9_999, "USD", False, True),
        (SIGNED, 10_000, "EUR", False, True),
        (replace(POLICY, signature_from=Money(0, "USD")), 10_000, "USD", False, True),
        (replace(POLICY, signature_from=Money(1, "USD")), 10_000, "USD", False, False),
        (POLICY, 10_000, "USD", False, True),
    ],
)
def test_a_dear_order_is_delivered_by_a_signature(
    policy: Policy, price: int, currency: str, signature: bool, proven: bool
) -> None:
    """From the policy's amount on, in its currency; the order is delivered either way."""
    world = given(*SHIPPED, policy=policy, price=price, currency=currency)
    handed = c.Scan(status=S.DELIVERED, signature=signature)
    then_exactly(
        world.when(handed),
        e.ParcelScanned(
            status=S.DELIVERED,
            city="",
            post_code="",
            weight=0,
            signature=signature,
            of=Parcel.ORDER,
            proven=proven,
        ),
    )
    assert (world.order.phase, world.order.unproven) == (Phase.DELIVERED, not proven)
    assert world.order.proven is proven


def test_what_counts_is_the_price_with_shipping() -> None:
    """The captured amount counts."""
    world = given(*SHIPPED, policy=SIGNED, price=9_000, shipping=1_000)
    assert world.after(c.Scan(status=S.DELIVERED)).order.unproven


@pytest.mark.parametrize("status", ON_THE_WAY)
def test_only_the_delivery_wants_a_signature(status: ShipmentState) -> None:
    """Other scans need no proof."""
    world = given(*SHIPPED, policy=SIGNED)
    then_exactly(world.when(scan(status)), seen(status))


def test_the_goods_that_come_back_need_no_signature() -> None:
    """The seller confirms their arrival."""
    back = scan(S.DELIVERED, of=Parcel.RETURN)
    answer = given(*GOING_BACK, policy=SIGNED).when(back)
    expected = e.ParcelScanned(
        status=S.DELIVERED,
        city="Leipzig",
        post_code="04109",
        weight=0,
        signature=False,
        of=Parcel.RETURN,
        proven=True,
    )
    then_exactly(answer, expected)


def test_an_unproven_delivery_can_be_confirmed_by_the_buyer_alone() -> None:
    """Until protection ends, silence is not enough."""
    world = given(*SHIPPED, c.Scan(status=S.DELIVERED), days(8), policy=SIGNED)
    assert world.order.phase is Phase.DELIVERED
    then(world.when(c.ConfirmReceipt()), "receipt_confirmed", "funds_released")


# -- scans during a chargeback


@pytest.mark.parametrize(
    ("status", "phase"),
    [
        (S.DELIVERED, Phase.DELIVERED),
        (S.RETURNED_TO_SENDER, Phase.RETURNED_TO_SENDER),
        (S.IN_TRANSIT, Phase.SHIPPED),
    ],
)
def test_a_parcel_travels_on_while_the_order_is_frozen(status: ShipmentState, phase: Phase) -> None:
    """Afterwards the order is in the phase that its parcel has reached."""
    world: World = given(*SHIPPED, CHARGE_BACK, scan(status))
    assert (world.order.phase, world.order.phase_beneath) == (Phase.FROZEN, phase)
    assert parcel(world.order).state is status
