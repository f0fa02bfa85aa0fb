"""A picture's short text, as files and journals carry it, its pixels, and its description."""

from collections.abc import Collection
from functools import lru_cache

import msgspec

from escrow_tui.pictures.art_scenes import OPEN_BOX
from escrow_tui.pictures.canvas import Canvas, Pixels
from escrow_tui.pictures.catalogue import KINDS, SCENES
from escrow_tui.pictures.drawing import HEIGHT, WIDTH, assemble
from escrow_tui.pictures.flaws import FLAWS, paint_mark
from escrow_tui.pictures.palette import COLOURS

SCENE_COLOUR = "blue"
SMALLER = 2 / 3


class Picture(msgspec.Struct, frozen=True):
    """What to draw: a kind of goods or a scene, its colour, and its flaws in the table's order."""

    kind: str
    colour: str
    flaws: tuple[str, ...] = ()


def parse_picture(spec: str) -> Picture:
    """Read `kind/colour`, `kind/colour/flaw+flaw`, `scene` or `scene/colour`.

    Raises:
        ValueError: with a sentence that names the words that would be right.
    """
    kind, _, rest = spec.partition("/")
    colour, _, flaws = rest.partition("/")
    if kind in SCENES:
        if flaws:
            raise ValueError(f'A scene has no third word; "{kind}/{colour}" is enough.')
        return Picture(kind, _known(colour or SCENE_COLOUR, "colour", COLOURS))
    _known(kind, "picture", KINDS | SCENES)
    _known(colour, "colour", COLOURS)
    return Picture(kind, colour, _flaws(flaws))


def _known(word: str, what: str, table: Collection[str]) -> str:
    if word not in table:
        raise ValueError(f'"{word}" is no {what}; there are: {", ".join(sorted(table))}.')
    return word


def _flaws(text: str) -> tuple[str, ...]:
    words = text.split("+") if text else []
    for word in words:
        _known(word, "flaw", FLAWS)
    if len(set(words)) < len(words):
        raise ValueError(f'"{text}" names a flaw twice.')
    if "empty" in words and len(words) > 1:
        raise ValueError('An empty box shows nothing else: "empty" stands alone.')
    return tuple(flaw for flaw in FLAWS if flaw in words)


@lru_cache(maxsize=256)
def pixels(picture: Picture, width: int, height: int) -> Pixels:
    """Return the picture in a frame of `width` by `height` pixels; None is the background.

    The drawing is 28 by 24. It is enlarged by whole multiples only, or scaled down to fit. Flaws
    are painted after scaling, so that they are visible at any size.
    """
    if width < 1 or height < 1:
        return ((),) * max(0, height)
    fit = min(width / WIDTH, height / HEIGHT)
    scale = float(int(fit)) if fit >= 1 else fit
    own = scale * SMALLER if "wrong_size" in picture.flaws else scale
    canvas = _canvas(picture, own)
    drop = (round(HEIGHT * scale) - len(canvas.grid)) // 2
    return canvas.framed(width, height, drop)


def _canvas(picture: Picture, scale: float) -> Canvas:
    palette = COLOURS[picture.colour]
    if picture.kind in SCENES:
        return Canvas(SCENES[picture.kind].rows, palette, scale)
    if "empty" in picture.flaws:
        return Canvas(OPEN_BOX.rows, palette, scale)
    kind = KINDS[picture.kind]
    canvas = Canvas(assemble(kind, "missing_part" not in picture.flaws), palette, scale)
    if "other_label" not in picture.flaws:
        paint_mark(canvas, kind)
    for flaw in picture.flaws:
        paint = FLAWS[flaw].paint
        if paint is not None:
            paint(canvas, kind)
    return canvas


def describe_picture(picture: Picture) -> str:
    """Describe what is visible, for people who cannot see it, without naming any flaw."""
    if picture.kind in SCENES:
        return _sentence(SCENES[picture.kind].phrase, picture.colour)
    if "empty" in picture.flaws:
        return _sentence(OPEN_BOX.phrase, picture.colour)
    kind, palette = KINDS[picture.kind], COLOURS[picture.colour]
    said = [_sentence(kind.phrase, picture.colour)]
    if "missing_part" not in picture.flaws:
        said.append(kind.part.seen)
    if "other_label" not in picture.flaws:
        said.append(f"A round {palette.mark[0]} mark is on it.")
    if "wrong_size" not in picture.flaws:
        said.append("It fills the frame.")
    said += [
        FLAWS[flaw].seen.format(
            surface=kind.surface,
            rim=kind.rim,
            unseen=kind.part.unseen,
            blotch=palette.blotch[0],
            second_mark=palette.second_mark[0],
        )
        for flaw in picture.flaws
    ]
    return " ".join(said)


def _sentence(phrase: str, colour: str) -> str:
    text = phrase.format(colour=colour)
    return f"{text[0].upper()}{text[1:]}."
