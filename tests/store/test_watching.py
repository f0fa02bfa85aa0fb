"""What others write is noticed at once, and nothing else is."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from time import monotonic

import pytest

from escrow_tui.store import Address, open_store
from escrow_tui.store.backend import StoreWatcher
from escrow_tui.store.store import Store
from tests.given.store_world import BUYER, MARKET, PLACE, RUN, START, act

# Longer than a busy machine ever takes: a watcher who is told earlier was told at once.
SECONDS = 60.0


@pytest.fixture
def watcher(where: Address) -> Iterator[StoreWatcher]:
    """Watch from another terminal, which writes nothing."""
    elsewhere = open_store(where)
    watcher = elsewhere.watch()
    yield watcher
    watcher.close()
    elsewhere.close()


def test_nothing_is_noticed_where_nothing_is_written(store: Store, watcher: StoreWatcher) -> None:
    """Looking is no change, and it waits as long as it was asked to."""
    with store.reading() as reading:
        assert reading.market(MARKET) is not None
    began = monotonic()
    assert not watcher.changed(0.3)
    assert 0.3 <= monotonic() - began < SECONDS


def test_each_kind_of_writing_is_noticed_once(store: Store, watcher: StoreWatcher) -> None:
    """A command, and rows outside the journal."""
    with store.writing(MARKET) as writing:
        act(writing, "A", PLACE, BUYER, START)
    assert watcher.changed(SECONDS)
    assert not watcher.changed(0)
    with store.writing() as writing:
        writing.save_run(RUN)
    assert watcher.changed(SECONDS)
    assert not watcher.changed(0)


def test_what_is_undone_is_not_noticed(store: Store, watcher: StoreWatcher) -> None:
    """Only what is committed can be shown."""

    def undone() -> None:
        with store.writing(MARKET) as writing:
            writing.save_run(RUN)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        undone()
    assert not watcher.changed(0.1)


def test_a_waiting_watcher_is_told_as_soon_as_something_is_written(
    store: Store, watcher: StoreWatcher
) -> None:
    """Not only after the timeout."""
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(lambda: (watcher.changed(SECONDS), monotonic()))
        with store.writing(MARKET) as writing:
            act(writing, "A", PLACE, BUYER, START)
        written = monotonic()
        changed, told = waiting.result()
    assert changed
    assert told - written < SECONDS / 2


def test_closing_ends_a_wait(watcher: StoreWatcher) -> None:
    """From another thread, without an error and without waiting for the timeout."""
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(watcher.changed, SECONDS)
        began = monotonic()
        watcher.close()
        assert not waiting.result()
        assert monotonic() - began < SECONDS / 2
    assert not watcher.changed(0)
