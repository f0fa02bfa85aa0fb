"""Counting as the plan words it: business days, exchange, largest remainders, what methods cost."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

DAY = 86_400
HOUR = 3_600
MOST_MINOR = 10**13
MOST_RATE = 100_000
MOST_DAYS_GRANTED = 120
MOST_EVIDENCE = 40
MOST_TEXT = 2_000
MINOR_DIGITS = {"JPY": 0, "KWD": 3, "USD": 2, "EUR": 2}
_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class Method(NamedTuple):
    """What a way to pay does: cash is captured when verified, goes to the wallet, is final."""

    cash: bool
    cost_bps: int
    declines: tuple[str, ...]


_CARD = (
    "verification_failed three_d_secure_failed wrong_security_code insufficient_funds"
    " limit_exceeded card_expired suspected_fraud"
)
METHODS = {
    "credit_card": Method(False, 290, tuple(_CARD.split())),
    "debit_card": Method(False, 190, tuple(_CARD.split())),
    "virtual_card": Method(False, 290, tuple(_CARD.split())),
    "western_union": Method(True, 0, ("not_paid_in", "amount_differs")),
}
# What an agent of Western Union takes for cash up to so much, both in cents.
_AGENT = ((5_000, 495), (10_000, 800), (25_000, 1_000), (50_000, 1_200), (75_000, 1_500))
_AGENT_MOST = 1_800


def cents(amount: int, currency: str) -> int:
    """Return hundredths of a currency's unit in its minor units, rounded down."""
    return int(Fraction(amount * 10 ** MINOR_DIGITS[currency], 100))


def agents_fee(method: Method, price: int, currency: str) -> int:
    """Return what the buyer pays on top for cash."""
    if not method.cash:
        return 0
    steps = [fee for up_to, fee in _AGENT if price <= cents(up_to, currency)]
    return cents(steps[0] if steps else _AGENT_MOST, currency)


def processors_cost(method: Method, price: int, currency: str) -> int:
    """Return what the processor takes of a card: a share, half a unit up, and thirty cents."""
    if method.cash:
        return 0
    return half_up(Fraction(price * method.cost_bps, 10_000)) + cents(30, currency)


def half_up(number: Fraction) -> int:
    """Round to the nearest whole number, half up."""
    return int((number + Fraction(1, 2)) // 1)


def exchanged(minor: int, currency: str, into: str, rate: str) -> int:
    """Return an amount in another currency's minor units at so many of it for one."""
    digits = MINOR_DIGITS[into] - MINOR_DIGITS[currency]
    return half_up(minor * Fraction(rate) * Fraction(10) ** digits)


def right_rate(text: str) -> bool:
    """Tell whether a text is a rate of exchange."""
    try:
        return 0 < Fraction(text) < MOST_RATE and "/" not in text
    except ValueError:
        return False


def split(total: int, weights: Sequence[int]) -> list[int]:
    """Share by largest remainder, the earlier first where two are alike."""
    whole = sum(weights)
    exact = [Fraction(total * weight, whole) for weight in weights]
    parts = [int(share) for share in exact]
    order = sorted(range(len(weights)), key=lambda at: (parts[at] - exact[at], at))
    for at in order[: total - sum(parts)]:
        parts[at] += 1
    return parts


def business_days_after(at: int, days: int, weekend: tuple[str, ...], off: tuple[str, ...]) -> int:
    """Count business days, the time of day kept."""
    return at if not days else at + _business_days(at // DAY, days, weekend, off) * DAY


@lru_cache(maxsize=100_000)
def _business_days(day: int, days: int, weekend: tuple[str, ...], off: tuple[str, ...]) -> int:
    """Count the days until so many business days have passed since a day of the epoch."""
    passed = 0
    while days:
        passed += 1
        then: date = datetime.fromtimestamp((day + passed) * DAY, UTC).date()
        working = _WEEK[then.weekday()] not in weekend and then.isoformat() not in off
        days -= working
    return passed


def is_s10(number: str) -> bool:
    """Tell whether a tracking number has the UPU's S10 form and the digit that checks it."""
    letters, digits, country = number[:2], number[2:11], number[11:]
    if len(digits) != 9 or not (digits.isascii() and digits.isdigit()):
        return False
    shape = (letters + country).isascii() and (letters + country).isalpha() and len(country) == 2
    if not shape or (letters + country).upper() != letters + country:
        return False
    weighed = sum(
        int(digit) * weight
        for digit, weight in zip(digits, b"\x08\x06\x04\x02\x03\x05\x09\x07", strict=False)
    )
    return int(digits[8]) == {10: 0, 11: 5}.get(11 - weighed % 11, 11 - weighed % 11)
