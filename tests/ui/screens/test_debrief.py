"""The debrief: asked for first where acts are left, and then told in full."""

from pathlib import Path
from typing import cast

import pytest
from msgspec.structs import replace

from escrow_tui.coach.values import Debrief, EvidenceLine, GoalLine, MoneyRow
from escrow_tui.desk.session import Session
from escrow_tui.scenarios import opening
from escrow_tui.store import glance
from escrow_tui.ui.screens.debrief.debrief_screen import DebriefScreen
from tests.ui.screens.stage import BUYER, NARROW, SIZES, WIDE, Sat, Stage

TOLD = Debrief(
    exercise="cracked-teapot",
    title="The cracked teapot",
    ending="Everything went to the seller",
    passed=False,
    score=60,
    why="You ruled without opening the photo.",
    rule="ruling_executed divides what is held.",
    source="Dispute rules, 3",
    instead="Open both photos first.",
    truth="The carrier dropped it.",
    did=("2026-03-12 09:00  You: The mediator ruled.",),
    money=(
        MoneyRow("Buyer", "-45.00 USD", "-27.00 USD", "-18.00 USD"),
        MoneyRow("Platform", "+2.25 USD", "+2.25 USD", "as it should be"),
    ),
    goals=(
        GoalLine("Give a reason", True, ""),
        GoalLine("Be fair", False, "The buyer got nothing."),
    ),
    evidence=(
        EvidenceLine("The buyer's photo", "strong", "It shows the crack.", True),
        EvidenceLine("The packing photo", "misleading", "It is older.", False),
    ),
    tries_refused=("A ruling needs at least one reason.",),
)


def debrief(sat: Sat) -> Stage:
    """The debrief on a stage."""
    return Stage(DebriefScreen(cast(Session, sat), BUYER))


@pytest.mark.parametrize("size", SIZES)
async def test_what_is_decided_ends_without_a_question(size: tuple[int, int]) -> None:
    """The verdict, the score, the reason and the rule are in sight at once."""
    sat = Sat(decided=True, told=TOLD)
    app = debrief(sat)
    async with app.run_test(size=size):
        text = app.text
    assert sat.finished
    assert "✗ NOT YET Everything went to the seller" in text
    assert "Score 60 of 100 ■■■" in text
    assert "□ 1 of 2 goals, 0 hints" in text
    assert "You ruled without opening the photo." in text
    assert "ruling_executed divides what is held." in text
    assert "Where it comes from: Dispute rules, 3" in text
    assert "Play again (x)" in text


async def test_every_part_is_told() -> None:
    """On one high screen, each under its title."""
    app = debrief(Sat(decided=True, told=TOLD))
    async with app.run_test(size=(80, 80)):
        text = app.text
    assert "✓ Give a reason ✗ Be fair The buyer got nothing." in text
    assert "≠ Buyer -45.00 USD -27.00 USD -18.00 USD" in text
    assert "✓ Platform +2.25 USD +2.25 USD as it should be" in text
    assert "The carrier dropped it." in text
    assert "▲ strong The buyer's photo It shows the crack. ✓ you looked at it" in text
    assert "▼ misleading The packing photo It is older. – you did not look at it" in text
    assert "2026-03-12 09:00 You: The mediator ruled." in text
    assert "! refused: A ruling needs at least one reason." in text
    assert "Open both photos first." in text


async def test_a_pass_says_so_in_words() -> None:
    """With the whole bar."""
    app = debrief(Sat(decided=True, told=replace(TOLD, passed=True, score=100)))
    async with app.run_test(size=WIDE):
        assert "✓ PASSED" in app.text
        assert "□" not in app.text


@pytest.mark.parametrize("keys", [("escape",), ("enter",), ("n",)])
async def test_where_acts_are_left_it_asks_and_goes_on_unless_told_to_end(
    keys: tuple[str, ...],
) -> None:
    """Enter stands on going on, since an end cannot be taken back."""
    sat = Sat(told=TOLD)
    app = debrief(sat)
    async with app.run_test(size=NARROW) as pilot:
        assert "End the exercise?" in app.text
        assert "You can undo nothing afterwards" in app.text
        await pilot.press(*keys)
    assert not sat.finished
    assert app.went == [("back", "", "")]


async def test_yes_ends_it_by_key_and_by_click() -> None:
    """Then the debrief stands there."""
    for by_click in (False, True):
        sat = Sat(told=TOLD)
        app = debrief(sat)
        async with app.run_test(size=NARROW) as pilot:
            await (pilot.click("#end") if by_click else pilot.press("y"))
            await pilot.pause()
            assert "✗ NOT YET" in app.text
        assert sat.finished


async def test_it_scrolls_by_keys_to_its_last_part() -> None:
    """At 80x24 the page is longer than the screen."""
    app = debrief(Sat(decided=True, told=TOLD))
    async with app.run_test(size=NARROW) as pilot:
        assert "needs at least one reason" not in app.text
        await pilot.press(*["j"] * 40)
        await pilot.pause()
        assert "needs at least one reason" in app.text
        await pilot.press(*["k"] * 40)
        await pilot.pause()
        assert "✗ NOT YET" in app.text


async def test_one_plays_again_or_leaves_by_keys_and_buttons() -> None:
    """What moves a market that stands still is not offered."""
    app = debrief(Sat(decided=True, told=TOLD))
    async with app.run_test(size=NARROW) as pilot:
        await pilot.press("x", "l", "escape", "n", "d", "u", "h", "f")
        for button in ("#anew", "#lobby", "#back"):
            await pilot.click(button)
    play, leave, back = ("play", "cracked-teapot", ""), ("lobby", "", ""), ("back", "", "")
    assert app.went == [play, leave, back, play, leave, back]


async def test_a_real_exercise_that_was_never_played_says_why(tmp_path: Path) -> None:
    """Its market runs on to its end first, and the lobby shows the score."""
    store = tmp_path / "store.sqlite"
    session = opening.sit(opening.store_at(store), exercise="cracked-teapot")
    app = Stage(DebriefScreen(session, session.chairs[0]))
    async with app.run_test(size=NARROW) as pilot:
        await pilot.press("y")
        await pilot.pause()
        text = app.text
    told = session.finish()
    assert told is not None
    assert not told.passed
    assert f"✗ NOT YET {told.ending} Score {told.score} of 100" in text
    assert " ".join(told.why.split()) in text
    assert [run.score for run in glance(store)] == [told.score]
