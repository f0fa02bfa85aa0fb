"""A reader returns typed values and records every fault at its place."""

from enum import StrEnum

import pytest

from escrow_tui.files import Faults, Reader, document_from_text


class Colour(StrEnum):
    """A small set of words, as a kind."""

    RED = "red"
    GREEN = "green"


def reader(text: str) -> Reader:
    """Return a reader of a text."""
    return Reader(document_from_text(text, "a.toml"))


def noted(read: Reader) -> list[tuple[int, int, str]]:
    """Return the faults recorded so far, as text."""
    return [(fault.line, fault.column, fault.message) for fault in read.faults]


def test_values_come_in_their_kind() -> None:
    """Lists become tuples, and words become members of their enum."""
    read = reader('t = "x"\nn = 1\nb = true\nl = ["a", "b"]\nd = { RU = 90 }\nc = "red"')
    assert read.need("t", str, "") == "x"
    assert read.need("n", int, 0) == 1
    assert read.need("b", bool, False) is True
    assert read.need("l", tuple[str, ...], ()) == ("a", "b")
    assert read.need("d", dict[str, int], {}) == {"RU": 90}
    assert read.need("c", Colour, Colour.GREEN) is Colour.RED
    read.finish()


def test_a_key_left_out_gives_the_default() -> None:
    """Leaving out an optional key is no fault."""
    read = reader("")
    assert read.take("days", int, 3) == 3
    read.finish()


def test_a_needed_key_left_out_is_a_fault_at_its_table() -> None:
    """The table's header is the nearest place that exists."""
    read = reader("x = 1\n[[step]]\ndo = 'pay'")
    (step,) = read.tables("step")
    assert step.need("by", str, "nobody") == "nobody"
    assert noted(read) == [(2, 1, '"by" is missing; write by = ...')]


WRONG: list[tuple[str, type[object], int, str]] = [
    ('k = "seven"', int, 5, 'k must be a whole number, not the text "seven"'),
    ("k = true", int, 5, "k must be a whole number, not true"),
    ("k = 1.5", int, 5, "k must be a whole number, not the number 1.5"),
    ("k = 1", bool, 5, "k must be true or false, not the number 1"),
    ("k = 7", str, 5, "k must be a text in quotes, not the number 7"),
    ("k = 2026-01-01", str, 5, "k must be a text in quotes, not the date or time 2026-01-01"),
    ("k = [1]", str, 5, "k must be a text in quotes, not a list"),
    ("k = {}", str, 5, "k must be a text in quotes, not a table"),
    ("k = 'a'", tuple[str, ...], 5, 'k must be a list in brackets, not the text "a"'),
    ("k = ['a', 2]", tuple[str, ...], 11, "each item of k must be a text in quotes"),
    ("k = []", dict[str, int], 5, "k must be a table of key = value, not a list"),
    ("k = { DE = 'x' }", dict[str, int], 12, "each item of k must be a whole number"),
    ("k = 'gren'", Colour, 5, '"red" or "green", not the text "gren"; did you mean "green"?'),
    ("k = 3", Colour, 5, 'k must be "red" or "green", not the number 3'),
    ("k = ['red']", Colour, 5, 'k must be "red" or "green", not a list'),
]


@pytest.mark.parametrize(("text", "kind", "column", "says"), WRONG)
def test_a_wrong_kind_says_what_must_stand_there(
    text: str, kind: type[object], column: int, says: str
) -> None:
    """The default is returned, and the fault is at the value itself."""
    read = reader(text)
    default = object()
    assert read.need("k", kind, default) is default
    ((line, at, message),) = noted(read)
    assert (line, at) == (1, column)
    assert says in message


def test_a_long_text_is_cut_in_a_message() -> None:
    """The message is printed with its source line anyway."""
    read = reader(f"k = '{'x' * 3000}'")
    read.take("k", int, 0)
    assert len(read.faults[0].message) < 120


def test_an_unknown_key_is_reported_with_the_nearest_known_one() -> None:
    """The fault is at the key, not at its value."""
    read = reader("format = 1\n  titel = 'x'")
    read.only("format", "title")
    assert noted(read) == [(2, 3, 'unknown key "titel"; did you mean "title"?')]


def test_an_unknown_key_near_to_none_is_reported_with_all_known_ones() -> None:
    """The message always says what would be right."""
    read = reader("zebra = 1")
    read.only("format", "title")
    assert noted(read) == [(1, 1, 'unknown key "zebra"; known are format, title')]


def test_tables_are_read_each_at_its_own_place() -> None:
    """Both forms of a list of tables work; an item that is no table is a fault."""
    read = reader("line = [{ a = 1 }, 2, { a = 'x' }]\n[[step]]\n[[step]]\na = 'y'")
    assert [each.take("a", int, 0) for each in read.tables("line")] == [1, 0]
    assert [each.take("a", int, 0) for each in read.tables("step")] == [0, 0]
    assert [(line, column) for line, column, _ in noted(read)] == [(1, 20), (1, 29), (4, 5)]


def test_a_table_left_out_is_empty() -> None:
    """There is nothing to read, and no fault."""
    read = reader("")
    assert read.table("cast").values == {}
    assert read.tables("step") == ()
    read.finish()


def test_a_table_that_is_none_is_a_fault() -> None:
    """Reading goes on after it."""
    read = reader("cast = 1\nstep = { a = 1 }")
    assert read.table("cast").values == {}
    assert read.tables("step") == ()
    assert [message for _, _, message in noted(read)] == [
        "cast must be a table, not the number 1",
        "step must be a list of tables, [[step]], not a table",
    ]


def test_other_code_reports_at_a_place_relative_to_the_table() -> None:
    """A fault that only a later check finds is at its place too."""
    read = reader("[a]\nb = [1, 2]\n")
    inner = read.table("a")
    inner.report("b", "value of b")
    inner.report(("b", 1), "second item")
    inner.report("b", "key of b", at="key")
    inner.report((), "the table")
    assert [(line, column) for line, column, _ in noted(read)] == [(2, 5), (2, 9), (2, 1), (1, 1)]


def test_another_format_is_not_guessed_at() -> None:
    """A file with a later format is a fault, and so is one without a format."""
    read = reader("format = 2")
    read.need_format(1)
    assert noted(read) == [(1, 10, "format 2 is not known here; write format = 1")]
    silent = reader("")
    silent.need_format(1)
    assert noted(silent) == [(1, 1, '"format" is missing; write format = ...')]


def test_all_faults_are_raised_at_once() -> None:
    """Sorted by place, including those of inner tables."""
    read = reader("a = 1\n[t]\nb = 2")
    read.table("t").take("b", str, "")
    read.take("a", str, "")
    with pytest.raises(Faults) as error:
        read.finish()
    assert [fault.line for fault in error.value.faults] == [1, 3]
