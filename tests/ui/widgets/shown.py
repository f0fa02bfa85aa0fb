"""A bare app around one widget, and the words that stand on the widget's rows."""

from textual.app import App, ComposeResult
from textual.widget import Widget

SIZES = ((120, 36), (80, 24))


class Shown(App[None]):
    """Shows one widget and nothing else."""

    def __init__(self, widget: Widget) -> None:
        super().__init__()
        self.widget = widget

    def compose(self) -> ComposeResult:
        """The widget alone."""
        yield self.widget


def rows(widget: Widget) -> list[str]:
    """The text of each row, as it is drawn."""
    return [widget.render_line(y).text for y in range(widget.size.height)]
