"""A batch is written whole or not at all, with the same rows as if its parts were written alone."""

import pytest
from msgspec.structs import replace

from escrow_tui.engine.account import SellerAccount
from escrow_tui.engine.consequences import consequences_of
from escrow_tui.engine.entry import Entry, order_stream
from escrow_tui.engine.roles import CLOCK
from escrow_tui.policy import load_policy
from escrow_tui.store import Append, Ask, Batch, Conflict, Situation, StoredOrder
from escrow_tui.store.reads.snapshot import Reading
from escrow_tui.store.store import Store
from tests.given.store_world import (
    BUYER,
    DAY,
    MARKET,
    PLACE,
    POLICY,
    START,
    act,
    disputed,
    pass_time,
)


def _appends(entries: tuple[Entry, ...]) -> tuple[Append, ...]:
    """Return the entries that were written, as appends that would write them again."""
    appends: list[Append] = []
    stored: dict[str, StoredOrder] = {}
    for one in entries:
        append = Append(
            stream=one.stream,
            version=one.version - 1,
            at=one.at,
            actor=one.actor,
            events=one.events,
            command_id=one.command_id,
            command=one.command,
        )
        order_id = one.stream.removeprefix(order_stream(""))
        if order_id == one.stream:
            appends.append(append)
            continue
        before = stored.get(order_id)
        led = consequences_of(before.order if before else None, one.events, order_id, one.at)
        stored[order_id] = after = StoredOrder(led.order, one.version, None)
        appends.append(
            replace(append, lines=led.lines, trust=led.trust, before=before, after=after)
        )
    return tuple(appends)


def _derived(reading: Reading, market: str) -> tuple[object, ...]:
    held = reading.market(market)
    assert held is not None
    orders = tuple(replace(one, next_deadline=None) for one in reading.orders(market))
    sums = reading.balances(market), reading.phase_counts(market), reading.trust(market)
    return (held.seq, held.now, held.head, orders, *sums)


def test_a_batch_gives_the_rows_of_its_parts(store: Store) -> None:
    """Balances, counts, figures and orders are as if the entries had been written one by one."""
    with store.writing() as writing:
        disputed(writing, "A", START)
        disputed(writing, "B", START + DAY)
        pass_time(writing, START + 60 * DAY)
        entries = writing.entries(MARKET)
        policy = writing.put_policy(POLICY)
        writing.create_market("again", "Again", START, policy)
        held = writing.write(Batch("again", START, _appends(entries)))
        assert _derived(writing, "again") == _derived(writing, MARKET)
        assert writing.entries("again") == tuple(replace(one, market="again") for one in entries)
        assert writing.lines("again") == writing.lines(MARKET)
        assert held == writing.balances("again")


@pytest.mark.parametrize(
    ("now", "expected"),
    [(START - 1, {}), (START, {("escrow:A", "USD"): 5}), (START, {("nobody", "USD"): 1})],
    ids=["clock", "balance", "account"],
)
def test_what_was_decided_on_an_outdated_state_is_not_written(
    store: Store, now: int, expected: dict[tuple[str, str], int]
) -> None:
    """The clock and the balances must be those that were read."""
    with store.writing() as writing:
        act(writing, "A", PLACE, BUYER, START)
    append = Append(stream="s", version=0, at=START, actor=BUYER, events=())
    with pytest.raises(Conflict), store.writing() as writing:
        writing.write(Batch(MARKET, now, (append,), expected))
    with store.writing() as writing:
        assert writing.version(MARKET, "s") == 0
        writing.write(Batch(MARKET, START, (append,), {("escrow:A", "USD"): 0}))


def test_a_balance_that_was_read_as_zero_is_checked_too(store: Store) -> None:
    """Money that arrived since the account was read is as much a change as money that left."""
    with store.writing() as writing:
        disputed(writing, "A", START)
        market, held = writing.market(MARKET), writing.balances(MARKET)
    assert market is not None
    assert held["escrow:A", "USD"] > 0
    append = Append(stream="s", version=0, at=market.now, actor=BUYER, events=())
    with pytest.raises(Conflict), store.writing() as writing:
        writing.write(Batch(MARKET, market.now, (append,), {("escrow:A", "USD"): 0}))
    with store.reading() as reading:
        assert reading.version(MARKET, "s") == 0


