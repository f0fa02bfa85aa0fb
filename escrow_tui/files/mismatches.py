"""Where a value differs from the kind that is expected, in plain words."""

from collections.abc import Iterator
from datetime import date, datetime, time
from enum import StrEnum
from typing import get_args, get_origin

from escrow_tui.files.fault import Place, did_you_mean

WORDS: dict[object, str] = {
    str: "a text in quotes",
    int: "a whole number",
    bool: "true or false",
}
LONGEST_SHOWN = 40


def mismatches(value: object, kind: object) -> Iterator[tuple[Place, str]]:
    """Yield each place inside the value that is not of its kind, with what must be there.

    A kind is str, int, bool, a StrEnum, `tuple[kind, ...]` or `dict[str, kind]`.
    """
    if get_origin(kind) is tuple:
        items = enumerate(value) if isinstance(value, list) else None
        yield from _inside(value, items, "a list in brackets", get_args(kind)[0])
    elif get_origin(kind) is dict:
        pairs = iter(value.items()) if isinstance(value, dict) else None
        yield from _inside(value, pairs, "a table of key = value", get_args(kind)[1])
    elif isinstance(kind, type) and issubclass(kind, StrEnum):
        yield from _not_among(value, tuple(member.value for member in kind))
    elif type(value) is not kind:
        # Not isinstance: to Python, but not to people, true is a whole number.
        yield (), f"must be {WORDS[kind]}, not {describe_value(value)}"


def _inside(
    value: object, items: Iterator[tuple[str | int, object]] | None, words: str, kind: object
) -> Iterator[tuple[Place, str]]:
    if items is None:
        yield (), f"must be {words}, not {describe_value(value)}"
        return
    for step, item in items:
        for place, message in mismatches(item, kind):
            yield (step, *place), message


def _not_among(value: object, choices: tuple[str, ...]) -> Iterator[tuple[Place, str]]:
    if value not in choices:
        near = did_you_mean(value, choices) if isinstance(value, str) else ""
        yield (), f"must be {join_choices(choices)}, not {describe_value(value)}{near}"


def join_choices(choices: tuple[str, ...]) -> str:
    """Return the choices in quotes, with "or" before the last one."""
    quoted = [f'"{choice}"' for choice in choices]
    return " or ".join(filter(None, [", ".join(quoted[:-1]), quoted[-1]]))


def describe_value(value: object) -> str:
    """Return a short description of a value in the words of TOML."""
    match value:
        case str():
            cut = value if len(value) <= LONGEST_SHOWN else value[:LONGEST_SHOWN] + "..."
            return f'the text "{cut}"'
        case bool():
            return str(value).lower()
        case int() | float():
            return f"the number {value}"
        case datetime() | date() | time():
            return f"the date or time {value}"
        case list():
            return "a list"
        case _:
            return "a table"
