"""R1 and R2: a page of a list at any depth, and the counts beside it, of a thousand and a million.

The orders' rows are inserted by SQL, as copies of a few orders made at a desk: only the lists are
read here, never the journal.
"""

import time
from functools import partial

import psycopg
from sqlalchemy import bindparam, func, select, text, tuple_

from escrow_tui.desk.desk import Desk
from escrow_tui.store import OrderKey, PostgresDatabase, Store, Where
from escrow_tui.store.rows.codec import stored_order_row
from escrow_tui.store.rows.link import AnyRow
from escrow_tui.store.schema import COUNT, ORDER
from tests.benchmarks.store_goals import at_least, at_most, say
from tests.benchmarks.store_story import MARKET, RULES, START, given, made
from tests.benchmarks.store_timing import Clock, in_turns

FEW, MANY, PAGE = 1_000, 1_000_000, 50
ROUNDS = 31
_DEPTHS = (0.0, 0.25, 0.5, 0.75, 1.0)

# Ids without leading zeros: every database makes them alike.
_FILL = text(
    "INSERT INTO order_state (market, id, version, phase, disputed, dispute_phase, buyer, seller,"
    " mediator, placed_at, next_deadline, words, body)"
    " WITH RECURSIVE numbers(i) AS (SELECT CAST(:first AS BIGINT) UNION ALL"
    " SELECT i + :step FROM numbers WHERE i + :step < :orders)"
    " SELECT :market, 'ORD-' || CAST(10000000 + i AS TEXT), :version, :phase, :disputed,"
    " :dispute_phase, 'buyer-' || CAST(1 + i % 5000 AS TEXT),"
    " 'seller-' || CAST(1 + i % 288 AS TEXT), :mediator, CAST(:placed_at AS BIGINT) + i,"
    " :next_deadline, :words, :body FROM numbers"
)
_COUNT_UP = text(
    "INSERT INTO phase_count (market, phase, dispute_phase, orders)"
    " SELECT market, phase, dispute_phase, count(*) FROM order_state WHERE market = :market"
    " GROUP BY market, phase, dispute_phase"
)
_INDEX = text("CREATE INDEX peer_by_phase ON order_state (market, phase, dispute_phase)")
_NEWEST = (
    select(ORDER.c.body, ORDER.c.version, ORDER.c.next_deadline)
    .where(ORDER.c.market == bindparam("market"))
    .order_by(ORDER.c.placed_at.desc(), ORDER.c.id.desc())
    .limit(bindparam("limit"))
)
_BY_OFFSET = _NEWEST.offset(bindparam("skipped"))
# The query that the store uses for a page.
_BY_KEY = _NEWEST.where(
    tuple_(ORDER.c.placed_at, ORDER.c.id) < tuple_(bindparam("placed_at"), bindparam("id"))
)
_BY_COUNTING = (
    select(ORDER.c.phase, ORDER.c.dispute_phase, func.count())
    .where(ORDER.c.market == bindparam("market"))
    .group_by(ORDER.c.phase, ORDER.c.dispute_phase)
)


def main(few: Where, many: Where, orders: int = MANY) -> list[bool]:
    """Fill both, and read from both in turns; print each figure beside its peer and its goal."""
    small, large = filled(few, FEW), filled(many, orders)
    clock = time.perf_counter if isinstance(many, PostgresDatabase) else time.process_time
    try:
        return [*_pages(small, large, orders, clock), *_counts(large, many, orders, clock)]
    finally:
        small.close()
        large.close()


def filled(where: Where, orders: int) -> Store:
    """Make a store with this many orders, one a second, in which a few kinds alternate."""
    store = made(where)
    desk = Desk(store, MARKET, RULES)
    for one in given(70, "kind"):
        desk.submit(*one)
    with store.reading() as reading:
        rows = [stored_order_row(MARKET, one) for one in reading.orders(MARKET)]
    kinds = [dict(zip(ORDER.c.keys(), row, strict=True)) for row in rows]
    with store.backend.writing(MARKET) as link:
        for table in (ORDER, COUNT):
            link.run(table.delete(), {})
        for number, kind in enumerate(kinds):
            place = {"first": number, "step": len(kinds), "orders": orders, "placed_at": START}
            link.run(_FILL, {**kind, **place})
        link.run(_COUNT_UP, {"market": MARKET})
    _settle(where)
    return store


