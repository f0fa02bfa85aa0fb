"""A run of an exercise: the others answer what the trainee does, and a coach watches."""

from msgspec.structs import replace

from escrow_tui.coach.debrief import debrief
from escrow_tui.coach.goals import HINT, coach_view, ending_of
from escrow_tui.coach.playthrough import Playthrough
from escrow_tui.coach.values import CoachView, Debrief
from escrow_tui.desk.desk import Desk
from escrow_tui.desk.session import JournalPoint, News
from escrow_tui.engine.answers import Refused
from escrow_tui.engine.commands import Exhibit
from escrow_tui.engine.context import refuse
from escrow_tui.engine.entry import Entry, order_stream
from escrow_tui.engine.events import name_of
from escrow_tui.engine.order import Order
from escrow_tui.engine.roles import CLOCK, Actor, Role
from escrow_tui.scenarios.exercise.injects import Due, is_skipped, next_due, turns
from escrow_tui.scenarios.exercise.setup import (
    content_of,
    orders_by_id,
    trainee_of,
    verify_payments,
)
from escrow_tui.scenarios.file.arguments import LATEST
from escrow_tui.scenarios.file.scenario import Scenario
from escrow_tui.scenarios.log import FINISHING, INJECT, MISSED, PASSED, REFUSED_INJECT, RUNNING
from escrow_tui.scenarios.session.access import Access, Right, sees_everything
from escrow_tui.scenarios.session.activity import filled
from escrow_tui.scenarios.session.run_record import RunRecord

OVER = refuse("WRONG_PHASE", phase="over", possible="the exercise is played again")
# A market that is not at rest after this many moves has injects that set each other off.
MOST_MOVES = 1_000

_RIGHTS = frozenset(
    {
        Right.MARKET,
        Right.OWN,
        Right.ORDER,
        Right.BUY,
        Right.SELL,
        Right.PRICE,
        Right.WHOLE_MARKET,
        Right.CLOCK,
        Right.UNDO,
        Right.LOG,
        Right.COACH,
    }
)


def trainee_access(scenario: Scenario) -> Access:
    """Return what an exercise grants: one chair in a market that was made for the trainee."""
    trainee = trainee_of(scenario)
    return Access(chairs=(trainee,), rights=_RIGHTS, sees=sees_everything, undoes=trainee.__eq__)


