"""The same games played by Hypothesis, which shrinks a failure to the fewest steps."""

from random import Random

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from tests.proofs.beside import Coverage
from tests.proofs.game import Game
from tests.proofs.policies import pool

_POLICIES = pool(0)
_RANDOMS = st.randoms(use_true_random=False, note_method_calls=False)
_QUIET = settings(
    max_examples=30,
    stateful_step_count=20,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.generate, Phase.shrink),
)


class EscrowMachine(RuleBasedStateMachine):
    """A market of a few orders, in which the engine and the second model must always agree."""

    game: Game | None = None

    @initialize(random=_RANDOMS)
    def start(self, random: Random) -> None:
        """Open the market with one order on its way."""
        self.game = Game(random, _POLICIES, Coverage())
        self.game.put_down()
        self.order_is_placed(random)

    @rule(random=_RANDOMS)
    def order_is_placed(self, random: Random) -> None:
        """Somebody orders, and the order takes one of the paths."""
        game = self._with(random)
        order_id = f"O{len(game.market.orders) + 1}"
        game.place(order_id)
        if order_id in game.market.orders:
            for _ in game.open_up(order_id):
                pass

    @rule(random=_RANDOMS)
    def somebody_asks(self, random: Random) -> None:
        """Time passes or not, and somebody gives a command."""
        if self._with(random).market.orders:
            self._with(random).attempt()

    @rule(random=_RANDOMS)
    def somebody_asks_at_the_edge(self, random: Random) -> None:
        """A second before a deadline, at it, or a second after it."""
        game = self._with(random)
        if game.market.orders:
            game.at_the_edge(random.choice(list(game.market.orders)))

    @invariant()
    def everything_holds(self) -> None:
        """No invariant was broken, and the second model agrees with the engine."""
        assert self.game is None or self.game.violations == []

    def teardown(self) -> None:
        """If nobody ever acts again, time alone ends every order."""
        if self.game is not None and not self.game.violations:
            self.game.rest()
            self.everything_holds()

    def _with(self, random: Random) -> Game:
        assert self.game is not None
        self.game.random = random
        return self.game


def test_whatever_is_tried_engine_and_second_model_agree() -> None:
    """A few hundred steps on each change; the long drive is a command of its own."""
    run_state_machine_as_test(EscrowMachine, settings=_QUIET)
