"""Faults planted into the engine, each by itself: every one is found within some thousand steps."""

import pytest

from tests.proofs.drive import drive
from tests.proofs.faults import LEAST_FAULTS, SEED, check_of, found, walked_into
from tests.proofs.plants import PLANTS


@pytest.mark.parametrize("name", PLANTS)
def test_a_planted_fault_is_found(name: str) -> None:
    """The games with the second model beside the engine find it."""
    assert found(PLANTS[name]).commands > 0


def test_there_are_faults_enough() -> None:
    """In every chapter, and each with a sentence that says what would go wrong."""
    assert len(PLANTS) >= LEAST_FAULTS
    assert all(plant.__doc__ for plant in PLANTS.values())


def test_without_a_fault_nothing_is_found() -> None:
    """The same games find nothing in the engine as it is, so a finding is due to its fault."""
    assert drive(5_000, SEED).violations == []


@pytest.mark.parametrize(
    "name", ["commission_kept_on_clawback", "a_chargeback_recovers_the_whole_price"]
)
def test_the_walk_through_every_moment_finds_faults_of_the_money(name: str) -> None:
    """Without the second model: an invariant fails."""
    assert walked_into(PLANTS[name]).startswith("violation")


@pytest.mark.parametrize(
    ("violation", "check"),
    [
        ("5: the commission is not C(kept) (order A)", "invariant 5"),
        ("order A: deadlines is [], the rules say [1]", "the model's deadlines"),
        ("balances: escrow:A USD is 1, the rules say 2", "the model's balances"),
        ("buyer:b pay: done, the rules say WRONG_PHASE", "the model's answer"),
        ("stopped: KeyError('A')", "stopped"),
    ],
)
def test_a_finding_names_the_check_that_made_it(violation: str, check: str) -> None:
    """An invariant by its number, a difference by the value that differs."""
    assert check_of(violation) == check
