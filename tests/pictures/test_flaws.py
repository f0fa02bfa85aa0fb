"""Every flaw is visible at both sizes, and no description names it."""

import re

import pytest

from escrow_tui.pictures import (
    COLOURS,
    FLAWS,
    KINDS,
    RGB,
    SCENES,
    describe_picture,
    parse_picture,
    pixels,
)
from tests.each import for_each

SIZES = ((28, 24), (18, 16))
# The names of flaws, what they amount to, and the words of the debrief.
JUDGING = (
    r"crack|chip|missing|absent|lacks|stain|dirt|label|wrong|empty|torn|tear|damag|broken|fake"
    r"|counterfeit|truth|different|flaw|defect|should|differ|original|genuine"
)


def _seen(one: RGB | None, other: RGB | None) -> bool:
    """Tell whether two pixels look different."""
    if one is None or other is None:
        return one is not other
    return sum(abs(a - b) for a, b in zip(one, other, strict=True)) >= 60


def _cells(spec: str, other: str, size: tuple[int, int]) -> int:
    """Count the character cells, each of two pixels, that differ between two pictures."""
    one, two = pixels(parse_picture(spec), *size), pixels(parse_picture(other), *size)
    return sum(
        _seen(one[y][x], two[y][x]) or _seen(one[y + 1][x], two[y + 1][x])
        for y in range(0, size[1], 2)
        for x in range(size[0])
    )


@for_each("size", SIZES)
@for_each("flaw", FLAWS)
@for_each("kind", KINDS)
def test_every_flaw_is_seen_at_both_sizes(kind: str, flaw: str, size: tuple[int, int]) -> None:
    """In each colour, at least three cells look different."""
    for colour in COLOURS:
        assert _cells(f"{kind}/{colour}", f"{kind}/{colour}/{flaw}", size) >= 3, colour


@pytest.mark.parametrize("kind", KINDS)
def test_no_two_flaws_look_alike(kind: str) -> None:
    """A line, a notch and a blotch can be told apart."""
    shown = {pixels(parse_picture(f"{kind}/white/{flaw}"), 18, 16) for flaw in FLAWS}
    assert len(shown) == len(FLAWS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_description_tells_what_is_seen_and_judges_nothing(kind: str) -> None:
    """Naming the flaw is the trainee's job; the words only say what is visible."""
    specs = [f"{kind}/{colour}" for colour in COLOURS]
    specs += [f"{spec}/{flaw}" for spec in specs for flaw in FLAWS]
    said = {spec: describe_picture(parse_picture(spec)) for spec in specs}
    for text in said.values():
        assert not re.search(JUDGING, text, re.IGNORECASE), text
        assert re.fullmatch(r"[A-Z].*\.", text), text
        assert "{" not in text
    unlike = {said[spec] for spec in specs if "/empty" not in spec}
    assert len(unlike) == len(COLOURS) * len(FLAWS)


def test_a_line_on_a_teapot_is_described() -> None:
    """One whole description, as a screen reader would read it."""
    assert describe_picture(parse_picture("teapot/white/crack")) == (
        "A white teapot. It has a lid with a knob. A round teal mark is on it. "
        "It fills the frame. A thin jagged line runs down the body."
    )


@pytest.mark.parametrize("kind", KINDS)
def test_a_part_that_is_not_seen_is_not_told_of(kind: str) -> None:
    """The description mentions a part only if it is drawn."""
    part = KINDS[kind].part
    whole, bare = (
        describe_picture(parse_picture(f"{kind}/red{flaw}")) for flaw in ("", "/missing_part")
    )
    assert part.seen in whole
    assert part.unseen not in whole
    assert part.seen not in bare
    assert part.unseen in bare


@pytest.mark.parametrize("scene", SCENES)
def test_a_scene_is_described_without_judging(scene: str) -> None:
    """Judging what evidence is worth is the mediator's job."""
    text = describe_picture(parse_picture(scene))
    assert not re.search(JUDGING.replace("label|", ""), text, re.IGNORECASE), text
