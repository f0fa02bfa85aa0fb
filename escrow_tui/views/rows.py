"""An order as one row of a list, with who is awaited."""

import msgspec

from escrow_tui.engine.deadlines import DAY, deadlines
from escrow_tui.engine.order import Order
from escrow_tui.engine.policy import Policy
from escrow_tui.engine.roles import Role
from escrow_tui.views.amounts import amount
from escrow_tui.views.shared import concerns, order_title
from escrow_tui.views.standing import is_awaited, stage_words
from escrow_tui.views.words import DEADLINE_WORDS, span_of


class OrderRow(msgspec.Struct, frozen=True):
    """One row: `mine` tells whether the role is the one who is awaited."""

    id: str
    title: str
    stage: str
    price: str
    held: str
    due: str
    soon: bool
    mine: bool


def order_row(order: Order, policy: Policy, role: Role, now: int, person: str = "") -> OrderRow:
    """Return the order as one row of the role's list, with the first deadline that concerns it."""
    running = (one for one in deadlines(order, policy) if concerns(one.name, role))
    first = next(running, None)
    due = f"{DEADLINE_WORDS[first.name][0]} in {span_of(first.at - now)}" if first else ""
    warned = first is not None and first.at - now <= max(policy.warn_days, default=0) * DAY
    return OrderRow(
        order.id,
        order_title(order),
        stage_words(order),
        amount(order.price, order),
        amount(order.held, order),
        due,
        warned,
        is_awaited(order, role, person),
    )
