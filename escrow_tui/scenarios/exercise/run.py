"""An exercise that is played: the others answer what the trainee does, and a coach looks on."""

from msgspec.structs import replace

from escrow_tui.coach.debrief import debrief
from escrow_tui.coach.goals import HINT, coach_view, ending_of
from escrow_tui.coach.playthrough import Playthrough
from escrow_tui.coach.values import CoachView, Debrief
from escrow_tui.desk.desk import Desk
from escrow_tui.desk.session import News, NextDeadline, Purchase
from escrow_tui.engine.answers import Answer, Refused
from escrow_tui.engine.commands import AnyCommand, Exhibit
from escrow_tui.engine.context import refuse
from escrow_tui.engine.entry import Entry, order_stream
from escrow_tui.engine.events import name_of
from escrow_tui.engine.order import Order
from escrow_tui.engine.roles import CLOCK, Actor
from escrow_tui.scenarios.exercise.injects import Due, is_skipped, next_due, turns
from escrow_tui.scenarios.exercise.setup import found_in, orders_of, trainee_of, verify_payments
from escrow_tui.scenarios.file.arguments import LATEST
from escrow_tui.scenarios.file.scenario import Scenario
from escrow_tui.scenarios.log import FINISHING, INJECT, MISSED, PASSED, REFUSED_INJECT, RUNNING
from escrow_tui.scenarios.session.sitting import Sitting, WallClock, no_clock, not_handed_in
from escrow_tui.store import RunRow
from escrow_tui.views.money_views import Preview

OVER = refuse("WRONG_PHASE", phase="over", possible="the exercise is played again")
# A market that has not come to rest by then holds injects that set each other off.
MOST_MOVES = 1_000


