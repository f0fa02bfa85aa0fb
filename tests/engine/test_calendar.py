"""Business days skip weekends and holidays and keep the time of day."""

from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from escrow_tui.engine.calendar import WEEKDAYS, add_business_days
from escrow_tui.engine.policy import Policy
from tests.given.orders import POLICY

CHRISTMAS = msgspec.structs.replace(POLICY, holidays=("2026-12-25", "2026-12-28"))
FRIDAY_OFF = msgspec.structs.replace(POLICY, weekend=("friday",))
ALWAYS_OPEN = msgspec.structs.replace(POLICY, weekend=())


def seconds(text: str) -> int:
    """Return the UTC seconds of an ISO instant."""
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


@pytest.mark.parametrize(
    ("start", "days", "policy", "end"),
    [
        ("2026-03-02T09:00:00", 1, POLICY, "2026-03-03T09:00:00"),
        ("2026-03-06T09:30:15", 1, POLICY, "2026-03-09T09:30:15"),
        ("2026-03-07T09:00:00", 1, POLICY, "2026-03-09T09:00:00"),
        ("2026-03-08T23:59:59", 1, POLICY, "2026-03-09T23:59:59"),
        ("2026-03-07T09:00:00", 0, POLICY, "2026-03-07T09:00:00"),
        ("2026-03-02T09:00:00", 10, POLICY, "2026-03-16T09:00:00"),
        ("2026-12-24T12:00:00", 1, CHRISTMAS, "2026-12-29T12:00:00"),
        ("2026-03-05T12:00:00", 2, FRIDAY_OFF, "2026-03-08T12:00:00"),
        ("2028-02-28T00:00:00", 1, ALWAYS_OPEN, "2028-02-29T00:00:00"),
        ("1969-12-31T23:00:00", 1, POLICY, "1970-01-01T23:00:00"),
    ],
)
def test_business_days_are_counted(start: str, days: int, policy: Policy, end: str) -> None:
    """Over weekends, holidays after a weekend, a leap day, and before 1970."""
    assert add_business_days(seconds(start), days, policy) == seconds(end)


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 4_000_000_000), st.integers(0, 40), st.integers(0, 40))
def test_days_added_in_two_goes_are_the_same_days(start: int, first: int, second: int) -> None:
    """Only the sum matters, and the result is never a day off."""
    end = add_business_days(start, first + second, CHRISTMAS)
    halfway = add_business_days(start, first, CHRISTMAS)
    assert add_business_days(halfway, second, CHRISTMAS) == end
    if first + second:
        day = datetime.fromtimestamp(end, UTC)
        assert WEEKDAYS[day.weekday()] not in CHRISTMAS.weekend
        assert day.date().isoformat() not in CHRISTMAS.holidays
