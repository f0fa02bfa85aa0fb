"""The story by `python-statemachine`: a machine for each order, with the order as its model."""

from statemachine import State, StateMachine
from statemachine.exceptions import TransitionNotAllowed

from escrow_tui.engine.commands import AnyCommand
from escrow_tui.engine.roles import Actor
from tests.benchmarks.peers.moves import MOVES, NOT_PLACED, STATES
from tests.benchmarks.peers.trade import Trade
from tests.benchmarks.peers.trade import played as told_by
from tests.benchmarks.story import Told


def _machine() -> type[StateMachine]:
    """Write the class that a user would write by hand: one line for each state and event."""
    sources = {move.source for move in MOVES}
    made = {name: State(initial=name == NOT_PLACED, final=name not in sources) for name in STATES}
    # Without the clock's moves, which favours the library: some states cannot be reached.
    body = {"validate_disconnected_states": False, **made}
    for verb, source, target, guards, booking in MOVES:
        asked = {"cond": [*guards], "on": booking or None}
        if source == target:
            way = made[source].to.itself(internal=True, **asked)
        else:
            way = made[source].to(made[target], **asked)
        body[verb] = body[verb] | way if verb in body else way
    return type("TradeMachine", (StateMachine,), body)


_Machine = _machine()


def played() -> tuple[Trade, Told]:
    """Play the story with the library; return the trade at its end and what happened."""
    trade = Trade()
    machine = _Machine(trade)

    def ask(verb: str, command: AnyCommand, actor: Actor, at: int) -> bool:
        try:
            getattr(machine, verb)(command, actor, at)
        except TransitionNotAllowed:
            return False
        return True

    return trade, told_by(trade, ask)


def made() -> None:
    """Do only the part that makes an order's machine."""
    _Machine(Trade())
