"""Which goals were reached, which ending it came to, and the score."""

from escrow_tui.coach.plan import Plan
from escrow_tui.coach.playthrough import Playthrough
from escrow_tui.coach.predicates import all_hold
from escrow_tui.coach.values import CoachView, Ending, GoalLine
from escrow_tui.engine.terms import ENDED

HINT_COST = 5
HINT = "hint"


def goal_lines(plan: Plan, played: Playthrough) -> tuple[GoalLine, ...]:
    """Return for each goal whether it was reached, and if not, why that matters."""
    reached = (all_hold(goal.holds, played) for goal in plan.goals)
    return tuple(
        GoalLine(goal.text, yes, "" if yes else goal.missed)
        for goal, yes in zip(plan.goals, reached, strict=True)
    )


def ending_of(plan: Plan, played: Playthrough) -> Ending:
    """Return the first ending whose predicates all hold; the last one always does."""
    return next(one for one in plan.endings if all_hold(one.when, played))


def hints_taken(played: Playthrough) -> int:
    """Return how many hints the run's log records."""
    return sum(note.kind == HINT for note in played.notes)


def score(lines: tuple[GoalLine, ...], hints: int) -> int:
    """Return 0 to 100: the percentage of goals reached, less `HINT_COST` for each hint."""
    return max(0, 100 * sum(line.reached for line in lines) // len(lines) - HINT_COST * hints)


def coach_view(plan: Plan, played: Playthrough) -> CoachView:
    """Return what the coach shows while the exercise runs."""
    taken = plan.hints[: hints_taken(played)]
    left = len(plan.hints) - len(taken)
    ended = bool(played.orders) and all(one.phase in ENDED for one in played.orders.values())
    decided = ended or any(one.holds_in(played) for one in plan.done)
    cost = HINT_COST if left else 0
    return CoachView(
        exercise=plan.id,
        title=plan.title,
        task=plan.task,
        objectives=plan.objectives,
        hints=taken,
        hint_cost=cost,
        decided=decided,
    )
