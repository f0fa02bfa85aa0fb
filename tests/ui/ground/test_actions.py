"""The registry of actions: what a row or a screen lacks is said in words, and no two keys clash."""

from collections.abc import Iterator
from importlib import import_module
from inspect import isfunction
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

import pytest
from textual.app import ComposeResult
from textual.binding import Binding
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input

from escrow_tui.scenarios import opening
from escrow_tui.ui import screens
from escrow_tui.ui.app import EscrowApp
from escrow_tui.ui.ground.actions import ACTIONS, DIALOG, MARKET
from escrow_tui.ui.ground.dialog import Dialog
from escrow_tui.ui.ground.keyed_screen import KeyedScreen
from escrow_tui.ui.ground.place import PlaceScreen
from escrow_tui.ui.messages import Goto
from escrow_tui.ui.places import SCREENS
from escrow_tui.ui.screens.debrief.debrief_screen import DebriefScreen, EndScreen
from escrow_tui.ui.screens.help.help_screen import HelpScreen
from escrow_tui.ui.screens.lobby.lobby_screen import LobbyScreen
from escrow_tui.ui.screens.seat_screen import LeaveScreen, SeatScreen
from tests.ui.ground.clashes import Clash, clashes_on
from tests.ui.playing import alone, free_play
from tests.ui.visiting import LAST, WAYS, every_place

# What is no place inside a market, and is opened in another way.
OUTSIDE = (LobbyScreen, SeatScreen, LeaveScreen, HelpScreen, EndScreen)
KEYED: dict[str, type[KeyedScreen[Any]]] = {
    **{screen.place: screen for screen in OUTSIDE},
    **SCREENS,
}

_SCROLLED = {
    "down": "scroll_down",
    "up": "scroll_up",
    "pagedown": "page_down",
    "pageup": "page_up",
    "home": "scroll_home",
    "end": "scroll_end",
}
_MOVED = {"down": 1, "up": -1, "pagedown": 10, "pageup": -10, "home": -(10**9), "end": 10**9}
# Why a key may shadow another: the key, what wins, what it shadows.
INTENDED: dict[str, set[Clash]] = {
    "the cursor of a list moves, and the list scrolls with it": {
        (key, f"RowList.move({_MOVED[key]})", f"ScrollableContainer.{scrolled}")
        for key, scrolled in _SCROLLED.items()
    },
    "what has the focus scrolls by itself, the screen's key is for the rest": {
        ("down", "ScrollableContainer.scroll_down", "do('down')"),
        ("up", "ScrollableContainer.scroll_up", "do('up')"),
    },
    "the key leads from the filter to the list; beyond the filter it moves in what has the focus": {
        ("down", "RowList.move(1)", "do('to_list')"),
        ("down", "ScrollableContainer.scroll_down", "do('to_list')"),
    },
    "Enter is the list's own way to say what was chosen, which the screen then does": {
        ("enter", "RowList.choose", "do('open')"),
        ("enter", "RowList.choose", "do('run')"),
        ("enter", "OptionList.select", "do('open')"),
    },
    "Enter in the filter leads to the list": {
        ("enter", "Input.submit", "do('open')"),
        ("enter", "Input.submit", "do('run')"),
    },
    "Enter presses the button that has the focus, as everywhere": {
        ("enter", "Button.press", f"do('{name}')") for name in ("open", "run", "move", "quit")
    },
    "an open list of choices is closed before the form": {
        ("escape", "SelectOverlay.dismiss", "do('close')"),
    },
    "help is closed by the key that opens it": {
        ("question_mark", "do('close')", "do('help')"),
    },
}


def test_every_row_is_at_a_place_that_there_is() -> None:
    """A row whose place is misspelt would be nowhere."""
    places = {*KEYED, MARKET, DIALOG}
    lost = [
        f"{row.id} at {place}" for row in ACTIONS for place in row.at.split() if place not in places
    ]
    assert lost == [], "there is no such place; a screen names its own in `place`"


def test_every_row_goes_to_a_place_that_there_is() -> None:
    """The app looks it up in `SCREENS`, but for the lobby and help."""
    lost = [f"{row.id} goes to {row.goes}" for row in ACTIONS if row.goes and row.goes not in KEYED]
    assert lost == [], "there is no such place in SCREENS of ui/places.py"


@pytest.mark.parametrize("place", KEYED)
def test_a_screen_can_do_each_of_its_actions(place: str) -> None:
    """And no method is left of an action that has gone."""
    screen = KEYED[place]
    missing = [
        f"do_{name}"
        for name, action in screen.actions.items()
        if not action.goes and not hasattr(screen, f"do_{name}")
    ]
    assert missing == [], f"{screen.__name__} lacks these, or their rows lack `goes`"
    methods = {
        name.partition("_")[2]
        for name, value in vars(screen).items()
        if isfunction(value) and name.startswith(("do_", "can_"))
    }
    assert methods <= screen.actions.keys(), f"no row of ACTIONS at {place} asks for these"


