"""Checks of a row's value: numbers within their bounds, amounts, and names that exist."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date

import msgspec

from escrow_tui.engine.calendar import WEEKDAYS
from escrow_tui.engine.money import Money, parse_money
from escrow_tui.engine.policy import Policy
from escrow_tui.engine.policy_row import Names
from escrow_tui.engine.terms import Reason
from escrow_tui.files import At, Place, did_you_mean

# The rows that hold an amount of money; an empty text in one of NEVER switches the row off.
_TYPES = {field.name: field.type for field in msgspec.structs.fields(Policy)}
AMOUNTS = frozenset(row for row, kind in _TYPES.items() if kind in (Money, Money | None))
NEVER = frozenset(row for row, kind in _TYPES.items() if kind == Money | None)

RowFault = tuple[Place, str, At]


def row_faults(row: str, value: object) -> Iterator[RowFault]:
    """Yield what is wrong inside a value of the right type: its place and a sentence."""
    declared = Policy.rows[row]
    for place, number in _numbers(value):
        if not declared.low <= number <= declared.high:
            message = f"{row} must be from {declared.low:,} to {declared.high:,}, not {number:,}"
            yield place, message, "value"
    if isinstance(value, tuple):
        yield from _twice(row, value)
    if row in AMOUNTS:
        yield from _wrong_amount(row, str(value))
    if declared.names is not None:
        yield from NAMES[declared.names](value)


def _numbers(value: object) -> Iterator[tuple[Place, int]]:
    if isinstance(value, Mapping):
        pairs = tuple(value.items())
    elif isinstance(value, tuple):
        pairs = tuple(enumerate(value))
    else:
        pairs = ((None, value),)
    for step, number in pairs:
        if isinstance(number, int) and not isinstance(number, bool):
            yield () if step is None else (step,), number


def _twice(row: str, value: tuple[object, ...]) -> Iterator[RowFault]:
    seen: Counter[object] = Counter()
    for index, item in enumerate(value):
        seen[item] += 1
        if seen[item] == 2:
            yield (index,), f"{row} names {item} twice; once is enough", "value"


def _wrong_amount(row: str, text: str) -> Iterator[RowFault]:
    if row in NEVER and not text:
        return
    try:
        amount = parse_money(text)
    except ValueError as error:
        yield (), f"{row}: {error}", "value"
        return
    if row in NEVER and not amount.minor:
        yield (), f'{row} must be more than {amount}; write "" for never', "value"


def _wrong_countries(value: object) -> Iterator[RowFault]:
    for country in value if isinstance(value, Mapping) else ():
        if not (
            len(country) == 2 and country.isascii() and country.isalpha() and country.isupper()
        ):
            yield (
                (country,),
                f'a country is two capital letters such as "DE", not "{country}"',
                "key",
            )


def _wrong_reasons(value: object) -> Iterator[RowFault]:
    for reason in value if isinstance(value, Mapping) else ():
        if reason not in tuple(Reason):
            near = did_you_mean(reason, Reason) or f"; reasons are {', '.join(Reason)}"
            yield (reason,), f'"{reason[:64]}" is no reason to dispute{near}', "key"


def _wrong_weekdays(value: object) -> Iterator[RowFault]:
    days = value if isinstance(value, tuple) else ()
    for index, day in enumerate(days):
        if day not in WEEKDAYS:
            near = did_you_mean(str(day), WEEKDAYS)
            message = f'"{day}" is no day of the week; write one such as "sunday"{near}'
            yield (index,), message, "value"
    if set(WEEKDAYS) <= set(days):
        yield (), "a week needs a business day; take one day out of weekend", "value"


def _wrong_dates(value: object) -> Iterator[RowFault]:
    for index, text in enumerate(value if isinstance(value, tuple) else ()):
        if not _is_date(str(text)):
            message = f'"{text}" is no date; write one that exists such as "2026-12-25"'
            yield (index,), message, "value"


def _is_date(text: str) -> bool:
    try:
        # Only the form YYYY-MM-DD: the other ISO forms are read, but written as this one.
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


NAMES: dict[Names, Callable[[object], Iterator[RowFault]]] = {
    Names.COUNTRIES: _wrong_countries,
    Names.REASONS: _wrong_reasons,
    Names.WEEKDAYS: _wrong_weekdays,
    Names.DATES: _wrong_dates,
}
