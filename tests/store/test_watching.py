"""What others write is noticed at once, and nothing else is."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from time import monotonic

import pytest

from escrow_tui.store import Address, open_store
from escrow_tui.store.backend import StoreWatcher
from escrow_tui.store.store import Store
from tests.given.store_world import BUYER, MARKET, PLACE, RUN, START, act

# So long that a busy machine does not come near it: who is told before it ends is told at once.
SECONDS = 60.0


@pytest.fixture
def watcher(where: Address) -> Iterator[StoreWatcher]:
    """Watch from another terminal, in which nothing is written."""
    elsewhere = open_store(where)
    watcher = elsewhere.watch()
    yield watcher
    watcher.close()
    elsewhere.close()


def test_nothing_is_noticed_where_nothing_is_written(store: Store, watcher: StoreWatcher) -> None:
    """To look is no change, and it waits as long as it was told."""
    with store.reading() as reading:
        assert reading.market(MARKET) is not None
    began = monotonic()
    assert not watcher.changed(0.3)
    assert 0.3 <= monotonic() - began < SECONDS


def test_each_kind_of_writing_is_noticed_once(store: Store, watcher: StoreWatcher) -> None:
    """A command, and what stands in no journal."""
    with store.writing(MARKET) as writing:
        act(writing, "A", PLACE, BUYER, START)
    assert watcher.changed(SECONDS)
    assert not watcher.changed(0)
    with store.writing() as writing:
        writing.save_run(RUN)
    assert watcher.changed(SECONDS)
    assert not watcher.changed(0)


def test_what_is_undone_is_not_noticed(store: Store, watcher: StoreWatcher) -> None:
    """Only what is there can be shown."""

    def undone() -> None:
        with store.writing(MARKET) as writing:
            writing.save_run(RUN)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        undone()
    assert not watcher.changed(0.1)


def test_who_waits_is_told_as_soon_as_it_is_written(store: Store, watcher: StoreWatcher) -> None:
    """And not when the time that it waits has passed."""
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(lambda: (watcher.changed(SECONDS), monotonic()))
        with store.writing(MARKET) as writing:
            act(writing, "A", PLACE, BUYER, START)
        written = monotonic()
        changed, told = waiting.result()
    assert changed
    assert told - written < SECONDS / 2


def test_who_waits_is_let_go_when_it_is_closed(watcher: StoreWatcher) -> None:
    """From another thread, without an error and without waiting for the end."""
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(watcher.changed, SECONDS)
        began = monotonic()
        watcher.close()
        assert not waiting.result()
        assert monotonic() - began < SECONDS / 2
    assert not watcher.changed(0)
