"""The ways goods can differ from their listing: how each is painted and described."""

from collections.abc import Callable

import msgspec

from escrow_tui.pictures.canvas import Canvas
from escrow_tui.pictures.drawing import GoodsKind
from escrow_tui.pictures.palette import RGB

_DARK, _PALE = (14, 12, 16), (236, 238, 244)
_ZIGZAG = (0, 1, 1, 0, -1, -1, 0, 1, 2, 1, 0, 0, 1, 2, 2)
_BLOTS = ((0, 0, 3.1, 2.3), (2.6, 1.1, 1.9, 1.6), (-2.2, 1.3, 1.6, 1.5))


class Flaw(msgspec.Struct, frozen=True):
    """One way to differ from the listing; `paint` is None where the whole drawing is another one.

    `seen` describes what is visible and passes no judgement: naming the flaw is the trainee's job.
    """

    seen: str
    paint: Callable[[Canvas, GoodsKind], None] | None = None


def _against(colour: RGB) -> RGB:
    """Return a line colour that shows on this colour: pale only on black and on dark glass."""
    return _DARK if max(colour) > 97 else _PALE


def _line(canvas: Canvas, x: int, y: int) -> None:
    under = canvas.pixel(x, y)
    if under is not None:
        canvas.paint(x, y, _against(under))


def _crack(canvas: Canvas, kind: GoodsKind) -> None:
    left, top, rows = kind.spots.crack
    x, y = canvas.at(left, top)
    for step in range(max(6, round(rows * canvas.scale))):
        _line(canvas, x + _ZIGZAG[step % len(_ZIGZAG)], y + step)


def _notch(canvas: Canvas, kind: GoodsKind) -> None:
    """Cut a round piece out of the edge, and draw the outline's tone around the cut."""
    x, y = kind.spots.notch
    bite = max(3.0, 1.9 / canvas.scale)
    for row in range(len(canvas.grid)):
        for column in range(len(canvas.grid[row])):
            far = _far(canvas, column, row, x, y)
            if far <= bite:
                canvas.paint(column, row, None)
            elif far <= bite + 1 / canvas.scale:
                canvas.paint(column, row, canvas.palette.outline)


def _far(canvas: Canvas, column: int, row: int, x: float, y: float) -> float:
    across = (column + 0.5) / canvas.scale - x - 0.5
    down = (row + 0.5) / canvas.scale - y - 0.5
    return float((across * across + down * down) ** 0.5)


def _blotch(canvas: Canvas, kind: GoodsKind) -> None:
    x, y = kind.spots.blotch
    _, ink = canvas.palette.blotch
    for row in range(len(canvas.grid)):
        for column in range(len(canvas.grid[row])):
            across, down = (column + 0.5) / canvas.scale - x, (row + 0.5) / canvas.scale - y
            under = canvas.pixel(column, row)
            if under is not None and any(
                ((across - dx) / wide) ** 2 + ((down - dy) / tall) ** 2 <= 1
                for dx, dy, wide, tall in _BLOTS
            ):
                canvas.paint(column, row, _mixed(under, ink))


def _mixed(under: RGB, ink: RGB) -> RGB:
    red, green, blue = ((low + 4 * high) // 5 for low, high in zip(under, ink, strict=True))
    return red, green, blue


def _slit(canvas: Canvas, kind: GoodsKind) -> None:
    """Cut a wedge inward from the edge, with frayed threads on both sides."""
    x, y, across, down = kind.spots.slit
    steps = max(6, round(10 * canvas.scale))
    gap = _against(canvas.palette.body)
    for step in range(steps):
        column, row = canvas.at(x + across * step / steps, y + down * step / steps)
        open_by = 1 if step < steps * 0.6 else 0
        for side in range(-open_by, open_by + 1):
            canvas.paint(*_aside(column, row, side, across, down), gap)
        for side in (-open_by - 1, open_by + 1):
            if step % 2:
                canvas.paint(*_aside(column, row, side, across, down), canvas.palette.highlight)


def _aside(column: int, row: int, side: int, across: int, down: int) -> tuple[int, int]:
    return (column, row + side) if abs(across) > abs(down) else (column + side, row)


def paint_mark(canvas: Canvas, kind: GoodsKind) -> None:
    """Paint the maker's mark as the listing shows it: round, in the palette's mark colour."""
    _, colour = canvas.palette.mark
    x, y = canvas.at(*kind.spots.mark)
    for column, row in ((1, 0), (0, 1), (1, 1), (2, 1), (1, 2)):
        canvas.paint(x + column, y + row, colour)


def _second_mark(canvas: Canvas, kind: GoodsKind) -> None:
    _, colour = canvas.palette.second_mark
    x, y = canvas.at(*kind.spots.mark)
    for column in range(4):
        for row in range(3):
            canvas.paint(x + column, y + row, colour)
    canvas.paint(x + 1, y + 1, _against(colour))
    canvas.paint(x + 2, y + 1, _against(colour))


FLAWS: dict[str, Flaw] = {
    "crack": Flaw("A thin jagged line runs down the {surface}.", _crack),
    "chip": Flaw("There is a small notch in the {rim}.", _notch),
    "missing_part": Flaw("{unseen}"),
    "stain": Flaw("A {blotch} blotch lies on it.", _blotch),
    "other_label": Flaw("A square {second_mark} mark is on it.", _second_mark),
    "wrong_size": Flaw("It takes up two thirds of the frame."),
    "empty": Flaw("{unseen}"),
    "torn": Flaw("A ragged slit with a frayed edge runs in from its side.", _slit),
}
