"""The market's rates of exchange, and the currency of each buyer's country."""

from decimal import ROUND_HALF_UP, Decimal

from escrow_tui.engine.money import decimals

# Units for one US dollar: round figures near those of 2026, fixed so that runs can be repeated.
RATES: dict[str, str] = {
    "USD": "1",
    "EUR": "0.92",
    "GBP": "0.79",
    "BRL": "5.40",
    "CAD": "1.37",
    "AUD": "1.52",
    "JPY": "150",
    "SEK": "10.4",
    "PLN": "3.95",
}

CURRENCY_OF: dict[str, str] = {
    "DE": "EUR",
    "FR": "EUR",
    "ES": "EUR",
    "IT": "EUR",
    "NL": "EUR",
    "AT": "EUR",
    "IE": "EUR",
    "PT": "EUR",
    "GB": "GBP",
    "BR": "BRL",
    "CA": "CAD",
    "AU": "AUD",
    "JP": "JPY",
    "SE": "SEK",
    "PL": "PLN",
}


def own_currency(country: str) -> str:
    """Return the currency that a buyer of this country sees prices in."""
    return CURRENCY_OF.get(country, "USD")


def converted(minor: int, currency: str) -> int:
    """Return US cents in minor units of another currency, half a unit up."""
    scale = Decimal(10) ** (decimals(currency) - 2)
    return int((minor * Decimal(RATES[currency]) * scale).to_integral_value(ROUND_HALF_UP))
