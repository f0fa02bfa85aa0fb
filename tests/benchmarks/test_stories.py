"""What the benchmarks compare is the same: the peers' moves, guards and bookings fit the engine.

The libraries come with the extra `[bench]` and are not needed here: the moves are walked by hand.
"""

from escrow_tui.engine.commands import AnyCommand
from escrow_tui.engine.events import EVENTS
from escrow_tui.engine.roles import Actor
from escrow_tui.engine.terms import Phase
from tests.benchmarks.engine import replayed, rows_of
from tests.benchmarks.peers.by_dataclasses import codec_for, twin
from tests.benchmarks.peers.moves import MOVES
from tests.benchmarks.peers.trade import Trade
from tests.benchmarks.peers.trade import played as told_by
from tests.benchmarks.story import DISPUTED, STORY, journal, played
from tests.given.orders import OTHER_BUYER


def walking(trade: Trade, verb: str, command: AnyCommand, actor: Actor, at: int) -> bool:
    """Make the move that a state machine would make."""
    for move in MOVES:
        if (move.verb, move.source) == (verb, trade.state):
            asked = command, actor, at
            if all(getattr(trade, guard)(*asked) for guard in move.guards):
                trade.state = move.target
                getattr(trade, move.booking)(*asked)
                return True
    return False


def test_the_peers_story_is_the_engines() -> None:
    """The same events with the same amounts, and the same sentence where a step is refused."""
    trade = Trade()
    said = told_by(trade, lambda *asked: walking(trade, *asked))
    order, told = played()
    assert order is not None
    assert (trade.state, said) == (order.phase, told)


def test_one_step_of_the_story_is_refused_and_explained() -> None:
    """The other seven change something."""
    _, told = played()
    sentences = [one for one in told if isinstance(one, str)]
    assert len(STORY) == 8
    assert sentences == [
        "The parcel was shipped 2 days ago; a dispute can be opened after 10 full days,"
        " on 2026-03-13 09:00, or once it has been delivered."
    ]


def test_a_peers_guard_refuses_as_the_engine_does() -> None:
    """Another buyer's payment is refused by both, in the same words."""
    story = (STORY[0], STORY[1]._replace(actor=OTHER_BUYER))
    _, told = played(story)
    trade = Trade()
    said = told_by(trade, lambda *asked: walking(trade, *asked), story)
    assert said == told
    assert said[1:] == ["This order belongs to another buyer; act on an order of your own."]


def test_the_journal_of_the_disputed_order_is_read_as_it_was_written() -> None:
    """Every order of the market ends in the state of the one that the commands made."""
    order, _ = played(DISPUTED)
    assert order is not None
    assert order.phase is Phase.CLOSED
    orders = replayed(rows_of(journal(), 2))
    assert [one.released for one in orders.values()] == [order.released] * 2


def test_the_dataclasses_hold_what_the_events_hold() -> None:
    """Through JSON and back, with nested values and their types."""
    portions = [twin(record.events) for record in journal()]
    codec = codec_for(event for record in journal() for event in record.events)
    assert [codec.decode(codec.encode(one)) for one in portions] == portions
    assert {type(one).__name__ for portion in portions for one in portion} <= {
        kind.__name__ for kind in EVENTS.values()
    }
