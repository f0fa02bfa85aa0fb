"""A trainee who uses only the keyboard, and reads the screen."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from escrow_tui.scenarios.file.scenario import Scenario
from escrow_tui.scenarios.scenario_library import load_scenario
from escrow_tui.ui.app import EscrowApp
from escrow_tui.ui.forms.acts_list import Acts, ActsPanel
from escrow_tui.ui.screens.act_screen import ActScreen
from escrow_tui.ui.screens.debrief.debrief_screen import DebriefScreen
from escrow_tui.ui.screens.desk.desk_screen import DeskScreen
from escrow_tui.ui.screens.lobby.lobby_screen import LobbyScreen
from escrow_tui.ui.screens.why_screen import WhyScreen
from escrow_tui.ui.widgets.facts import FactSheet
from escrow_tui.views.parts import ActView
from tests.ui.conftest import text_of
from tests.ui.settling import until

Size = tuple[int, int]

_FRAMES = str.maketrans("│┃╭╮╰╯─━┏┓┗┛", " " * 12)


def words(text: str) -> str:
    """The words of a text, without frames, and however its lines are broken."""
    return " ".join(text.translate(_FRAMES).split())


class Trainee:
    """Presses keys in the real app; before the debrief no word of the truth may be read."""

    def __init__(self, pilot: Pilot[None]) -> None:
        self.pilot = pilot
        self.secrets: tuple[str, ...] = ()
        self.truth = ""
        self.screens: set[str] = set()

    @property
    def app(self) -> EscrowApp:
        """The app in front of the trainee."""
        app = self.pilot.app
        assert isinstance(app, EscrowApp)
        return app

    @property
    def screen(self) -> Screen[object]:
        """The screen on top."""
        return self.app.screen

    # -- keys

    async def press(self, keys: str) -> None:
        """Press keys, with spaces between them.

        `d*3` is three times d, `=mug` types a word, and `@rule` goes down the list of what can be
        done to an act, and opens its form.
        """
        for key in keys.split():
            if key.startswith("@"):
                await self._choose(key[1:])
            if key.startswith("="):
                await self.pilot.press(*key[1:])
            for one in _repeated(key):
                await self.pilot.press(one)
                self.look()
        await self.settled()
        self.look()

    async def _choose(self, verb: str) -> None:
        await self.settled()
        await self.press("a")
        panel = self.screen.query_one(ActsPanel)
        for _ in range(self.screen.query_one(Acts).option_count):
            if panel.act and panel.act.verb == verb:
                break
            await self.press("down")
        assert panel.act is not None, self.text
        assert (panel.act.verb, panel.act.possible) == (verb, True), self.text
        await self.press("enter")
        await self.until(ActScreen)

    async def settled(self) -> None:
        """Wait until nothing is on its way."""
        await self.pilot.pause()
        assert self.app._exception is None

    async def until(self, kind: type[Screen[Any]]) -> None:
        """Wait until a screen of this kind is on top."""
        await until(self.pilot, lambda: isinstance(self.screen, kind))

    # -- eyes

    @property
    def text(self) -> str:
        """What stands on the screen."""
        return text_of(self.app)

    def sees(self, text: str) -> bool:
        """Whether these words stand on the screen, in one panel or across it."""
        return any(text in one for one in self._read())

    def _read(self) -> list[str]:
        """Read the screen as a whole, and every widget of it by itself."""
        text = self.text
        lines, seen = text.split("\n"), [words(text)]
        for widget in self.screen.query("*"):
            x, y, width, height = widget.region
            if width and height:
                seen.append(words("\n".join(one[x : x + width] for one in lines[y : y + height])))
        return seen

    def acts_told(self) -> tuple[ActView, ...]:
        """What can be done here and what cannot, in the order of the list."""
        assert isinstance(self.screen, WhyScreen)
        return self.screen.head.acts

    def toasts(self) -> str:
        """What was told in passing."""
        return words("\n".join(one.message for one in self.app._notifications))

    def look(self) -> None:
        """Look at all there is, also where one would have to scroll or to point."""
        self.screens.add(type(self.screen).__name__)
        if isinstance(self.screen, DebriefScreen) and self.screen.debrief is not None:
            return
        known = [*self._read(), self.toasts(), *_beyond(self.screen)]
        told = [one for one in (*self.secrets, self.truth) if one and _in(one, known)]
        assert not told, f"{told} before the debrief, on {self.screen}:\n{self.text}"

    # -- from place to place

    async def begin(self, exercise: str) -> Scenario:
        """Choose an exercise in the lobby, open it, and read its task."""
        scenario = load_scenario(exercise)
        self.secrets, self.truth = scenario.words, scenario.plan.truth
        await self.until(LobbyScreen)
        lobby = self.screen
        assert isinstance(lobby, LobbyScreen)
        at = [one.head.id for one in lobby.listed].index(exercise)
        await self.press(f"home down*{at}")
        assert self.sees(scenario.head.preview)
        await self.press("enter")
        await until(self.pilot, lambda: self.app.session is not None)
        await self.settled()
        assert self.sees(scenario.plan.task), self.text
        await self.press("escape")
        await self.until(DeskScreen)
        return scenario

    async def debrief(self) -> dict[str, str]:
        """Open the debrief by its key, and read it to its end: the words of each section."""
        await self.press("f")
        await self.until(DebriefScreen)
        page = self.screen.query_one("#page")
        read: dict[int, str] = {}
        while True:
            top, seen = page.content_region.y, self.text.split("\n")
            offset = round(page.scroll_offset.y)
            read |= {offset + at: seen[top + at] for at in range(page.content_region.height)}
            if offset >= page.max_scroll_y:
                break
            await self.press("pagedown")
        return {one.id or "": _section(one, page, read) for one in page.query(Static)}


def _repeated(key: str) -> Iterable[str]:
    if key.startswith(("@", "=")):
        return ()
    key, _, times = key.partition("*")
    return (key,) * int(times or 1)


def _section(section: Widget, page: Widget, read: dict[int, str]) -> str:
    """Cut a section out of the page that was read from its top to its bottom."""
    x, y, width, height = section.region
    top = y - page.content_region.y + round(page.scroll_offset.y)
    return words("\n".join(read[top + at][x : x + width] for at in range(height)))


def _beyond(screen: Screen[object]) -> list[str]:
    """What is there but not visible: below the fold, and in tooltips."""
    sheets = [repr(sheet.sections) for sheet in screen.query(FactSheet)]
    hints = [str(one.tooltip) for one in screen.query("*") if one.tooltip]
    return [words("\n".join((*sheets, *hints)))]


def _in(text: str, known: Iterable[str]) -> bool:
    return any(text.casefold() in one.casefold() for one in known)


@asynccontextmanager
async def trainee(folder: Path, size: Size = (120, 36)) -> AsyncIterator[Trainee]:
    """Put a trainee before the app, with the store of a folder."""
    app = EscrowApp(folder / "market.sqlite")
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield Trainee(pilot)
