"""A fork is the original up to a point, and derived rows can be rebuilt from the journal."""

import pytest
from msgspec.structs import replace

from escrow_tui.engine.market import Listing, Person, Private
from escrow_tui.engine.roles import Role
from escrow_tui.store import MarketRow
from escrow_tui.store.reading import Reading
from escrow_tui.store.store import Store
from tests.store.raw import rows_of, where_of
from tests.store.world import (
    BUYER,
    DAY,
    HASH,
    MARKET,
    PLACE,
    START,
    act,
    completed,
    disputed,
    pass_time,
)

DERIVED = ("market", "balance", "order_state", "phase_count", "trust")


def _dump(store: Store) -> dict[str, list[tuple[object, ...]]]:
    where = where_of(store)
    return {table: sorted(rows_of(where, f"SELECT * FROM {table}"), key=repr) for table in DERIVED}


def test_rebuilding_gives_exactly_the_rows_that_were_there(store: Store) -> None:
    """What commands and deadlines wrote step by step is what the journal says."""
    with store.writing() as writing:
        disputed(writing, "A", START)
        disputed(writing, "B", START + 5 * DAY)
        pass_time(writing, START + 9 * DAY)
        act(writing, "C", PLACE, BUYER, START + 9 * DAY)
        completed(writing, "D", START + 9 * DAY)
    before = _dump(store)
    assert all(before.values())
    with store.writing() as writing:
        writing.rebuild(MARKET)
    assert _dump(store) == before


def test_rebuilding_mends_rows_that_were_spoilt(store: Store) -> None:
    """The journal is the truth, whatever stands beside it."""
    with store.writing() as writing:
        disputed(writing, "A", START)
    before = _dump(store)
    for spoilt in (
        "UPDATE balance SET minor = minor + 1",
        "UPDATE order_state SET phase = 'CLOSED', next_deadline = NULL",
        "INSERT INTO phase_count VALUES ('market-1', 'CLOSED', '', 9)",
        "UPDATE trust SET count = count + 1",
        "UPDATE market SET now = 0, seq = 0, head = ''",
    ):
        rows_of(where_of(store), spoilt)
    with store.writing() as writing:
        writing.rebuild(MARKET)
    assert _dump(store) == before


def test_a_fork_is_the_original_up_to_its_point(store: Store) -> None:
    """Orders, balances, counters and clock are as they were after that entry."""
    with store.writing() as writing:
        disputed(writing, "A", START)
        act(writing, "B", PLACE, BUYER, START + DAY)
        held = _picture(writing.market(MARKET)), writing.orders(MARKET), writing.balances(MARKET)
        counts, entries = writing.phase_counts(MARKET), writing.entries(MARKET)
        pass_time(writing, START + 60 * DAY)
    with store.writing() as writing:
        fork = writing.copy_market(MARKET, "fork", len(entries), "Another way")
        assert (fork.parent, fork.parent_seq, fork.title) == (MARKET, len(entries), "Another way")
        assert fork.policy_hash == HASH
        assert (_picture(fork), writing.orders("fork"), writing.balances("fork")) == held
        assert writing.phase_counts("fork") == counts
        assert writing.entries("fork") == tuple(replace(one, market="fork") for one in entries)


def test_a_fork_goes_its_own_way(store: Store) -> None:
    """What happens in it leaves the original as it was, and its command ids are its own."""
    with store.writing() as writing:
        disputed(writing, "A", START)
        original = _of(writing)
        writing.copy_market(MARKET, "fork", 1)
        pass_time(writing, START + 30 * DAY, "fork")
        writing.rebuild("fork")
        assert _of(writing) == original
        assert writing.entry_of("fork", "A-place") is not None


def test_a_fork_at_the_beginning_is_an_empty_market_with_its_people(store: Store) -> None:
    """People, what is private, and the catalogue come along; nothing has happened."""
    ann = Person("buyer-1", Role.BUYER, "A*** P.", "DE", "Berlin")
    card = Private("buyer-1", "Ann Price", "Weg 1", "+49 30 1", "4242424242424242")
    teapot = Listing("t-1", "s-1", "Teapot", "home", "teapot/red", 1, 0, "USD", "CN", 30, "")
    with store.writing() as writing:
        writing.put_people(MARKET, [ann])
        writing.put_private(MARKET, [card])
        writing.put_listings(MARKET, [teapot])
        disputed(writing, "A", START)
        fork = writing.copy_market(MARKET, "fork", 0)
        assert (fork.now, fork.seq) == (START, 0)
        assert writing.orders("fork") == ()
        assert writing.people("fork") == {"buyer-1": ann}
        assert writing.private_of("fork", "buyer-1") == card
        assert writing.listing("fork", "t-1") == teapot


@pytest.mark.parametrize(("source", "upto"), [("market-9", 0), (MARKET, -1), (MARKET, 1)])
def test_a_fork_needs_an_entry_that_is_there(store: Store, source: str, upto: int) -> None:
    """A point that the market has not reached is named."""
    with pytest.raises(LookupError, match=source), store.writing() as writing:
        writing.copy_market(source, "fork", upto)
    with pytest.raises(LookupError, match="market-9"), store.writing() as writing:
        writing.rebuild("market-9")


def _of(reading: Reading) -> tuple[object, ...]:
    whole = reading.orders(MARKET), reading.lines(MARKET), reading.balances(MARKET)
    return reading.market(MARKET), reading.entries(MARKET), *whole


def _picture(market: MarketRow | None) -> tuple[int, int, int]:
    assert market is not None
    return market.started, market.now, market.seq
