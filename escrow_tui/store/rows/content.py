"""What is kept and cannot be read: a newer version of the program wrote it, or it is damaged."""

import hashlib
import re
from contextlib import suppress
from enum import StrEnum
from typing import TypeVar

import msgspec

from escrow_tui.store.problems import LastingProblem

_Word = TypeVar("_Word", bound=StrEnum)

# msgspec's words for what a newer version adds. The tags of events and commands stand under `event`
# and `do`, an enum's word under its field, and in a list under nothing but a number.
_FIELD = re.compile(
    r"Object contains unknown field `(?P<name>.*?)`(?P<deep> - at `.*`)?\Z", re.DOTALL
)
_VALUE = re.compile(r"Invalid (?:enum )?value '(?P<value>.*)' - at `(?P<path>.*)`\Z", re.DOTALL)
_NAME = re.compile(r"[a-z_]+")
_LONGER = "Expected `array` of at most length"
_UPGRADE = "upgrade the program"
_EXAMINE = "examine the store with: escrow-tui store doctor"


class ContentProblem(LastingProblem):
    """Something that is kept cannot be read; nothing was changed.

    `why` goes on where the place has been named. What is `newer` is sound: a newer version of the
    program wrote it.
    """

    def __init__(self, place: str, why: str, *, newer: bool) -> None:
        self.why, self.newer = why, newer
        super().__init__(f"{place} {why}; {_UPGRADE if newer else _EXAMINE}.")


def unreadable(place: str, error: ValueError, part: str = "field") -> ContentProblem:
    """Say why something cannot be read: it holds a name of a newer version, or is damaged.

    `part` is what a field of it is called, and not one of its parts.
    """
    if named := _named(str(error), part):
        return unknown(place, named)
    return ContentProblem(place, f"cannot be read ({error})", newer=False)


def unknown(place: str, what: str) -> ContentProblem:
    """Say that something of a newer version stands there."""
    return ContentProblem(place, f"holds {what}, which this version does not know", newer=True)


def word_of(kind: type[_Word], text: str) -> _Word:
    """Return a stored text as one of our words.

    Raises:
        ContentProblem: a newer version has more words of this kind.
    """
    try:
        return kind(text)
    except ValueError as error:
        raise unknown("The store", f"the word {text!r:.60}") from error


def content_hash(content: bytes) -> str:
    """Return the SHA-256 of a policy's content as it is kept, whatever rows stand in it.

    The rows are put in the order of their names first: the oldest content is kept in another.
    """
    # What is damaged has a hash of its own.
    with suppress(ValueError):
        content = msgspec.json.encode(msgspec.json.decode(content), order="sorted")
    return hashlib.sha256(content).hexdigest()


def _named(error: str, part: str) -> str:
    """Return what msgspec's sentence says is unknown; "" where it says something else."""
    if found := _FIELD.match(error):
        return f"the {'field' if found['deep'] else part} {found['name']!r:.60}"
    if found := _VALUE.match(error):
        name = _NAME.findall(found["path"])[-1:] or ["word"]
        kind = "command" if name == ["do"] else name[0].replace("_", " ")
        return f"the {kind} {found['value']!r:.60}"
    return "one field more" if error.startswith(_LONGER) else ""
