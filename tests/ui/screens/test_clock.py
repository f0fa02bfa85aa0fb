"""The clock is moved over a deadline only after what it brings was said."""

from pathlib import Path

from escrow_tui.ui.screens.clock_screen import ClockScreen
from escrow_tui.ui.screens.money_screen import MoneyScreen
from escrow_tui.ui.screens.timeline_screen import TimelineScreen
from tests.given.views import buyer_view
from tests.ui.conftest import text_of
from tests.ui.playing import alone, completed, free_play


async def test_the_next_deadline_is_told_then_moved_to(tmp_path: Path) -> None:
    """First the rule, then what happened, then back."""
    session = free_play(tmp_path, "delivered")
    due = session.next_deadline()
    assert due is not None
    async with alone(ClockScreen(session, session.chairs[0], "A", "next")) as (app, pilot):
        seen = text_of(app)
        assert "auto-confirm" in seen
        assert "auto_confirm_days = 7" in seen
        assert session.now() < due.at
        await pilot.press("enter")
        await pilot.pause()
        assert session.now() == due.at
        assert "The order is complete" in text_of(app)
        await pilot.press("y")
        await pilot.pause()
        assert not isinstance(app.screen, ClockScreen)


async def test_staying_moves_nothing(tmp_path: Path) -> None:
    """Escape leaves the clock where it is."""
    session = free_play(tmp_path, "delivered")
    before = session.now()
    async with alone(ClockScreen(session, session.chairs[0], "A", "next")) as (_, pilot):
        await pilot.press("escape")
    assert session.now() == before


async def test_a_day_over_a_deadline_asks_first(tmp_path: Path) -> None:
    """And a day that reaches none does not."""
    session = free_play(tmp_path, "delivered")
    async with alone(MoneyScreen(session, session.chairs[0], "A")) as (app, pilot):
        for _ in range(6):
            await pilot.press("d")
        await pilot.pause()
        assert app.went == []
        await pilot.press("d")
        await pilot.pause()
        assert app.went == [("clock", "A", str(86_400))]


async def test_the_money_shows_every_line_that_the_chair_may_see(tmp_path: Path) -> None:
    """The seller's net and the commission; nothing of how it was paid."""
    session = completed(tmp_path)
    async with alone(MoneyScreen(session, session.chairs[1], "A")) as (app, _):
        seen = text_of(app)
    assert "Platform: commission" in seen
    assert "Seller: pending" in seen
    assert "EUR" not in seen


async def test_the_timeline_holds_events_and_deadlines_with_their_rule(tmp_path: Path) -> None:
    """At both sizes."""
    session = free_play(tmp_path, "mediated")
    for size in ((120, 36), (80, 24)):
        async with alone(TimelineScreen(session, session.chairs[2], "A"), size) as (app, _):
            seen = text_of(app)
        assert "The platform steps in" in seen
        assert "mediator_silence_days = 30" in seen


async def test_undo_takes_the_last_act_back(tmp_path: Path) -> None:
    """From any place, by one key."""
    session = free_play(tmp_path, "opened")
    async with alone(TimelineScreen(session, session.chairs[0], "A")) as (app, pilot):
        assert "opened the parcel" in text_of(app)
        await pilot.press("u")
        await pilot.pause()
        assert not buyer_view(session, session.chairs[0], "A").opened
