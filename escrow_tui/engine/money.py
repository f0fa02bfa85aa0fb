"""Money as whole minor units of an ISO 4217 currency, never as a float."""

import re
from collections.abc import Sequence

import msgspec

# Currencies whose minor unit is not a hundredth (ISO 4217, 2024).
_NO_DECIMALS = frozenset("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF".split())
_THREE_DECIMALS = frozenset("BHD IQD JOD KWD LYD OMR TND".split())
_TWO_DECIMALS = frozenset(
    "AED AUD BGN BRL CAD CHF CNY CZK DKK EUR GBP HKD HUF IDR ILS INR MXN MYR NGN NOK NZD PHP PLN "
    "RON RUB SAR SEK SGD THB TRY UAH USD ZAR".split()
)
CURRENCIES = _NO_DECIMALS | _TWO_DECIMALS | _THREE_DECIMALS

# A bound that keeps every sum of a market inside SQLite's 64-bit integers.
MOST_MINOR = 10**13

_AMOUNT = re.compile(r"(?P<number>[0-9]{1,15}(?:\.(?P<decimals>[0-9]{1,6}))?)(?: (?P<code>\S+))?\Z")


def decimals(currency: str) -> int:
    """Return how many decimals the currency's amounts are written with: 0, 2 or 3."""
    if currency in _NO_DECIMALS:
        return 0
    return 3 if currency in _THREE_DECIMALS else 2


class Money(msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    """An amount: whole minor units of one currency."""

    minor: int
    currency: str

    def __str__(self) -> str:
        return f"{plain(self.minor, self.currency)} {self.currency}"


def plain(minor: int, currency: str) -> str:
    """Write minor units as a decimal number without the currency, such as `-12.50`."""
    places = decimals(currency)
    sign, digits = ("-" if minor < 0 else ""), str(abs(minor)).rjust(places + 1, "0")
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"


def parse_money(text: str, currency: str = "") -> Money:
    """Read `25.99 USD`, or `25.99` where a currency is given.

    Raises:
        ValueError: with a sentence that says what is wrong and what would be right.
    """
    found = _AMOUNT.match(text.strip())
    if found is None:
        raise ValueError(f'"{text}" is not an amount; write it like "25.99 {currency or "USD"}"')
    code = found["code"] or currency
    if code not in CURRENCIES:
        raise ValueError(f'"{code}" is not a currency known here; write it like "25.99 USD"')
    places, given = decimals(code), found["decimals"] or ""
    if len(given) > places:
        raise ValueError(f'"{text}" has too many decimals; {code} is written with {places}')
    minor = int(found["number"].partition(".")[0] + given.ljust(places, "0"))
    if minor > MOST_MINOR:
        raise ValueError(f'"{text}" is too large; at most {plain(MOST_MINOR, code)} {code}')
    return Money(minor, code)


def shares(total: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Split `total` by `weights` with the largest remainder, earlier first on a tie.

    The shares sum to `total` exactly. Raises ValueError without a positive weight.
    """
    whole = sum(weights)
    if whole <= 0:
        raise ValueError("shares need at least one positive weight")
    floors = [total * weight // whole for weight in weights]
    left = total - sum(floors)
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(total * weights[i] % whole), i))
    for index in by_remainder[:left]:
        floors[index] += 1
    return tuple(floors)