def test_a_batch_that_fails_in_its_middle_leaves_nothing(store: Store) -> None:
    """Its last entry goes back in time, or reuses a version."""
    first = Append(stream="s", version=0, at=START + 5, actor=BUYER, events=())
    for last in (Append(stream="t", version=0, at=START + 4, actor=BUYER, events=()), first):
        with pytest.raises(Conflict), store.writing() as writing:
            writing.write(Batch(MARKET, START, (first, last)))
    with store.reading() as reading:
        assert reading.entries(MARKET) == ()


def test_an_empty_batch_is_nothing(store: Store) -> None:
    """It writes no entry and uses no number."""
    with store.writing() as writing:
        assert writing.write(Batch(MARKET, START, ())) == {}
        assert writing.entries(MARKET) == ()


def test_a_command_is_decided_on_the_current_state(store: Store) -> None:
    """The order, its version, what its id has done so far, and the seller's account on request."""
    with store.writing() as writing:
        disputed(writing, "A", START)
        rows = writing.entries(MARKET)
    seen: list[Situation] = []
    accounts: list[SellerAccount] = []

    def looked(now: Situation) -> None:
        seen.append(now)
        assert not now.expected
        accounts.extend([now.account(), now.account()])

    held = store.transact(
        Ask(market=MARKET, order_id="A", command_id="A-place", stream="order:A"), looked
    )
    (situation,) = seen
    assert held == {}
    assert situation.order is not None
    assert (situation.order.order.id, situation.order.version) == ("A", len(rows))
    assert (situation.version, situation.given) == (len(rows), rows[0])
    assert (situation.policy, situation.market.seq) == (POLICY, len(rows))
    assert accounts == [SellerAccount()] * 2
    parts = ("pending", "available", "deposit", "debt")
    assert situation.expected == {(f"seller:seller-1:{part}", "USD"): 0 for part in parts}
    assert situation.seat_open


def test_a_command_id_of_another_market_means_nothing_here(store: Store) -> None:
    """Each market has command ids of its own."""
    with store.writing() as writing:
        disputed(writing, "A", START)
        writing.create_market("other", "Other", START, writing.put_policy(POLICY))
    seen: list[Situation] = []
    for market in (MARKET, "other"):
        store.transact(Ask(market=market, order_id="A", command_id="A-place"), seen.append)
    here, there = seen
    assert here.given is not None
    assert here.given.market == MARKET
    assert there.given is None


def test_what_is_decided_is_written_and_the_touched_balances_are_returned(store: Store) -> None:
    """The balances after the write, of the touched accounts and no others."""
    with store.writing() as writing:
        disputed(writing, "A", START)
        paid = next(one for one in _appends(writing.entries(MARKET)) if one.lines)
    again = replace(paid, stream="s", version=0, at=START, before=None, after=None, command_id="")
    touched = {(one.account, one.currency) for one in paid.lines}
    held = store.transact(Ask(market=MARKET), lambda now: Batch(MARKET, now.market.now, (again,)))
    assert set(held) == touched
    with store.reading() as reading:
        assert {key: reading.balances(MARKET)[key] for key in touched} == dict(held)


def test_a_market_that_is_not_there_cannot_be_asked(store: Store) -> None:
    """Nothing is decided."""
    with pytest.raises(LookupError, match="market-9"):
        store.transact(Ask(market="market-9"), lambda _: pytest.fail("it was decided"))


def test_a_missing_order_is_no_order_under_the_markets_policy(store: Store) -> None:
    """Placing it is decided under that policy; a missing seat counts as closed."""
    other = load_policy("ebay").policy
    seen: list[Situation] = []
    with store.writing() as writing:
        writing.create_market("other", "Other", START, writing.put_policy(other))
    store.transact(
        Ask(market="other", order_id="A", command_id="id", account="buyer:b:wallet", seat="s"),
        seen.append,
    )
    (situation,) = seen
    assert (situation.order, situation.given, situation.held) == (None, None, 0)
    assert situation.policy == other
    assert not situation.seat_open


def test_moving_the_clock_is_an_entry_of_the_clock(store: Store) -> None:
    """It moves no money."""
    with store.writing() as writing:
        assert writing.advance_clock(MARKET, START + 1, CLOCK) == {}
        (entry,) = writing.entries(MARKET)
    assert (entry.at, entry.actor, entry.command) == (START + 1, CLOCK, None)
