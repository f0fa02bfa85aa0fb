"""A picture is read from its short text and drawn the same way every time, at any size."""

import pytest

from escrow_tui.pictures import COLOURS, KINDS, SCENES, Picture, parse_picture, pixels
from escrow_tui.pictures.drawing import HEIGHT, WIDTH
from escrow_tui.pictures.palette import INKS
from tests.each import for_each

TONES = set(".odsblhac") | set(INKS)
SIZES = ((28, 24), (18, 16))


def test_a_spec_names_kind_colour_and_flaws() -> None:
    """Flaws are in the table's order, in whatever order they were written."""
    assert parse_picture("lamp/green/other_label+missing_part") == Picture(
        "lamp", "green", ("missing_part", "other_label")
    )


def test_a_scene_needs_no_colour() -> None:
    """A scene has a default colour, and may be given another."""
    assert parse_picture("scale") == Picture("scale", "blue")
    assert parse_picture("packed_box/white") == Picture("packed_box", "white")


@pytest.mark.parametrize(
    ("spec", "sentence"),
    [
        ("kettle/white", '"kettle" is no picture; there are: .*teapot'),
        ("teapot", '"" is no colour; there are: .*white'),
        ("teapot/mauve", '"mauve" is no colour; there are: .*white'),
        ("teapot/white/bent", '"bent" is no flaw; there are: .*crack'),
        ("teapot/white/crack+crack", '"crack\\+crack" names a flaw twice'),
        ("teapot/white/empty+crack", '"empty" stands alone'),
        ("teapot/white/crack/chip", '"crack/chip" is no flaw'),
        ("scale/red/crack", "A scene has no third word"),
        ("", '"" is no picture'),
    ],
)
def test_a_bad_spec_is_answered_with_the_words_that_would_be_right(
    spec: str, sentence: str
) -> None:
    """The author of the file reads the sentence."""
    with pytest.raises(ValueError, match=sentence):
        parse_picture(spec)


@for_each("name", [*KINDS, *SCENES])
def test_each_drawing_fills_its_frame_with_known_letters(name: str) -> None:
    """A short row or a letter without a tone would leave a hole in the picture."""
    kind = KINDS.get(name)
    rows = (kind or SCENES[name]).rows
    assert [len(row) for row in rows] == [WIDTH] * HEIGHT
    assert set("".join(rows)) <= TONES
    if kind is not None:
        left, top = kind.part.at
        assert set("".join(kind.part.rows)) <= TONES
        assert {len(row) for row in kind.part.rows} == {len(kind.part.rows[0])}
        assert left + len(kind.part.rows[0]) <= WIDTH
        assert top + len(kind.part.rows) <= HEIGHT


@for_each("width", [1, 7, 18, 28, 40, 56])
@for_each("height", [0, 5, 16, 24, 50])
def test_the_grid_has_the_size_that_was_asked_for(width: int, height: int) -> None:
    """A widget may be of any size."""
    grid = pixels(parse_picture("camera/red/wrong_size"), width, height)
    assert [len(row) for row in grid] == [width] * height


def test_a_larger_frame_shows_whole_multiples() -> None:
    """At twice the size each pixel is repeated, so the drawing stays crisp."""
    once = pixels(parse_picture("scale"), 28, 24)
    twice = pixels(parse_picture("scale"), 56, 48)
    assert twice == tuple(
        tuple(pixel for pixel in row for _ in range(2)) for row in once for _ in range(2)
    )


@pytest.mark.parametrize("size", SIZES)
def test_no_two_kinds_look_alike(size: tuple[int, int]) -> None:
    """Goods of another listing must be recognisable as such."""
    shown = {pixels(parse_picture(f"{name}/white"), *size) for name in (*KINDS, *SCENES)}
    assert len(shown) == len(KINDS) + len(SCENES)


@for_each("size", SIZES)
@for_each("kind", KINDS)
def test_a_thing_in_another_colour_is_seen_to_be(kind: str, size: tuple[int, int]) -> None:
    """Another colour changes at least a tenth of the frame."""
    shown = [pixels(parse_picture(f"{kind}/{colour}"), *size) for colour in COLOURS]
    for i, one in enumerate(shown):
        for other in shown[:i]:
            changed = sum(
                a != b
                for row, below in zip(one, other, strict=True)
                for a, b in zip(row, below, strict=True)
            )
            assert changed > size[0] * size[1] // 10
