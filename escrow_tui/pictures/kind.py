"""What a drawing is made of: rows of letters, each letter a tone or an ink of `palette`."""

import msgspec

WIDTH, HEIGHT = 28, 24

Rows = tuple[str, ...]
Spot = tuple[int, int]


class Part(msgspec.Struct, frozen=True):
    """A part that comes off: drawn over the rest, with the sentences for both cases."""

    seen: str
    unseen: str
    at: Spot
    rows: Rows


class Spots(msgspec.Struct, frozen=True):
    """Where flaws show on this kind, in pixels of the drawing.

    `crack` is x, y and its length downwards; `slit` is x, y of its mouth and the way it runs.
    """

    mark: Spot
    crack: tuple[int, int, int]
    notch: Spot
    blotch: Spot
    slit: tuple[int, int, int, int]


class Kind(msgspec.Struct, frozen=True):
    """One kind of goods. `phrase` has a place for the colour."""

    phrase: str
    rows: Rows
    part: Part
    surface: str
    rim: str
    spots: Spots


class Scene(msgspec.Struct, frozen=True):
    """A picture that shows no goods for sale but something about an order."""

    phrase: str
    rows: Rows


def drawn(text: str) -> Rows:
    """The rows of a drawing that stands in a text block of its own."""
    return tuple(text.split())


def assembled(kind: Kind, with_part: bool) -> Rows:
    """The drawing with its part laid over it, or left away."""
    if not with_part:
        return kind.rows
    left, top = kind.part.at
    rows = list(kind.rows)
    for y, letters in enumerate(kind.part.rows, top):
        under = rows[y][left : left + len(letters)]
        laid = "".join(old if new == "." else new for old, new in zip(under, letters, strict=True))
        rows[y] = rows[y][:left] + laid + rows[y][left + len(letters) :]
    return tuple(rows)
