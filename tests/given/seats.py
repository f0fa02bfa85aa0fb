"""A market with seven seats, and orders in the phases that foreign acts need."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from escrow_tui.desk.session import Purchase
from escrow_tui.engine.answers import Done
from escrow_tui.engine.commands import (
    AnyCommand,
    Appeal,
    Escalate,
    Exhibit,
    OpenDispute,
    Pay,
    RejectClaim,
    Rule,
    Scan,
    Ship,
    VerifyPayment,
)
from escrow_tui.engine.roles import BANK, CARRIER, Actor
from escrow_tui.engine.terms import EvidenceKind, Reason, ShipmentState
from escrow_tui.scenarios.opening import seated
from escrow_tui.scenarios.seats.admission import join
from escrow_tui.scenarios.seats.grants import Given, give, new_market
from escrow_tui.scenarios.seats.keys import SeatKeys
from escrow_tui.scenarios.seats.people import SeatRequest
from escrow_tui.scenarios.session.sitting import Sitting
from escrow_tui.store import Address, RunRow, Store, open_store
from escrow_tui.store.rows.seats import SeatKey, SeatRow
from escrow_tui.store.seat_store import SeatStore

PEOPLE = ("ann", "bob", "shop", "rival", "judge", "colleague", "backstage")
SEED, NOW = 7, "2026-01-01T10:00:00Z"
TRACKING = "RR473124829CN"
PHOTO = Exhibit(EvidenceKind.PHOTO, "a crack")


class Seats(msgspec.Struct):
    """Who sits in a market: two buyers, two shops, two mediators, and backstage."""

    store: Store
    keys: SeatKeys
    market: RunRow
    ann: Sitting
    bob: Sitting
    shop: Sitting
    rival: Sitting
    judge: Sitting
    colleague: Sitting
    backstage: Sitting

    def given(self, role: str) -> Given:
        """Give one more seat, which nobody has taken yet."""
        return give(self.store, self.market, SeatRequest(role), NOW)

    def joined(self, role: str) -> tuple[Given, SeatKey]:
        """Give one more seat, and take it."""
        given = self.given(role)
        return given, join(self.store, given.code, self.keys, NOW)


def sat(store: Store, address: Address, folder: Path) -> Seats:
    """Make a market with seven people in their seats."""
    keys, market = SeatKeys(address, folder / "seats"), new_market(store, "Class 3", NOW, SEED)
    roles = ("buyer", "buyer", "seller", "seller", "mediator", "mediator", "backstage")
    codes = [give(store, market, SeatRequest(role), NOW).code for role in roles]
    people = [seated(store, join(store, code, keys, NOW)) for code in codes]
    return Seats(store, keys, market, *people)


@contextmanager
def opened(address: Address, folder: Path) -> Iterator[Seats]:
    """Open a store that has a market with seven people in their seats."""
    store = open_store(address)
    try:
        yield sat(store, address, folder)
    finally:
        store.close()


def me(seat: Sitting) -> Actor:
    """Return the actor that a seat acts as."""
    return seat.chairs[0]


def seat_row(seat: Sitting) -> SeatRow:
    """Return the row of somebody's seat."""
    assert isinstance(seat.desk.store, SeatStore)
    return seat.desk.store.seat


def do(seat: Sitting, order: str, command: AnyCommand, actor: Actor | None = None) -> None:
    """Submit a command that the seat may give; it must succeed."""
    answer = seat.submit(actor or me(seat), order, command, f"{me(seat)} {order} {command!r}")
    assert isinstance(answer, Done), answer


def bought(buyer: Sitting, shop: Sitting, method: str = "credit_card") -> str:
    """Buy one article of a shop at the checkout, and return the order's id."""
    goods = [one.id for one in buyer.listings(me(buyer)) if one.seller.id == me(shop).person]
    purchase = Purchase((goods[0],), method)
    (order,) = (part.order for part in buyer.quote(me(buyer), purchase).parts)
    (answer,) = buyer.buy(me(buyer), purchase, f"cart of {order}")
    assert isinstance(answer, Done), answer
    return order


def paid(seats: Seats, buyer: Sitting, shop: Sitting, method: str = "credit_card") -> str:
    """Buy one article and pay; return the order's id."""
    order = bought(buyer, shop, method)
    do(buyer, order, Pay())
    do(seats.backstage, order, VerifyPayment(), BANK)
    return order


def delivered(seats: Seats, buyer: Sitting, shop: Sitting) -> str:
    """Return an order that has been delivered."""
    order = paid(seats, buyer, shop)
    do(shop, order, Ship(TRACKING))
    do(
        seats.backstage,
        order,
        Scan(status=ShipmentState.DELIVERED, city="Berlin", post_code="10115", weight=1_200),
        CARRIER,
    )
    return order


def escalated(seats: Seats, buyer: Sitting, shop: Sitting) -> str:
    """Return an order that is in mediation."""
    order = delivered(seats, buyer, shop)
    do(buyer, order, OpenDispute(reason=Reason.DAMAGED, claim=100, evidence=(PHOTO,)))
    do(shop, order, RejectClaim())
    do(buyer, order, Escalate())
    return order


def ruled(seats: Seats, buyer: Sitting, shop: Sitting) -> str:
    """Return an order on which the first mediator has ruled."""
    order = escalated(seats, buyer, shop)
    do(seats.judge, order, Rule(refund=100, reasons=("a crack",)))
    return order


def appealed(seats: Seats, buyer: Sitting, shop: Sitting) -> str:
    """Return an order whose ruling the shop has appealed."""
    order = ruled(seats, buyer, shop)
    do(shop, order, Appeal((Exhibit(EvidenceKind.PHOTO, "before packing"),)))
    return order


def seat_of(seats: Seats, name: str) -> Sitting:
    """Return the session of a person in a seat."""
    found = getattr(seats, name)
    assert isinstance(found, Sitting)
    return found
