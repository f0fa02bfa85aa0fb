"""Tracking numbers of the UPU's S10 form: two letters, eight digits, a check digit, a country."""

import re
from operator import mul

_FORM = re.compile(r"[A-Z]{2}[0-9]{9}[A-Z]{2}\Z")
_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)
# Check digits of two digits are written as these.
_INSTEAD = {10: 0, 11: 5}


def check_digit(serial: str) -> int:
    """Return the check digit of an eight-digit serial number (UPU S10, weighted modulo 11)."""
    weighted: int = sum(map(mul, _WEIGHTS, map(int, serial)))
    left = 11 - weighted % 11
    return _INSTEAD.get(left, left)


def tracking_number(serial: int, country: str = "CN", service: str = "RR") -> str:
    """Return a valid number for a serial below 100,000,000."""
    digits = f"{serial % 100_000_000:08d}"
    return f"{service}{digits}{check_digit(digits)}{country}"


def tracking_fault(number: str) -> str:
    """Say what is wrong with a tracking number, "" if nothing is."""
    if _FORM.match(number) is None:
        return "it has two letters, nine digits and the letters of a country"
    expected = check_digit(number[2:10])
    return "" if int(number[10]) == expected else f"its check digit would be {expected}"
