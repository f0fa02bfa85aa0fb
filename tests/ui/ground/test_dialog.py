"""What all dialogs have in common: how they close, their buttons, and their help."""

from pathlib import Path

import pytest
from textual.widgets import Button

from escrow_tui.ui.app import EscrowApp
from escrow_tui.ui.ground.dialog import Dialog
from escrow_tui.ui.messages import Goto
from escrow_tui.ui.screens.help.help_screen import HelpScreen
from escrow_tui.ui.screens.order_screen import OrderScreen
from escrow_tui.ui.screens.why_screen import WhyScreen
from tests.ui.playing import free_play
from tests.ui.settling import until

DIALOGS = {"act": "send_message", "why": "", "clock": "next", "help": ""}


@pytest.mark.parametrize("place", DIALOGS)
async def test_the_first_button_and_escape_close_a_dialog(tmp_path: Path, place: str) -> None:
    """And nothing is done; each button says its key."""
    session = free_play(tmp_path, "disputed")
    before = session.point()
    app = EscrowApp(tmp_path / "market.sqlite")
    async with app.run_test(size=(120, 36)) as pilot:
        app.enter(session)
        await app.on_goto(Goto("order", "A"))
        for close in (lambda: pilot.press("escape"), lambda: pilot.click("#close")):
            await app.on_goto(Goto(place, "A", DIALOGS[place]))
            await until(pilot, lambda: isinstance(app.screen, Dialog))
            first, *_ = app.screen.query("#buttons Button").results(Button)
            assert str(first.label).endswith("(esc)")
            await close()
            await until(pilot, lambda: isinstance(app.screen, OrderScreen))
    assert session.point() == before


async def test_help_lists_the_keys_of_a_dialog_and_runs_one(tmp_path: Path) -> None:
    """As it does over a screen; closed without a choice, the dialog is there again."""
    session = free_play(tmp_path, "disputed")
    app = EscrowApp(tmp_path / "market.sqlite")
    async with app.run_test(size=(120, 36)) as pilot:
        app.enter(session)
        await app.on_goto(Goto("order", "A"))
        await app.on_goto(Goto("why", "A"))
        for keys in (("escape",), ("slash", *"back", "enter", "enter")):
            await pilot.press("question_mark")
            await until(pilot, lambda: isinstance(app.screen, HelpScreen))
            assert isinstance(app.screen, HelpScreen)
            assert "Back to the order" in [line.help for line in app.screen.lines]
            await pilot.press(*keys)
            await until(pilot, lambda: not isinstance(app.screen, HelpScreen))
            assert isinstance(app.screen, WhyScreen | OrderScreen)
        await until(pilot, lambda: isinstance(app.screen, OrderScreen))
