"""The trust figures of people, counted from events."""

import pytest
from msgspec.structs import replace

from escrow_tui.engine import commands as c
from escrow_tui.engine import events as e
from escrow_tui.engine.evolve import evolve
from escrow_tui.engine.market import Person
from escrow_tui.engine.order import Order
from escrow_tui.engine.roles import Role
from escrow_tui.engine.terms import Parcel, ShipmentState
from escrow_tui.engine.trust import Figure, TrustChange, trust_changes, trusted
from tests.given.orders import (
    APPEALED,
    COMPLETED,
    DELIVERED,
    DISPUTE,
    DISPUTED,
    GOING_BACK,
    MEDIATED,
    PAID,
    REPLACE,
    SEND_ALL_BACK,
    SHIPPED,
    Step,
    World,
    days,
    given,
)

F = Figure
BUYER, SELLER = "buyer-1", "seller-1"
SEEN = c.Scan(status=ShipmentState.IN_TRANSIT)


def counted(*steps: Step) -> dict[tuple[str, Figure], int]:
    """Return the trust figures that a story adds."""
    world: World = given(*steps)
    order: Order | None = None
    figures: dict[tuple[str, Figure], int] = {}
    for order_id, at, event in world.history:
        for change in trust_changes(event, order):
            key = (change.person, change.figure)
            figures[key] = figures.get(key, 0) + change.by
        order = evolve(order, event, order_id, at)
    return figures


ORDERED = {(BUYER, F.ORDERS): 1, (SELLER, F.ORDERS): 1}
QUARRELLED = {**ORDERED, (BUYER, F.DISPUTES): 1, (SELLER, F.DISPUTES): 1}


@pytest.mark.parametrize(
    ("steps", "figures"),
    [
        ((), {}),
        ((c.Pay(),), {}),
        ((c.Cancel(),), {}),
        (PAID, ORDERED),
        (COMPLETED, ORDERED),
        (DISPUTED, QUARRELLED),
        ((*DISPUTED, c.AcceptClaim()), QUARRELLED),
        ((*DISPUTED, days(5)), QUARRELLED),
        ((*MEDIATED, days(30)), QUARRELLED),
        (
            (*DISPUTED, c.WithdrawDispute(), DISPUTE),
            {**ORDERED, (BUYER, F.DISPUTES): 2, (SELLER, F.DISPUTES): 2},
        ),
        (
            (*MEDIATED, c.Rule(refund=0, reasons=("x",)), days(7)),
            {**QUARRELLED, (BUYER, F.RULINGS_AGAINST): 1},
        ),
        (
            (*MEDIATED, c.Rule(refund=1, reasons=("x",)), days(7)),
            {**QUARRELLED, (SELLER, F.RULINGS_AGAINST): 1},
        ),
        ((*MEDIATED, c.Rule(refund=1, reasons=("x",)), days(6)), QUARRELLED),
        (
            (*APPEALED, c.DecideAppeal(refund=0, reasons=("x",))),
            {**QUARRELLED, (BUYER, F.RULINGS_AGAINST): 1},
        ),
        (
            (*MEDIATED, c.Rule(refund=1, reasons=("x",), return_goods=True), days(7)),
            {**QUARRELLED, (SELLER, F.RULINGS_AGAINST): 1},
        ),
        (
            (*MEDIATED, c.Rule(refund=0, reasons=("x",), replacement=True), days(7)),
            {**QUARRELLED, (SELLER, F.RULINGS_AGAINST): 1},
        ),
        ((*DELIVERED, REPLACE, c.AcceptClaim()), QUARRELLED),
        ((*DELIVERED, SEND_ALL_BACK, c.AcceptClaim()), QUARRELLED),
        ((*SHIPPED, days(5)), {**ORDERED, (SELLER, F.FALSE_SHIPMENTS): 1}),
        ((*SHIPPED, days(5), SEEN), {**ORDERED, (SELLER, F.FALSE_SHIPMENTS): 0}),
        ((*SHIPPED, SEEN, days(5)), ORDERED),
        ((*COMPLETED, c.Review(3)), {**ORDERED, (SELLER, F.REVIEWS): 1}),
        (
            (*COMPLETED, c.Review(4)),
            {**ORDERED, (SELLER, F.REVIEWS): 1, (SELLER, F.POSITIVE_REVIEWS): 1},
        ),
        (
            (*COMPLETED, c.Review(5)),
            {**ORDERED, (SELLER, F.REVIEWS): 1, (SELLER, F.POSITIVE_REVIEWS): 1},
        ),
    ],
)
def test_what_a_story_counts_of_both_sides(
    steps: tuple[Step, ...], figures: dict[tuple[str, Figure], int]
) -> None:
    """Orders count once verified, disputes once opened, rulings once executed."""
    assert counted(*steps) == figures