class ExerciseRun:
    """The activity of a trainee in one chair, in which the others act by the scenario's injects.

    What they do follows from the journal and the log alone, and each of their commands has a fixed
    id: a run that was interrupted anywhere can be resumed.
    """

    def __init__(self, desk: Desk, record: RunRecord, scenario: Scenario) -> None:
        self.desk = desk
        self.record = record
        self.scenario = scenario
        self._coached: tuple[tuple[JournalPoint, int, str], CoachView] | None = None

    def over(self) -> Refused | None:
        """Refuse every act once the market has begun to run on to its end."""
        return None if self.record.run.state == RUNNING else OVER

    def found(self, order: Order) -> str:
        """Return the picture of what a parcel contains."""
        return content_of(self.scenario, order)

    def exhibits(self, role: Role, order: Order) -> tuple[Exhibit, ...]:
        """Return the evidence that the scenario gives a role, as far as it exists by now."""
        stream = order_stream(order.id)
        entries = (one for one in self.desk.entries() if one.stream == stream)
        happened = {"", *(name_of(event) for one in entries for event in one.events)}
        return tuple(
            Exhibit(one.kind, one.shows, one.picture)
            for one in self.scenario.plan.evidence
            if one.owner == role.value and one.available in happened
        )

    def advance(self, to: int, by: Actor) -> tuple[News, ...] | Refused:
        """Move the clock; deadlines and the others' acts happen at their own instants."""
        before = self.desk.point().seq
        if to < self.desk.now():
            return self.desk.advance(to, by)
        self._pass_time(to)
        # The last move is in the trainee's name, so that they can take it back.
        if to > self.desk.now():
            self.desk.advance(to, by)
        self.settle()
        return self.desk.news(before, by)

    # -- the others

    def settle(self) -> None:
        """Let the others do everything that is due by now, in order."""
        self._settled()

    def _settled(self) -> Due | None:
        """Settle, and return the inject that comes next."""
        verify_payments(self.desk, self.scenario)
        while (due := self._next_due()) is not None and due.at <= self.desk.now():
            self._fire(due)
            verify_payments(self.desk, self.scenario)
        return due

    def _pass_time(self, until: int) -> None:
        """Do everything that is due before an instant; at one instant deadlines come first."""
        for _ in range(MOST_MOVES):
            both = self._settled(), self.desk.next_deadline()
            coming = [one.at for one in both if one is not None and one.at < until]
            if not coming:
                return
            self.desk.advance(min(coming), CLOCK)

    def _next_due(self) -> Due | None:
        entries = self.desk.entries()
        passed = self.record.noted_here(INJECT)
        return next_due(self.scenario.injects, entries, self._sat_down(entries), passed)

    def _sat_down(self, entries: tuple[Entry, ...]) -> int:
        at_floor = (one.at for one in entries if one.seq == self.record.floor)
        return next(at_floor, self.scenario.start)

    def _fire(self, due: Due) -> None:
        entries = self.desk.entries()
        given = {one.command_id for one in entries}
        orders = orders_by_id(self.desk)
        every = turns(due, orders)
        # If the program was stopped between two commands, continue after the first.
        begun = max((nth for nth, one in enumerate(every, 1) if one.id in given), default=0)
        if not begun and is_skipped(due, entries):
            every = ()
        for turn in every[begun:]:
            command = filled(turn.command, orders.get(turn.order), self.found)
            answer = self.desk.submit(turn.by, turn.order, command, turn.id)
            if isinstance(answer, Refused):
                self.record.note(REFUSED_INJECT, f"{turn.id}: {answer.code}")
        self.record.note(INJECT, due.key)

    # -- the coach

    def played(self) -> Playthrough:
        """Return what has happened so far, as the coach reads it."""
        with self.desk.store.reading() as reading:
            balances = reading.balances(self.desk.market)
        orders, notes = orders_by_id(self.desk), self.record.notes()
        return Playthrough(
            entries=self.desk.entries(),
            orders=orders,
            balances=balances,
            notes=notes,
            floor=self.record.floor,
        )

    def coach(self) -> CoachView | None:
        """Return the task, the hints taken, and whether anything is left to do.

        Screens ask this for every key in a footer, so the journal is folded only after a change of
        the journal, the log or the run's state.
        """
        stands = (self.desk.point(), len(self.record.rows()), self.record.run.state)
        if self._coached is None or self._coached[0] != stands:
            view = coach_view(self.scenario.plan, self.played())
            decided = view.decided or self.over() is not None
            self._coached = stands, replace(view, decided=decided)
        return self._coached[1]

    def hint(self) -> str:
        """Take and return the next hint, and log it."""
        hints = self.scenario.plan.hints
        taken = sum(note.kind == HINT for note in self.record.notes())
        if self.over():
            return "The exercise is over; the debrief tells the rest."
        if taken >= len(hints):
            return "There are no more hints."
        self.record.note(HINT, str(taken + 1))
        return hints[taken]

    def finish(self) -> Debrief | None:
        """Let the market run to its end and return the debrief; the run's row keeps the score."""
        plan, record = self.scenario.plan, self.record
        ends = record.run.state in (RUNNING, FINISHING)
        if ends:
            record.save(replace(record.run, state=FINISHING))
            self._pass_time(LATEST)
        played = self.played()
        told = debrief(plan, played)
        if ends:
            self._keep(told, ending_of(plan, played).id)
        return told

    def _keep(self, told: Debrief, ending: str) -> None:
        """Write into the run's row what the lobby shows."""
        state = PASSED if told.passed else MISSED
        done = replace(self.record.run, state=state, score=told.score, ending=ending)
        self.record.save(replace(done, finished=self.record.clock()))
