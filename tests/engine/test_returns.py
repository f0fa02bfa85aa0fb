"""Returns: agreed, sent, scanned, confirmed."""

import pytest
from msgspec.structs import replace

from escrow_tui.engine import commands as c
from escrow_tui.engine import events as e
from escrow_tui.engine.instant import DAY
from escrow_tui.engine.order import (
    Resolution,
    Return,
    ScanRecord,
    Shipment,
    Stop,
)
from escrow_tui.engine.terms import (
    Parcel,
    Party,
    Phase,
    RefundWay,
    ReturnPhase,
    ShipmentState,
)
from tests.given.orders import (
    BACK,
    CAME_BACK,
    COMPLETED,
    DELIVER,
    DELIVER_BACK,
    DELIVERED,
    GOING_BACK,
    SELLER,
    SEND_ALL_BACK,
    SEND_BACK,
    SHIPPED,
    START,
    TO_GO_BACK,
    TRACKING,
    Step,
    World,
    days,
    given,
    then,
    then_exactly,
    then_refused,
)

S = ShipmentState
PART = replace(SEND_ALL_BACK, claim=6_000)
BOOKED = e.RefundBooked(
    number=1, amount=10_000, sources=e.Sources(escrow=10_000), way=RefundWay.CARD, lines=(10_000,)
)


def return_of(world: World) -> Return:
    """Return the story's running return."""
    assert world.order.return_ is not None
    return world.order.return_


AGREED: list[tuple[Step, ...]] = [
    (SEND_ALL_BACK, c.AcceptClaim()),
    (SEND_ALL_BACK, days(5)),
    (SEND_ALL_BACK, c.RejectClaim(), (SELLER, c.AcceptProposal(Party.BUYER))),
    (
        replace(SEND_ALL_BACK, return_goods=False),
        (SELLER, c.Propose(10_000, "", True)),
        c.AcceptProposal(Party.SELLER),
    ),
]


@pytest.mark.parametrize("agreed", AGREED)
def test_what_is_agreed_with_a_return_waits_for_the_goods(agreed: tuple[Step, ...]) -> None:
    """By acceptance, silence or agreement; the order keeps its phase, and no money moves."""
    world = given(*DELIVERED, *agreed)
    assert world.history[-1][2] == e.DisputeExecuted(10_000, True, False)
    back = return_of(world)
    assert (back.phase, back.resolution) == (ReturnPhase.AWAITING_RETURN, Resolution(10_000))
    assert (back.agreed_at, back.parcel, back.delivered_at) == (world.now, None, 0)
    assert back.dispute.number == 1
    assert (world.order.dispute, world.order.phase) == (None, Phase.DELIVERED)
    assert (world.order.held, world.order.returned_goods) == (10_000, False)
    assert world.order.stops == (Stop(START),)


def test_the_buyer_sends_the_goods_back() -> None:
    """With a well-formed tracking number; the order remembers that goods went back."""
    world = given(*TO_GO_BACK, days(3))
    then_exactly(world.when(c.ShipReturn(TRACKING)), e.ReturnShipped(TRACKING))
    back = return_of(world)
    assert back.phase is ReturnPhase.RETURN_IN_TRANSIT
    assert back.parcel == Shipment(tracking=TRACKING, state=S.LABEL, shipped_at=START + 3 * DAY)
    assert world.order.returned_goods


def test_goods_that_are_not_sent_back_are_the_buyers() -> None:
    """After ten days the seller is paid."""
    world = given(*TO_GO_BACK, days(10))
    assert [event for _, _, event in world.history][-3:] == [
        e.ReturnClosed(0, False, "return_ship"),
        e.FundsReleased(10_000, 500, 0, 9_500),
        e.OrderClosed(),
    ]
    assert world.order.stops == (Stop(START, START + 10 * DAY),)
    assert (world.order.return_, world.order.returned_goods) == (None, False)


def test_after_the_release_the_seller_keeps_the_money() -> None:
    """Nothing is released twice."""
    world = given(*COMPLETED, SEND_ALL_BACK, c.AcceptClaim(), days(10))
    assert world.names()[-2:] == ("return_closed", "order_closed")


# -- the parcel that goes back


@pytest.mark.parametrize(
    "status", [S.ACCEPTED, S.IN_TRANSIT, S.CUSTOMS, S.EXCEPTION, S.OUT_FOR_DELIVERY, S.LOST]
)
def test_a_scan_on_the_way_back_changes_its_parcel_alone(status: ShipmentState) -> None:
    """The order's own parcel stays delivered."""
    world = given(*GOING_BACK, days(1))
    shipment = world.order.shipment
    scan = c.Scan(status=status, city="Berlin", post_code="10115", weight=900, of=Parcel.RETURN)
    expected = e.ParcelScanned(
        status=status,
        city="Berlin",
        post_code="10115",
        weight=900,
        signature=False,
        of=Parcel.RETURN,
        proven=True,
    )
    then_exactly(world.when(scan), expected)
    record = ScanRecord(
        status=status, city="Berlin", post_code="10115", weight=900, signature=False, at=START + DAY
    )
    assert return_of(world).parcel == Shipment(
        tracking=TRACKING, state=status, shipped_at=START, scans=(record,)
    )
    assert return_of(world).phase is ReturnPhase.RETURN_IN_TRANSIT
    assert (world.order.shipment, world.order.phase) == (shipment, Phase.DELIVERED)


