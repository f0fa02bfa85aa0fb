"""The lobby: marks, preview, filter, and what each key and click begins."""

import subprocess
import sys

import msgspec
import pytest
from textual.widgets import Input

from escrow_tui.scenarios.file.head import ScenarioHead
from escrow_tui.scenarios.scenario_library import scenario_heads
from escrow_tui.ui.screens.lobby.exercises import Standing, standing_of
from escrow_tui.ui.screens.lobby.lobby_screen import LobbyScreen
from tests.ui.screens.stage import NARROW, SIZES, WIDE, Stage


class Glanced(msgspec.Struct, frozen=True):
    """A run as the quick read gives it."""

    id: str
    scenario: str
    state: str = "running"
    score: int | None = None
    title: str = "Free market"
    created: str = "2026-11-25T13:07:00+00:00"


FIRST = ScenarioHead(
    id="first-order",
    family="first order",
    title="Your first order",
    role="buyer",
    difficulty=1,
    minutes=6,
    objectives=("look before you confirm",),
    preview="Buy a thing and follow it.",
)
TEAPOT = msgspec.structs.replace(
    FIRST, id="cracked-teapot", family="damaged", title="The teapot", role="mediator", difficulty=2
)
CLAIM = msgspec.structs.replace(FIRST, id="false-claim", title="No parcel?", role="seller")
BROKEN = ScenarioHead(
    id="mine",
    family="",
    title="mine.toml",
    role="",
    difficulty=0,
    minutes=0,
    objectives=(),
    preview="",
    fault='mine.toml:3:1 no key "titel"',
)
HEADS = (FIRST, TEAPOT, CLAIM, BROKEN)
RUNS = (
    Glanced("r5", "cracked-teapot"),
    Glanced("r4", "first-order", "missed", 40),
    Glanced("r3", "first-order", "passed", 95),
    Glanced("r2", "false-claim", "missed", 35),
    Glanced("r1", "cracked-teapot", "passed", 90),
)


def lobby(*runs: Glanced, trouble: str = "") -> Stage:
    """The lobby on a stage."""
    return Stage(LobbyScreen(HEADS, runs, trouble))


@pytest.mark.parametrize("size", SIZES)
async def test_each_exercise_stands_with_its_mark_id_title_and_level(size: tuple[int, int]) -> None:
    """The mark is a sign, not a colour."""
    app = lobby(*RUNS)
    async with app.run_test(size=size):
        text = app.text
    assert "✓ first-order Your first order buyer ●○○○○ 95 first orde" in text
    assert "▶ cracked-teapot The teapot mediator ●●○○○ 90 damaged" in text
    assert "✗ false-claim No parcel? seller" in text
    assert "! mine mine.toml" in text
    assert "· free-play Free play everyone" in text
    assert "· new ▶ in progress ✓ passed ✗ missed ! broken file" in text


def test_the_newest_run_says_whether_one_is_in_progress() -> None:
    """An older one that was left does not, and the best score is of all."""
    left = (Glanced("r2", "first-order", "passed", 80), Glanced("r1", "first-order"))
    one = standing_of(FIRST, left)
    assert (one.standing, one.run, one.best) == (Standing.PASSED, "", 80)
    stopped = standing_of(FIRST, (Glanced("r3", "first-order", "finishing"), *left))
    assert (stopped.standing, stopped.run) == (Standing.RUNNING, "r3")


@pytest.mark.parametrize("size", SIZES)
async def test_a_newcomer_is_told_what_this_is_and_what_to_press(size: tuple[int, int]) -> None:
    """Only as long as there is no run; the cursor stands on the first exercise."""
    app = lobby()
    async with app.run_test(size=size) as pilot:
        assert "holds the money until the goods are right" in app.text
        assert "Press Enter to begin" in app.text
        await pilot.press("enter")
    assert app.went == [("play", "first-order", "")]


async def test_the_cursor_stands_on_the_run_in_progress_and_enter_resumes_it() -> None:
    """Its preview says so, and x begins it anew."""
    app = lobby(*RUNS)
    async with app.run_test(size=NARROW) as pilot:
        assert "holds the money until" not in app.text
        assert "▶ in progress · best 90 of 100 · you are the mediator · damaged" in app.text
        assert "Resume (enter)" in app.text
        await pilot.press("enter", "x")
    assert app.went == [("play", "", "r5"), ("play", "cracked-teapot", "")]


async def test_buttons_and_rows_can_be_clicked() -> None:
    """The first click on a row moves there, the second opens it."""
    app = lobby(*RUNS)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.click("#anew")
        await pilot.click("#open")
        await pilot.click("RowList", offset=(4, 3))
        await pilot.pause()
        assert app.went == [("play", "cracked-teapot", ""), ("play", "", "r5")]
        assert "Start (enter)" in app.text
        assert "Start anew" not in app.text
        await pilot.click("RowList", offset=(4, 3))
    assert app.went[2:] == [("play", "false-claim", "")]


