"""The fields of an event by name, and their values as words and as whole numbers."""

import msgspec

from escrow_tui.engine.events import Event


def fields_of(kind: type[Event]) -> dict[str, object]:
    """Return the type of every field of an event by name.

    The fields of a struct inside it count as its own: `sources.debt` of a refund is `debt` here.
    """
    types: dict[str, object] = {}
    for field in msgspec.structs.fields(kind):
        if isinstance(field.type, type) and issubclass(field.type, msgspec.Struct):
            types |= {one.name: one.type for one in msgspec.structs.fields(field.type)}
        else:
            types[field.name] = field.type
    return types


def _value(event: Event, field: str) -> object:
    if field in event.__struct_fields__:
        return getattr(event, field)
    within = (getattr(event, name) for name in event.__struct_fields__)
    return next(getattr(one, field) for one in within if hasattr(one, field))


def field_words(event: Event, field: str) -> tuple[str, ...]:
    """Return a field's value as text, one for each item of a list."""
    value = _value(event, field)
    return tuple(_word(one) for one in (value if isinstance(value, tuple) else (value,)))


def _word(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def field_number(event: Event, field: str) -> int:
    """Return a field's whole number, or the length of a list."""
    value = _value(event, field)
    if isinstance(value, tuple):
        return len(value)
    assert isinstance(value, int)
    return value
