"""Money as whole minor units: reading, writing, splitting."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from escrow_tui.engine.money import (
    CURRENCIES,
    MOST_MINOR,
    Money,
    decimals,
    parse_money,
    plain,
    shares,
)


@pytest.mark.parametrize(
    ("text", "minor", "currency"),
    [
        ("25.99 USD", 2_599, "USD"),
        ("25.9 USD", 2_590, "USD"),
        ("25 USD", 2_500, "USD"),
        ("  0.01 EUR ", 1, "EUR"),
        ("0 EUR", 0, "EUR"),
        ("500 JPY", 500, "JPY"),
        ("1.234 KWD", 1_234, "KWD"),
        ("1.2 KWD", 1_200, "KWD"),
    ],
)
def test_an_amount_is_read_in_its_currencys_minor_units(
    text: str, minor: int, currency: str
) -> None:
    """Two decimals for most, none for the yen, three for the dinar."""
    assert parse_money(text) == Money(minor, currency)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("", "write it like"),
        ("twenty USD", "write it like"),
        ("-5.00 USD", "write it like"),
        ("1e3 USD", "write it like"),
        ("NaN USD", "write it like"),
        ("1.999 USD", "written with 2"),
        ("1.5 JPY", "written with 0"),
        ("1.00", '^"" is not a currency'),
        ("1.00 XXX", "not a currency"),
        ("1.00 usd", "not a currency"),
        ("100000000000.01 USD", "too large"),
        ("１.00 USD", "write it like"),
    ],
)
def test_what_is_no_amount_is_refused_with_what_would_be_right(text: str, hint: str) -> None:
    """Every error shows a form that is right."""
    with pytest.raises(ValueError, match=hint):
        parse_money(text)


@pytest.mark.parametrize(("currency", "example"), [("", "25.99 USD"), ("EUR", "25.99 EUR")])
def test_the_form_that_is_right_is_shown_in_the_orders_currency(
    currency: str, example: str
) -> None:
    """Or in dollars if the currency is not known."""
    with pytest.raises(ValueError, match=f'"x" is not an amount; write it like "{example}"'):
        parse_money("x", currency)


def test_an_amount_without_a_currency_takes_the_one_given() -> None:
    """A currency in the text wins over the one given."""
    assert parse_money("25.99", "EUR") == Money(2_599, "EUR")
    assert parse_money("25.99 USD", "EUR") == Money(2_599, "USD")


@pytest.mark.parametrize(
    ("minor", "currency", "text"),
    [
        (2_599, "USD", "25.99"),
        (5, "USD", "0.05"),
        (-1_250, "USD", "-12.50"),
        (-5, "KWD", "-0.005"),
        (500, "JPY", "500"),
        (0, "EUR", "0.00"),
    ],
)
def test_minor_units_are_written_as_decimals(minor: int, currency: str, text: str) -> None:
    """The sign comes first even below one unit."""
    assert plain(minor, currency) == text


@settings(max_examples=60, deadline=None)
@given(st.integers(0, MOST_MINOR), st.sampled_from(sorted(CURRENCIES)))
def test_what_is_written_is_read_back(minor: int, currency: str) -> None:
    """In every currency."""
    assert parse_money(str(Money(minor, currency))) == Money(minor, currency)


@pytest.mark.parametrize(("currency", "places"), [("JPY", 0), ("USD", 2), ("BHD", 3)])
def test_a_currency_has_its_decimals(currency: str, places: int) -> None:
    """One currency of each kind in ISO 4217."""
    assert decimals(currency) == places


@pytest.mark.parametrize(
    ("total", "weights", "parts"),
    [
        (29_000, (1, 1, 1), (9_667, 9_667, 9_666)),
        (100, (60, 40), (60, 40)),
        (1, (1, 1), (1, 0)),
        (10, (0, 3), (0, 10)),
        (0, (1, 2), (0, 0)),
        (5, (1, 1, 8), (1, 0, 4)),
    ],
)
def test_shares_follow_the_largest_remainder(
    total: int, weights: tuple[int, ...], parts: tuple[int, ...]
) -> None:
    """On a tie, the earlier line gets the unit."""
    assert shares(total, weights) == parts


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**9), st.lists(st.integers(1, 10**6), min_size=1, max_size=8))
def test_shares_sum_to_the_whole_and_are_fair(total: int, weights: list[int]) -> None:
    """No share differs from its exact value by one unit or more."""
    parts = shares(total, weights)
    assert sum(parts) == total
    whole = sum(weights)
    assert all(
        abs(part * whole - total * weight) < whole
        for part, weight in zip(parts, weights, strict=True)
    )


@pytest.mark.parametrize("weights", [(), (0, 0)])
def test_shares_need_a_positive_weight(weights: tuple[int, ...]) -> None:
    """Without one, it is an error in the caller."""
    with pytest.raises(ValueError, match="positive weight"):
        shares(1, weights)
