"""Figures of trust: counted as things happen, read with the person, and the same when rebuilt."""

from msgspec.structs import replace

from escrow_tui.engine.commands import Scan
from escrow_tui.engine.market import Person
from escrow_tui.engine.roles import CARRIER, Role
from escrow_tui.engine.terms import ShipmentState
from escrow_tui.engine.trust import Figure
from escrow_tui.store.derived.fold import fold
from escrow_tui.store.store import Store
from tests.given.store_world import DAY, MARKET, START, act, disputed, pass_time, shipped

BUYER = Person("buyer-1", Role.BUYER, "A*** P.", "DE", "Berlin", 0, 3, 0, 1, 0)
SHOP = Person("seller-1", Role.SELLER, "Lumi Store", "CN", "Shenzhen", 973, 9, 100, 0, 2)


def test_what_happens_is_counted_for_both_sides(store: Store) -> None:
    """In the transaction that writes it, and apart from the figures that they started with."""
    with store.writing() as writing:
        disputed(writing, "A", START)
    with store.reading() as reading:
        assert reading.trust(MARKET) == {
            (person, figure): 1
            for person in ("buyer-1", "seller-1")
            for figure in (Figure.ORDERS, Figure.DISPUTES)
        }


def test_people_are_read_with_what_happened_in_the_market(store: Store) -> None:
    """One disputed order in four is 25 %; the shop's nine orders at 10 % become ten at 19 %."""
    with store.writing() as writing:
        writing.put_people(MARKET, [BUYER, SHOP])
        disputed(writing, "A", START)
    with store.reading() as reading:
        people = reading.people(MARKET)
    assert people["buyer-1"] == replace(BUYER, orders=4, dispute_rate=250)
    assert people["seller-1"] == replace(SHOP, orders=10, dispute_rate=190)


def test_a_shipment_that_was_marked_false_and_then_seen_counts_nothing(store: Store) -> None:
    """The mark is counted when the days are over, and taken back by the scan."""
    with store.writing() as writing:
        writing.put_people(MARKET, [SHOP])
        shipped(writing, "A", START)
        pass_time(writing, START + 5 * DAY)
        assert writing.people(MARKET)["seller-1"].false_shipments == 3
        act(writing, "A", Scan(status=ShipmentState.IN_TRANSIT), CARRIER, START + 5 * DAY)
        assert writing.people(MARKET)["seller-1"].false_shipments == 2
        folded = fold(writing.entries(MARKET), START, writing.policy)
        assert folded.trust == writing.trust(MARKET)


def test_a_fork_counts_only_what_it_copied(store: Store) -> None:
    """People are copied as they started; their counts are computed again."""
    with store.writing() as writing:
        writing.put_people(MARKET, [BUYER])
        disputed(writing, "A", START)
        writing.copy_market(MARKET, "fork", 3)
        assert writing.trust("fork") == {
            ("buyer-1", Figure.ORDERS): 1,
            ("seller-1", Figure.ORDERS): 1,
        }
        assert writing.people("fork")["buyer-1"] == replace(BUYER, orders=4)
