"""Finds words of the truth in texts that a trainee can read before the debrief."""

from collections.abc import Iterator

from escrow_tui.files import Place, Reader

_HEAD = ("title", "family", "preview", "task")
_SAID = ("text", "note", "shows", "title")


def report_leaks(reader: Reader, words: tuple[str, ...]) -> None:
    """Report each text that the trainee may see and that contains one of the words.

    The last hint may give everything away, so it is not searched.
    """
    secrets = [word.casefold() for word in words if word.strip()]
    for place, text in _shown(reader.values):
        for word in secrets:
            if word in text.casefold():
                reader.report(place, f'this tells the truth too early: "{word}"; say it otherwise')


def _shown(values: dict[str, object]) -> Iterator[tuple[Place, str]]:
    for key in _HEAD:
        yield from _texts(values.get(key), (key,))
    yield from _texts(values.get("objectives"), ("objectives",))
    hints = values.get("hints")
    if isinstance(hints, list):
        yield from _texts(hints[:-1], ("hints",))
    for key in ("order", "setup", "inject", "evidence"):
        yield from _said(values.get(key), (key,))


def _said(value: object, place: Place) -> Iterator[tuple[Place, str]]:
    """Yield every text under a key that a screen shows, at any depth."""
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _said(item, (*place, index))
    elif isinstance(value, dict):
        for key, item in value.items():
            if key in _SAID:
                yield from _texts(item, (*place, key))
            else:
                yield from _said(item, (*place, key))


def _texts(value: object, place: Place) -> Iterator[tuple[Place, str]]:
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _texts(item, (*place, index))
