"""Lists, deadlines and counters of orders."""

import pytest

from escrow_tui.engine.commands import (
    Appeal,
    Cancel,
    Escalate,
    Exhibit,
    OpenEvidence,
    Pay,
    PlaceOrder,
    Rule,
)
from escrow_tui.engine.events import CaseAssigned
from escrow_tui.engine.roles import FIRST_MEDIATOR, Actor, Role
from escrow_tui.engine.terms import DisputePhase, EvidenceKind, Phase
from escrow_tui.store import OrderKey, after
from escrow_tui.store.reading import Reading
from escrow_tui.store.store import Store
from tests.store.raw import rows_of, where_of
from tests.store.sending import Sent, recorded
from tests.store.world import (
    BUYER,
    DAY,
    MARKET,
    PLACE,
    START,
    act,
    disputed,
    pass_time,
    write,
)

OTHER = Actor(Role.BUYER, "buyer-2")


@pytest.fixture
def many(store: Store) -> Store:
    """A store of either kind with seven orders."""
    return _filled(store)


def _filled(store: Store) -> Store:
    """Seven orders, several of one instant, one of them another buyer's and one in dispute."""
    with store.writing() as writing:
        for n, order_id in enumerate("DBCAE"):
            act(writing, order_id, PLACE, BUYER, START + n // 2)
        other = PlaceOrder("buyer-2", "seller-2", PLACE.lines, "USD")
        act(writing, "F", other, OTHER, START + 3)
        disputed(writing, "G", START + 3)
    return store


def _ids(store: Store, **filters: str) -> str:
    found, key = "", None
    with store.reading() as reading:
        while page := reading.orders(
            MARKET,
            buyer=filters.get("buyer"),
            seller=filters.get("seller"),
            mediator=filters.get("mediator"),
            disputed="disputed" in filters,
            after=key,
            limit=2,
        ):
            found += "".join(stored.order.id for stored in page)
            key = after(page[-1].order)
    return found


def test_pages_follow_each_other_newest_first(many: Store) -> None:
    """Page after page shows each order once, those of one instant by id."""
    assert _ids(many) == "GFECADB"


def test_lists_are_by_buyer_seller_and_dispute(many: Store) -> None:
    """Each desk sees the orders of its person."""
    assert _ids(many, buyer="buyer-2") == "F"
    assert _ids(many, buyer="buyer-2", seller="seller-1") == ""
    assert _ids(many, seller="seller-1") == "GECADB"
    assert _ids(many, disputed="") == "G"
    with many.reading() as reading:
        delivered = reading.orders(MARKET, phase=Phase.DELIVERED)
        of_another = reading.orders(MARKET, seller="seller-2", phase=Phase.DELIVERED)
    assert [one.order.id for one in delivered] == ["G"]
    assert of_another == ()


def test_a_mediator_sees_his_cases(many: Store) -> None:
    """A case is listed for the mediator who took it, and for no other."""
    with many.writing() as writing:
        act(writing, "G", Escalate(), BUYER, START + DAY)
        stored = writing.order(MARKET, "G")
        assigned = (CaseAssigned("1"),)
        write(writing, "G", stored, assigned, FIRST_MEDIATOR, START + DAY)
    assert _ids(many, mediator="1") == "G"
    assert _ids(many, mediator="2") == ""


def test_an_appeal_is_a_case_of_its_reviewer(many: Store) -> None:
    """It leaves the mediator who ruled, is free at first, and then is listed for who took it."""
    ruled, photo = Rule(4_000, ("a crack",)), Exhibit(EvidenceKind.PHOTO, "the crack, closer")
    with many.writing() as writing:
        act(writing, "G", Escalate(), BUYER, START + DAY)
        act(writing, "G", ruled, FIRST_MEDIATOR, START + DAY)
        assert _of(writing, "1") == "G"
        act(writing, "G", Appeal((photo,)), BUYER, START + DAY)
        assert (_of(writing, "1"), _of(writing, "")) == ("", "G")
        act(writing, "G", OpenEvidence("E1"), Actor(Role.MEDIATOR, "2"), START + DAY)
        assert (_of(writing, "1"), _of(writing, ""), _of(writing, "2")) == ("", "", "G")


def _of(reading: Reading, mediator: str) -> str:
    return "".join(one.order.id for one in reading.orders(MARKET, mediator=mediator))


def _lists_of(store: Store, key: OrderKey) -> list[Sent]:
    """Return the statements that read each list once after a key, with their values."""
    with recorded() as sent, store.reading() as reading:
        reading.orders(MARKET, after=key)
        reading.orders(MARKET, buyer="buyer-1", after=key)
        reading.orders(MARKET, seller="seller-1", after=key)
        reading.orders(MARKET, disputed=True, after=key)
        reading.orders(MARKET, mediator="1", after=key)
        reading.next_due(MARKET, START)
        next(reading.coming(MARKET))
        reading.orders(MARKET, seller="seller-1", phase=Phase.FROZEN, after=key)
    return sent


INDEXES = ("newest", "of_buyer", "of_seller", "disputed", "disputed", "due", "due", "of_seller")


def test_every_list_of_a_file_is_read_from_an_index_and_never_sorted(file_store: Store) -> None:
    """A deep page costs what the first costs: the index stands in the list's order."""
    where = where_of(_filled(file_store))
    lists = _lists_of(file_store, OrderKey(START + 3, "F"))
    plans = [str(rows_of(where, f"EXPLAIN QUERY PLAN {sql}", values)) for sql, values in lists]
    for plan, name in zip(plans, INDEXES, strict=True):
        assert f"INDEX order_{name} (market=?" in plan
        assert "SEARCH" in plan
        assert "B-TREE" not in plan
    assert all("(placed_at,id)<(?,?)" in plan for plan in plans[:5])


MANY_MORE = """
INSERT INTO order_state
SELECT market, id || n, version, phase, n % 50 = 0, dispute_phase, 'buyer-' || n % 40,
       'seller-' || n % 40, 'mediator-' || n % 40, placed_at + n, placed_at + n, words, body
FROM order_state, generate_series(1, 700) AS n
"""


def test_every_list_of_a_server_is_read_from_an_index_and_never_sorted(
    database_store: Store,
) -> None:
    """So it is where the server chooses, with enough orders to choose about."""
    where = where_of(_filled(database_store))
    rows_of(where, MANY_MORE)
    rows_of(where, "ANALYZE order_state")
    lists = _lists_of(database_store, OrderKey(START + 600, "F"))
    # What is read one by one comes through a cursor, which the server plans for its first rows.
    how = ["" if "LIMIT" in sql else "DECLARE one_by_one CURSOR FOR" for sql, _ in lists]
    plans = [
        str(rows_of(where, f"EXPLAIN {cursor} {sql}", values))
        for cursor, (sql, values) in zip(how, lists, strict=True)
    ]
    for plan, name in zip(plans, INDEXES, strict=True):
        assert f" using order_{name} on order_state" in plan
        assert "Sort" not in plan
    assert all("ROW(placed_at, (id)::text) < ROW(" in plan for plan in plans[:5])


def test_the_first_deadline_is_found_and_ties_go_by_id(store: Store) -> None:
    """What is due first comes first, and of one instant the lower id."""
    with store.writing() as writing:
        assert list(writing.coming(MARKET)) == []
        for order_id, at in (("C", START), ("B", START + 5), ("A", START + 5)):
            act(writing, order_id, PLACE, BUYER, at)
        first = START + 20 * DAY
        assert list(writing.coming(MARKET)) == [(first, "C"), (first + 5, "A"), (first + 5, "B")]
        assert writing.next_due(MARKET, first - 1) is None
        assert writing.next_due(MARKET, first) == (first, "C")
        pass_time(writing, first)
        assert next(writing.coming(MARKET)) == (first + 5, "A")
        pass_time(writing, first + 5)
        assert list(writing.coming(MARKET)) == []


def test_counters_follow_every_move_of_a_phase(store: Store) -> None:
    """The counts are those of the orders, an empty phase is not named."""
    awaiting, verifying = (Phase.AWAITING_PAYMENT, None), (Phase.VERIFYING, None)
    with store.writing() as writing:
        act(writing, "A", PLACE, BUYER, START)
        act(writing, "B", PLACE, BUYER, START)
        assert writing.phase_counts(MARKET) == {awaiting: 2}
        act(writing, "A", Pay(), BUYER, START)
        assert writing.phase_counts(MARKET) == {awaiting: 1, verifying: 1}
        act(writing, "B", Cancel(), BUYER, START)
        disputed(writing, "C", START)
        assert writing.phase_counts(MARKET) == {
            verifying: 1,
            (Phase.EXPIRED, None): 1,
            (Phase.DELIVERED, DisputePhase.NEGOTIATING): 1,
        }
