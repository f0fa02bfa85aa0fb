"""A fork is a copy of the original up to a point; its derived rows follow from its journal."""

import pytest
from msgspec.structs import replace

from escrow_tui.engine.market import Listing, Person, Private
from escrow_tui.engine.roles import Role
from escrow_tui.store import MarketRow, StoreProblem
from escrow_tui.store.reads.snapshot import Reading
from escrow_tui.store.store import Store
from tests.given.store_world import (
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
from tests.store.raw import rows_of, where_of

DERIVED = ("balance", "order_state", "phase_count", "trust")


def _dump(store: Store, market: str) -> dict[str, list[tuple[object, ...]]]:
    """Return the derived rows of a market, without its name."""
    rows = {table: rows_of(where_of(store), f"SELECT * FROM {table}") for table in DERIVED}
    return {
        table: sorted((row[1:] for row in of if row[0] == market), key=repr)
        for table, of in rows.items()
    }


def test_a_fork_has_exactly_the_rows_of_the_original(store: Store) -> None:
    """What the journal says is what commands and deadlines wrote step by step."""
    with store.writing() as writing:
        disputed(writing, "A", START)
        disputed(writing, "B", START + 5 * DAY)
        pass_time(writing, START + 9 * DAY)
        act(writing, "C", PLACE, BUYER, START + 9 * DAY)
        completed(writing, "D", START + 9 * DAY)
        market = writing.market(MARKET)
        assert market is not None
        fork = writing.copy_market(MARKET, "fork", market.seq)
    assert (fork.now, fork.seq, fork.head) == (market.now, market.seq, market.head)
    assert all(_dump(store, MARKET).values())
    assert _dump(store, "fork") == _dump(store, MARKET)


def test_a_journal_that_is_not_true_is_not_forked(store: Store) -> None:
    """One sentence, and nothing is made: no rows can be derived from it."""
    with store.writing() as writing:
        disputed(writing, "A", START)
    rows_of(where_of(store), "UPDATE entry SET version = 99 WHERE seq = 3")
    with pytest.raises(StoreProblem, match="restore a backup"), store.writing() as writing:
        writing.copy_market(MARKET, "fork", 5)
    with store.reading() as reading:
        assert reading.market("fork") is None


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
    """What happens in it leaves the original alone, and its command ids are its own."""
    with store.writing() as writing:
        disputed(writing, "A", START)
        original = _of(writing)
        writing.copy_market(MARKET, "fork", 1)
        pass_time(writing, START + 30 * DAY, "fork")
        assert _of(writing) == original
        assert writing.entry_of("fork", "A-place") is not None


def test_a_fork_at_the_beginning_is_an_empty_market_with_its_people(store: Store) -> None:
    """People, private details and the catalogue are copied; nothing has happened yet."""
    ann = Person("buyer-1", Role.BUYER, "A*** P.", "DE", "Berlin")
    card = Private("buyer-1", "Ann Price", "Weg 1", "+49 30 1", "4242424242424242")
    teapot = Listing(
        id="t-1",
        seller="s-1",
        title="Teapot",
        category="home",
        picture="teapot/red",
        price=1,
        shipping=0,
        currency="USD",
        origin="CN",
        promised_days=30,
        text="",
    )
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
    """A point that the market has not reached is named in the error."""
    with pytest.raises(LookupError, match=source), store.writing() as writing:
        writing.copy_market(source, "fork", upto)


def _of(reading: Reading) -> tuple[object, ...]:
    whole = reading.orders(MARKET), reading.lines(MARKET), reading.balances(MARKET)
    return reading.market(MARKET), reading.entries(MARKET), *whole


def _picture(market: MarketRow | None) -> tuple[int, int, int]:
    assert market is not None
    return market.started, market.now, market.seq
