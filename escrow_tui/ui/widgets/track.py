"""Points on a line with titles and notes below: what stages and timeline have in common."""

from collections.abc import Sequence

import msgspec
from rich.cells import cell_len

from escrow_tui.ui.widgets.text_canvas import DrawnLine, padded

MARKER, SHORT_MARKER = "YOU ARE HERE", "HERE"
_ROOM = 4  # the glyph, a space on both sides of the marker, and a piece of line


class TrackPoint(msgspec.Struct, frozen=True, kw_only=True):
    """One point; its glyph tells its state, so that no colour is needed to read it."""

    title: str
    note: str
    glyph: str
    look: str
    reached: bool
    here: bool = False


def columns(points: Sequence[TrackPoint], width: int) -> tuple[int, ...] | None:
    """Return the width of each column; None if a title would be cut."""
    least = [_least(point) for point in points]
    spare = width - sum(least)
    if spare < 0 or not points:
        return None
    liked = [max(_liked(point) - few, 0) for point, few in zip(points, least, strict=True)]
    given = list(least)
    # First one cell at a time to columns whose notes or marker need it, then evenly.
    while spare > 0 and any(liked):
        for index in range(len(points)):
            if liked[index] > 0 and spare > 0:
                given[index], liked[index], spare = given[index] + 1, liked[index] - 1, spare - 1
    share, rest = divmod(spare, len(points))
    return tuple(cells + share + (index < rest) for index, cells in enumerate(given))


def _least(point: TrackPoint) -> int:
    marker = len(SHORT_MARKER) + _ROOM if point.here else 0
    return max(cell_len(point.title) + 2, marker, 4)


def _liked(point: TrackPoint) -> int:
    marker = len(MARKER) + _ROOM if point.here else 0
    return max(cell_len(point.title) + 2, cell_len(point.note) + 2, marker)


def drawn_track(
    points: Sequence[TrackPoint], widths: Sequence[int], *, marker: bool = True
) -> tuple[DrawnLine, DrawnLine, DrawnLine]:
    """Three lines: the track, with or without its marker, the titles, the notes."""
    track: list[tuple[str, str]] = []
    for index, (point, width) in enumerate(zip(points, widths, strict=True)):
        following = points[index + 1] if index + 1 < len(points) else None
        track += _piece(point, following, width, marker=marker)
    titles = [(padded(p.title, w - 1) + " ", p.look) for p, w in zip(points, widths, strict=True)]
    notes = [
        (padded(p.note, w - 1) + " ", "text" if p.here else "dim")
        for p, w in zip(points, widths, strict=True)
    ]
    return track, titles, notes


def _piece(
    point: TrackPoint, following: TrackPoint | None, width: int, *, marker: bool
) -> list[tuple[str, str]]:
    """A point, the marker if it is here, and the line to the next, heavy if it was reached."""
    head = point.glyph
    if point.here and marker:
        word = MARKER if len(MARKER) + _ROOM <= width else SHORT_MARKER
        head = f"{point.glyph} {word} "
    if following is None:
        return [(head, point.look)]
    line, look = ("━", "done") if following.reached else ("─", "dim")
    return [(head, point.look), (line * (width - cell_len(head)), look)]