def test_a_ruling_is_against_whom_it_denies() -> None:
    """A return or a replacement without money counts as granted."""
    order = given(*MEDIATED, c.Rule(refund=1, reasons=("x",))).order
    against_seller = (TrustChange(SELLER, F.RULINGS_AGAINST, 1),)
    assert trust_changes(e.DisputeExecuted(0, True, False), order) == against_seller
    assert trust_changes(e.DisputeExecuted(0, False, True), order) == against_seller
    assert trust_changes(e.DisputeExecuted(5), order) == against_seller
    denied = (TrustChange(BUYER, F.RULINGS_AGAINST, 1),)
    assert trust_changes(e.DisputeExecuted(0), order) == denied


def test_a_scan_of_the_parcel_that_goes_back_clears_no_mark() -> None:
    """The mark is about the parcel that the seller sent."""
    order = given(*GOING_BACK).order
    assert order.shipment is not None
    marked = replace(order, shipment=replace(order.shipment, false=True))
    scan = e.ParcelScanned(
        status=ShipmentState.IN_TRANSIT, city="", post_code="", weight=0, signature=False
    )
    assert trust_changes(replace(scan, of=Parcel.RETURN), marked) == ()
    assert trust_changes(scan, marked) == (TrustChange(SELLER, F.FALSE_SHIPMENTS, -1),)
    assert trust_changes(scan, order) == ()


def test_an_event_without_an_order_counts_nothing() -> None:
    """The market's own events are about no trade."""
    assert trust_changes(e.PaymentVerified(), None) == ()
    assert trust_changes(e.DepositMade("seller-1", 1, "USD"), given().order) == ()


SHOP = Person("s", Role.SELLER, "Lumi Store", "CN", "Shenzhen", 964, 500, 20, 3, 2)


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ({}, SHOP),
        (
            {F.ORDERS: 10, F.DISPUTES: 1},
            # (20 x 500 + 1000) / 510 = 21.57, rounded
            replace(SHOP, orders=510, dispute_rate=22),
        ),
        ({F.ORDERS: 500}, replace(SHOP, orders=1_000, dispute_rate=10)),
        # (964 x 500 + 2000) / 503 = 962.2
        ({F.REVIEWS: 3, F.POSITIVE_REVIEWS: 2}, replace(SHOP, rating=962)),
        ({F.REVIEWS: 500}, replace(SHOP, rating=482)),
        (
            {F.RULINGS_AGAINST: 2, F.FALSE_SHIPMENTS: 1},
            replace(SHOP, rulings_against=5, false_shipments=3),
        ),
    ],
)
def test_a_persons_history_goes_on_with_what_happened(
    figures: dict[Figure, int], expected: Person
) -> None:
    """Rates are in tenths of a percent; half a tenth rounds up."""
    assert trusted(SHOP, figures) == expected


@pytest.mark.parametrize(
    ("figures", "orders", "rate", "rating"),
    [
        ({}, 0, 0, 0),
        ({F.ORDERS: 1}, 1, 0, 0),
        ({F.ORDERS: 3, F.DISPUTES: 1}, 3, 333, 0),
        ({F.ORDERS: 3, F.DISPUTES: 2}, 3, 667, 0),
        ({F.ORDERS: 16, F.DISPUTES: 1}, 16, 63, 0),
        ({F.DISPUTES: 1}, 0, 0, 0),
        ({F.REVIEWS: 2, F.POSITIVE_REVIEWS: 1}, 0, 0, 500),
        ({F.REVIEWS: 1, F.POSITIVE_REVIEWS: 1}, 0, 0, 1_000),
    ],
)
def test_a_newcomer_begins_with_nothing(
    figures: dict[Figure, int], orders: int, rate: int, rating: int
) -> None:
    """Without orders or reviews there is no rate."""
    new = Person("b", Role.BUYER, "A*** P.", "DE", "Berlin")
    expected = replace(new, orders=orders, dispute_rate=rate, rating=rating)
    assert trusted(new, figures) == expected
