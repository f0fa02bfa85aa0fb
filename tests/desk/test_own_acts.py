"""Who did it: what was done here is told to nobody here."""

from escrow_tui.desk.news import OwnActs
from escrow_tui.engine.commands import Pay
from escrow_tui.engine.entry import Entry, order_stream
from escrow_tui.engine.roles import CLOCK, Actor, Role

BUYER = Actor(Role.BUYER, "buyer-1")


def _entry(seq: int, command_id: str, at: int = 0, order: str = "A") -> Entry:
    command = Pay() if command_id else None
    actor = BUYER if command_id else CLOCK
    return Entry(
        market="market",
        seq=seq,
        stream=order_stream(order),
        version=seq,
        at=at,
        actor=actor,
        command_id=command_id,
        command=command,
        events=(),
    )


def _others(own: OwnActs, *entries: Entry) -> list[int]:
    return [entry.seq for entry in own.others(entries)]


def test_a_command_that_was_given_here_is_ones_own_with_what_it_made_due_at_once() -> None:
    """What comes later, or on another order, is not."""
    own = OwnActs()
    own.gave("mine")
    at_once, on_another, later = _entry(2, ""), _entry(3, "", order="B"), _entry(4, "", at=9)
    assert _others(own, _entry(1, "mine"), at_once, on_another, later) == [3, 4]
    assert _others(own, _entry(1, "another's"), at_once) == [1, 2]


def test_a_move_of_the_clock_is_ones_own_with_all_that_it_executed() -> None:
    """Up to its own entry."""
    own = OwnActs()
    own.moved(1, 3)
    assert _others(own, *(_entry(seq, "", at=seq) for seq in range(1, 5))) == [1, 4]
