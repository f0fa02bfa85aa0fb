"""What is written is read back unchanged."""

from typing import cast

from escrow_tui.engine.commands import COMMANDS, AnyCommand
from escrow_tui.engine.entry import Entry
from escrow_tui.engine.events import EVENTS, AnyEvent
from escrow_tui.engine.order import Order
from escrow_tui.engine.roles import CLOCK
from escrow_tui.store.store import Store
from tests.each import check_each
from tests.given.store_world import BUYER, MARKET, START, put
from tests.store.samples import sample


def _again(store: Store, entry: Entry) -> Entry:
    with store.reading() as reading:
        return reading.entries(MARKET)[entry.seq - 1]


def test_every_command_comes_back_from_the_journal(store: Store) -> None:
    """A command is read as it was given."""

    def comes_back(verb: str) -> None:
        command = cast(AnyCommand, sample(COMMANDS[verb]))
        with store.writing() as writing:
            entry = put(writing, verb, 0, (), BUYER, START, verb, command)
        assert _again(store, entry) == entry
        assert entry.command == command

    check_each(COMMANDS, comes_back)


def test_every_event_comes_back_from_the_journal(store: Store) -> None:
    """An event is read as it happened, also beside another event."""

    def comes_back(name: str) -> None:
        events = cast(tuple[AnyEvent, ...], (sample(EVENTS[name]), sample(EVENTS["message_sent"])))
        with store.writing() as writing:
            entry = put(writing, name, 0, events, CLOCK)
        assert _again(store, entry) == entry
        assert entry.events == events
        assert (entry.command, entry.command_id) == (None, "")

    check_each(EVENTS, comes_back)


def test_an_order_with_every_field_filled_comes_back(store: Store) -> None:
    """An order's row holds all of it, with its version and its deadline."""
    order = cast(Order, sample(Order))
    with store.writing() as writing:
        put(writing, "s", 0, (), order=order, next_deadline=7)
    with store.reading() as reading:
        stored = reading.order(MARKET, order.id)
    assert stored is not None
    assert (stored.order, stored.version, stored.next_deadline) == (order, 1, 7)
