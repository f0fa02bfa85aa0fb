"""What a drawing consists of: rows of letters, each a tone or an ink of `palette`."""

import msgspec

WIDTH, HEIGHT = 28, 24

Drawing = tuple[str, ...]
Position = tuple[int, int]


class Part(msgspec.Struct, frozen=True):
    """A part that can be missing: drawn over the rest, with a sentence for either case."""

    seen: str
    unseen: str
    at: Position
    rows: Drawing


class Spots(msgspec.Struct, frozen=True, kw_only=True):
    """Where the flaws are on a kind of goods, in pixels of the drawing (x, y).

    `crack` also has its length downwards; `slit` also has how far it runs across and down.
    """

    mark: Position
    crack: tuple[int, int, int]
    notch: Position
    blotch: Position
    slit: tuple[int, int, int, int]


class GoodsKind(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of goods; `phrase` contains `{colour}`."""

    phrase: str
    rows: Drawing
    part: Part
    surface: str
    rim: str
    spots: Spots


class Scene(msgspec.Struct, frozen=True):
    """A picture of something about an order, not of goods; `phrase` may contain `{colour}`."""

    phrase: str
    rows: Drawing


def pixel_rows(text: str) -> Drawing:
    """Return the rows of a drawing that is written as a block of text."""
    return tuple(text.split())


def assemble(kind: GoodsKind, with_part: bool) -> Drawing:
    """Return the drawing with its part laid over it, or without the part."""
    if not with_part:
        return kind.rows
    left, top = kind.part.at
    rows = list(kind.rows)
    for y, letters in enumerate(kind.part.rows, top):
        under = rows[y][left : left + len(letters)]
        laid = "".join(old if new == "." else new for old, new in zip(under, letters, strict=True))
        rows[y] = rows[y][:left] + laid + rows[y][left + len(letters) :]
    return tuple(rows)
