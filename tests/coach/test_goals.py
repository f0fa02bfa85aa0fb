"""Goals, endings and the score of a playthrough."""

import pytest
from msgspec.structs import replace

from escrow_tui.coach.goals import coach_view, ending_of, goal_lines, score
from escrow_tui.coach.playthrough import Note, Playthrough
from escrow_tui.coach.predicates import EventHappens
from escrow_tui.coach.values import GoalLine
from tests.coach.played import CASE, PLAN, played

NOTES = (Note("hint", "1"), Note("screen", "CaseScreen A"), Note("refused", "rule: no"))


def test_a_goal_that_was_missed_says_why() -> None:
    """A goal that was reached has no such sentence."""
    assert goal_lines(PLAN, played()) == (
        GoalLine("All was looked at.", False, "You left E2."),
        GoalLine("You ruled.", True, ""),
    )


def test_the_first_ending_that_holds_is_told() -> None:
    """The last ending has no predicate and catches everything else."""
    full = replace(PLAN.endings[0], when=(EventHappens(event="dispute_executed"),))
    assert ending_of(PLAN, played()).id == "part"
    assert ending_of(replace(PLAN, endings=(full, PLAN.endings[1])), played()).id == "full"


@pytest.mark.parametrize(
    ("reached", "hints", "points"),
    [((True, True), 0, 100), ((True, False), 0, 50), ((True, True), 2, 90), ((False,), 3, 0)],
)
def test_the_score_is_the_share_of_goals_less_the_hints(
    reached: tuple[bool, ...], hints: int, points: int
) -> None:
    """A hint costs five points, and the score is never below zero."""
    lines = tuple(GoalLine("", one, "") for one in reached)
    assert score(lines, hints) == points


def test_the_coach_shows_the_hints_that_were_taken_and_the_price_of_the_next() -> None:
    """With no hints left, the price is 0."""
    first = coach_view(PLAN, played(1))
    assert (first.hints, first.hint_cost) == ((), 5)
    one = coach_view(PLAN, played(1, (Note("hint", "1"),)))
    assert (one.hints, one.hint_cost) == (("one",), 5)
    both = coach_view(PLAN, played(1, (Note("hint", "1"), Note("hint", "2"))))
    assert (both.hints, both.hint_cost) == (("one", "two"), 0)


def test_the_coach_tells_when_nothing_is_left_to_do() -> None:
    """One predicate of `done` is enough, and so is that every order has ended."""
    ruled_at = next(at for at, (_, events) in enumerate(CASE, 1) if "Ruled" in repr(events))
    assert not coach_view(PLAN, played(ruled_at - 1)).decided
    assert coach_view(PLAN, played(ruled_at)).decided
    undecided = replace(PLAN, done=())
    assert not coach_view(undecided, played(ruled_at)).decided
    assert coach_view(undecided, played()).decided
    assert not coach_view(
        undecided, Playthrough(entries=(), orders={}, balances={}, notes=())
    ).decided


def test_the_coach_keeps_the_truth_to_itself() -> None:
    """Its view has neither the truth, nor the worth of evidence, nor the goals' sentences."""
    shown = repr(coach_view(PLAN, played(notes=NOTES)))
    for secret in (PLAN.truth, "misleading", "that it is damaged", "You left E2.", "A part back"):
        assert secret not in shown
