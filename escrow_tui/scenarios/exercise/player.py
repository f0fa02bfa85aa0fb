"""Plays steps in a session as a person at the screen would, for solutions and tests."""

from collections.abc import Sequence
from typing import assert_never

from escrow_tui.desk.session import News, NextDeadline, Session
from escrow_tui.engine.answers import Answer, Refused
from escrow_tui.scenarios.file.act_reader import Act
from escrow_tui.scenarios.file.step_reader import Advance, Expect, Step

StepAnswer = Answer | tuple[News, ...] | None


def play_steps(
    session: Session, steps: Sequence[Step], name: str = "step"
) -> tuple[StepAnswer, ...]:
    """Take steps one after the other; command ids are made from the name and a number."""
    return tuple(take(session, step, f"{name}:{nth}") for nth, step in enumerate(steps, 1))


def take(session: Session, step: Step, command_id: str) -> StepAnswer:
    """Take one step; return None if it has no answer."""
    match step:
        case Act():
            return session.submit(step.by, step.order, step.command, step.id or command_id)
        case Advance():
            return session.advance(target_of(step, session.now(), session.next_deadline()))
        case Expect():
            return None
        case _:
            assert_never(step)


def target_of(step: Advance, now: int, following: NextDeadline | None) -> int:
    """Return where a move of the clock ends (Unix seconds); now, if it waits for no deadline."""
    if step.to_next:
        return following.at if following else now
    return now + step.seconds if step.to is None else step.to


def as_told(played: object, refused: str | bool) -> bool:
    """Say whether a step was refused as expected: with a code, with any (True), not (False)."""
    code = played.code if isinstance(played, Refused) else ""
    return code == refused or bool(code) is refused
