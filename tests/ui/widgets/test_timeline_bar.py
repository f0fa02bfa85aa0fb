"""The timeline at both sizes, and what it leaves out when there is no room."""

import pytest

from escrow_tui.ui.widgets.timeline_bar import TimelineBar
from escrow_tui.views.parts import Mark, MarkState
from tests.ui.widgets.shown import SIZES, Shown, rows

MARKS = (
    Mark("paid", "03-02", MarkState.PAST),
    Mark("shipped", "03-04", MarkState.PAST),
    Mark("delivered", "03-10", MarkState.PAST),
    Mark("disputed", "03-11", MarkState.PAST),
    Mark("now", "03-14", MarkState.HERE),
    Mark("seller answers", "03-16", MarkState.FUTURE),
    Mark("ruling", "03-26", MarkState.FUTURE),
    Mark("closes", "03-30", MarkState.FUTURE),
)


async def test_past_present_and_deadlines_stand_on_one_line() -> None:
    """Eight marks fit in 120 columns, each with its date."""
    bar = TimelineBar(MARKS)
    async with Shown(bar).run_test(size=(120, 36)):
        line, titles, dates = rows(bar)
    assert (line.count("●"), line.count("○")) == (4, 3)
    assert "━◉ YOU ARE HERE ─" in line
    for mark in MARKS:
        assert mark.title in titles
        assert mark.note in dates


@pytest.mark.parametrize(
    ("width", "earlier", "later"), [(72, "2 earlier", ""), (56, "3 earlier", "2 later")]
)
async def test_the_oldest_events_are_counted_before_the_latest_deadlines(
    width: int, earlier: str, later: str
) -> None:
    """The present, what came just before it and the next deadline stay in sight."""
    bar = TimelineBar(MARKS)
    async with Shown(bar).run_test(size=(width, 24)):
        line, titles, _ = rows(bar)
    assert earlier in titles
    assert later in titles
    assert "◉" in line
    assert "disputed" in titles
    assert "seller answers" in titles


@pytest.mark.parametrize("size", [*SIZES, (40, 24), (20, 24), (8, 24)])
async def test_the_line_is_never_wider_than_its_place(size: tuple[int, int]) -> None:
    """Whatever the width, three full rows and the present."""
    bar = TimelineBar(MARKS)
    async with Shown(bar).run_test(size=size):
        shown = rows(bar)
    assert [len(row) for row in shown] == [size[0]] * 3
    assert "◉" in shown[0]


async def test_no_marks_are_no_rows() -> None:
    """Before the first event there is nothing to draw."""
    bar = TimelineBar()
    async with Shown(bar).run_test(size=(80, 24)):
        assert rows(bar) == []