@pytest.mark.parametrize("place", KEYED)
def test_an_action_has_one_row_at_a_place_and_a_key_one_action(place: str) -> None:
    """Also beside what every screen of a market, or every dialog, has."""
    screen = KEYED[place]
    common = (
        MARKET if issubclass(screen, PlaceScreen) else DIALOG if issubclass(screen, Dialog) else ""
    )
    rows = [row for row in ACTIONS if {place, common} & set(row.at.split())]
    ids = [row.id for row in rows]
    assert sorted(ids) == sorted(set(ids)), f"two rows of one action at {place}"
    on_key: dict[str, list[str]] = {}
    for row in rows:
        for key in row.key.split(","):
            on_key.setdefault(key, []).append(row.id)
    twice = {key: ids for key, ids in on_key.items() if ids[1:] and (place, key) not in SAID_TWICE}
    assert twice == {}, f"two actions on one key at {place}: choose another key for one"


# Help is closed by the key that opened it.
SAID_TWICE = frozenset({("help", "question_mark")})


def test_every_screen_is_in_the_table_of_contents() -> None:
    """A screen that nobody opens would be forgotten."""
    for module in walk_packages(screens.__path__, f"{screens.__name__}."):
        import_module(module.name)
    found = [
        kind.__name__
        for kind in _kinds(KeyedScreen)
        if kind.__module__.startswith(screens.__name__) and kind not in KEYED.values()
    ]
    assert found == [], "no row in SCREENS of ui/places.py opens them"


def _kinds(kind: type[KeyedScreen[Any]]) -> Iterator[type[KeyedScreen[Any]]]:
    for each in kind.__subclasses__():
        yield each
        yield from _kinds(each)


def test_every_place_has_a_way() -> None:
    """A new screen is resized, shown hostile texts and searched for secrets, once it has one."""
    without = SCREENS.keys() - WAYS.keys() - LAST
    assert without == set(), "no row in WAYS of tests/ui/visiting.py says how one gets there"


# -- clashes, with Textual's own bindings and those of the widgets


async def everywhere(app: EscrowApp, pilot: Pilot[None], folder: Path) -> set[Clash]:
    """Go to every place there is, and collect the clashes."""
    found = clashes_on(app.screen)
    market = free_play(folder, "mediated")
    app.enter(market)
    await pilot.pause()
    for chair in range(4):
        async for _ in every_place(app, pilot, market, chair):
            found |= clashes_on(app.screen)
    coached = opening.sit(opening.store_at(folder / "coached.sqlite"), exercise="cracked-teapot")
    app.enter(coached)
    await pilot.pause()
    await app.on_goto(Goto("coach"))
    found |= clashes_on(app.screen)
    await app.pop_screen()
    await app.on_goto(Goto("debrief"))
    await pilot.pause()
    assert isinstance(app.screen, EndScreen)
    found |= clashes_on(app.screen)
    await pilot.press("y")
    await pilot.pause()
    assert isinstance(app.screen, DebriefScreen)
    found |= clashes_on(app.screen)
    others: tuple[Screen[None], ...] = (LeaveScreen(), SeatScreen())
    for screen in others:
        await app.push_screen(screen)
        found |= clashes_on(screen)
    return found


async def test_no_two_keys_of_a_screen_clash(tmp_path: Path) -> None:
    """Wherever the focus is; what is meant stands in `INTENDED`, and nothing else does."""
    app = EscrowApp(tmp_path / "market.sqlite")
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        found = await everywhere(app, pilot, tmp_path)
    intended = set().union(*INTENDED.values())
    assert found - intended == set(), "(key, what wins, what it shadows): choose another key"
    assert intended - found == set(), "these clash no longer: take them out of INTENDED"


class Clashing(Screen[None]):
    """Takes a key of the app, one of the screen and one of the field."""

    BINDINGS = [  # noqa: RUF012 - Textual types it
        Binding("ctrl+q", "mine", "Mine"),
        Binding("tab", "mine", "Mine"),
        Binding("ctrl+w", "mine", "Mine"),
        Binding("ctrl+y", "mine", "Mine"),
    ]

    def compose(self) -> ComposeResult:
        """A field to type into."""
        yield Input()


async def test_the_search_for_clashes_finds_them() -> None:
    """A key of the app, of Textual's screen and of a widget; a free key is none."""
    async with alone(Clashing()) as (app, _):
        found = clashes_on(app.screen)
    assert found == {
        ("ctrl+q", "Clashing.mine", "App.quit"),
        ("tab", "Clashing.mine", "Screen.app.focus_next"),
        ("ctrl+w", "Input.delete_left_word", "Clashing.mine"),
    }
