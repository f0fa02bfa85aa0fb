"""Appending: guarded, numbered, and with everything that follows in the same transaction."""

import pytest

from escrow_tui.engine.commands import Pay, SendMessage
from escrow_tui.engine.entry import CLOCK_STREAM, RATES_STREAM, order_stream
from escrow_tui.engine.events import ClockAdvanced, DepositMade, MessageSent, RateSet
from escrow_tui.engine.ledger import transfer
from escrow_tui.engine.roles import BANK, CLOCK
from escrow_tui.engine.terms import Party
from escrow_tui.store import Conflict
from escrow_tui.store.store import Store
from tests.given.store_world import (
    BUYER,
    DAY,
    MARKET,
    PLACE,
    SELLER,
    START,
    act,
    disputed,
    pass_time,
    put,
)

WORDS = (MessageSent(Party.BUYER, "hello"),)


def test_entries_are_numbered_in_the_market_and_in_their_stream(store: Store) -> None:
    """`seq` counts within the market, `version` within the stream."""
    with store.writing() as writing:
        act(writing, "A", PLACE, BUYER, START)
        act(writing, "B", PLACE, BUYER, START)
        act(writing, "A", Pay(), BUYER, START + 1)
    with store.reading() as reading:
        entries = reading.entries(MARKET)
        of_a = reading.entries(MARKET, order_stream("A"))
        first_two = reading.entries(MARKET, upto=2)
        market = reading.market(MARKET)
    assert [(one.seq, one.stream, one.version) for one in entries] == [
        (1, "order:A", 1),
        (2, "order:B", 1),
        (3, "order:A", 2),
    ]
    assert of_a == (entries[0], entries[2])
    assert first_two == entries[:2]
    assert market is not None
    assert (market.seq, market.now) == (3, START + 1)


def test_the_second_writer_of_a_version_gets_a_conflict_and_changes_nothing(store: Store) -> None:
    """It must read again before it decides; the journal has no gap and no duplicate."""
    with store.writing() as writing:
        put(writing, "order:A", 0, WORDS)
    with pytest.raises(Conflict), store.writing() as writing:
        put(writing, "order:A", 0, WORDS, SELLER)
    with store.reading() as reading:
        assert len(reading.entries(MARKET)) == 1
        assert reading.version(MARKET, "order:A") == 1


def test_a_command_id_is_used_once_in_a_market(store: Store) -> None:
    """The id finds its first entry; the store itself refuses a second use."""
    hello = SendMessage("hello")
    with store.writing() as writing:
        act(writing, "A", PLACE, BUYER, START)
        first = act(writing, "A", hello, BUYER, START, command_id="id-1")
    with pytest.raises(Conflict, match="command"), store.writing() as writing:
        act(writing, "A", hello, BUYER, START, command_id="id-1")
    with store.reading() as reading:
        assert reading.entry_of(MARKET, "id-1") == first
        assert reading.entry_of(MARKET, "id-2") is None
        assert len(reading.entries(MARKET)) == 2


def test_time_does_not_go_back_in_a_journal(store: Store) -> None:
    """An instant before the market's clock is a conflict."""
    with store.writing() as writing:
        writing.advance_clock(MARKET, START + DAY, CLOCK)
    with pytest.raises(Conflict, match="clock"), store.writing() as writing:
        act(writing, "A", PLACE, BUYER, START)
    with store.reading() as reading:
        (entry,) = reading.entries(MARKET, CLOCK_STREAM)
    assert entry.events == (ClockAdvanced(START + DAY),)
    assert entry.at == START + DAY


def test_a_market_that_is_not_there_is_named(store: Store) -> None:
    """It fails before anything is written."""
    with pytest.raises(LookupError, match="market-9"), store.writing() as writing:
        writing.advance_clock("market-9", START, CLOCK)


def test_a_block_that_raises_leaves_nothing_behind(store: Store) -> None:
    """Entry, lines, balances, order, counters and clock are undone together."""
    with store.writing() as writing:
        disputed(writing, "A", START)
    before = _all_of(store)
    with pytest.raises(ZeroDivisionError):
        _write_much_and_fail(store)
    with store.reading() as reading:
        assert reading.order(MARKET, "B") is None
    assert _all_of(store) == before


def test_lines_and_balances_follow_the_events(store: Store) -> None:
    """The balances are the sums of the lines, and every currency sums to zero."""
    deposit = DepositMade("seller-1", 5_000, "USD")
    with store.writing() as writing:
        disputed(writing, "A", START)
        disputed(writing, "B", START)
        lines = transfer(deposit, None)
        put(writing, "account:seller-1", 0, (deposit,), SELLER, lines=lines)
    with store.reading() as reading:
        balances, of_b = reading.balances(MARKET), reading.lines(MARKET, "B")
        everything = reading.lines(MARKET)
        named = reading.balances(MARKET, ["escrow:A", "nobody"])
    sums: dict[tuple[str, str], int] = {}
    for one in everything:
        key = (one.line.account, one.line.currency)
        sums[key] = sums.get(key, 0) + one.line.minor
    assert balances == sums
    assert sum(balances.values()) == 0
    assert named == {("escrow:A", "USD"): 10_599}
    assert {one.order_id for one in everything} == {"A", "B", ""}
    assert of_b == tuple(one for one in everything if one.order_id == "B")


def test_the_last_rate_of_a_currency_is_the_one_in_force(store: Store) -> None:
    """The newest of several; rates of other currencies do not count."""
    with store.writing() as writing:
        for version, (currency, rate) in enumerate([("EUR", "0.92"), ("EUR", "0.95")]):
            told = (RateSet(currency, rate),)
            put(writing, RATES_STREAM, version, told, BANK)
            assert writing.last_rate(MARKET, "EUR") == rate
        told = (RateSet("GBP", "0.79"),)
        put(writing, RATES_STREAM, 2, told, BANK)
        assert writing.last_rate(MARKET, "EUR") == "0.95"
        assert writing.last_rate(MARKET, "JPY") == ""


def _write_much_and_fail(store: Store) -> None:
    with store.writing() as writing:
        disputed(writing, "B", START + 1)
        pass_time(writing, START + 90 * DAY)
        _ = 1 // 0


def _all_of(store: Store) -> object:
    with store.reading() as reading:
        return (
            reading.market(MARKET),
            reading.entries(MARKET),
            reading.lines(MARKET),
            reading.balances(MARKET),
            reading.orders(MARKET),
            reading.phase_counts(MARKET),
        )
