"""A list that draws only the visible rows: as fast with 100,000 rows as with ten."""

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from escrow_tui.ui.safety.text import clean
from escrow_tui.ui.widgets.text_canvas import fitted, padded

ListRow = tuple[str, ...]


class RowList(ScrollView, can_focus=True):
    """Rows of cleaned texts in columns; a column of width 0 takes the rest.

    `empty` is shown when there are no rows, and says what to do.
    """

    DEFAULT_CSS = """
    RowList { height: 1fr; background: $surface; }
    RowList > .rows--header { color: $text-muted; text-style: bold; }
    RowList > .rows--cursor { background: $primary; color: $background; text-style: bold; }
    RowList > .rows--here { background: $panel; }
    RowList > .rows--empty { color: $text-muted; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "rows--header",
        "rows--cursor",
        "rows--here",
        "rows--empty",
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "move(1)", "Down", show=False),
        Binding("up,k", "move(-1)", "Up", show=False),
        Binding("pagedown", "move(10)", "Page down", show=False),
        Binding("pageup", "move(-10)", "Page up", show=False),
        Binding("home", "move(-1000000000)", "First", show=False),
        Binding("end", "move(1000000000)", "Last", show=False),
        Binding("enter", "choose", "Open", show=False),
    ]
    cursor: reactive[int] = reactive(0)

    class Highlighted(Message):
        """The cursor has moved to another row."""

        def __init__(self, rows: "RowList", index: int) -> None:
            super().__init__()
            self.rows = rows
            self.index = index

        @property
        def control(self) -> "RowList":
            """The list, so that a handler can select it."""
            return self.rows

    class NearEnd(Message):
        """The last row became visible: there may be more to read."""

        def __init__(self, rows: "RowList") -> None:
            super().__init__()
            self.rows = rows

        @property
        def control(self) -> "RowList":
            """The list, so that a handler can select it."""
            return self.rows

    class Chosen(Highlighted):
        """A row was opened by Enter or by a click on the cursor's row."""

    def __init__(
        self,
        columns: Sequence[tuple[str, int]],
        *,
        empty: str = "",
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._columns = tuple(columns)
        self._rows: tuple[ListRow, ...] = ()
        self._empty = empty
        # How many rows there were when NearEnd was last posted.
        self._told = 0

    def show(self, rows: Sequence[ListRow], empty: str | None = None) -> None:
        """Show these rows; the cursor stays where it is, or goes to the last row."""
        self._rows = tuple(rows)
        self._empty = self._empty if empty is None else empty
        self.virtual_size = Size(0, len(self._rows) + 1)
        self.cursor = min(self.cursor, max(0, len(self._rows) - 1))
        self._told = min(self._told, len(self._rows))
        self._tell_end()
        self.refresh()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Notice the end, also when the mouse wheel scrolls."""
        super().watch_scroll_y(old_value, new_value)
        self._tell_end()

    def _tell_end(self) -> None:
        """Post NearEnd if the last row is visible, once for this many rows."""
        bottom = round(self.scroll_y) + self.size.height
        if self.size.height and bottom >= len(self._rows) > self._told:
            self._told = len(self._rows)
            self.post_message(self.NearEnd(self))

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on a row."""
        return max(0, min(cursor, len(self._rows) - 1))

    def watch_cursor(self) -> None:
        """Keep the cursor visible."""
        if self._rows and self.is_mounted:
            self._into_sight()
            self.post_message(self.Highlighted(self, self.cursor))
        self.refresh()

    def on_resize(self, event: events.Resize) -> None:
        """Keep the cursor visible, also after the first layout."""
        self._into_sight()
        self._tell_end()

    def _into_sight(self) -> None:
        self.scroll_to_region(Region(0, self.cursor, 1, 2), animate=False, force=True)

    def action_move(self, by: int) -> None:
        """Move the cursor."""
        self.cursor += by

    def action_choose(self) -> None:
        """Open the row under the cursor."""
        if self._rows:
            self.post_message(self.Chosen(self, self.cursor))

    def on_click(self, event: events.Click) -> None:
        """A click moves the cursor; a click on the cursor's row opens it."""
        index = event.y + round(self.scroll_offset.y) - 1
        if event.y == 0 or not 0 <= index < len(self._rows):
            return
        if index == self.cursor:
            self.action_choose()
        self.cursor = index

    def render_line(self, y: int) -> Strip:
        """Draw the header, or one row."""
        if y == 0:
            header = tuple(title for title, _ in self._columns)
            return self._strip(header, self.get_component_rich_style("rows--header"))
        index = y - 1 + round(self.scroll_offset.y)
        if not self._rows and y == 1:
            style = self.get_component_rich_style("rows--empty")
            return self._line(self._empty, style)
        if index >= len(self._rows):
            return Strip.blank(self.size.width, self.rich_style)
        style = self.rich_style
        if index == self.cursor:
            style = self.get_component_rich_style(
                "rows--cursor" if self.has_focus else "rows--here"
            )
        return self._strip(self._rows[index], style)

    def _strip(self, row: ListRow, style: Style) -> Strip:
        fixed = sum(width + 1 for _, width in self._columns if width)
        rest = max(8, self.scrollable_content_region.width - fixed)
        cells = (
            padded(clean(text, 200), width or rest)
            for text, (_, width) in zip(row, self._columns, strict=True)
        )
        return self._line(" ".join(cells), style)

    def _line(self, text: str, style: Style) -> Strip:
        width = self.scrollable_content_region.width
        return Strip([Segment(padded(fitted(text, width), width), style)], width)
