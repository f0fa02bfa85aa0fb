"""Plays steps in a sitting as a person at the screen would: the ways of a scenario, and tests."""

from collections.abc import Sequence
from typing import assert_never

from escrow_tui.desk.session import News, NextDeadline
from escrow_tui.engine.answers import Answer, Refused
from escrow_tui.scenarios.file.act_reader import Act
from escrow_tui.scenarios.file.step_reader import Advance, Expect, Step
from escrow_tui.scenarios.session.sitting import Sitting

Played = Answer | tuple[News, ...] | None


def play(sitting: Sitting, steps: Sequence[Step], name: str = "step") -> tuple[Played, ...]:
    """Take steps one after the other; the command ids are made of the name and their number."""
    return tuple(take(sitting, step, f"{name}:{nth}") for nth, step in enumerate(steps, 1))


def take(sitting: Sitting, step: Step, command_id: str) -> Played:
    """Take one step; None where there is nothing to answer."""
    match step:
        case Act():
            return sitting.submit(step.by, step.order, step.command, step.id or command_id)
        case Advance():
            return sitting.advance(target_of(step, sitting.now(), sitting.next_deadline()))
        case Expect():
            return None
        case _:
            assert_never(step)


def target_of(step: Advance, now: int, following: NextDeadline | None) -> int:
    """The instant that a move of the clock goes to (Unix seconds); here, where none follows."""
    if step.to_next:
        return following.at if following else now
    return now + step.seconds if step.to is None else step.to


def as_told(played: object, refused: str | bool) -> bool:
    """Say whether a step went as its `refused` says: a code, True for any, False for none."""
    code = played.code if isinstance(played, Refused) else ""
    return code == refused or bool(code) is refused
