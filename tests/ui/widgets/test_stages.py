"""The strip of stages at both sizes, in a column, and without colours."""

import pytest

from escrow_tui.ui.widgets.stages import StageStrip
from escrow_tui.views.parts import StageState, StageView
from tests.ui.widgets.shown import SIZES, Shown, rows

STAGES = (
    StageView("Placed", StageState.DONE, "03-01"),
    StageView("Paid", StageState.DONE, "03-02"),
    StageView("Shipped", StageState.DONE, "03-04"),
    StageView("Delivered", StageState.DONE, "03-10"),
    StageView("Dispute", StageState.HERE, "since 03-11"),
    StageView("Ruling", StageState.AHEAD, "by 03-26"),
    StageView("Completed", StageState.AHEAD),
)


@pytest.mark.parametrize("size", SIZES)
async def test_the_strip_marks_where_the_order_is(size: tuple[int, int]) -> None:
    """Stages reached are joined by heavy lines, the others by thin ones; titles are below."""
    strip = StageStrip(STAGES)
    async with Shown(strip).run_test(size=size):
        track, titles, notes = rows(strip)
    assert track.count("●") == 4
    assert "━◉ YOU ARE HERE ─" in track
    assert track.rstrip().endswith("─○")
    for stage in STAGES:
        assert stage.title in titles
        assert stage.note in notes
    assert titles.index("Dispute") == track.index("◉")


async def test_a_narrow_column_says_in_words_where_the_order_is() -> None:
    """No title is cut: the strip keeps its glyphs, and two rows say the rest."""
    strip = StageStrip(STAGES)
    async with Shown(strip).run_test(size=(40, 24)):
        track, here, then = (row.rstrip() for row in rows(strip))
    assert track == "●━━━━●━━━━●━━━━●━━━━◉────○────○"
    assert here == "◉ Dispute · 5 of 7 · since 03-11"
    assert then == "then ○ Ruling by 03-26"


async def test_each_state_has_its_own_glyph() -> None:
    """It reads the same without colours."""
    states: tuple[StageState, ...] = tuple(StageState)
    strip = StageStrip(tuple(StageView(state, state) for state in states))
    async with Shown(strip).run_test(size=(80, 24)):
        track = rows(strip)[0]
    assert [glyph for glyph in track if glyph in "●✕◉○"] == ["●", "◉", "○", "✕"]


async def test_an_order_that_failed_stands_at_its_failure() -> None:
    """The short form needs no stage that is here."""
    strip = StageStrip(
        (*STAGES[:3], StageView("Cancelled by the seller", StageState.FAILED, "03-09"))
    )
    async with Shown(strip).run_test(size=(30, 24)):
        shown = rows(strip)
    assert shown[1].rstrip() == "✕ Cancelled by the seller · 4…"


async def test_a_note_that_is_too_long_ends_in_an_ellipsis() -> None:
    """A word cut short says that it is."""
    stages = (
        StageView("Paid", StageState.DONE, "by a card that was verified"),
        StageView("Shipped", StageState.HERE),
    )
    strip = StageStrip(stages)
    async with Shown(strip).run_test(size=(32, 24)):
        notes = rows(strip)[2]
    assert "…" in notes
    assert "by a card" in notes


async def test_other_peoples_words_are_no_markup() -> None:
    """A title in brackets is drawn with its brackets."""
    strip = StageStrip((StageView("[red]Paid[/]", StageState.HERE),))
    async with Shown(strip).run_test(size=(80, 24)):
        assert "[red]Paid[/]" in rows(strip)[1]


async def test_the_strip_follows_its_stages() -> None:
    """A stage reached is drawn at once."""
    strip = StageStrip()
    async with Shown(strip).run_test(size=(80, 24)) as pilot:
        assert rows(strip) == []
        strip.stages = (StageView("Refunded", StageState.HERE),)
        await pilot.pause()
        assert rows(strip)[1].rstrip() == "Refunded"
