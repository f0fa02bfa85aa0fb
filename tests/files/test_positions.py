"""The position of every key and value in a TOML text is known."""

from collections.abc import Iterator

import pytest

from escrow_tui.files import At, Place, document_from_text
from escrow_tui.files.positions import find_spots

TEXT = """\
title = "é"
a."b c".'d' = 1
over = { é1 = 0, days = 3, w.v = [1, { z = 2 }] }
list = [
  # a comment
  'one',
  2,
]
[t.u]
x = true
[t]
y = { }
[[step]]
do = "pay"
[[step]]
do = "ship" # é
[step.args]
city = "Köln"
[[step.note]]
text = "a"
[[step.note]]
text = "b"
""".replace("é1", '"é"')

DOCUMENT = document_from_text(TEXT, "a.toml")

FOUND: list[tuple[Place, At, tuple[int, int]]] = [
    (("title",), "key", (1, 1)),
    (("title",), "value", (1, 9)),
    (("a", "b c", "d"), "value", (2, 15)),
    (("a", "b c", "d"), "key", (2, 9)),
    (("a", "b c"), "key", (2, 3)),
    (("over",), "value", (3, 8)),
    (("over", "é"), "value", (3, 16)),
    (("over", "days"), "key", (3, 19)),
    (("over", "days"), "value", (3, 26)),
    (("over", "w", "v"), "value", (3, 35)),
    (("over", "w", "v", 1), "value", (3, 39)),
    (("over", "w", "v", 1, "z"), "value", (3, 45)),
    (("list", 0), "value", (6, 3)),
    (("list", 1), "value", (7, 3)),
    (("t",), "key", (11, 1)),
    (("t", "u"), "key", (9, 1)),
    (("t", "u", "x"), "value", (10, 5)),
    (("t", "y"), "value", (12, 5)),
    (("step",), "key", (13, 1)),
    (("step", 0), "value", (13, 1)),
    (("step", 1), "key", (15, 1)),
    (("step", 1, "do"), "value", (16, 6)),
    (("step", 1, "args", "city"), "value", (18, 8)),
    (("step", 1, "note", 0, "text"), "value", (20, 8)),
    (("step", 1, "note", 1, "text"), "key", (22, 1)),
]


@pytest.mark.parametrize(("place", "at", "position"), FOUND)
def test_a_place_is_found(place: Place, at: At, position: tuple[int, int]) -> None:
    """In tables, lists of tables, braces and brackets, and under dotted and quoted keys."""
    fault = DOCUMENT.fault(place, "here", at)
    assert (fault.line, fault.column) == position
    assert fault.excerpt == TEXT.split("\n")[position[0] - 1]


MISSING: list[tuple[Place, tuple[int, int]]] = [
    (("step", 1, "by"), (15, 1)),
    (("step", 7, "by"), (13, 1)),
    (("over", "hours"), (3, 1)),
    (("t", "u", "none", "deeper"), (9, 1)),
    (("format",), (1, 1)),
    ((), (1, 1)),
]


@pytest.mark.parametrize(("place", "position"), MISSING)
def test_a_missing_place_is_its_nearest_parent(place: Place, position: tuple[int, int]) -> None:
    """The fault for a missing key is at the header or key of the table that should contain it."""
    fault = DOCUMENT.fault(place, "missing")
    assert (fault.line, fault.column) == position


def places(value: object, place: Place = ()) -> Iterator[Place]:
    """Return every place inside a value."""
    steps: list[tuple[str | int, object]] = []
    if isinstance(value, dict):
        steps = list(value.items())
    elif isinstance(value, list):
        steps = list(enumerate(value))
    for step, inner in steps:
        yield (*place, step)
        yield from places(inner, (*place, step))


def test_no_place_is_left_out_and_none_is_invented() -> None:
    """The positions and the parser agree on what the text contains."""
    assert set(find_spots(TEXT)) == set(places(DOCUMENT.data))
