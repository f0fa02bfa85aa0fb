"""The gate of a session: a class whose public questions do not all declare a right cannot be made.

A decorator declares it: `needs` for questions in nobody's name, `needs_own` for those in an actor's
name, `needs_order` for those about an order. The method is called only if the session's access
grants all of it; otherwise `closed` turns the refusal into an answer, or an error is raised.
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
    """A base for classes whose public attributes all declare the right that they need.

    Raises:
        TypeError: a subclass has one that does not.
    """

    access: Access
    desk: Desk

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        for name, member in vars(cls).items():
            question = member.fget if isinstance(member, property) else member
            if not name.startswith("_") and not hasattr(question, _DECLARED):
                raise TypeError(f"{cls.__name__}.{name} does not declare what it needs")


_S = TypeVar("_S", bound=Gated)
_P = ParamSpec("_P")
_R = TypeVar("_R")
_C = TypeVar("_C")

_Question = Callable[Concatenate[_S, _P], _R]
_OwnQuestion = Callable[Concatenate[_S, Actor, _P], _R]
_OrderQuestion = Callable[Concatenate[_S, Actor, str, _P], _R]


def _raised(refused: Refused) -> NoReturn:
    """Raise the error for an order that is hidden, or for a question in another's name."""
    if refused.code == "UNKNOWN_ORDER":
        raise NoSuchOrderError(refused.sentence)
    raise NotYourSeatError(refused.sentence)


def needs(
    right: Right, closed: Callable[[Refused], _C] = _raised
) -> Callable[[_Question[_S, _P, _R]], _Question[_S, _P, _R | _C]]:
    """Declare a question that needs a right."""

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
    """Declare a question in the name of an actor of the access, and of a role if one is given."""

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
    """Declare a question about an order that the actor sees; it gets their party to the order."""

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
