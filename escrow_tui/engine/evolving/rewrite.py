"""The rows with which a chapter says how each of its events rewrites an order.

A table instead of a `match`: a class pattern on a Struct costs 70 ns a case, because its metaclass
answers; looking up the event's class costs 40 ns, however many events the chapter has.
"""

from collections.abc import Callable
from typing import TypeVar, cast

from escrow_tui.engine.events import AnyEvent, Event
from escrow_tui.engine.order import Order

Rewrite = Callable[[Order, AnyEvent, int], Order]
RewriteRow = tuple[type[Event], Rewrite]
_E = TypeVar("_E", bound=Event)


def after(kind: type[_E], rewrite: Callable[[Order, _E, int], Order]) -> RewriteRow:
    """Make a row; `rewrite` is only ever given events of this kind, and their instant."""
    return kind, cast(Rewrite, rewrite)
