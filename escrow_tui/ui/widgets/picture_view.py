"""A picture drawn in half blocks, two pixels per cell."""

from typing import ClassVar

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from escrow_tui.pictures import RGB, describe_picture, parse_picture, pixels
from escrow_tui.ui.widgets.text_canvas import fitted

FULL, SMALL = (28, 12), (18, 8)


class PictureView(Widget):
    """Shows the picture that `spec` names, as large as fits; "" shows none.

    The spec may name what nobody has seen yet, so no part of it is ever shown as text; the
    description says only what can be seen.
    """

    DEFAULT_CSS = """
    PictureView { width: 1fr; height: auto; }
    PictureView > .picture--caption { color: $text-muted; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"picture--caption"}

    spec: reactive[str] = reactive("", layout=True)
    caption: reactive[str] = reactive("", layout=True)

    def __init__(
        self,
        spec: str = "",
        caption: str = "",
        *,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.set_reactive(PictureView.spec, spec)
        self.set_reactive(PictureView.caption, caption)
        self.watch_spec(spec)

    @property
    def description(self) -> str:
        """What is seen, in words."""
        return describe_picture(parse_picture(self.spec)) if self.spec else ""

    def watch_spec(self, spec: str) -> None:
        """Keep the description as the tooltip."""
        self.tooltip = Content(self.description) if spec else None

    def get_content_width(
        self,
        container: Size,
        viewport: Size,
    ) -> int:
        """As wide as the full drawing, if there is room."""
        return FULL[0] if container.width >= FULL[0] else SMALL[0]

    def get_content_height(
        self,
        container: Size,
        viewport: Size,
        width: int,
    ) -> int:
        """As high as the drawing is at this width, and a row for the caption."""
        size = FULL if width >= FULL[0] and container.height >= FULL[1] else SMALL
        return size[1] + bool(self.caption)

    def render_line(self, y: int) -> Strip:
        """A row of cells, or the caption on the last row."""
        width, height = self.size
        rows = height - bool(self.caption)
        if self.caption and y == height - 1:
            style = self.get_component_rich_style("picture--caption")
            return Strip([Segment(fitted(self.caption, width).center(width), style)])
        if not self.spec or y >= rows:
            return Strip.blank(width, self.rich_style)
        drawn = pixels(parse_picture(self.spec), width, rows * 2)
        # Textual computes it on each access, and every cell needs it.
        ground = self.rich_style
        return Strip(
            [
                _cell(top, bottom, ground)
                for top, bottom in zip(drawn[2 * y], drawn[2 * y + 1], strict=True)
            ]
        ).simplify()


def _cell(top: RGB | None, bottom: RGB | None, ground: Style) -> Segment:
    """One cell: the upper half in the text colour, the lower half as its background."""
    if top is None and bottom is None:
        return Segment(" ", ground)
    if top is None:
        return Segment("▄", ground + Style(color=_rich(bottom)))
    if top == bottom:
        return Segment("█", ground + Style(color=_rich(top)))
    if bottom is None:
        return Segment("▀", ground + Style(color=_rich(top)))
    return Segment("▀", Style(color=_rich(top), bgcolor=_rich(bottom)))


def _rich(colour: RGB | None) -> Color | None:
    return None if colour is None else Color.from_rgb(*colour)
