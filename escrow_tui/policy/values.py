"""What each row of a policy may hold, taken from the fields of the engine's Policy."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

import msgspec

from escrow_tui.engine.calendar import WEEKDAYS
from escrow_tui.engine.policy import Policy
from escrow_tui.files import Place, Reader, did_you_mean

BY_COUNTRY = "protection_days_by_country"

# A file writes the pairs as a table.
KINDS: dict[str, type[object]] = {
    field.name: field.type for field in msgspec.structs.fields(Policy)
} | {BY_COUNTRY: dict[str, int]}

ROWS = tuple(KINDS)

MOST_DAYS = 3_650

RANGES = {
    # With no time at all nobody could pay or ship.
    "payment_due_days": (1, MOST_DAYS),
    "processing_days": (1, MOST_DAYS),
    "verification_hours": (0, MOST_DAYS * 24),
    "max_disputes": (0, 100),
    "commission_bps": (0, 10_000),
    "warn_days": (1, MOST_DAYS),
}


def read_value(reader: Reader, key: str, row: str) -> object:
    """The value of a row that stands under a key; None when a fault was noted."""
    value = reader.need(key, KINDS[row], None)
    faults = () if value is None else tuple(_refusals(row, value))
    for place, message in faults:
        reader.report((key, *place), message)
    return None if faults else value


def policy_of(values: Mapping[str, object]) -> Policy:
    """The engine's Policy from a checked value for each row."""
    by_country = values[BY_COUNTRY]
    pairs = sorted(by_country.items()) if isinstance(by_country, Mapping) else by_country
    return msgspec.convert({**values, BY_COUNTRY: pairs}, Policy)


def values_of(policy: Policy) -> dict[str, object]:
    """The value of each row, as `read_value` would give it."""
    by_country = dict(policy.protection_days_by_country)
    return {**msgspec.structs.asdict(policy), BY_COUNTRY: by_country}


def _refusals(row: str, value: object) -> Iterator[tuple[Place, str]]:
    """Each place inside a value of the right kind that is out of its range, with a sentence."""
    for place, number in _numbers(value):
        low, high = RANGES.get(row, (0, MOST_DAYS))
        if not low <= number <= high:
            yield place, f"{row} must be from {low:,} to {high:,}, not {number:,}"
    if isinstance(value, dict):
        for country in value:
            if not (len(country) == 2 and country.isascii() and country.isupper()):
                yield (country,), f'a country is two capital letters such as "DE", not "{country}"'
    if isinstance(value, tuple):
        yield from _twice(row, value)
    if row == "weekend":
        yield from _wrong_weekdays(value)
    if row == "holidays":
        yield from _wrong_dates(value)


def _numbers(value: object) -> Iterator[tuple[Place, int]]:
    if isinstance(value, dict):
        pairs = tuple(value.items())
    elif isinstance(value, tuple):
        pairs = tuple(enumerate(value))
    else:
        pairs = ((None, value),)
    for step, number in pairs:
        if isinstance(number, int) and not isinstance(number, bool):
            yield () if step is None else (step,), number


def _twice(row: str, value: tuple[object, ...]) -> Iterator[tuple[Place, str]]:
    seen: Counter[object] = Counter()
    for index, item in enumerate(value):
        seen[item] += 1
        if seen[item] == 2:
            yield (index,), f"{row} names {item} twice; once is enough"


def _wrong_weekdays(value: object) -> Iterator[tuple[Place, str]]:
    days = value if isinstance(value, tuple) else ()
    for index, day in enumerate(days):
        if day not in WEEKDAYS:
            near = did_you_mean(str(day), WEEKDAYS)
            yield (index,), f'"{day}" is no day of the week; write one such as "sunday"{near}'
    if set(WEEKDAYS) <= set(days):
        yield (), "a week needs a business day; take one day out of weekend"


def _wrong_dates(value: object) -> Iterator[tuple[Place, str]]:
    for index, text in enumerate(value if isinstance(value, tuple) else ()):
        if not _is_date(str(text)):
            yield (index,), f'"{text}" is no date; write one that exists such as "2026-12-25"'


def _is_date(text: str) -> bool:
    try:
        # Only the form YYYY-MM-DD: the other ISO forms read back as this one.
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
