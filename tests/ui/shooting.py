"""The real app brought to a place of a market, to take its picture there."""

from collections.abc import Mapping
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Input, Select

from escrow_tui.scenarios.session.sitting import Sitting
from escrow_tui.ui.app import EscrowApp
from escrow_tui.ui.messages import Goto
from escrow_tui.ui.widgets.check_boxes import Checks
from tests.ui.conftest import Before, Snap
from tests.ui.settling import until

Size = tuple[int, int]
BUYER = 0


class Shooting:
    """The app in a folder of its own; it sits down in a session, and goes where it is told."""

    def __init__(self, folder: Path, snap: Snap, size: Size) -> None:
        self.folder, self.snap, self.size = folder, snap, size

    def lobby(self, *keys: str) -> None:
        """Take the lobby's picture after some keys."""

        async def before(pilot: Pilot[None]) -> None:
            await pilot.press(*keys)

        self.shoot(before)

    def desk(self, session: Sitting, *keys: str, chair: int = BUYER) -> None:
        """Take a chair's picture after some keys from its desk."""
        self.place(session, Goto("desk"), *keys, chair=chair)

    def place(self, session: Sitting, goto: Goto, *keys: str, chair: int = BUYER) -> None:
        """Take the picture of a place after some keys there."""

        async def before(pilot: Pilot[None]) -> None:
            await go(pilot, session, goto, chair)
            for key in keys:
                await pilot.press(key)
                await pilot.pause()

        self.shoot(before)

    def form(self, session: Sitting, place: str, verb: str, fill: Mapping[str, object]) -> None:
        """Take the picture of a form that is filled in, over its place."""

        async def before(pilot: Pilot[None]) -> None:
            for goto in (Goto(place, "A"), Goto("act", "A", verb)):
                await go(pilot, session, goto)
            for name, value in fill.items():
                await write(pilot, name, value)

        self.shoot(before)

    def shoot(self, before: Before) -> None:
        """Take the picture."""
        self.snap(EscrowApp(self.folder / "market.sqlite"), self.size, before)


async def go(pilot: Pilot[None], session: Sitting, goto: Goto, chair: int = BUYER) -> None:
    """Go to a place of a session."""
    app = pilot.app
    assert isinstance(app, EscrowApp)
    app.session, app.chair = session, chair
    before = app.screen
    app.post_message(goto)
    await until(pilot, lambda: app.screen is not before)


async def write(pilot: Pilot[None], name: str, value: object) -> None:
    """Choose in a select, tick in a list, type into an input."""
    widget = pilot.app.screen.query_one(f"#{name}")
    widget.focus()
    if isinstance(widget, Checks):
        widget.select(str(value))
    else:
        assert isinstance(widget, Input | Select)
        widget.value = str(value)
    await pilot.pause()
