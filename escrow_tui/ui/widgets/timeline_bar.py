"""What happened, where the order is now, and the deadlines to come, on one line."""

import msgspec
from textual.reactive import reactive

from escrow_tui.ui.widgets.text_canvas import Drawn, DrawnLine, fitted
from escrow_tui.ui.widgets.track import TrackPoint, columns, drawn_track
from escrow_tui.views.parts import Mark, MarkState

_GLYPHS: dict[MarkState, str] = {
    MarkState.PAST: "●",
    MarkState.HERE: "◉",
    MarkState.FUTURE: "○",
}
_LOOKS: dict[MarkState, str] = {
    MarkState.PAST: "done",
    MarkState.HERE: "here",
    MarkState.FUTURE: "dim",
}


class TimelineBar(Drawn):
    """Three rows: the line, the titles, the dates.

    If not all marks fit, the present stays visible: first the oldest events are replaced by a
    count, then the latest deadlines.
    """

    marks: reactive[tuple[Mark, ...]] = reactive((), layout=True)

    def __init__(
        self, marks: tuple[Mark, ...] = (), *, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.set_reactive(TimelineBar.marks, marks)

    def lines(self, width: int) -> tuple[DrawnLine, ...]:
        """The line at this width."""
        if not self.marks:
            return ()
        points, widths = _shown(self.marks, width)
        return drawn_track(points, widths)


def _shown(marks: tuple[Mark, ...], width: int) -> tuple[list[TrackPoint], tuple[int, ...]]:
    """The points that fit, with a count in place of those left out."""
    here = next((i for i, mark in enumerate(marks) if mark.state is MarkState.HERE), 0)
    first, end = 0, len(marks)
    while True:
        points = [_point(mark) for mark in marks[first:end]]
        if first:
            points.insert(
                0,
                TrackPoint(title=f"{first} earlier", note="", glyph="…", look="dim", reached=True),
            )
        if end < len(marks):
            points.append(
                TrackPoint(
                    title=f"{len(marks) - end} later", note="", glyph="…", look="dim", reached=False
                )
            )
        widths = columns(points, width)
        if widths is not None:
            return points, widths
        if end - first == 1:
            return [_cut(_point(marks[here]), width)], (width,)
        # The event just before the present and the deadline just after it matter most.
        if here - first > 1 or (here > first and end - here <= 2):
            first += 1
        elif end - here > 1:
            end -= 1
        else:
            first += 1


def _point(mark: Mark) -> TrackPoint:
    return TrackPoint(
        title=mark.title,
        note=mark.note,
        glyph=_GLYPHS[mark.state],
        look=_LOOKS[mark.state],
        reached=mark.state is not MarkState.FUTURE,
        here=mark.state is MarkState.HERE,
    )


def _cut(point: TrackPoint, width: int) -> TrackPoint:
    return msgspec.structs.replace(point, title=fitted(point.title, width - 1))
