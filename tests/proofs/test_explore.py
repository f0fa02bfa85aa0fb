"""Small walks through the moments of an order; `python -m tests.proofs explore` takes them all."""

import pytest

from tests.proofs.explore import CARD, CASH, DEPOSIT, RINGING, ROWS, Explorer, Start, variants
from tests.proofs.verdict import Progress

_VARIANTS = {name: policy for name, policy, _ in variants()}
_FEW = 800


@pytest.mark.parametrize("name", _VARIANTS)
def test_the_first_moments_of_an_order_break_nothing(name: str) -> None:
    """Under each preset, as far as a few hundred moments, or all if there are fewer."""
    found = Explorer(_VARIANTS[name], CARD, _FEW).walk(Progress(name))
    assert found.violations == []
    assert found.stuck == []
    assert found.states >= min(_FEW, 150)


@pytest.mark.parametrize("start", [CASH, DEPOSIT], ids=lambda start: str(start.name))
def test_another_start_breaks_nothing(start: Start) -> None:
    """Cash, and a seller with a deposit."""
    found = Explorer(_VARIANTS["aliexpress"], start, _FEW).walk(Progress("start"))
    assert (found.violations, found.stuck) == ([], [])


@pytest.mark.parametrize("name", ["sharetribe", "aliexpress-2013"])
def test_every_moment_of_a_small_policy_comes_to_an_end(name: str) -> None:
    """These policies allow fewer moves: all their moments are walked, and time alone ends each."""
    found = Explorer(_VARIANTS[name], CARD).walk(Progress(name))
    assert (found.violations, found.stuck) == ([], [])
    assert len(found.rows) > len(ROWS) * 4 // 5
    assert len(found.timers) > len(RINGING) * 2 // 3


def test_the_same_walk_comes_to_the_same_moments() -> None:
    """Nothing in it is left to chance."""
    first, second = (
        Explorer(_VARIANTS["aliexpress"], CARD, _FEW).walk(Progress("twice")) for _ in range(2)
    )
    assert (first.states, first.steps) == (second.states, second.steps)


def test_a_moment_can_say_how_it_was_reached() -> None:
    """By the steps from the first moment."""
    explorer = Explorer(_VARIANTS["aliexpress"], CARD, 50)
    explorer.walk(Progress("way"))
    ways = [explorer.way_to(key) for key in explorer.parents]
    assert ways[0] == "placed"
    assert "placed, buyer:buyer-1 pay, bank:bank verify_payment, seller:seller-1 ship" in ways