def test_the_goods_have_come_back() -> None:
    """From then on the seller's days to inspect them run."""
    world = given(*GOING_BACK, days(4), DELIVER_BACK)
    back = return_of(world)
    assert (back.phase, back.delivered_at) == (ReturnPhase.RETURN_DELIVERED, START + 4 * DAY)
    assert world.order.delivered_at == START
    assert world.order.phase is Phase.DELIVERED


@pytest.mark.parametrize("status", list(S))
def test_which_scan_may_follow_which_holds_for_it_too(status: ShipmentState) -> None:
    """Neither label nor acceptance after transit, and none after it went back to the buyer."""
    on_its_way = c.Scan(status=S.IN_TRANSIT, of=Parcel.RETURN)
    world = given(*GOING_BACK, on_its_way)
    answer = world.when(c.Scan(status=status, city="Halle", of=Parcel.RETURN))
    if status in (S.LABEL, S.ACCEPTED):
        then_refused(answer, "SCAN_OUT_OF_ORDER", state="in_transit", status=status)
    else:
        then(answer, "parcel_scanned")
    sent_back = given(*GOING_BACK, c.Scan(status=S.RETURNED_TO_SENDER, of=Parcel.RETURN))
    answer = sent_back.when(c.Scan(status=status, of=Parcel.RETURN))
    then_refused(answer, "SCAN_OUT_OF_ORDER", state="returned_to_sender")
    assert return_of(sent_back).phase is ReturnPhase.RETURN_IN_TRANSIT


def test_the_same_scan_of_the_two_parcels_is_two() -> None:
    """Each parcel's scan is compared with its own last one."""
    steps = (*SHIPPED, c.Scan(status=S.IN_TRANSIT), days(10), SEND_ALL_BACK, c.AcceptClaim())
    world = given(*steps, c.ShipReturn(TRACKING))
    back = c.Scan(status=S.IN_TRANSIT, of=Parcel.RETURN)
    then(world.when(back), "parcel_scanned")
    then_refused(world.when(back), "SCAN_REPEATED", status="in_transit")
    then_refused(world.when(c.Scan(status=S.IN_TRANSIT)), "SCAN_REPEATED", status="in_transit")


def test_the_orders_own_parcel_travels_on_while_the_return_runs() -> None:
    """A withdrawn dispute would leave the order in the phase that its parcel has reached."""
    steps = (*SHIPPED, c.Scan(status=S.IN_TRANSIT), days(10), SEND_ALL_BACK, c.AcceptClaim())
    world = given(*steps, c.ShipReturn(TRACKING), DELIVER)
    assert world.order.phase is Phase.DELIVERED
    assert return_of(world).phase is ReturnPhase.RETURN_IN_TRANSIT
    came_back = given(*steps, SEND_BACK, c.ShipReturn(TRACKING))
    assert came_back.order.phase is Phase.RETURNED_TO_SENDER
    then(came_back.when(DELIVER_BACK), "parcel_scanned")


# -- confirmed


@pytest.mark.parametrize(
    ("ending", "why"),
    [((c.ConfirmReturn(),), "confirmed by the seller"), ((days(10),), "return_confirm")],
)
def test_what_came_back_is_refunded(ending: tuple[Step, ...], why: str) -> None:
    """When the seller confirms it, or after ten days of silence."""
    world = given(*BACK, *ending)
    assert [event for _, _, event in world.history][-3:] == [
        e.ReturnClosed(10_000, False, why),
        BOOKED,
        e.OrderRefunded(),
    ]
    assert (world.order.phase, world.order.return_) == (Phase.REFUNDED, None)
    assert world.order.stops == (Stop(START, world.history[-1][1]),)


def test_of_a_part_the_seller_keeps_the_rest() -> None:
    """Some money is not refunded, so the order ends as closed."""
    world = given(*DELIVERED, PART, *BACK[len(DELIVERED) + 1 :])
    then_exactly(
        world.when(c.ConfirmReturn()),
        e.ReturnClosed(6_000, False, "confirmed by the seller"),
        e.RefundBooked(
            number=1,
            amount=6_000,
            sources=e.Sources(escrow=6_000),
            way=RefundWay.CARD,
            lines=(6_000,),
        ),
        e.FundsReleased(4_000, 200, 0, 3_800),
        e.OrderClosed(),
    )


def test_after_the_release_it_is_clawed_back() -> None:
    """From the seller's pending money, with the commission."""
    steps = (*COMPLETED, PART, c.AcceptClaim(), c.ShipReturn(TRACKING), DELIVER_BACK)
    then_exactly(
        given(*steps).when(c.ConfirmReturn()),
        e.ReturnClosed(6_000, False, "confirmed by the seller"),
        e.RefundBooked(
            number=1,
            amount=6_000,
            sources=e.Sources(escrow=0, commission=300, pending=5_700),
            way=RefundWay.CARD,
            lines=(6_000,),
        ),
        e.OrderClosed(),
    )


def test_a_parcel_that_came_back_by_itself_is_no_return() -> None:
    """The carrier returned it, and nothing was agreed."""
    order = given(*CAME_BACK).order
    assert (order.return_, order.returned_goods) == (None, False)
