"""Stored content that cannot be read: a newer version wrote it, or it is damaged."""

import hashlib
import re
from contextlib import suppress
from enum import StrEnum
from typing import TypeVar

import msgspec

from escrow_tui.store.problems import LastingProblem

_Word = TypeVar("_Word", bound=StrEnum)

# How msgspec reports what a newer version has added. The path ends in `event` or `do` for the tag
# of an event or command, in the field's name for an enum's value, and in a list in just a number.
_FIELD = re.compile(
    r"Object contains unknown field `(?P<name>.*?)`(?P<deep> - at `.*`)?\Z", re.DOTALL
)
_VALUE = re.compile(r"Invalid (?:enum )?value '(?P<value>.*)' - at `(?P<path>.*)`\Z", re.DOTALL)
_NAME = re.compile(r"[a-z_]+")
_LONGER = "Expected `array` of at most length"
_UPGRADE = "upgrade the program"
_EXAMINE = "examine the store with: escrow-tui store doctor"


class ContentProblem(LastingProblem):
    """Stored content cannot be read; nothing was changed.

    `why` continues a sentence that begins with the place. `newer` means that the content is sound,
    but written by a newer version of the program.
    """

    def __init__(self, place: str, why: str, *, newer: bool) -> None:
        self.why, self.newer = why, newer
        super().__init__(f"{place} {why}; {_UPGRADE if newer else _EXAMINE}.")


def unreadable(place: str, error: ValueError, part: str = "field") -> ContentProblem:
    """Return the problem of undecodable content: it has a name of a newer version, or is damaged.

    `part` is the user's word for a top-level field of it, such as "row".
    """
    if named := _named(str(error), part):
        return unknown(place, named)
    return ContentProblem(place, f"cannot be read ({error})", newer=False)


def unknown(place: str, what: str) -> ContentProblem:
    """Return the problem of content that holds something of a newer version."""
    return ContentProblem(place, f"holds {what}, which this version does not know", newer=True)


def word_of(kind: type[_Word], text: str) -> _Word:
    """Return a stored text as a member of an enum.

    Raises:
        ContentProblem: this version has no such member.
    """
    try:
        return kind(text)
    except ValueError as error:
        raise unknown("The store", f"the word {text!r:.60}") from error


def content_hash(content: bytes) -> str:
    """Return the SHA-256 of a policy's stored content, also if it has rows of a newer version.

    The rows are sorted by name first, because the oldest content is stored in another order.
    """
    # Damaged content that is no JSON is hashed as it is.
    with suppress(ValueError):
        content = msgspec.json.encode(msgspec.json.decode(content), order="sorted")
    return hashlib.sha256(content).hexdigest()


def _named(error: str, part: str) -> str:
    """Return what msgspec's message reports as unknown; "" for any other message."""
    if found := _FIELD.match(error):
        return f"the {'field' if found['deep'] else part} {found['name']!r:.60}"
    if found := _VALUE.match(error):
        name = _NAME.findall(found["path"])[-1:] or ["word"]
        kind = "command" if name == ["do"] else name[0].replace("_", " ")
        return f"the {kind} {found['value']!r:.60}"
    return "one field more" if error.startswith(_LONGER) else ""
