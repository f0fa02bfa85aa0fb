"""Finds the value at a path such as `orders/A/phase` in the result of a story."""

from collections.abc import Mapping, Sequence

import msgspec

from escrow_tui.engine.money import CURRENCIES


class UnknownPath(Exception):  # noqa: N818 - its text is a sentence for a person
    """There is nothing at the path; the text says what there is instead."""


def look_up(found: object, path: str) -> object:
    """Return the value at a path; an account that was never used holds 0.

    Raises:
        UnknownPath: with a sentence that says what there is.
    """
    words = path.split("/")
    if len(words) == 3 and words[0] == "balances" and words[2] in CURRENCIES:
        balances = _inner(found, "balances", "")
        assert isinstance(balances, Mapping)
        return balances.get(words[1], {}).get(words[2], 0)
    for depth, word in enumerate(words):
        found = _inner(found, word, "/".join(words[:depth]))
    return found


def _inner(found: object, word: str, above: str) -> object:
    if isinstance(found, Mapping):
        if word in found:
            return found[word]
        known = tuple(found)
    elif isinstance(found, Sequence) and not isinstance(found, str):
        if word.isascii() and word.isdigit() and int(word) < len(found):
            return found[int(word)]
        known = tuple(str(index) for index in range(len(found)))
    else:
        raise UnknownPath(f'there is no "{word}" inside {above}, which is {written(found)}')
    there = ", ".join(known) or "nothing"
    raise UnknownPath(f'there is no "{word}" in {above or "the result"}; it holds {there}')


def written(value: object) -> str:
    """Return a value as JSON, so that 0, false and "0" differ."""
    return msgspec.json.encode(value, order="sorted").decode()


def is_expected(expected: object, came: object) -> bool:
    """Tell whether a value is the one expected; TOML has no null, so "null" stands for it."""
    return written(came) == written(expected) or (came is None and expected == "null")
