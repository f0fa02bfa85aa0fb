"""Tracking numbers in the UPU's S10 format, with its own example."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from escrow_tui.engine.tracking import check_digit, tracking_fault, tracking_number


def test_the_upus_own_example_has_its_check_digit() -> None:
    """47312482 has the check digit 9."""
    assert check_digit("47312482") == 9
    assert tracking_number(47_312_482, "GB") == "RR473124829GB"
    assert tracking_number(47_312_482, "DE", "CP") == "CP473124829DE"
    assert tracking_number(8) == "RR000000080CN"
    assert tracking_number(100_000_008) == tracking_number(8)


@pytest.mark.parametrize(
    ("serial", "digit"), [("00000000", 5), ("00000008", 0), ("00000001", 4), ("00000010", 2)]
)
def test_a_digit_that_would_be_ten_or_eleven_is_replaced(serial: str, digit: int) -> None:
    """Computed by hand: 11 less the weighted sum modulo 11; 10 becomes 0 and 11 becomes 5."""
    assert check_digit(serial) == digit


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 99_999_999))
def test_a_number_that_was_made_is_right(serial: int) -> None:
    """Every serial number gives a valid one."""
    assert tracking_fault(tracking_number(serial)) == ""


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 99_999_999), st.integers(1, 9))
def test_a_wrong_check_digit_is_told_with_the_right_one(serial: int, off: int) -> None:
    """A typo in the last digit is always found."""
    right = tracking_number(serial)
    wrong = f"{right[:10]}{(int(right[10]) + off) % 10}{right[11:]}"
    assert tracking_fault(wrong) == f"its check digit would be {right[10]}"


@pytest.mark.parametrize(
    "number",
    [
        "",
        "RR473124829",
        "rr473124829GB",
        "R1473124829GB",
        "RR47312482GB",
        "RR473124829GB\n",
        "RR473124829GB ",
        "RR４73124829GB",
    ],
)
def test_what_has_not_the_form_is_told_what_the_form_is(number: str) -> None:
    """Two letters, nine digits, a country."""
    expected = "it has two letters, nine digits and the letters of a country"
    assert tracking_fault(number) == expected
