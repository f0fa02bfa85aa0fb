"""An order as one row of a list, with who is awaited."""

import msgspec

from escrow_tui.engine.deadlines import deadlines
from escrow_tui.engine.order import Order
from escrow_tui.engine.policy import Policy
from escrow_tui.engine.roles import Role
from escrow_tui.views.shared import DAY, amount, is_awaited, order_title, phase_words
from escrow_tui.views.words import DEADLINE_WORDS, span_of


class OrderRow(msgspec.Struct, frozen=True):
    """One row: `mine` tells whether the role is the one who is awaited."""

    id: str
    title: str
    phase: str
    price: str
    held: str
    due: str
    soon: bool
    mine: bool


def order_row(order: Order, policy: Policy, role: Role, now: int) -> OrderRow:
    """Return the order as one row of the role's list."""
    first = next(iter(deadlines(order, policy)), None)
    due = f"{DEADLINE_WORDS[first.name][0]} in {span_of(first.at - now)}" if first else ""
    warned = first is not None and first.at - now <= max(policy.warn_days, default=0) * DAY
    return OrderRow(
        order.id,
        order_title(order),
        phase_words(order),
        amount(order.price, order),
        amount(order.held, order),
        due,
        warned,
        is_awaited(order, role),
    )
