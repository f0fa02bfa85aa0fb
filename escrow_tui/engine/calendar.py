"""Business days after a policy's weekend and holidays, in whole UTC seconds."""

from datetime import date

from escrow_tui.engine.policy import Policy

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SECONDS_PER_DAY = 86_400
EPOCH_ORDINAL = date(1970, 1, 1).toordinal()


def add_business_days(start: int, days: int, policy: Policy) -> int:
    """The instant that many business days after `start`, at the same time of day.

    `start` and the result are UTC seconds since 1970; 0 days is `start` itself. The policy rows
    are `weekend`, which leaves at least one day of the week, and `holidays`.
    """
    holidays = {date.fromisoformat(holiday).toordinal() for holiday in policy.holidays}
    day, time_of_day = divmod(start, SECONDS_PER_DAY)
    left = days
    while left > 0:
        day += 1
        ordinal = day + EPOCH_ORDINAL
        # Day 1 of the calendar was a Monday.
        weekday = WEEKDAYS[(ordinal - 1) % len(WEEKDAYS)]
        if weekday not in policy.weekend and ordinal not in holidays:
            left -= 1
    return day * SECONDS_PER_DAY + time_of_day
