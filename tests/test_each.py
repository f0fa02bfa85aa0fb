"""A loop over cases tells as much as a test for each of them."""

from pathlib import Path

import pytest

from tests.each import check_each, for_each


def is_even(number: int) -> None:
    """A check that fails of every other number."""
    if number % 2:
        raise ValueError("it is odd")


def test_every_case_that_fails_is_named_with_what_was_wrong() -> None:
    """Also those after the first."""
    with pytest.raises(AssertionError) as raised:
        check_each(range(5), is_even)
    assert str(raised.value).splitlines() == [
        "2 of 5 cases fail; the first one's traceback stands above:",
        "1: ValueError: it is odd",
        "3: ValueError: it is odd",
    ]
    assert isinstance(raised.value.__cause__, ValueError)


def test_an_error_of_any_kind_is_one_of_the_case() -> None:
    """One that was not expected, and one that did not come."""

    def not_raised(number: int) -> None:
        with pytest.raises(ZeroDivisionError):
            assert 1 / number

    with pytest.raises(AssertionError, match="2 of 2 cases fail"):
        check_each("ab", {"c": 1}.__getitem__)
    with pytest.raises(AssertionError, match="1 of 2 cases fail"):
        check_each((0, 1), not_raised)


def test_no_case_at_all_is_a_fault() -> None:
    """A table that has become empty shows nothing."""
    with pytest.raises(AssertionError, match="there is no case"):
        check_each((), is_even)


SEEN: list[tuple[object, ...]] = []


@for_each(("first", "second"), [(1, 2), (3, 4)])
@for_each("third", "xy")
def test_all_cases_are_run_with_the_fixtures(
    first: int, second: int, third: str, tmp_path: Path
) -> None:
    """Stacked, they are every pair."""
    assert tmp_path.is_dir()
    SEEN.append((first, second, third))
    if len(SEEN) == 4:
        assert SEEN == [(1, 2, "x"), (1, 2, "y"), (3, 4, "x"), (3, 4, "y")]


@for_each("number", range(3))
def odd_one_out(number: int) -> None:
    """No test of its own: it fails."""
    is_even(number)


def test_the_decorator_fails_as_the_loop_does() -> None:
    """With each case as it was given."""
    with pytest.raises(AssertionError, match=r"1 of 3 cases fail.*\n\(1,\): .*it is odd"):
        odd_one_out()
