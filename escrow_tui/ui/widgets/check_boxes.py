"""A list of boxes to tick."""

from rich.segment import Segment
from textual.strip import Strip
from textual.widgets import SelectionList


class Checks(SelectionList[str]):
    """Only a ticked box has a mark: Textual draws one in every box, in different colours."""

    def render_line(self, y: int) -> Strip:
        """Draw a line, with an empty box where nothing is ticked."""
        strip = super().render_line(y)
        index = y + round(self.scroll_offset.y)
        if index >= self.option_count:
            return strip
        if self.get_option_at_index(index).value in self.selected:
            return strip
        left, mark, *rest = strip
        return Strip([left, Segment(" " * len(mark.text), mark.style), *rest])
