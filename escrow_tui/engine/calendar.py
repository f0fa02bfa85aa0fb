"""Business days under a policy's weekend and holidays, in whole UTC seconds."""

from datetime import date
from functools import cache

from escrow_tui.engine.instant import DAY
from escrow_tui.engine.policy import Policy

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
EPOCH_ORDINAL = date(1970, 1, 1).toordinal()


def add_business_days(start: int, days: int, policy: Policy) -> int:
    """Return the instant `days` business days after `start`, at the same time of day.

    `start` and the result are UTC seconds since 1970; 0 days is `start` itself. The policy rows
    are `weekend`, which leaves at least one day of the week, and `holidays`.
    """
    weekend, holidays = _free(policy.weekend, policy.holidays)
    day, time_of_day = divmod(start, DAY)
    left = days
    while left > 0:
        day += 1
        ordinal = day + EPOCH_ORDINAL
        # Day 1 of the calendar was a Monday.
        if (ordinal - 1) % len(WEEKDAYS) not in weekend and ordinal not in holidays:
            left -= 1
    return day * DAY + time_of_day


@cache
def _free(
    weekend: tuple[str, ...], holidays: tuple[str, ...]
) -> tuple[frozenset[int], frozenset[int]]:
    """Return the weekdays (Monday is 0) and the ordinals of dates that are no business days."""
    return (
        frozenset(number for number, name in enumerate(WEEKDAYS) if name in weekend),
        frozenset(date.fromisoformat(holiday).toordinal() for holiday in holidays),
    )
