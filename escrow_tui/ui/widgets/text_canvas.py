"""The base of the drawn widgets: lines of short texts, each with the name of its look."""

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

DrawnLine = Sequence[tuple[str, str]]


def fitted(text: str, width: int) -> str:
    """The text, cut with an ellipsis if it is wider than this many cells."""
    if cell_len(text) <= width:
        return text
    if width < 1:
        return ""
    return set_cell_size(text, width - 1).rstrip() + "…"


def padded(text: str, width: int) -> str:
    """The text, cut or padded to exactly this many cells."""
    return set_cell_size(fitted(text, width), max(0, width))


class Drawn(Widget):
    """A widget that draws `lines` for its width. Texts are drawn as they are, never as markup."""

    DEFAULT_CSS = """
    Drawn { width: 1fr; height: auto; }
    Drawn > .drawn--text { color: $foreground; }
    Drawn > .drawn--dim { color: $text-muted; }
    Drawn > .drawn--gone { color: $text-disabled; }
    Drawn > .drawn--done { color: $success; }
    Drawn > .drawn--here { color: $accent; text-style: bold; }
    Drawn > .drawn--failed { color: $error; text-style: bold; }
    Drawn > .drawn--frame { color: $primary; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"drawn--{look}" for look in ("text", "dim", "gone", "done", "here", "failed", "frame")
    }

    def lines(self, width: int) -> Sequence[DrawnLine]:
        """The rows at this width: texts with the names of their looks."""
        raise NotImplementedError

    def get_content_height(
        self,
        container: Size,
        viewport: Size,
        width: int,
    ) -> int:
        """As many rows as there are lines."""
        return len(self.lines(width))

    def render_line(self, y: int) -> Strip:
        """One row of the drawing, filled up to the width."""
        width = self.size.width
        lines = self.lines(width)
        if y >= len(lines):
            return Strip.blank(width, self.rich_style)
        segments = [
            Segment(text, self.get_component_rich_style(f"drawn--{look}"))
            for text, look in lines[y]
        ]
        return Strip(segments).adjust_cell_length(width, self.rich_style)
