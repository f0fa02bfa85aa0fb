"""The footer: no key is cut, and help and back are always there."""

from typing import ClassVar

import pytest
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.pilot import Pilot
from textual.widgets._footer import FooterKey

from escrow_tui.ui.widgets.quiet_footer import QuietFooter

WIDTHS = (200, 120, 100, 80, 70, 60)


class Keys(App[None]):
    """Twelve keys; the second does nothing now."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "do('act')", "Act"),
        Binding("e", "do('evidence')", "Evidence"),
        Binding("question_mark", "do('help')", "Help"),
        *(Binding(key, f"do('{key}')", f"Word{key * 4}") for key in "mtnduvfg"),
        Binding("escape", "do('back')", "Back"),
    ]

    def compose(self) -> ComposeResult:
        """The footer alone."""
        yield QuietFooter()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Dim the evidence."""
        return None if (action, parameters) == ("do", ("evidence",)) else True


async def shown(pilot: Pilot[None]) -> list[str]:
    """What stands in the footer; each key within the screen."""
    await pilot.pause()
    keys = list(pilot.app.query(FooterKey))
    for key in keys:
        assert key.region.right <= pilot.app.size.width, key.description
        assert key.region.width >= len(key.description)
    assert not any(a.region.overlaps(b.region) for a in keys for b in keys if a is not b)
    return [key.description for key in keys]


@pytest.mark.parametrize("width", WIDTHS)
async def test_no_key_is_cut_and_help_and_back_are_there(width: int) -> None:
    """At every width, the first ones with them."""
    app = Keys()
    async with app.run_test(size=(width, 20)) as pilot:
        words = await shown(pilot)
    assert {"Act", "Help", "Back"} <= set(words)


async def test_the_palette_goes_first_then_what_is_dimmed_then_the_last() -> None:
    """As the terminal gets narrower; and all come back with the room."""
    app = Keys()
    async with app.run_test(size=(200, 20)) as pilot:
        every = await shown(pilot)
        gone = []
        for width in range(140, 59, -1):
            await pilot.resize_terminal(width, 20)
            left = await shown(pilot)
            gone += [word for word in every if word not in left and word not in gone]
        await pilot.resize_terminal(200, 20)
        assert await shown(pilot) == every
    assert gone[:4] == ["palette", "Evidence", "Wordgggg", "Wordffff"]
