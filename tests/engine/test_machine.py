"""A machine that tries everything on orders of one seller; two sets of books must always agree.

`python -m tests.engine.test_machine STEPS` runs at least so many steps and counts violations.
"""

import sys
from collections.abc import Callable
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from msgspec.structs import replace

from escrow_tui.engine.policy import MediatorSilence, Policy, RulingExecuted
from tests.engine.given import POLICY
from tests.engine.player import Player

POLICIES = (
    POLICY,
    replace(
        POLICY,
        mediator_silence=MediatorSilence.SPLIT,
        ruling_executed=RulingExecuted.AT_ONCE,
        max_disputes=1,
        dispute_after_confirm_days=0,
    ),
    replace(
        POLICY,
        mediator_silence=MediatorSilence.SELLER,
        dispute_earliest_days=0,
        clearance_business_days=0,
        commission_bps=333,
        max_disputes=5,
    ),
)
STEPS_A_RUN = 30
RANDOMS = st.randoms(use_true_random=False, note_method_calls=False)


class Counted:
    """How many steps and violations all runs of the machine had together."""

    steps = done = refused = violations = 0


class EscrowMachine(RuleBasedStateMachine):
    """Orders of one seller under one policy; Hypothesis picks and shrinks the steps."""

    player: Player | None = None

    @initialize(
        policy=st.sampled_from(POLICIES),
        orders=st.integers(1, 3),
        deposit=st.sampled_from((0, 1_000)),
        random=RANDOMS,
    )
    def start(self, policy: Policy, orders: int, deposit: int, random: Random) -> None:
        """Place the orders."""
        self.player = Player(policy, orders, deposit)
        self.player.far(random.randrange)

    @rule(random=RANDOMS)
    def act(self, random: Random) -> None:
        """Somebody asks for something."""
        self._step(Player.act, random)

    @rule(random=RANDOMS)
    def act_again(self, random: Random) -> None:
        """Asking is as often as time and the seller's bank together."""
        self._step(Player.act, random)

    @rule(random=RANDOMS)
    def tick(self, random: Random) -> None:
        """Time passes, to a deadline or near it."""
        self._step(Player.tick, random)

    @rule(random=RANDOMS)
    def withdraw(self, random: Random) -> None:
        """The seller takes money home."""
        self._step(Player.withdraw, random)

    def _step(self, step: Callable[[Player, Callable[[int], int]], None], random: Random) -> None:
        assert self.player is not None
        Counted.steps += 1
        step(self.player, random.randrange)

    @invariant()
    def everything_holds(self) -> None:
        """Nothing that must hold was broken, and both books say the same."""
        if self.player is not None and self.player.violations:
            Counted.violations += 1
            raise AssertionError(self.player.violations)

    def teardown(self) -> None:
        """If nobody ever acts again, time alone ends every order."""
        if self.player is not None:
            self.player.rest()
            Counted.done += self.player.done
            Counted.refused += self.player.refused
            self.everything_holds()


def quiet(examples: int, random: bool) -> settings:
    """Return settings without a clock or a database, so that a slow machine fails nothing."""
    return settings(
        max_examples=examples,
        stateful_step_count=STEPS_A_RUN,
        deadline=None,
        database=None,
        derandomize=not random,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate, Phase.shrink),
    )


def test_whatever_is_tried_both_books_agree() -> None:
    """Some hundred steps on each change; the many thousands are run by the command."""
    run_state_machine_as_test(EscrowMachine, settings=quiet(40, random=False))


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("number", range(3))
def test_a_seeded_player_finds_no_violation(number: int, policy: Policy) -> None:
    """The seeded player of the planted faults, on the engine as it is."""
    assert play(number, 10, policy) == []


def test_the_same_seed_plays_the_same() -> None:
    """One seed, one journal: a failure can be played again."""
    assert game(7, POLICY).world.history == game(7, POLICY).world.history


def play(number: int, games: int, policy: Policy) -> list[str]:
    """Play so many games of one seed after another, or until something does not hold."""
    for round_ in range(games):
        player = game(number * 1_000 + round_, policy)
        if player.violations:
            return player.violations
    return []


def game(number: int, policy: Policy) -> Player:
    """Play one game of a seed to its end, or until something does not hold."""
    random = Random(number)
    player = Player(policy, 1 + number % 3, 1_000 * (number % 2))
    player.far(random.randrange)
    for _ in range(STEPS_A_RUN):
        if player.violations:
            return player
        step = random.choices((Player.act, Player.tick, Player.withdraw), (75, 15, 10))[0]
        step(player, random.randrange)
    player.rest()
    return player


def main(least: int) -> int:
    """Run batches of one seed after another until there were enough steps; say how it went."""
    batch = 0
    while Counted.steps < least and not Counted.violations:
        batch += 1
        machine = seed(batch)(type("EscrowMachine", (EscrowMachine,), {}))
        try:
            run_state_machine_as_test(machine, settings=quiet(200, random=True))
        except AssertionError as broken:
            sys.stdout.write(f"seed {batch}: {broken}\n")
    sys.stdout.write(
        f"{Counted.steps} steps of {batch} seeds, {Counted.done} commands done,"
        f" {Counted.refused} refused, {Counted.violations} violations\n"
    )
    return 1 if Counted.violations else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
