"""A fault in somebody's file: where it is, what is wrong, and what would be right."""

from collections.abc import Iterable
from typing import Literal
from unicodedata import east_asian_width

import msgspec

Place = tuple[str | int, ...]
"""The keys and indexes that lead to a value, as in ("step", 3, "do")."""

At = Literal["key", "value"]

SHOWN_COLUMNS = 90
LONGEST_WORD = 64


class Fault(msgspec.Struct, frozen=True):
    """One thing that is wrong in a file; line and column count characters from 1."""

    file: str
    line: int
    column: int
    message: str
    excerpt: str

    def __str__(self) -> str:
        return visible(f"{self.file}:{self.line}:{self.column} {self.message}")

    def shown(self) -> str:
        """The fault, its source line, and a caret under the column."""
        if not self.excerpt.strip():
            return str(self)
        # A window around the column: a line may be longer than any terminal.
        first = max(0, self.column - 1 - SHOWN_COLUMNS // 2)
        text = visible(self.excerpt[first : first + SHOWN_COLUMNS])
        before = text[: self.column - 1 - first]
        return f"{self}\n  {text}\n  {' ' * _width(before)}^"


class Faults(Exception):  # noqa: N818 - it carries faults of a file, all at once
    """Everything that is wrong in what was read, in the order of the files' lines."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda each: (each.file, each.line, each.column)))
        super().__init__("\n".join(str(fault) for fault in self.faults))


def fault_at(name: str, text: str, line: int, column: int, message: str) -> Fault:
    """A fault at a line and column of a text."""
    lines = text.split("\n")
    excerpt = lines[line - 1] if line <= len(lines) else ""
    return Fault(file=name, line=line, column=column, message=message, excerpt=excerpt)


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """The end of a sentence that names the choice nearest to `word`; empty if none is near."""
    # Imported here because most files have no fault.
    from difflib import get_close_matches

    near = get_close_matches(word[:LONGEST_WORD], tuple(choices), n=1)
    return f'; did you mean "{near[0]}"?' if near else ""


def visible(text: str) -> str:
    """The text with one visible character for each that would steer a terminal."""
    return "".join(
        char if char.isprintable() else " " if char.isspace() else "\N{REPLACEMENT CHARACTER}"
        for char in text
    )


def _width(text: str) -> int:
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)
