"""Screens that were opened and closed leave nothing behind."""

import gc

from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Button, Footer, Header

from escrow_tui.ui.safety.watchers import prune_watchers
from tests.ui.settling import paint

VISITS = 5


class Room(Screen[None]):
    """A screen whose header watches the app."""

    def compose(self) -> ComposeResult:
        """A header is six widgets, counting the screen and its own parts."""
        yield Header()
        yield Button("x")
        yield Footer()


class House(App[None]):
    """An app that prunes, or does not."""

    def __init__(self, *, is_pruning: bool) -> None:
        super().__init__()
        self.is_pruning = is_pruning

    def on_mount(self) -> None:
        """As in the real app."""
        if self.is_pruning:
            self.screen_change_signal.subscribe(
                self, lambda _: self.call_later(prune_watchers, self)
            )


def widgets() -> int:
    """How many widgets are in memory."""
    gc.collect()
    return sum(isinstance(thing, Widget) for thing in gc.get_objects())


async def visit(pilot: Pilot[None], times: int) -> int:
    """Go to the room and come back; return how many widgets there are then."""
    for _ in range(times):
        await pilot.app.push_screen(Room())
        await pilot.pause()
        await pilot.app.pop_screen()
        await pilot.pause()
    return widgets()


async def test_a_closed_screen_is_forgotten() -> None:
    """After the first visits, no visit adds a widget."""
    async with House(is_pruning=True).run_test() as pilot:
        first = await visit(pilot, 3)
        assert await visit(pilot, VISITS) == first


async def test_without_pruning_every_visit_leaves_widgets() -> None:
    """So the test above would see a leak."""
    async with House(is_pruning=False).run_test() as pilot:
        first = await visit(pilot, 3)
        assert await visit(pilot, VISITS) >= first + VISITS


async def test_live_widgets_still_watch() -> None:
    """The header of the current screen follows the title after a pruning."""
    app = House(is_pruning=True)
    async with app.run_test() as pilot:
        await app.push_screen(Room())
        await pilot.pause()
        prune_watchers(app)
        app.title = "Lobby of the house"
        await pilot.pause()
        strips = paint(app)
        assert "Lobby of the house" in "".join(strip.text for strip in strips)
