"""A picture takes the size that it has room for, and tells nothing that is not seen."""

import pytest
from rich.color import Color
from textual.content import Content

from escrow_tui.pictures import parse_picture, pixels
from escrow_tui.ui.widgets.picture_view import PictureView
from tests.ui.widgets.shown import Shown, rows

BLOCKS = set(" ▀▄█")


@pytest.mark.parametrize(("width", "height"), [(40, 12), (20, 8)])
async def test_the_picture_has_the_size_that_its_place_allows(width: int, height: int) -> None:
    """Twelve rows where 28 columns are free, else eight."""
    view = PictureView("teapot/white")
    view.styles.width = width
    async with Shown(view).run_test(size=(120, 36)):
        shown = rows(view)
    assert len(shown) == height
    assert set("".join(shown)) == BLOCKS
    drawn = pixels(parse_picture("teapot/white"), width, height * 2)
    blank = [all(p is None for p in (*drawn[2 * y], *drawn[2 * y + 1])) for y in range(height)]
    assert [not row.strip() for row in shown] == blank


async def test_the_colours_of_a_cell_are_those_of_its_two_pixels() -> None:
    """The crack is as dark on screen as in the picture."""
    view = PictureView("teapot/white/crack")
    async with Shown(view).run_test(size=(28, 24)):
        drawn = pixels(parse_picture("teapot/white/crack"), 28, 24)
        cells = [
            segment.style
            for segment in view.render_line(6)
            for _ in segment.text
            if segment.style is not None
        ]
    top, bottom = drawn[12][16], drawn[13][16]
    assert top is not None
    assert bottom is not None
    assert top != bottom
    assert cells[16].color == Color.from_rgb(*top)
    assert cells[16].bgcolor == Color.from_rgb(*bottom)


async def test_the_background_is_the_themes_own() -> None:
    """Where the picture shows nothing, the screen is seen."""
    view = PictureView("lamp/green")
    app = Shown(view)
    async with app.run_test(size=(80, 24)) as pilot:
        grounds = []
        for theme in ("textual-dark", "textual-light"):
            app.theme = theme
            await pilot.pause()
            style = next(iter(view.render_line(0))).style
            assert style is not None
            grounds.append(style.bgcolor)
            assert style.bgcolor == view.background_colors[1].rich_color
    assert grounds[0] != grounds[1]


async def test_the_words_tell_what_is_seen_and_never_the_spec() -> None:
    """The tooltip and an exported screen do not tell the flaw's name."""
    view = PictureView("teapot/white/crack", "What came")
    app = Shown(view)
    async with app.run_test(size=(80, 24)):
        assert isinstance(view.tooltip, Content)
        assert "A thin jagged line runs down the body." in view.tooltip.plain
        assert rows(view)[-1].strip() == "What came"
        exported = app.export_screenshot()
    assert "What" in exported
    assert "▀" in exported
    assert "crack" not in exported


async def test_another_spec_is_another_picture() -> None:
    """The picture and its words change together, and an empty spec shows none."""
    view = PictureView("teapot/white")
    async with Shown(view).run_test(size=(80, 24)) as pilot:
        before = rows(view)
        view.spec = "mug/red"
        await pilot.pause()
        assert rows(view) != before
        assert "A red mug." in view.description
        view.spec = ""
        await pilot.pause()
        assert "".join(rows(view)).strip() == ""
        assert view.tooltip is None


async def test_a_caption_that_is_too_long_ends_in_an_ellipsis() -> None:
    """The caption has one row."""
    view = PictureView("scale", "The parcel on the scale of the carrier, before it was sent")
    view.styles.width = 24
    async with Shown(view).run_test(size=(80, 24)):
        assert rows(view)[-1].rstrip().endswith("…")
