"""The timeline: a sentence too long for its row is shown in full below the list."""

from pathlib import Path

import pytest

from escrow_tui.ui.screens.timeline_screen import TimelineScreen
from tests.given.views import buyer_view
from tests.ui.playing import alone, free_play
from tests.ui.screens.stage import SIZES


@pytest.mark.parametrize("size", SIZES)
async def test_the_event_under_the_cursor_is_said_in_full(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    """Whatever the row has room for."""
    session = free_play(tmp_path, "mediated")
    events = buyer_view(session, session.chairs[0], "A").head.events
    longest = max((one.sentence for one in events), key=len)
    screen = TimelineScreen(session, session.chairs[0], "A")
    async with alone(screen, size) as (_, pilot):
        await pilot.press("home")
        for _ in events:
            if longest in str(screen.query_one("#said").render()):
                break
            await pilot.press("down")
        else:
            raise AssertionError(longest)
        assert screen.query_one("#said").region.height >= 1
