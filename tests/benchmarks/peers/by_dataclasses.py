"""Events to and from JSON by the standard library: frozen dataclasses, `asdict` and `json`.

The dataclasses are made from the engine's own events, field by field, nested values included. What
JSON loses (tuples, enums, nested types) is rebuilt by converters that are made once.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, make_dataclass
from enum import StrEnum
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

import msgspec

from escrow_tui.engine.events import EVENTS, AnyEvent, Event, name_of

Convert = Callable[[Any], Any]


@cache
def twin_of(kind: type[msgspec.Struct]) -> type[Any]:
    """Return a frozen dataclass with the fields of an event, or of a value in an event."""
    hints = get_type_hints(kind)
    return make_dataclass(
        kind.__name__, [(name, hints[name]) for name in kind.__struct_fields__], frozen=True
    )


def twin(value: Any) -> Any:
    """Return an event, or a value in an event, as its dataclass."""
    if isinstance(value, tuple):
        return tuple(twin(one) for one in value)
    if not isinstance(value, msgspec.Struct):
        return value
    fields = (twin(getattr(value, name)) for name in value.__struct_fields__)
    return twin_of(type(value))(*fields)


@cache
def _builder(kind: type[msgspec.Struct]) -> Convert:
    """Return a function that builds a dataclass from a JSON object."""
    hints = get_type_hints(kind)
    found = ((name, _converter(hints[name])) for name in kind.__struct_fields__)
    converters = [(name, convert) for name, convert in found if convert is not None]
    made = twin_of(kind)

    def build(fields: dict[str, Any]) -> Any:
        for name, convert in converters:
            fields[name] = convert(fields[name])
        return made(**fields)

    return build


def _converter(hint: Any) -> Convert | None:
    """Return a function that restores a value's type; None if JSON keeps it."""
    if get_origin(hint) is tuple:
        of = _converter(get_args(hint)[0])
        return tuple if of is None else lambda values: tuple([of(one) for one in values])
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        return _builder(hint)
    return None


class Codec:
    """Writes events with their names and reads them."""

    def __init__(self, kinds: Iterable[type[Event]]) -> None:
        self._names = {twin_of(kind): str(kind.__struct_config__.tag) for kind in kinds}
        self._builders = {name: _builder(EVENTS[name]) for name in self._names.values()}

    def encode(self, twins: tuple[Any, ...]) -> str:
        """Write the events of one command."""
        return json.dumps([{"event": self._names[type(one)], **asdict(one)} for one in twins])

    def decode(self, text: str) -> tuple[Any, ...]:
        """Read the events of one command."""
        return tuple([self._builders[one.pop("event")](one) for one in json.loads(text)])


def codec_for(events: Iterable[AnyEvent]) -> Codec:
    """Return a codec for the kinds of these events."""
    return Codec({EVENTS[name_of(event)] for event in events})
