"""The story by `transitions`: one machine, to which each order is added as a model.

A machine for each order, as in the library's first example, would be much slower.
"""

from transitions import Machine, MachineError

from escrow_tui.engine.commands import AnyCommand
from escrow_tui.engine.roles import Actor
from tests.benchmarks.peers.moves import MOVES, NOT_PLACED, STATES
from tests.benchmarks.peers.trade import Trade
from tests.benchmarks.peers.trade import played as told_by
from tests.benchmarks.story import Told


def _machine() -> Machine:
    machine = Machine(model=None, states=list(STATES), initial=NOT_PLACED, auto_transitions=False)
    for move in MOVES:
        way = move.verb, move.source, move.target
        machine.add_transition(*way, conditions=[*move.guards], after=move.booking or None)
    return machine


_MACHINE = _machine()


def played() -> tuple[Trade, Told]:
    """Play the story with the library; return the trade at its end and what happened."""
    trade = Trade()
    _MACHINE.add_model(trade)

    def ask(verb: str, command: AnyCommand, actor: Actor, at: int) -> bool:
        try:
            return bool(getattr(trade, verb)(command, actor, at))
        except MachineError:
            return False

    told = told_by(trade, ask)
    _MACHINE.remove_model(trade)
    return trade, told


def made() -> None:
    """Do only the part that adds an order to the machine."""
    trade = Trade()
    _MACHINE.add_model(trade)
    _MACHINE.remove_model(trade)
