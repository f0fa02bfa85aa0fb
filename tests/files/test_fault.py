"""How faults are printed and sorted, and which words are suggested."""

import pytest

from escrow_tui.files import Fault, Faults, did_you_mean


def fault(
    line: int = 2, column: int = 8, message: str = "wrong", excerpt: str = "days = seven"
) -> Fault:
    """Return a fault in a file named a.toml."""
    return Fault(file="a.toml", line=line, column=column, message=message, excerpt=excerpt)


def test_a_fault_reads_file_line_column_message() -> None:
    """Editors and terminals turn this form into a link."""
    assert str(fault()) == "a.toml:2:8 wrong"


def test_a_fault_is_shown_with_its_line_and_a_caret() -> None:
    """The caret is under the column."""
    assert fault().shown() == "a.toml:2:8 wrong\n  days = seven\n         ^"


def test_the_caret_counts_wide_characters_twice() -> None:
    """A Chinese character takes two cells."""
    shown = fault(column=8, excerpt='a = "茶壶" x').shown()
    assert shown.splitlines()[-1] == "  " + " " * 9 + "^"


def test_a_long_line_is_shown_around_its_column() -> None:
    """A line of 4,000 characters must not fill the screen."""
    excerpt = "x" * 2000 + "HERE" + "x" * 2000
    _, text, caret = fault(column=2001, excerpt=excerpt).shown().splitlines()
    assert len(text) < 100
    assert text[caret.index("^") :].startswith("HERE")


def test_a_fault_without_a_line_is_shown_alone() -> None:
    """A missing file has no line to show."""
    assert fault(excerpt="").shown() == "a.toml:2:8 wrong"


@pytest.mark.parametrize("char", ["\x1b", "\r", "\x9b", "\u202e", "\u200b", "\n"])
def test_what_steers_a_terminal_is_made_visible(char: str) -> None:
    """Neither message nor source line can move the cursor or reverse the text."""
    one = fault(message=f"un{char}known", excerpt=f'a = "{char}"')
    assert char not in str(one)
    assert char not in one.shown().split("\n")[1]
    assert len(str(one)) == len("a.toml:2:8 un?known")


def test_faults_come_in_the_order_of_the_file() -> None:
    """They are raised together, sorted by line and column."""
    faults = Faults([fault(line=3), fault(line=2, column=9), fault(line=2, column=1)])
    assert [(each.line, each.column) for each in faults.faults] == [(2, 1), (2, 9), (3, 8)]
    assert str(faults).count("\n") == 2


def test_a_near_word_is_suggested() -> None:
    """The suggestion is the end of a sentence."""
    assert did_you_mean("protection_day", ["holidays", "protection_days"]) == (
        '; did you mean "protection_days"?'
    )


def test_a_far_word_is_not_suggested() -> None:
    """No suggestion is better than a wild guess."""
    assert did_you_mean("zebra", ["holidays", "protection_days"]) == ""
