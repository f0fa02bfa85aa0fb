"""Many cases in one test, whose failure names every case that does not hold.

Of hundreds of cases that say the same, each would cost more as a test of its own than its check.
"""

from collections.abc import Callable, Iterable
from functools import wraps
from inspect import signature
from typing import Any, TypeVar

import pytest

Case = TypeVar("Case")


def check_each(cases: Iterable[Case], check: Callable[[Case], object]) -> None:
    """Check every case, also after one that fails; it is a fault if there is no case at all."""
    count, wrong = 0, list[tuple[Case, BaseException]]()
    for case in cases:
        count += 1
        try:
            check(case)
        except (Exception, pytest.fail.Exception) as error:
            wrong.append((case, error))
    assert count, "there is no case"
    if wrong:
        told = [f"{case!r}: {type(error).__name__}: {error}" for case, error in wrong]
        head = f"{len(wrong)} of {count} cases fail; the first one's traceback stands above:"
        raise AssertionError("\n".join((head, *told))) from wrong[0][1]


def for_each(
    names: str | tuple[str, ...], cases: Iterable[Any]
) -> Callable[[Callable[..., object]], Callable[..., None]]:
    """Run a test over all cases, as `pytest.mark.parametrize` does, but as one test."""
    one = isinstance(names, str)
    named = (names,) if isinstance(names, str) else names
    held = tuple((case,) if one else tuple(case) for case in cases)

    def decorate(test: Callable[..., object]) -> Callable[..., None]:
        @wraps(test)
        def run(**fixtures: object) -> None:
            check_each(held, lambda case: test(**dict(zip(named, case, strict=True)), **fixtures))

        asked = signature(test)
        left = [part for name, part in asked.parameters.items() if name not in named]
        run.__signature__ = asked.replace(parameters=left)  # type: ignore[attr-defined]  # it reads it
        return run

    return decorate
