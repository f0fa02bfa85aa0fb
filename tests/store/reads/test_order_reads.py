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
from escrow_tui.engine.entry import order_stream
from escrow_tui.engine.events import CaseAssigned
from escrow_tui.engine.roles import FIRST_MEDIATOR, Actor, Role
from escrow_tui.engine.terms import DisputePhase, EvidenceKind, Phase
from escrow_tui.store import DueKey, OrderKey, Word, due_key, order_key
from escrow_tui.store.reads.snapshot import Reading
from escrow_tui.store.store import Store
from tests.given.sent_rows import Sent, recorded
from tests.given.store_world import (
    BUYER,
    DAY,
    MARKET,
    PLACE,
    START,
    act,
    disputed,
    pass_time,
    put,
    write,
)
from tests.store.raw import rows_of, where_of

OTHER = Actor(Role.BUYER, "buyer-2")


@pytest.fixture
def many(store: Store) -> Store:
    """A store of either kind with seven orders."""
    return _filled(store)


def _filled(store: Store) -> Store:
    """Seven orders, some placed at the same instant, one by another buyer and one in dispute."""
    with store.writing() as writing:
        for n, order_id in enumerate("DBCAE"):
            act(writing, order_id, PLACE, BUYER, START + n // 2)
        other = PlaceOrder(buyer="buyer-2", seller="seller-2", lines=PLACE.lines, currency="USD")
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
            after=key,
            limit=2,
        ):
            found += "".join(stored.order.id for stored in page)
            key = order_key(page[-1].order)
    return found


def test_pages_follow_each_other_newest_first(many: Store) -> None:
    """Each order is on one page; those of the same instant are ordered by id."""
    assert _ids(many) == "GFECADB"


def test_lists_are_by_buyer_and_seller(many: Store) -> None:
    """A buyer's list and a seller's list hold that person's orders."""
    assert _ids(many, buyer="buyer-2") == "F"
    assert _ids(many, buyer="buyer-2", seller="seller-1") == ""
    assert _ids(many, seller="seller-1") == "GECADB"
    with many.reading() as reading:
        delivered = reading.orders(MARKET, phase=Phase.DELIVERED)
        of_another = reading.orders(MARKET, seller="seller-2", phase=Phase.DELIVERED)
    assert [one.order.id for one in delivered] == ["G"]
    assert of_another == ()


def test_a_mediator_sees_their_own_cases_and_the_unassigned(many: Store) -> None:
    """A case is listed only for the mediator who took it; without a mediator, all cases are."""
    phase = DisputePhase.MEDIATION
    with many.writing() as writing:
        act(writing, "G", Escalate(), BUYER, START + DAY)
        for mediator in ("1", "2", ""):
            assert _cases(writing, mediator, phase) == "G"
        stored = writing.order(MARKET, "G")
        write(writing, "G", stored, (CaseAssigned("1"),), FIRST_MEDIATOR, START + DAY)
        assert [_cases(writing, one, phase) for one in ("1", "2", "")] == ["G", "", "G"]
        assert _cases(writing, "1", DisputePhase.NEGOTIATING) == ""


def test_disputes_are_listed_by_their_next_deadline(store: Store) -> None:
    """Page after page, ties by id, and disputes whose time is stopped at the end."""
    due = {"A": START + 9, "B": START + 5, "C": None, "D": START + 5, "E": None}
    with store.writing() as writing:
        for order_id, at in due.items():
            disputed(writing, order_id, START)
            stored = writing.order(MARKET, order_id)
            assert stored is not None
            again = (order_stream(order_id), stored.version, ())
            put(writing, *again, before=stored, order=stored.order, next_deadline=at)
        found, key, phase = "", None, DisputePhase.NEGOTIATING
        while page := writing.disputes(MARKET, phase, after=key, limit=2):
            found += "".join(stored.order.id for stored in page)
            key = due_key(page[-1])
    assert found == "BDACE"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ((Word("g"),), "G"),
        ((Word("buyer-2"),), "F"),
        ((Word("teapot"), Word("seller-1")), "GECADB"),
        ((Word("teapot"), Word("seller-1"), Word("x")), ""),
        ((Word("delivered", ("DELIVERED",)),), "G"),
        ((Word("", ()), Word("pay", ("AWAITING_PAYMENT",))), "FECADB"),
        ((Word("dispute", ("MEDIATION", "NEGOTIATING")),), "G"),
        ((Word("%"),), ""),
        ((Word("_"),), ""),
    ],
)
def test_orders_are_found_by_their_words_and_by_their_phase(
    many: Store, words: tuple[Word, ...], found: str
) -> None:
    """Every word must occur; the database's wildcards are ordinary characters."""
    with many.reading() as reading:
        orders = reading.orders(MARKET, words=words)
        disputes = reading.disputes(MARKET, DisputePhase.NEGOTIATING, words=words)
    assert "".join(one.order.id for one in orders) == found
    assert "".join(one.order.id for one in disputes) == ("G" if "G" in found else "")


