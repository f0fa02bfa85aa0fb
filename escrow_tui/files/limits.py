"""What a file must not contain: shapes too costly to parse, and values nobody can mean."""

import math
import re
import unicodedata
from collections.abc import Iterator, Mapping

from escrow_tui.files.fault import At, Place

MAX_BYTES = 256_000
MAX_LINE = 4_096
MAX_DOTS = 16
MAX_BRACKETS = 64
MAX_INTEGER = 2**63

# Strings and comments are one token each, so that dots and brackets in them do not count. An
# unclosed string ends with its line or with the file; the parser then refuses it.
TOKEN = re.compile(
    r'''(?P<text>"""(?:\\.|[^\\])*?(?:"{3,5}|\Z)|\'\'\'.*?(?:'{3,5}|\Z)'''
    r"""|"(?:\\.|[^"\\\n])*"?|'[^'\n]*'?|\#[^\n]*)"""
    r"""|(?P<open>[\[{])|(?P<close>[\]}])|(?P<dot>\.)|(?P<end>[=,\n])""",
    re.DOTALL,
)


def first_breach(text: str) -> tuple[int, int, str] | None:
    """Return line, column and sentence of the first shape that the parser must not see, if any."""
    for number, line in enumerate(text.split("\n"), start=1):
        if len(line) > MAX_LINE:
            return number, MAX_LINE + 1, f"this line is too long; at most {MAX_LINE:,} characters"
    found = _crowded(text)
    if found is None:
        return None
    offset, message = found
    start = text.rfind("\n", 0, offset) + 1
    return text.count("\n", 0, offset) + 1, offset - start + 1, message


def _crowded(text: str) -> tuple[int, str] | None:
    """Return offset and sentence of the first key with too many dots, or of too many brackets."""
    dots = on_line = depth = 0
    for token in TOKEN.finditer(text):
        kind = token.lastgroup
        if kind == "dot":
            dots += 1
        elif kind != "text":
            dots = 0
        if "\n" in token[0]:
            on_line = 0
        if kind == "open":
            on_line, depth = on_line + 1, depth + 1
        elif kind == "close":
            depth -= 1
        if dots > MAX_DOTS:
            return token.start(), f"a key has too many dots; at most {MAX_DOTS}"
        if max(on_line, depth) > MAX_BRACKETS:
            return token.start(), f"too many brackets; at most {MAX_BRACKETS} on a line or open"
    return None


def refused_values(data: Mapping[str, object]) -> Iterator[tuple[Place, At, str]]:
    """Yield the place and a sentence for each key or value that is legal TOML but refused."""
    waiting: list[tuple[Place, object]] = [((), data)]
    # A list instead of recursion: dotted keys can nest deeper than brackets.
    while waiting:
        place, value = waiting.pop()
        if isinstance(value, dict):
            for key, inner in value.items():
                waiting.append(((*place, key), inner))
                if _has_control(key):
                    yield (*place, key), "key", "a control character in a key; take it out"
        elif isinstance(value, list):
            waiting.extend(((*place, index), inner) for index, inner in enumerate(value))
        elif message := _refused(value):
            yield place, "value", message


def _refused(value: object) -> str:
    if isinstance(value, float) and not math.isfinite(value):
        return f"{value} is no amount of anything; write a number"
    if isinstance(value, int) and not -MAX_INTEGER <= value < MAX_INTEGER:
        return "this whole number is too large; at most 19 digits, within 64 bits"
    if isinstance(value, str) and _has_control(value):
        return "a control character in a text; only a new line and a tab may stand there"
    return ""


def _has_control(text: str) -> bool:
    return any(unicodedata.category(char) == "Cc" and char not in "\n\t" for char in text)
