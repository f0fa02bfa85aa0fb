"""A card number is in one table, read by one method; the address is read by another."""

from collections.abc import Callable, Iterator

import pytest
from msgspec.structs import replace

from escrow_tui.engine.market import Private
from escrow_tui.engine.order import Order
from escrow_tui.engine.policy_switches import FxRefund
from escrow_tui.engine.roles import CLOCK
from escrow_tui.engine.terms import DisputePhase
from escrow_tui.store import Ask
from escrow_tui.store.reads.snapshot import Reading
from escrow_tui.store.store import Store
from tests.each import check_each
from tests.given.sent_rows import Sent, recorded
from tests.given.store_world import HASH, MARKET, POLICY, RUN, SELLER, START, disputed

CANARY = "4000056655665556"


def order_in(reading: Reading) -> Order:
    """Return the order that is there."""
    (stored,) = reading.orders(MARKET)
    return stored.order


READS: dict[str, Callable[[Reading], object]] = {
    "market": lambda reading: reading.market(MARKET),
    "policy": lambda reading: reading.policy(HASH),
    "people": lambda reading: reading.people(MARKET),
    "some_people": lambda reading: reading.some_people(MARKET, ["buyer-1"]),
    "trust": lambda reading: reading.trust(MARKET),
    "listing": lambda reading: reading.listing(MARKET, "l-1"),
    "listings": lambda reading: reading.listings(MARKET, "a"),
    "order": lambda reading: reading.order(MARKET, "A"),
    "orders": lambda reading: reading.orders(MARKET, seller="seller-1"),
    "disputes": lambda reading: reading.disputes(MARKET, DisputePhase.NEGOTIATING),
    "frozen": lambda reading: reading.frozen(MARKET),
    "next_due": lambda reading: reading.next_due(MARKET, START),
    "coming": lambda reading: list(reading.coming(MARKET)),
    "phase_counts": lambda reading: reading.phase_counts(MARKET),
    "entries": lambda reading: reading.entries(MARKET),
    "each_entry": lambda reading: list(reading.each_entry(MARKET)),
    "entry_of": lambda reading: reading.entry_of(MARKET, "A-place"),
    "situation": lambda reading: reading.situation(
        Ask(market=MARKET, order_id="A", command_id="A-place")
    ).account(),
    "rate_of_day": lambda reading: reading.rate_of_day(
        MARKET,
        replace(order_in(reading), pay_in="EUR"),
        replace(POLICY, fx_refund=FxRefund.CURRENT),
    ),
    "last_rate": lambda reading: reading.last_rate(MARKET, "EUR"),
    "version": lambda reading: reading.version(MARKET, "order:A"),
    "lines": lambda reading: reading.lines(MARKET),
    "balances": lambda reading: reading.balances(MARKET),
    "seats": lambda reading: reading.seats(),
    "seat": lambda reading: reading.seat(MARKET, "seat-1"),
    "seat_state": lambda reading: reading.seat_state(MARKET, "seat-1"),
    "coming_to": lambda reading: list(reading.coming_to(MARKET, SELLER)),
    "balances_of_sellers": lambda reading: reading.balances_of_sellers(MARKET),
    "runs": lambda reading: reading.runs(),
    "unfinished": lambda reading: reading.unfinished(),
    "run": lambda reading: reading.run("run-1"),
    "log": lambda reading: reading.log("run-1"),
}


@pytest.fixture
def sent(store: Store) -> Iterator[list[Sent]]:
    """The statements that are sent to a store that holds the card."""
    card = Private("buyer-1", "Ann Price", "Weg 1", "+49 30 1", CANARY)
    with store.writing() as writing:
        writing.put_private(MARKET, [card])
        writing.save_run(RUN)
        writing.add_log("run-1", "hint", MARKET, "2027-01-15T08:01:00Z")
        disputed(writing, "A", START)
    with recorded() as found:
        yield found


def test_the_table_names_every_way_to_read() -> None:
    """A new method is in the table, or is one of the two that read private details."""
    public = {name for name in dir(Reading) if not name.startswith("_")}
    assert public == {*READS, "private_of", "address_of"}


def test_no_other_read_touches_private_details(store: Store, sent: list[Sent]) -> None:
    """Neither the statements nor the answer hold the card."""

    def touches_nothing(name: str) -> None:
        sent.clear()
        with store.reading() as reading:
            answer = READS[name](reading)
        assert len(sent) >= 1
        assert not [sql for sql, _ in sent if "private" in sql]
        assert CANARY not in repr(answer)

    check_each(READS, touches_nothing)


def test_the_one_that_may_does_read_it(store: Store, sent: list[Sent]) -> None:
    """So the test above would notice the table."""
    with store.reading() as reading:
        private = reading.private_of(MARKET, "buyer-1")
    assert private is not None
    assert private.card == CANARY
    assert [sql for sql, _ in sent if "private" in sql]


def test_an_address_is_read_without_the_card(store: Store, sent: list[Sent]) -> None:
    """Neither the card nor the phone is read."""
    with store.reading() as reading:
        assert reading.address_of(MARKET, "buyer-1") == "Ann Price, Weg 1"
        assert reading.address_of(MARKET, "buyer-9") == ""
    assert [sql for sql, _ in sent if "private" in sql]
    assert not [sql for sql, _ in sent if "card" in sql or "phone" in sql]


def test_commands_and_the_clock_do_not_touch_it(store: Store, sent: list[Sent]) -> None:
    """No decision needs it."""
    with store.writing() as writing:
        disputed(writing, "B", START)
        writing.advance_clock(MARKET, START + 1, CLOCK)
    assert not [sql for sql, _ in sent if "private" in sql]


def test_a_fork_copies_it_without_reading_it(store: Store, sent: list[Sent]) -> None:
    """The copy is made inside the database."""
    with store.writing() as writing:
        writing.copy_market(MARKET, "fork", 1)
    copies = [sql for sql, _ in sent if "private" in sql]
    assert len(copies) == 1
    assert copies[0].startswith("INSERT INTO private")
