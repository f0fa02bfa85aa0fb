"""What `clean` and its safe forms make of other people's text."""

import time
import unicodedata

import pytest
from textual.content import Content

from escrow_tui.ui.safety.text import LIMIT, MARKS_A_LETTER, clean, rich_text, shown, template
from tests.each import for_each
from tests.given.hostile_text import HOSTILE, MARKUP

INVISIBLE = ("Cc", "Cf", "Cs", "Zl", "Zp")


@for_each("text", HOSTILE)
def test_nothing_that_commands_or_hides_is_left(text: str) -> None:
    """No control, format character, line separator or surrogate survives."""
    assert not [c for c in clean(text) if unicodedata.category(c) in INVISIBLE]


@for_each("text", HOSTILE)
def test_the_length_is_cut(text: str) -> None:
    """Whatever it is made of, the answer is never longer than the limit."""
    assert len(clean(text)) <= LIMIT
    assert len(clean(text, 10, multiline=True)) <= 10


@for_each("text", HOSTILE)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    """So it does no harm to clean a text again."""
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize(
    "text",
    [
        "The spout came off. It cost 25.99!",
        "Чайник разбит",
        "café, naïve, Ærø",
        "茶壶坏了",
        "שלום",
        "e\u0323\u0302 with two marks",
        "half price \U0001f600",
        "[b]not markup[/b]",
    ],
)
def test_honest_text_is_left_alone(text: str) -> None:
    """What people write in their own languages stays as they wrote it."""
    assert clean(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\x1b[31m", "␛[31m"),
        ("a\nb\tc", "a␊b␉c"),
        ("\x7f", "␡"),
        ("\x9b0m", "<U+009B>0m"),
        ("\u202egnp", "<U+202E>gnp"),
        ("a\u200bb", "a<U+200B>b"),
        ("\ud800", "�"),
        ("\u00a0\u3000", "  "),
        ("\u3164", "<U+3164>"),
        ("\u0301a", "◌\u0301a"),
        ("\u2764\ufe0f", "\u2764"),
    ],
)
def test_what_is_invisible_is_shown(text: str, expected: str) -> None:
    """Each kind has its own visible form."""
    assert clean(text) == expected


def test_lines_are_kept_where_they_are_asked_for() -> None:
    """With `multiline`, line ends and tabs stay; a lone carriage return is still made visible."""
    assert clean("a\r\nb\tc\rd", multiline=True) == "a\nb\tc␍d"


def test_a_flood_of_marks_is_limited() -> None:
    """A letter keeps a few marks, not hundreds."""
    assert clean("e" + "\u0301" * 100 + "x") == "e" + "\u0301" * MARKS_A_LETTER + "x"


def test_a_cut_text_ends_in_an_ellipsis_and_not_in_half_a_number() -> None:
    """A character's number is dropped whole if there is no room for all of it."""
    assert clean("abcdef", 5) == "abcd…"
    assert clean("abc\u202e", 8) == "abc…"
    assert clean("abcde", 5) == "abcde"


def test_a_flood_of_text_is_cut_before_it_is_read() -> None:
    """Ten million marks are not looked at one by one."""
    started = time.thread_time()
    assert clean("e" + "\u0301" * 10_000_000).endswith("…")
    assert time.thread_time() - started < 1


@pytest.mark.parametrize("text", MARKUP)
def test_no_safe_form_reads_markup(text: str) -> None:
    """Each form holds the characters as they were typed, with no style on them."""
    content, rich, ours = shown(text), rich_text(text), template("[b]$x[/b]", x=text)
    assert content.plain == rich.plain == ours.plain == clean(text)
    assert content.spans == [] == rich.spans
    assert [(span.start, span.end, span.style) for span in ours.spans] == [(0, len(ours), "b")]


def test_a_template_styles_its_own_words_only() -> None:
    """Values are cleaned, numbers are written, and a `$` in a value is no name."""
    made = template("Seller [b]$name[/b] has $count", name="$count\x1b[/]", count=3)
    assert isinstance(made, Content)
    assert made.plain == "Seller $count␛[/] has 3"
    assert [(span.start, span.end, span.style) for span in made.spans] == [(7, 17, "b")]
