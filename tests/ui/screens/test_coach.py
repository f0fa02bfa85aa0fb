"""The coach: the task, and hints that cost what was said before."""

from typing import cast

import pytest

from escrow_tui.desk.session import Session
from escrow_tui.ui.screens.coach_screen import CoachScreen
from tests.ui.screens.stage import BUYER, NARROW, SIZES, Sat, Stage


def coach(sat: Sat, about: str = "") -> Stage:
    """The coach on a stage."""
    return Stage(CoachScreen(cast(Session, sat), BUYER, "", about))


@pytest.mark.parametrize("size", SIZES)
async def test_the_task_and_the_cost_stand_there_before_any_hint(size: tuple[int, int]) -> None:
    """Opening the coach takes nothing."""
    sat = Sat()
    app = coach(sat)
    async with app.run_test(size=size):
        text = app.text
    assert "Read both stories, then rule." in text
    assert "○ open the evidence ○ be fair to both" in text
    assert "Hint 1 costs 5 points of your score." in text
    assert "Look first." not in text
    assert sat.hints == ()


async def test_enter_takes_the_hint_where_one_came_for_it_and_only_that_one() -> None:
    """Afterwards Enter closes: a second hint costs again."""
    sat = Sat()
    app = coach(sat, "hint")
    async with app.run_test(size=NARROW) as pilot:
        await pilot.press("enter")
        assert "Hint 1 Look first." in app.text
        assert "Hint 2 costs 5 points" in app.text
        await pilot.press("enter")
        assert not isinstance(app.screen, CoachScreen)
    assert sat.hints == ("Look first.",)


async def test_without_being_about_a_hint_enter_takes_none() -> None:
    """It closes the coach; y and a click take one."""
    sat = Sat()
    app = coach(sat)
    async with app.run_test(size=NARROW) as pilot:
        await pilot.press("enter")
        assert not isinstance(app.screen, CoachScreen)
        assert sat.hints == ()
        app.push_screen(CoachScreen(cast(Session, sat), BUYER))
        await pilot.press("y")
        await pilot.click("#take")
        assert "There are no more hints." in app.text
        assert "Take the hint" not in app.text
        await pilot.press("y", "escape")
        assert not isinstance(app.screen, CoachScreen)
    assert len(sat.hints) == 2


async def test_where_all_is_decided_the_debrief_is_named() -> None:
    """And after the end no hint is offered."""
    app = coach(Sat(decided=True))
    async with app.run_test(size=NARROW):
        assert "Nothing is left for you to do: f opens the debrief." in app.text
    over = Sat()
    over.finished = True
    app = coach(over)
    async with app.run_test(size=NARROW) as pilot:
        assert "The exercise is over" in app.text
        await pilot.press("y")
    assert over.hints == ()


async def test_a_long_task_scrolls_and_the_buttons_stay_in_sight() -> None:
    """At the least size."""
    sat = Sat()
    sat.hints = tuple(f"Hint text {nth} " + "word " * 60 for nth in range(2))
    app = coach(sat)
    async with app.run_test(size=(60, 20)) as pilot:
        assert "Go on (esc)" in app.text
        before = app.text
        await pilot.press("j", "j", "j")
        assert app.text != before
