"""Moves of a story's clock: how far each goes, and what happens if one comes twice."""

from escrow_tui.desk.desk import Desk
from escrow_tui.engine.answers import Refused
from escrow_tui.engine.context import refuse
from escrow_tui.engine.roles import CLOCK
from escrow_tui.scenarios.file.arguments import LATEST
from escrow_tui.scenarios.file.step_reader import Advance
from escrow_tui.scenarios.story.story_result import events_after, iso, last_seq
from escrow_tui.scenarios.story.verdict import StepFailed

_Body = tuple[int, int | None, bool]


class Moves:
    """Moves a story's clock, and remembers the ids of the moves that were made."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._made: dict[str, tuple[_Body, tuple[str, ...]]] = {}

    def __contains__(self, command_id: str) -> bool:
        return command_id in self._made

    def move(self, step: Advance) -> tuple[str, ...] | Refused:
        """Move the clock, and return the events of the deadlines on the way, by name.

        Raises:
            StepFailed: there is no deadline to go to, or it is after the last possible instant.
        """
        body = (step.seconds, step.to, step.to_next)
        if step.id in self._made:
            first, events = self._made[step.id]
            return events if body == first else refuse("COMMAND_ID_REUSED", id=step.id)
        if step.id and self._is_taken(step.id):
            return refuse("COMMAND_ID_REUSED", id=step.id)
        before = last_seq(self._desk)
        moved = self._desk.advance(self._target(step), CLOCK)
        if isinstance(moved, Refused):
            return moved
        events = events_after(self._desk, before)
        if step.id:
            self._made[step.id] = (body, events)
        return events

    def _is_taken(self, command_id: str) -> bool:
        with self._desk.store.reading() as reading:
            return reading.entry_of(self._desk.market, command_id) is not None

    def _target(self, step: Advance) -> int:
        if step.to_next:
            following = self._desk.next_deadline()
            if following is None:
                raise StepFailed((*step.place, "to"), "advance: expected a deadline; none runs")
            return following.at
        to = self._desk.now() + step.seconds if step.to is None else step.to
        if to > LATEST:
            raise StepFailed((*step.place, "do"), f"advance: time ends here on {iso(LATEST)}")
        return to