async def test_a_broken_file_shows_its_fault_and_does_not_start() -> None:
    """Neither by Enter nor by a button."""
    app = lobby()
    async with app.run_test(size=NARROW) as pilot:
        await pilot.press("j", "j", "j", "enter", "x")
        assert 'mine.toml:3:1 no key "titel"' in app.text
        assert "Start (enter)" not in app.text
    assert app.went == []


async def test_free_play_is_opened_by_its_key_and_by_its_row_and_goes_on() -> None:
    """With a run in progress both go on with it."""
    app = lobby()
    async with app.run_test(size=NARROW) as pilot:
        await pilot.press("p", "end", "enter")
        screen = app.screen
        assert isinstance(screen, LobbyScreen)
        screen.show_runs((Glanced("f1", ""),))
        await pilot.press("p", "end", "enter", "x")
    new, going = ("play", "", ""), ("play", "", "f1")
    assert app.went == [new, new, going, going, new]


async def test_the_filter_takes_any_words_and_escape_shows_all_again() -> None:
    """Words of the id, the title, the family, the role, the state."""
    app = lobby(*RUNS)
    async with app.run_test(size=NARROW) as pilot:
        await pilot.press("slash", *"Missed sell", "enter")
        assert "false-claim" in app.text
        assert "first-order" not in app.text
        await pilot.press("enter")
        await pilot.press("slash", *"zzz")
        assert "No exercise has these words; press Esc" in app.text
        await pilot.press("escape")
        assert "first-order" in app.text
        assert not app.screen.query_one(Input).display
    assert app.went == [("play", "false-claim", "")]


async def test_every_open_free_market_can_be_gone_on_with() -> None:
    """The newest as free play, the others with their titles and when they were begun."""
    runs = (
        Glanced("m4", ""),
        Glanced("m3", "", title="World of 500 orders"),
        Glanced("m2", "", "passed"),
        Glanced("m1", "", title="Class 3", created=""),
    )
    app = lobby(*runs)
    async with app.run_test(size=WIDE) as pilot:
        lobby_screen = app.screen
        assert isinstance(lobby_screen, LobbyScreen)
        free = [one for one in lobby_screen.listed if not one.head.id]
        assert [(one.run, one.head.title) for one in free] == [
            ("m4", "Free play"),
            ("m3", "World of 500 orders"),
            ("m1", "Class 3"),
        ]
        assert "was begun on 2026-11-25 at 13:07 (UTC). A market" in free[1].head.preview
        assert "was begun. A market" in free[2].head.preview
        await pilot.press("end", "up", "enter")
        assert app.went == [("play", "", "m3")]


async def test_what_was_read_takes_the_place_of_trouble() -> None:
    """A server's runs come after the first frame."""
    app = lobby(trouble="Reading …")
    async with app.run_test(size=WIDE) as pilot:
        assert "Reading …" in app.text
        lobby_screen = app.screen
        assert isinstance(lobby_screen, LobbyScreen)
        lobby_screen.show_runs(RUNS)
        await pilot.pause()
        assert "Reading …" not in app.text
        assert lobby_screen.chosen is not None
        assert lobby_screen.chosen.run == "r5"


async def test_trouble_with_the_store_is_said() -> None:
    """Above the list, and the exercises stay in sight."""
    app = lobby(trouble="this is [/] no store")
    async with app.run_test(size=NARROW):
        assert "this is [/] no store" in app.text
        assert "cracked-teapot" in app.text


async def test_an_exercise_of_hostile_words_is_only_shown() -> None:
    """Markup and controls in a file that somebody sent do nothing."""
    bad = msgspec.structs.replace(
        FIRST, title="[/] \x1b]52;c;aGk=\x07", preview="[@click=quit]x[/]"
    )
    app = Stage(LobbyScreen((bad,), ()))
    async with app.run_test(size=NARROW):
        assert "[/] ␛]52;c" in app.text
        assert "[@click=quit]x[/]" in app.text


def test_the_first_frame_imports_nothing_heavy() -> None:
    """The lobby's module alone, in a process of its own."""
    code = "import sys, escrow_tui.ui.screens.lobby.lobby_screen; print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {"sqlmodel", "sqlalchemy", "pydantic", "faker", "tree_sitter"}
    assert heavy.isdisjoint(ran.stdout.split())


@pytest.mark.parametrize("size", SIZES)
async def test_the_shipped_exercises_stand_there_uncut(size: tuple[int, int]) -> None:
    """Each with its whole id and title."""
    heads = scenario_heads()
    app = Stage(LobbyScreen(heads, ()))
    async with app.run_test(size=size):
        text = app.text
    assert len(heads) >= 4
    for head in heads:
        assert f"{head.id} {head.title} {head.role} " in text
