"""Going back: which act was the last, and how much of the journal stands without it."""

from escrow_tui.desk.desk import Desk
from escrow_tui.desk.undo import LastAct, last_act
from escrow_tui.engine.commands import AnyCommand, Pay
from escrow_tui.engine.entry import Entry
from escrow_tui.engine.events import ClockAdvanced, PaymentVerified
from escrow_tui.engine.roles import CLOCK, Actor
from tests.given.market import BUYER, DAY, DELIVERED, SELLER, START, brought


def journal(*made: tuple[Actor, int, AnyCommand | None, str]) -> tuple[Entry, ...]:
    """Entries by who, on which day, with which command, in which stream."""
    return tuple(
        Entry(
            market="m",
            seq=seq,
            stream=stream,
            version=seq,
            at=START + day * DAY,
            actor=actor,
            command_id="",
            command=command,
            events=_events(stream, day),
        )
        for seq, (actor, day, command, stream) in enumerate(made, 1)
    )


def _events(stream: str, day: int) -> tuple[ClockAdvanced | PaymentVerified, ...]:
    return (ClockAdvanced(START + day * DAY),) if stream == "clock" else (PaymentVerified(),)


def upto(entries: tuple[Entry, ...], floor: int = 0) -> int | None:
    """What is left when the buyer's last act is taken back."""
    found = last_act(entries, START, BUYER.__eq__, floor)
    return found.upto if found else None


def test_a_command_is_taken_back_with_all_that_came_after_it() -> None:
    """Also what others answered."""
    entries = journal(
        (BUYER, 0, Pay(), "order:A"), (BUYER, 0, Pay(), "order:B"), (SELLER, 0, Pay(), "order:A")
    )
    assert last_act(entries, START, BUYER.__eq__, 0) == LastAct(entries[1], 1)


def test_others_acts_and_deadlines_are_no_acts_of_ones_own() -> None:
    """Nor what stood there before one came."""
    entries = journal((SELLER, 0, Pay(), "order:A"), (CLOCK, 1, None, "order:A"))
    assert upto(entries) is None
    assert upto(journal((BUYER, 0, Pay(), "order:A")), floor=1) is None


def test_a_move_of_the_clock_takes_back_what_time_brought() -> None:
    """Down to the instant of the act before, with the moves that others made of it on the way."""
    entries = journal(
        (BUYER, 0, Pay(), "order:A"),
        (SELLER, 0, Pay(), "order:A"),
        (CLOCK, 2, None, "order:A"),
        (CLOCK, 3, None, "clock"),
        (SELLER, 3, Pay(), "order:A"),
        (BUYER, 5, None, "clock"),
    )
    assert upto(entries) == 2


def test_the_first_move_of_the_clock_goes_back_to_where_one_sat_down() -> None:
    """To the floor, or to the market's beginning."""
    entries = journal(
        (SELLER, 2, Pay(), "order:A"), (CLOCK, 3, None, "order:A"), (BUYER, 5, None, "clock")
    )
    assert upto(entries, floor=1) == 1
    assert upto(entries) == 0


def test_taking_the_time_back_takes_its_deadlines_back(desk: Desk) -> None:
    """The money is where it was."""
    brought(desk, DELIVERED)
    desk.advance(START + 30 * DAY, BUYER)
    assert desk.facts("A").order.held == 0
    last = desk.last_act(BUYER.__eq__)
    assert last is not None
    desk.fork(last.upto)
    assert desk.facts("A").order.held == 10_000
    assert desk.now() == START
