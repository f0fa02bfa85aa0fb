"""How often the coach folds the journal: once a change, however many keys the footer shows."""

from pathlib import Path

import pytest

from escrow_tui.coach.goals import coach_view
from escrow_tui.coach.plan import Plan
from escrow_tui.coach.playthrough import Playthrough
from escrow_tui.coach.values import CoachView
from escrow_tui.scenarios.exercise import exercise_run
from escrow_tui.scenarios.exercise.exercise_run import ExerciseRun
from tests.ui.keys import trainee

KEYS = "enter e down*2 enter down enter escape r =0.00 tab down*2 space tab space tab =70 ctrl+s"


async def test_the_coach_folds_the_journal_once_a_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A change is an entry or a note more, or the end; what is taken back is one too."""
    folds: list[tuple[int, int]] = []
    asked: list[object] = []
    coach = ExerciseRun.coach

    def folded(plan: Plan, played: Playthrough) -> CoachView:
        folds.append((played.entries[-1].seq, len(played.notes)))
        return coach_view(plan, played)

    def counted(run: ExerciseRun) -> CoachView | None:
        asked.append(run)
        return coach(run)

    monkeypatch.setattr(exercise_run, "coach_view", folded)
    monkeypatch.setattr(ExerciseRun, "coach", counted)
    async with trainee(tmp_path) as me:
        await me.begin("cracked-teapot")
        await me.press(KEYS)
        assert me.sees("press f for the debrief")
        await me.debrief()
    assert len(asked) > 100
    assert len(set(folds)) >= 5
    assert sorted(folds) == sorted(set(folds))