class Run(Sitting):
    """A trainee in one chair; the others act by the scenario's injects.

    What they do follows from the journal and the log alone, and every command of theirs has an id
    of its own: a run that was cut off anywhere goes on as if nothing had been.
    """

    def __init__(
        self, desk: Desk, run: RunRow, scenario: Scenario, clock: WallClock = no_clock
    ) -> None:
        super().__init__(desk, run, clock)
        self.scenario = scenario
        self._floor = super().floor

    @property
    def floor(self) -> int:
        """The setup's last entry."""
        return self._floor

    @property
    def trainee(self) -> Actor:
        """The trainee, as a party of the exercise's first order."""
        return trainee_of(self.scenario)

    @property
    def chairs(self) -> tuple[Actor, ...]:
        """The trainee's chair alone."""
        return (self.trainee,)

    @property
    def finished(self) -> bool:
        """Whether the market has begun to run on to its end."""
        return self.run.state != RUNNING

    def found(self, order: Order) -> str:
        """What the scenario has put into the parcel; what the listing shows where it is silent."""
        return found_in(self.scenario, order)

    # -- commands

    def submit(
        self, actor: Actor, order_id: str, command: AnyCommand, command_id: str = ""
    ) -> Answer:
        """Give a command as the trainee; then the others answer."""
        if self.finished:
            return OVER
        if actor != self.trainee:
            return refuse("NOT_YOURS", role=actor.role)
        answer = super().submit(actor, order_id, command, command_id)
        self.settle()
        return answer

    def buy(self, buyer: Actor, purchase: Purchase, command_id: str) -> tuple[Answer, ...]:
        """Place one order a seller of the cart; then the others answer."""
        if self.finished or buyer != self.trainee:
            return (OVER,)
        answers = super().buy(buyer, purchase, command_id)
        self.settle()
        return answers

    def preview(self, actor: Actor, order_id: str, command: AnyCommand) -> Preview:
        """Say what a command would do, and change nothing."""
        if self.finished:
            return Preview(False, OVER.explanation, (), (), "", "")
        return super().preview(actor, order_id, command)

    def advance(self, to: int) -> tuple[News, ...] | Refused:
        """Move the clock; deadlines and the others' acts come at their own instants on the way."""
        if self.finished:
            return OVER
        before = self._last_seq()
        if to < self.now():
            return super().advance(to)
        self._pass_time(to)
        # At the very instant the last move is the trainee's own: that is what he can take back.
        if to > self.now():
            super().advance(to)
        self.settle()
        return self.desk.news(before, self.trainee)

    def undo(self) -> str:
        """Take the trainee's last act back, and what others answered to it."""
        if self.finished:
            return "The exercise is over; play it again instead."
        return super().undo()

    def note(self, kind: str, about: str) -> None:
        """Keep what the journal cannot know; what is looked at after the end does not count."""
        if not self.finished:
            super().note(kind, about)

    def next_deadline(self) -> NextDeadline | None:
        """The first deadline to come that the trainee may know of."""
        return self.desk.next_deadline(self.trainee.role)

    # -- the others

    def settle(self) -> Due | None:
        """Let the others do all that is due by now, in its order; return what comes next."""
        verify_payments(self.desk, self.scenario)
        while (due := self._next_due()) is not None and due.at <= self.now():
            self._fire(due)
            verify_payments(self.desk, self.scenario)
        return due

    def _pass_time(self, until: int) -> None:
        """Stop at everything that comes before an instant; a deadline comes before an inject."""
        for _ in range(MOST_MOVES):
            both = self.settle(), self.desk.next_deadline()
            coming = [one.at for one in both if one is not None and one.at < until]
            if not coming:
                return
            self.desk.advance(min(coming), CLOCK)

    def _next_due(self) -> Due | None:
        entries = self.desk.entries()
        passed = self.noted_here(INJECT)
        return next_due(self.scenario.injects, entries, self._sat_down(entries), passed)

    def _sat_down(self, entries: tuple[Entry, ...]) -> int:
        at_floor = (one.at for one in entries if one.seq == self.floor)
        return next(at_floor, self.scenario.start)

    def _fire(self, due: Due) -> None:
        entries = self.desk.entries()
        given = {one.command_id for one in entries}
        every = turns(due, orders_of(self.desk))
        # Where the program was stopped between two commands, it goes on after the last of them.
        begun = max((nth for nth, one in enumerate(every, 1) if one.id in given), default=0)
        if not begun and is_skipped(due, entries):
            every = ()
        for turn in every[begun:]:
            command = self.worldly(turn.order, turn.command)
            answer = self.desk.submit(turn.by, turn.order, command, turn.id)
            if isinstance(answer, Refused):
                super().note(REFUSED_INJECT, f"{turn.id}: {answer.code}")
        super().note(INJECT, due.key)

    def _last_seq(self) -> int:
        return max((one.seq for one in self.desk.entries()), default=0)

    # -- evidence

    def exhibits(self, actor: Actor, order_id: str) -> tuple[Exhibit, ...]:
        """The scenario's evidence of the actor that is there by now and is not handed in yet."""
        order = self.order_state(order_id)
        if order is None:
            return ()
        stream = order_stream(order_id)
        entries = (one for one in self.desk.entries() if one.stream == stream)
        happened = {"", *(name_of(event) for one in entries for event in one.events)}
        there = tuple(
            Exhibit(one.kind, one.shows, one.picture)
            for one in self.scenario.plan.evidence
            if one.owner == actor.role.value and one.available in happened
        )
        return not_handed_in(order, actor.role, there)

    # -- the coach

    def played(self) -> Playthrough:
        """What has happened so far, as the coach reads it."""
        with self.desk.store.reading() as reading:
            balances = reading.balances(self.desk.market)
        return Playthrough(
            self.desk.entries(), orders_of(self.desk), balances, self.notes(), self.floor
        )

    def coach(self) -> CoachView | None:
        """The task, the hints taken, and whether anything is left to do."""
        view = coach_view(self.scenario.plan, self.played())
        return replace(view, decided=view.decided or self.finished)

    def hint(self) -> str:
        """Take the next hint; the log keeps that it was taken."""
        hints = self.scenario.plan.hints
        taken = sum(note.kind == HINT for note in self.notes())
        if self.finished:
            return "The exercise is over; the debrief tells the rest."
        if taken >= len(hints):
            return "There are no more hints."
        self.note(HINT, str(taken + 1))
        return hints[taken]

    def finish(self) -> Debrief | None:
        """Let the market run on to its end, and tell how it went; the score stays in the run."""
        plan = self.scenario.plan
        if self.run.state in (RUNNING, FINISHING):
            self.save(replace(self.run, state=FINISHING))
            self._pass_time(LATEST)
            self._keep(debrief(plan, self.played()), ending_of(plan, self.played()).id)
        return debrief(plan, self.played())

    def _keep(self, told: Debrief, ending: str) -> None:
        """Keep in the run's row what the lobby shows of it."""
        state = PASSED if told.passed else MISSED
        done = replace(self.run, state=state, score=told.score, ending=ending)
        self.save(replace(done, finished=self.clock()))
