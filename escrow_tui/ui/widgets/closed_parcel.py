"""A closed parcel, drawn in the place of its contents' picture."""

from textual.reactive import reactive

from escrow_tui.ui.widgets.text_canvas import Drawn, DrawnLine, fitted

_BOX = (
    "╭─────────┬──────┬─────────╮",
    "│         │      │         │",
    "│         │      │         │",
    "├─────────┴──────┴─────────┤",
    "│                          │",
    "│                          │",
    "│   ┌──────────┐           │",
    "│   │ ──────── │           │",
    "│   │ ─────    │           │",
    "│   └──────────┘           │",
    "╰──────────────────────────╯",
)
_SMALL = (
    "╭──────┬──┬──────╮",
    "│      │  │      │",
    "├──────┴──┴──────┤",
    "│  ┌─────┐       │",
    "│  │ ─── │       │",
    "│  └─────┘       │",
    "╰────────────────╯",
)


class ClosedParcel(Drawn):
    """The parcel in the middle of the widget, and words below it."""

    word: reactive[str] = reactive("")

    def lines(self, width: int) -> tuple[DrawnLine, ...]:
        """Blank rows, the box, the word."""
        height = self.size.height
        roomy = width >= len(_BOX[0]) and height > len(_BOX)
        box = _BOX if roomy else _SMALL
        above = max(0, (height - len(box) - 1) // 2)
        drawn = [((row.center(width), "dim"),) for row in box]
        word = fitted(self.word, width).center(width)
        return (*(((("", "text")),),) * above, *drawn, ((word, "here"),))