def _settle(where: Where) -> None:
    """Let a server do now what it does from time to time: the peers' indexes gain by it."""
    if isinstance(where, PostgresDatabase):
        with psycopg.connect(where.url, autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE")
            # Otherwise the readers would have to write out what filling has left in memory.
            connection.execute("CHECKPOINT")


def _pages(small: Store, large: Store, orders: int, clock: Clock) -> list[bool]:
    """R1: the same pages of both by their keys, and the deepest page by its offset."""
    last = orders - PAGE
    assert by_offset(large, last) == by_key(large, orders, last)
    works = [
        (partial(page, store, count, int((count - PAGE) * depth)), 10)
        for depth in _DEPTHS
        for store, count in ((small, FEW), (large, orders))
    ]
    peers = ((lambda: by_key(large, orders, last), 10), (lambda: by_offset(large, last), 1))
    *keyed, key, offset = in_turns(clock, ROUNDS, *works, *peers)
    few, many = keyed[::2], keyed[1::2]
    for depth, of_few, of_many in zip(_DEPTHS, few, many, strict=True):
        shown = f"{of_many * 1e6:7,.0f} us, {of_many / of_few:.2f} of {FEW:,}"
        say(f"R1 a page of {PAGE} after {depth:4.0%} of {orders:,}: {shown}")
    say(f"   the rows of the last one by key {key * 1e6:,.0f} us, by OFFSET {offset * 1e6:,.0f} us")
    return [
        at_most("R1", f"of the time of {FEW:,}, at all depths", sum(many) / sum(few), 1.15),
        at_least("R1", "x OFFSET, the rows of the last page", offset / key, 300),
    ]


def _counts(large: Store, where: Where, orders: int, clock: Clock) -> list[bool]:
    """R2: the stored counts, and the same counted over an index."""
    with large.backend.writing(MARKET) as link:
        link.run(_INDEX, {})
    _settle(where)
    assert by_keeping(large) == by_counting(large)
    works = ((lambda: by_keeping(large), 100), (lambda: by_counting(large), 1))
    kept, counted = in_turns(clock, ROUNDS, *works)
    say(f"R2 counts by phase of {orders:,}: kept {kept * 1e6:,.0f} us")
    say(f"   COUNT over an index {counted * 1e6:14,.0f} us")
    return [at_least("R2", "x COUNT over an index", counted / kept, 1_000)]


def page(store: Store, orders: int, skipped: int) -> int:
    """Read the orders of the page after a key, as a desk does."""
    before = orders - skipped
    key = OrderKey(START + before, f"ORD-{10_000_000 + before}")
    with store.reading() as reading:
        return len(reading.orders(MARKET, after=key, limit=PAGE))


def by_key(store: Store, orders: int, skipped: int) -> list[AnyRow]:
    """Read the rows of the page after a key."""
    before = orders - skipped
    place = {"placed_at": START + before, "id": f"ORD-{10_000_000 + before}"}
    with store.backend.reading() as link:
        return link.all(_BY_KEY, {"market": MARKET, "limit": PAGE, **place})


def by_offset(store: Store, skipped: int) -> list[AnyRow]:
    """Read the rows of the page at an offset."""
    asked = {"market": MARKET, "limit": PAGE, "skipped": skipped}
    with store.backend.reading() as link:
        return link.all(_BY_OFFSET, asked)


def by_keeping(store: Store) -> dict[tuple[str, str], int]:
    """Read the counts that are kept up to date whenever an order moves."""
    with store.reading() as reading:
        counts = reading.phase_counts(MARKET)
    return {(phase.value, dispute or ""): orders for (phase, dispute), orders in counts.items()}


def by_counting(store: Store) -> dict[tuple[str, str], int]:
    """Count the orders now."""
    with store.backend.reading() as link:
        rows = link.all(_BY_COUNTING, {"market": MARKET})
        return {(phase, dispute): orders for phase, dispute, orders in rows}
