"""A fault in a file: where it is, what is wrong, and what would be right."""

from collections.abc import Iterable
from typing import Literal
from unicodedata import east_asian_width

import msgspec

Place = tuple[str | int, ...]
"""The keys and indexes that lead to a value, as in ("step", 3, "do")."""

At = Literal["key", "value"]

SHOWN_COLUMNS = 90
LONGEST_WORD = 64


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is wrong in a file; line and column count from 1, columns in characters."""

    file: str
    line: int
    column: int
    message: str
    excerpt: str

    def __str__(self) -> str:
        return visible(f"{self.file}:{self.line}:{self.column} {self.message}")

    def shown(self) -> str:
        """Return the fault, its source line, and a caret under the column."""
        if not self.excerpt.strip():
            return str(self)
        # Only a window around the column: a line may be longer than any terminal.
        first = max(0, self.column - 1 - SHOWN_COLUMNS // 2)
        text = visible(self.excerpt[first : first + SHOWN_COLUMNS])
        before = text[: self.column - 1 - first]
        return f"{self}\n  {text}\n  {' ' * _width(before)}^"


class Faults(Exception):  # noqa: N818 - it carries faults of a file, all at once
    """Every fault of the files that were read, in the order of their lines."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda each: (each.file, each.line, each.column)))
        super().__init__("\n".join(str(fault) for fault in self.faults))


def fault_at(name: str, text: str, line: int, column: int, message: str) -> Fault:
    """Return a fault at a line and column of a text."""
    lines = text.split("\n")
    excerpt = lines[line - 1] if line <= len(lines) else ""
    return Fault(file=name, line=line, column=column, message=message, excerpt=excerpt)


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """Return the end of a sentence that suggests the choice nearest to `word`, "" if none is."""
    # Imported here because most files have no fault.
    from difflib import get_close_matches

    near = get_close_matches(word[:LONGEST_WORD], tuple(choices), n=1)
    return f'; did you mean "{near[0]}"?' if near else ""


def visible(text: str) -> str:
    """Return the text with a visible character in place of each that would control a terminal."""
    return "".join(
        char if char.isprintable() else " " if char.isspace() else "\N{REPLACEMENT CHARACTER}"
        for char in text
    )


def _width(text: str) -> int:
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)
