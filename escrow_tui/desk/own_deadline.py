"""The first deadline to come among the orders that are somebody's own."""

from collections.abc import Callable

from escrow_tui.desk.question import first_deadline, market_row
from escrow_tui.desk.session import NextDeadline
from escrow_tui.engine.deadlines import TIMER_WORDS
from escrow_tui.engine.instant import date_of
from escrow_tui.engine.order import Order
from escrow_tui.engine.roles import Actor
from escrow_tui.store import Reading
from escrow_tui.views.vocabulary import span_of


def own_deadline(
    reading: Reading, market_id: str, actor: Actor, sees: Callable[[Order], bool]
) -> NextDeadline | None:
    """Return the first deadline of the orders that the actor sees, of those that concern him."""
    coming = reading.coming_to(market_id, actor)
    best = first_deadline(reading, market_id, actor.role, coming, sees)
    if best is None:
        return None
    due, order_id = best
    left = span_of(due.at - market_row(reading, market_id).now)
    return NextDeadline(due.at, order_id, TIMER_WORDS[due.name][0], date_of(due.at), left)
