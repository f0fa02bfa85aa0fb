"""The values of a policy's rows as a file writes them, to and from the engine's Policy.

A file writes an amount as a text such as "15.00 USD", and pairs as a table.
"""

from collections.abc import Mapping
from typing import get_origin

import msgspec

from escrow_tui.engine.money import Money, parse_money
from escrow_tui.engine.policy import Policy
from escrow_tui.engine.terms import Side
from escrow_tui.files import Reader
from escrow_tui.policy.row_checks import AMOUNTS, row_faults

_WRITTEN: dict[object, type[object]] = {
    Money: str,
    Money | None: str,
    tuple[tuple[str, int], ...]: dict[str, int],
    tuple[tuple[str, str], ...]: dict[str, Side],
}

KINDS: dict[str, type[object]] = {
    field.name: _WRITTEN.get(field.type, field.type) for field in msgspec.structs.fields(Policy)
}

ROWS = tuple(KINDS)
TABLES = frozenset(row for row, kind in KINDS.items() if get_origin(kind) is dict)


def read_value(reader: Reader, key: str, row: str) -> object:
    """Return the value of a row under a key; None if a fault was reported."""
    value = reader.need(key, KINDS[row], None)
    faults = () if value is None else tuple(row_faults(row, value))
    for place, message, at in faults:
        reader.report((key, *place), message, at)
    if value is None or faults:
        return None
    # An amount is shown with its decimals, however it was written.
    return _as_written(row, _as_engine(row, value))


def policy_of(values: Mapping[str, object]) -> Policy:
    """Return the engine's Policy from the checked values of all rows."""
    return msgspec.convert({row: _as_engine(row, value) for row, value in values.items()}, Policy)


def values_of(policy: Policy) -> dict[str, object]:
    """Return the value of each row, as `read_value` does."""
    return {row: _as_written(row, value) for row, value in msgspec.structs.asdict(policy).items()}


def _as_engine(row: str, value: object) -> object:
    if row in AMOUNTS:
        return parse_money(str(value)) if value else None
    return tuple(sorted(value.items())) if isinstance(value, Mapping) else value


def _as_written(row: str, value: object) -> object:
    if row in AMOUNTS:
        return "" if value is None else str(value)
    return dict(value) if row in TABLES and isinstance(value, tuple) else value