def test_an_appeal_is_a_case_of_its_second_mediator(many: Store) -> None:
    """The mediator who ruled loses it; it is free at first, then the second mediator's."""
    ruled, photo = (
        Rule(refund=4_000, reasons=("a crack",)),
        Exhibit(EvidenceKind.PHOTO, "the crack, closer"),
    )
    with many.writing() as writing:
        act(writing, "G", Escalate(), BUYER, START + DAY)
        act(writing, "G", ruled, FIRST_MEDIATOR, START + DAY)
        window, review = DisputePhase.APPEAL_WINDOW, DisputePhase.APPEAL_REVIEW
        assert _cases(writing, "1", window) == "G"
        act(writing, "G", Appeal((photo,)), BUYER, START + DAY)
        assert [_cases(writing, one, review) for one in ("1", "2")] == ["G", "G"]
        act(writing, "G", OpenEvidence("E1"), Actor(Role.MEDIATOR, "2"), START + DAY)
        assert [_cases(writing, one, review) for one in ("1", "2")] == ["", "G"]


def _cases(reading: Reading, mediator: str, phase: DisputePhase) -> str:
    found = reading.disputes(MARKET, phase, mediator=mediator)
    return "".join(one.order.id for one in found)


def _lists_of(store: Store, key: OrderKey) -> list[Sent]:
    """Return the statements that read each list after a key, with their values."""
    with recorded() as sent, store.reading() as reading:
        reading.orders(MARKET, after=key)
        reading.orders(MARKET, buyer="buyer-1", after=key)
        reading.orders(MARKET, seller="seller-1", after=key)
        reading.disputes(MARKET, DisputePhase.NEGOTIATING, after=DueKey(START, "F"))
        reading.disputes(MARKET, DisputePhase.NEGOTIATING, mediator="1")
        reading.next_due(MARKET, START)
        next(reading.coming(MARKET))
        reading.frozen(MARKET, "seller-1")
        reading.frozen(MARKET)
    return sent


INDEXES = (
    "newest",
    "of_buyer",
    "of_seller",
    *("disputed", "disputed"),
    *("due", "due"),
    *("frozen", "frozen"),
)


def test_every_list_of_a_file_is_read_from_an_index_and_never_sorted(file_store: Store) -> None:
    """A deep page costs no more than the first: the index has the list's order."""
    where = where_of(_filled(file_store))
    lists = _lists_of(file_store, OrderKey(START + 3, "F"))
    plans = [str(rows_of(where, f"EXPLAIN QUERY PLAN {sql}", values)) for sql, values in lists]
    for plan, name in zip(plans, INDEXES, strict=True):
        assert f"INDEX order_{name} (market=?" in plan
        assert "SEARCH" in plan
        assert "B-TREE" not in plan
    assert all("(placed_at,id)<(?,?)" in plan for plan in plans[:3])


MANY_MORE = """
INSERT INTO order_state
SELECT market, id || n, version, phase, n % 50 = 0, dispute_phase, 'buyer-' || n % 40,
       'seller-' || n % 40, 'mediator-' || n % 40, placed_at + n, placed_at + n, words, body
FROM order_state, generate_series(1, 700) AS n
"""


def test_every_list_of_a_server_is_read_from_an_index_and_never_sorted(
    database_store: Store,
) -> None:
    """The server chooses the index by itself, given enough orders."""
    where = where_of(_filled(database_store))
    rows_of(where, MANY_MORE)
    rows_of(where, "ANALYZE order_state")
    lists = _lists_of(database_store, OrderKey(START + 600, "F"))
    # Rows read one by one come through a cursor, which the server plans for its first rows.
    how = ["" if "LIMIT" in sql else "DECLARE one_by_one CURSOR FOR" for sql, _ in lists]
    plans = [
        str(rows_of(where, f"EXPLAIN {cursor} {sql}", values))
        for cursor, (sql, values) in zip(how, lists, strict=True)
    ]
    for plan, name in zip(plans, INDEXES, strict=True):
        assert f" using order_{name} on order_state" in plan
        assert "Sort" not in plan
    assert all("ROW(placed_at, (id)::text) < ROW(" in plan for plan in plans[:3])


def test_the_first_deadline_is_found_and_ties_go_by_id(store: Store) -> None:
    """The earliest deadline comes first; at the same instant, the lower id."""
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
    """The counts are those of the orders; an empty phase is left out."""
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
