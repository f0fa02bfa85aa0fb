"""The gate of a session: each public question declares what it needs, or its class cannot be made.

The declarations are decorators: `needs` for what belongs to nobody in particular, `needs_own` for
what is asked in an actor's name, `needs_order` for what is asked about an order. What the session's
access does not grant never reaches the method: `closed` makes the answer to a refusal.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, NoReturn, ParamSpec, TypeVar

from escrow_tui.desk.desk import Desk
from escrow_tui.desk.session import NoSuchOrderError, NotYourSeatError
from escrow_tui.engine.answers import Refused
from escrow_tui.engine.context import refuse
from escrow_tui.engine.roles import Actor, Role
from escrow_tui.scenarios.session.access import Access, Right

_DECLARED = "needs"


class Gated:
    """A class whose public methods and properties all declare the right that they need.

    Raises:
        TypeError: a subclass has one that does not.
    """

    access: Access
    desk: Desk

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        for name, member in vars(cls).items():
            asked = member.fget if isinstance(member, property) else member
            if callable(asked) and not name.startswith("_") and not hasattr(asked, _DECLARED):
                raise TypeError(f"{cls.__name__}.{name} does not declare what it needs")


_S = TypeVar("_S", bound=Gated)
_P = ParamSpec("_P")
_R = TypeVar("_R")
_C = TypeVar("_C")

_Question = Callable[Concatenate[_S, _P], _R]
_OwnQuestion = Callable[Concatenate[_S, Actor, _P], _R]
_OrderQuestion = Callable[Concatenate[_S, Actor, str, _P], _R]


def _raised(refused: Refused) -> NoReturn:
    """Tell an order that is hidden from what was asked in another's name."""
    if refused.code == "UNKNOWN_ORDER":
        raise NoSuchOrderError(refused.sentence)
    raise NotYourSeatError(refused.sentence)


def needs(
    right: Right, closed: Callable[[Refused], _C] = _raised
) -> Callable[[_Question[_S, _P, _R]], _Question[_S, _P, _R | _C]]:
    """Declare a question that needs a right and nothing else."""

    def declare(question: _Question[_S, _P, _R]) -> _Question[_S, _P, _R | _C]:
        @wraps(question)
        def gate(self: _S, /, *args: _P.args, **kwargs: _P.kwargs) -> _R | _C:
            if refused := self.access.refusal(right):
                return closed(refused)
            return question(self, *args, **kwargs)

        setattr(gate, _DECLARED, right)
        return gate

    return declare


def needs_own(
    right: Right, closed: Callable[[Refused], _C] = _raised, role: Role | None = None
) -> Callable[[_OwnQuestion[_S, _P, _R]], _OwnQuestion[_S, _P, _R | _C]]:
    """Declare a question in the name of one of the access's actors; `role` narrows them."""

    def declare(question: _OwnQuestion[_S, _P, _R]) -> _OwnQuestion[_S, _P, _R | _C]:
        @wraps(question)
        def gate(self: _S, actor: Actor, /, *args: _P.args, **kwargs: _P.kwargs) -> _R | _C:
            refused = self.access.refusal(right, actor)
            if refused is None and role not in (None, actor.role):
                refused = self.access.stranger()
            return closed(refused) if refused else question(self, actor, *args, **kwargs)

        setattr(gate, _DECLARED, right)
        return gate

    return declare


def needs_order(
    closed: Callable[[Refused], _C] = _raised,
) -> Callable[[_OrderQuestion[_S, _P, _R]], _OrderQuestion[_S, _P, _R | _C]]:
    """Declare a question about an order that the actor sees; it is asked as their party to it."""

    def declare(question: _OrderQuestion[_S, _P, _R]) -> _OrderQuestion[_S, _P, _R | _C]:
        @wraps(question)
        def gate(
            self: _S, actor: Actor, order_id: str, /, *args: _P.args, **kwargs: _P.kwargs
        ) -> _R | _C:
            if refused := self.access.refusal(Right.ORDER, actor):
                return closed(refused)
            order = self.desk.order_state(order_id)
            if order is None or not self.access.sees(actor, order):
                return closed(refuse("UNKNOWN_ORDER", order=order_id))
            party = self.access.acts_as(actor, order)
            return question(self, party, order_id, *args, **kwargs)

        setattr(gate, _DECLARED, Right.ORDER)
        return gate

    return declare
