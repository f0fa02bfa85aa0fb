"""How a fault is planted: a function, a table row or an event of the engine is replaced."""

import sys
from collections.abc import Callable, Iterable
from types import ModuleType
from typing import Any, TypeVar

import pytest

from escrow_tui.engine import deadlines, decide, evolve, ledger, process
from escrow_tui.engine.answers import Answer, Done, Refused
from escrow_tui.engine.deadlines import TIMERS
from escrow_tui.engine.events import AnyEvent, Event
from escrow_tui.engine.order import Order
from escrow_tui.engine.process import PROCESS, ProcessRow, index
from escrow_tui.engine.roles import Actor
from escrow_tui.engine.timer import Timer

T = TypeVar("T")
# A function in a table is called only with events of its own kind.
Rewrite = Callable[[Order, Any, int], Order]
Move = Callable[[Any, Order], ledger.Lines]


class Planting:
    """Plants one fault, which is removed when the patch is undone."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.patch = patch

    def function(self, right: Callable[..., Any], wrong: Callable[..., Any]) -> None:
        """Replace a function wherever the engine or the proofs call it."""
        for module in _modules():
            for name, value in list(vars(module).items()):
                if value is right:
                    self.patch.setattr(module, name, wrong)

    def timers(self, change: Callable[[Timer], Iterable[Timer]]) -> None:
        """Change rows of the timer table, or leave some out."""
        places: dict[Any, tuple[Timer, ...]] = {}
        for timer in (new for old in TIMERS for new in change(old)):
            for phase in timer.phases:
                for stage in timer.during:
                    places[phase, stage] = (*places.get((phase, stage), ()), timer)
        self.patch.setattr(deadlines, "_BY_PLACE", places)

    def rows(self, *more: ProcessRow) -> None:
        """Add rows to the process table."""
        self.patch.setattr(process, "_CELLS", index((*PROCESS, *more)))
        roles = dict(process._ROLES)
        for row in more:
            roles[row.verb] = (*roles.get(row.verb, ()), row.role)
        self.patch.setattr(process, "_ROLES", roles)

    def rewriting(self, kind: type[Event], wrong: Callable[[Rewrite], Rewrite]) -> None:
        """Change what an event makes of an order."""
        self.patch.setitem(evolve.REWRITES, kind, wrong(evolve.REWRITES[kind]))

    def lines(self, kind: type[Event], wrong: Callable[[Move], Move]) -> None:
        """Change which money an event moves."""
        self.patch.setitem(ledger._OF_ORDER, kind, wrong(ledger._OF_ORDER[kind]))

    def events(self, spoil: Callable[[AnyEvent], Iterable[AnyEvent]]) -> None:
        """Change which events the engine decides on."""

        def spoilt(events: Iterable[AnyEvent]) -> tuple[AnyEvent, ...]:
            return tuple(new for event in events for new in spoil(event))

        right_decide, right_expire = decide.decide, decide.expire

        def decided(*given: object) -> Answer:
            answer: Answer = _call(right_decide, given)
            return Done(spoilt(answer.events)) if isinstance(answer, Done) else answer

        self.function(right_decide, decided)
        self.function(right_expire, lambda *given: spoilt(_call(right_expire, given)))

    def permitted(self, code: str) -> None:
        """Allow commands that would be refused with this code."""
        right = decide.permission

        def permission(order: Order | None, verb: str, actor: Actor) -> Refused | None:
            refusal = right(order, verb, actor)
            return None if refusal is not None and refusal.code == code else refusal

        self.function(right, permission)


Plant = Callable[[Planting], None]


def _call(right: Callable[..., T], given: tuple[object, ...]) -> T:
    """Call a function with what its stand-in was given."""
    return right(*given)


def _modules() -> list[ModuleType]:
    names = ("escrow_tui.engine", "tests.proofs.market")
    return [module for name, module in sys.modules.items() if name.startswith(names)]
