"""How a row of a policy is declared: its bounds, its timers, and its value for older content."""

from enum import StrEnum
from typing import TypeVar, cast

import msgspec
from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from escrow_tui.engine.instant import HOUR
from escrow_tui.engine.timer import AnyTimer, Timer

MOST_DAYS = 3_650
T = TypeVar("T")


class Names(StrEnum):
    """What kind of names a row is written with."""

    COUNTRIES = "countries"
    REASONS = "reasons"
    WEEKDAYS = "weekdays"
    DATES = "dates"


class PolicyRow(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a row beside its type.

    `low` and `high` bound each number in it; both are 0 for a row without numbers. `older` is its
    value for every policy that was kept before the row was added, UNSET for the first rows.
    """

    low: int = 0
    high: int = 0
    names: Names | None = None
    timers: tuple[AnyTimer, ...] = ()
    older: object = UNSET


class PolicyType(msgspec.StructMeta):
    """Makes a policy: keeps each row's declaration in `rows`, beside the field with its value."""

    rows: dict[str, PolicyRow]

    def __new__(
        mcs,
        name: str,
        bases: tuple[type, ...],
        namespace: dict[str, object],
        *,
        frozen: bool = False,
        kw_only: bool = False,
        forbid_unknown_fields: bool = False,
    ) -> "PolicyType":
        """Take the declarations out of the class's body, and leave the values for older content."""
        declared = {key: one for key, one in namespace.items() if isinstance(one, PolicyRow)}
        older = {key: row.older for key, row in declared.items() if row.older is not UNSET}
        rest = {key: one for key, one in namespace.items() if key not in declared}
        made = super().__new__(
            mcs,
            name,
            bases,
            {**rest, **older},
            frozen=frozen,
            kw_only=kw_only,
            forbid_unknown_fields=forbid_unknown_fields,
        )
        fields = msgspec.structs.fields(cast(type[msgspec.Struct], made))
        rows = {field.name: declared.get(field.name, PolicyRow()) for field in fields}
        made.rows = {key: _named(row, key) for key, row in rows.items()}
        return made


def _named(row: PolicyRow, name: str) -> PolicyRow:
    """Tell each timer of a row which row declares it."""
    return replace(row, timers=tuple(replace(timer, rule=name) for timer in row.timers))


def row(
    *, low: int = 0, high: int = 0, names: Names | None = None, older: T | UnsetType = UNSET
) -> T:
    """Declare a row of any type."""
    return cast(T, PolicyRow(low=low, high=high, names=names, older=older))


def days(low: int, *timers: AnyTimer, older: int | UnsetType = UNSET) -> int:
    """Declare a number of days, `low` at least, and the timers that it sets."""
    return cast(int, PolicyRow(low=low, high=MOST_DAYS, timers=timers, older=older))


def hours(low: int, timer: Timer, *, older: int | UnsetType = UNSET) -> int:
    """Declare a number of hours, `low` at least, and the timer that it sets."""
    timers = (replace(timer, unit=HOUR),)
    return cast(int, PolicyRow(low=low, high=MOST_DAYS * 24, timers=timers, older=older))
