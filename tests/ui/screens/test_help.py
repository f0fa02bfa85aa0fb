"""Help: the keys of the screen below, found and run."""

from typing import cast

import pytest
from textual.app import ComposeResult

from escrow_tui.desk.session import Session
from escrow_tui.ui.ground.place import PlaceScreen
from escrow_tui.ui.screens.help.help_screen import HelpScreen
from escrow_tui.ui.screens.help.key_lines import key_lines
from escrow_tui.ui.widgets.row_list import RowList
from tests.ui.screens.stage import BUYER, NARROW, SIZES, Sat, Stage


class Ground(PlaceScreen):
    """A place with the keys of an order's page, one of them not possible."""

    place = "order"

    def body(self) -> ComposeResult:
        """A list, which has keys too."""
        yield RowList((("What", 0),))

    def do_act(self) -> None:
        """Tell that it was done."""
        self.say("acted")

    def can_inspect(self) -> str:
        """Say why not."""
        return "There is no parcel yet."


class Helped(Stage):
    """Opens help over a ground, as the app does."""

    def __init__(self) -> None:
        super().__init__(Ground(cast(Session, Sat()), BUYER, "A"))

    def help(self) -> HelpScreen:
        """Open it."""
        screen = HelpScreen(cast(Ground, self.screen))
        self.push_screen(screen)
        return screen


@pytest.mark.parametrize("size", SIZES)
async def test_the_keys_of_the_screen_beneath_stand_there(size: tuple[int, int]) -> None:
    """With what they do, or why they do nothing now, and the game in a few words."""
    app = Helped()
    async with app.run_test(size=size) as pilot:
        app.help()
        await pilot.press("slash", *"parcel", "enter")
        text = app.text
    assert "i Inspect not now: There is no parcel yet." in text
    assert "Inspect: There is no parcel yet." in text
    assert "Where the money is" in text
    assert "The platform holds the money" in text


async def test_each_action_has_one_line_and_hidden_ones_none() -> None:
    """Two keys of one action share it; free play's chairs are not in an exercise."""
    app = Helped()
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause()
        lines = key_lines(cast(Ground, app.screen))
    titles = [line.title for line in lines]
    assert len({line.action for line in lines}) == len(lines)
    assert "Act" in titles
    assert "Backstage" not in titles
    assert "↓ j" in [line.key for line in lines]
    assert "Scroll Left" not in titles


async def test_enter_runs_the_action_on_the_screen_beneath() -> None:
    """Help is gone then."""
    app = Helped()
    async with app.run_test(size=NARROW) as pilot:
        app.help()
        await pilot.press("slash", *"lobby", "enter", "enter")
        await pilot.pause()
        assert isinstance(app.screen, Ground)
    assert app.went == [("lobby", "", "")]


async def test_a_click_on_run_runs_it_too() -> None:
    """The row under the cursor."""
    app = Helped()
    async with app.run_test(size=NARROW) as pilot:
        screen = app.help()
        await pilot.press("slash", *"debrief", "enter")
        assert len(screen.listed) == 1
        await pilot.click("#run")
        await pilot.pause()
    assert app.went == [("debrief", "", "")]


async def test_what_cannot_be_done_is_not_run() -> None:
    """Help stays, and says why."""
    app = Helped()
    async with app.run_test(size=NARROW) as pilot:
        app.help()
        await pilot.press("slash", *"inspect", "enter", "enter")
        assert isinstance(app.screen, HelpScreen)


async def test_escape_leaves_the_filter_and_then_help() -> None:
    """One after the other."""
    app = Helped()
    async with app.run_test(size=NARROW) as pilot:
        screen = app.help()
        await pilot.press("slash", *"zzz")
        assert "No key has these words" in app.text
        await pilot.press("escape")
        assert screen.listed == screen.lines
        await pilot.press("escape")
        assert isinstance(app.screen, Ground)
