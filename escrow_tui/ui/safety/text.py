"""Makes text that other people typed safe to show: nothing in it commands, hides or deforms.

Text is stored as it was sent; only these functions stand between it and a widget.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from rich.text import Text
from textual.content import Content

LIMIT: Final = 400
MARKS_A_LETTER: Final = 4
"""No script in use needs more marks on one letter; a flood of them covers the lines around."""
SLACK: Final = 8
"""How many characters are looked at for each one shown; the rest is cut unread."""

# Python calls these printable, but they fill a cell, or two, with nothing.
BLANKS: Final = frozenset("\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\u034f")
# Terminals disagree on how wide a letter with a variation selector is.
_SELECTORS: Final = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_PLAIN: Final = re.compile(r"[\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff\u0391-\u03ff\u0410-\u044f]*")


def clean(text: str, limit: int = LIMIT, *, multiline: bool = False) -> str:
    """Return the text, shortened, with every control and invisible character made visible.

    Args:
        text: What somebody typed.
        limit: The greatest length of the answer, in characters.
        multiline: Keep line ends and tabs; otherwise they are made visible too.
    """
    if len(text) <= limit and _PLAIN.fullmatch(text):
        return text
    read = text[: limit * SLACK]
    keep = ""
    if multiline:
        read, keep = read.replace("\r\n", "\n"), "\n\t"
    taken: list[str] = []
    room = limit
    for piece in _pieces(_SELECTORS.sub("", read), keep):
        taken.append(piece)
        room -= len(piece)
        if room < 0:
            break
    if room >= 0 and len(text) <= limit * SLACK:
        return "".join(taken)
    while taken and room < 1:  # drop whole pieces until there is room for the ellipsis
        room += len(taken.pop())
    return "".join((*taken, "…"))


def _pieces(text: str, keep: str) -> Iterator[str]:
    """Yield the characters as they are shown; a mark without a letter gets a circle to stand on."""
    marks, has_letter = 0, False
    for character in text:
        if unicodedata.category(character) in ("Mn", "Me") and character not in BLANKS:
            marks += 1
            if marks > MARKS_A_LETTER:
                continue
            piece = character if has_letter else "◌" + character
        else:
            marks = 0
            piece = character if character in keep else _piece(character)
        has_letter = not piece.isspace()
        yield piece


def _piece(character: str) -> str:
    """Return one character as it is shown: itself, a picture, or its number."""
    category = unicodedata.category(character)
    if category == "Cc":
        code = ord(character)
        if code < 0x20:
            return chr(0x2400 + code)
        return "␡" if code == 0x7F else f"<U+{code:04X}>"
    if category == "Cs":
        return "�"
    if category == "Zs":
        return " "
    if category in ("Cf", "Zl", "Zp") or character in BLANKS:
        return f"<U+{ord(character):04X}>"
    return character


def shown(text: str, limit: int = LIMIT, *, multiline: bool = False) -> Content:
    """Return the text for any of Textual's own widgets: content that is never read as markup."""
    return Content(clean(text, limit, multiline=multiline))


def rich_text(text: str, limit: int = LIMIT) -> Text:
    """Return the text for a DataTable cell or column, or a Tree node, which would cut a Content."""
    return Text(clean(text, limit))


def template(markup: str, **values: object) -> Content:
    """Return our markup with other people's text in it: `template("[b]$name[/b]", name=typed)`.

    Textual inserts the values after it has read the markup, so a value is never read as markup, nor
    a `$` in it as a name. A value may stand only in the text, not inside a tag.
    """
    safe = {name: clean(str(value)) for name, value in values.items()}
    return Content.from_markup(markup, **safe)
