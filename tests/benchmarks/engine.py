"""E1 and E2: the order story against state machines, a journal and JSON against their peers.

All sides must give the same result before anything is measured.
"""

from collections.abc import Callable
from typing import TypeVar

import msgspec

from escrow_tui.engine.events import AnyEvent
from escrow_tui.engine.evolve import evolve
from escrow_tui.engine.order import Order
from tests.benchmarks.story import STORY, Record, journal, played
from tests.benchmarks.timing import Goal, Work, medians

ROUNDS = 9
# How many orders are in the journal that is read, and in memory once it has been read.
ORDERS = 1_000

_DECODER: msgspec.json.Decoder[tuple[AnyEvent, ...]] = msgspec.json.Decoder(tuple[AnyEvent, ...])
# For each entry: the order, the instant and the events in JSON.
Row = tuple[str, int, bytes]
T = TypeVar("T")
U = TypeVar("U")


def rows_of(records: tuple[Record, ...], orders: int) -> list[Row]:
    """Return the journal of a market in which every order goes the same way at the same time."""
    bodies = [(record.at, msgspec.json.encode(record.events)) for record in records]
    return [(f"order-{number}", *body) for body in bodies for number in range(orders)]


def replayed(rows: list[Row]) -> dict[str, Order]:
    """Read a market's journal, and build the orders from its events."""
    orders: dict[str, Order] = {}
    for order_id, at, body in rows:
        order = orders.get(order_id)
        for event in _DECODER.decode(body):
            order = evolve(order, event, order_id, at)
        assert order is not None
        orders[order_id] = order
    return orders


def main() -> int:
    """Print each figure beside its peer and its goal; return 1 if a goal is missed."""
    try:
        import eventsourcing  # noqa: F401  # only to see that it is installed
        import statemachine  # noqa: F401
        import transitions  # noqa: F401
    except ImportError as missing:
        print(f"{missing.name} is not installed; the peers come with: pip install -e '.[bench]'")
        return 2
    held = [*_story(), *_replay(), *_json()]
    return 0 if all(held) else 1


def _story() -> list[bool]:
    """E1: commands a second, with their events and explained refusals."""
    from tests.benchmarks.peers import by_statemachine, by_transitions

    order, told = played()
    assert order is not None
    for peer in (by_transitions, by_statemachine):
        trade, said = peer.played()
        assert (trade.state, said) == (order.phase, told), peer.__name__
    ours, ready, ready_made, slow, slow_made = medians(
        ROUNDS,
        Work(played, 2_000),
        Work(by_transitions.played, 200),
        Work(by_transitions.made, 400),
        Work(by_statemachine.played, 15),
        Work(by_statemachine.made, 30),
    )
    print(f"E1 the order story         {len(STORY) / ours:9,.0f} commands a second")
    held = []
    for name, theirs, made, least in (
        ("transitions", ready, ready_made, 10),
        ("python-statemachine", slow, slow_made, 100),
    ):
        print(f"   {name:23} {len(STORY) / theirs:9,.0f}")
        held.append(Goal("E1", name, least).verdict(ours, theirs))
        without = (theirs - made) / ours
        print(f"   {without:6.1f} x were the order's machine there beforehand (no goal)")
    return held


def _replay() -> list[bool]:
    """E2: from the rows of a market's journal to its orders."""
    from tests.benchmarks.peers import by_eventsourcing

    records = journal()
    rows = rows_of(records, ORDERS)
    of_peer = [by_eventsourcing.stored(records) for _ in range(ORDERS)]
    their_rows = [row for step in zip(*of_peer, strict=True) for row in step]
    one = next(iter(replayed(rows).values()))
    for trade in by_eventsourcing.replayed(their_rows).values():
        assert by_eventsourcing.holds(trade, one)
    ours, theirs = medians(
        ROUNDS,
        Work(lambda: replayed(rows)),
        Work(lambda: by_eventsourcing.replayed(their_rows)),
    )
    events = len(their_rows)
    print(f"E2 replay of {ORDERS:,} orders   {events / ours:9,.0f} events a second")
    print(f"   {'eventsourcing':23} {events / theirs:9,.0f}")
    return [Goal("E2 replay", "eventsourcing", 8).verdict(ours, theirs)]


def _json() -> list[bool]:
    """E2: events to JSON and back, in chunks of the size in which the journal keeps them."""
    from tests.benchmarks.peers import by_dataclasses

    portions = [record.events for record in journal()]
    twins = [by_dataclasses.twin(events) for events in portions]
    codec = by_dataclasses.codec_for(event for events in portions for event in events)
    encode = msgspec.json.Encoder().encode
    ours, theirs = [encode(one) for one in portions], [codec.encode(one) for one in twins]
    assert [_DECODER.decode(one) for one in ours] == portions
    assert [codec.decode(one) for one in theirs] == twins
    return [
        _compared("to JSON", 40, (encode, portions), (codec.encode, twins)),
        _compared("from JSON", 10, (_DECODER.decode, ours), (codec.decode, theirs)),
    ]


def _compared(
    what: str,
    least: float,
    ours: tuple[Callable[[T], object], list[T]],
    theirs: tuple[Callable[[U], object], list[U]],
) -> bool:
    """Measure the same work on both sides, print it, and tell whether the goal is met."""
    mine, peers = medians(
        ROUNDS, Work(lambda: _each(*ours), 2_000), Work(lambda: _each(*theirs), 100)
    )
    print(f"E2 {len(ours[1])} entries {what:13} {1 / mine:9,.0f} times a second")
    print(f"   {'json and dataclasses':23} {1 / peers:9,.0f}")
    return Goal(f"E2 {what}", "json and dataclasses", least).verdict(mine, peers)


def _each(do: Callable[[T], object], values: list[T]) -> None:
    for value in values:
        do(value)
