"""Several reads that see the same instant, and changes that are tried out and undone."""

from collections.abc import Callable
from threading import Thread

from escrow_tui.desk.commit import commit
from escrow_tui.engine.commands import SendMessage
from escrow_tui.engine.entry import order_stream
from escrow_tui.store.store import Store
from tests.given.sent_rows import recorded
from tests.given.store_world import BUYER, MARKET, PLACE, POLICY


def _elsewhere(do: Callable[[], object]) -> None:
    """Do something in another thread, as another terminal would."""
    thread = Thread(target=do)
    thread.start()
    thread.join()


def _length(store: Store) -> int:
    with store.reading() as reading:
        return len(reading.entries(MARKET, order_stream("A")))


def test_what_others_write_meanwhile_is_not_seen_within_a_snapshot(store: Store) -> None:
    """However often it is read, and also in a nested snapshot; afterwards it is seen."""
    commit(store, MARKET, BUYER, "A", PLACE, "")
    with store.snapshot():
        before = _length(store)
        _elsewhere(lambda: commit(store, MARKET, BUYER, "A", SendMessage("Hello"), ""))
        with store.snapshot():
            assert _length(store) == before
        assert _length(store) == before
    assert _length(store) == before + 1


def test_own_writes_are_seen_within_a_snapshot(store: Store) -> None:
    """At once, also from a nested snapshot or a separate writing block."""
    commit(store, MARKET, BUYER, "A", PLACE, "")
    with store.snapshot():
        before = _length(store)
        with store.snapshot():
            commit(store, MARKET, BUYER, "A", SendMessage("Hello"), "")
            assert _length(store) == before + 1
        assert _length(store) == before + 1
    with store.snapshot():
        assert _length(store) == before + 1
        with store.writing(MARKET) as writing:
            writing.create_market("other", "Other", 1, writing.put_policy(POLICY))
        with store.reading() as reading:
            assert reading.market("other") is not None


def test_what_every_part_of_a_screen_reads_is_read_once(store: Store) -> None:
    """The market, an order and a seat; also when there is none with that id."""
    commit(store, MARKET, BUYER, "A", PLACE, "")
    with store.snapshot(), recorded() as sent:
        for _ in range(3):
            with store.reading() as reading:
                order, none = reading.order(MARKET, "A"), reading.order(MARKET, "B")
                assert order is not None
                assert (order.order.id, none) == ("A", None)
                assert reading.market(MARKET) is not None
                assert reading.market("market-9") is None
                assert reading.seat_state(MARKET, "seat-9") == ""
    assert len(sent) == 5


def test_trying_something_out_leaves_the_store_as_it_was(store: Store) -> None:
    """Its journal, its rows and its seals."""
    with store.reading() as reading:
        market = reading.market(MARKET)
    store.try_out(MARKET)
    with store.reading() as reading:
        assert reading.market(MARKET) == market
