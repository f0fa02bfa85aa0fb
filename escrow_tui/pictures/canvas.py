"""A drawing at some scale, for flaws to be painted on and a frame to be put around."""

import math

from escrow_tui.pictures.drawing import HEIGHT, WIDTH, Drawing
from escrow_tui.pictures.palette import RGB, Palette, tone_of

Pixels = tuple[tuple[RGB | None, ...], ...]
Grid = list[list[RGB | None]]


class Canvas:
    """A grid of pixels at some scale of the drawing; `at` converts the drawing's coordinates."""

    def __init__(self, rows: Drawing, palette: Palette, scale: float) -> None:
        self.palette = palette
        self.scale = scale
        source = [[tone_of(letter, palette) for letter in row] for row in rows]
        self.grid = _scaled(source, scale)

    def at(self, x: float, y: float) -> tuple[int, int]:
        """Return the pixel that contains a point of the drawing."""
        return math.floor(x * self.scale), math.floor(y * self.scale)

    def pixel(self, x: int, y: int) -> RGB | None:
        """Return the colour of a pixel; None for the background and outside the grid."""
        if 0 <= y < len(self.grid) and 0 <= x < len(self.grid[y]):
            return self.grid[y][x]
        return None

    def paint(self, x: int, y: int, colour: RGB | None) -> None:
        """Paint a pixel of the thing itself; background pixels are left alone."""
        if self.pixel(x, y) is not None:
            self.grid[y][x] = colour

    def framed(self, width: int, height: int, drop: int) -> Pixels:
        """Return the grid in the middle of a frame, moved down by `drop` pixels."""
        top = (height - len(self.grid)) // 2 + drop
        left = (width - len(self.grid[0])) // 2
        return tuple(
            tuple(self.pixel(x - left, y - top) for x in range(width)) for y in range(height)
        )


def _scaled(source: Grid, scale: float) -> Grid:
    """Repeat whole pixels to enlarge; to shrink, take the mean of the area of each new pixel."""
    if scale >= 1:
        times = range(int(scale))
        return [[pixel for pixel in row for _ in times] for row in source for _ in times]
    columns = _spans(WIDTH, scale)
    return [[_mean(source, across, down) for across in columns] for down in _spans(HEIGHT, scale)]


def _spans(length: int, scale: float) -> list[list[tuple[int, float]]]:
    """Return the source pixels that each pixel of a smaller side covers, with how much of each."""
    count = max(1, round(length * scale))
    return [_covered(i * length / count, (i + 1) * length / count) for i in range(count)]


def _mean(
    source: Grid, across: list[tuple[int, float]], down: list[tuple[int, float]]
) -> RGB | None:
    """Return the mean colour of an area, weighted by coverage; None if it is mostly background."""
    red = green = blue = solid = area = 0.0
    for y, tall in down:
        row = source[y]
        for x, wide in across:
            weight = tall * wide
            area += weight
            colour = row[x]
            if colour is not None:
                red += colour[0] * weight
                green += colour[1] * weight
                blue += colour[2] * weight
                solid += weight
    if solid < area * 0.38:
        return None
    return round(red / solid), round(green / solid), round(blue / solid)


def _covered(start: float, end: float) -> list[tuple[int, float]]:
    """Return the cells between two points, each with the length of it that is covered."""
    cells = range(math.floor(start), math.ceil(end - 1e-9))
    return [(cell, min(end, cell + 1) - max(start, cell)) for cell in cells]
