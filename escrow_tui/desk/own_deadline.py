"""The first deadline to come among the orders that are somebody's own."""

from collections.abc import Callable

from escrow_tui.desk.asking import market_row
from escrow_tui.desk.session import NextDeadline
from escrow_tui.engine.deadlines import Deadline, deadlines
from escrow_tui.engine.order import Order
from escrow_tui.engine.roles import Actor
from escrow_tui.store import Reading
from escrow_tui.views.shared import concerns
from escrow_tui.views.words import DEADLINE_WORDS, date_of, span_of


def own_deadline(
    reading: Reading, market_id: str, actor: Actor, sees: Callable[[Order], bool]
) -> NextDeadline | None:
    """Return the first deadline of the orders that the actor sees, of those that concern him."""
    best: tuple[Deadline, str] | None = None
    for at, order_id in reading.coming_to(market_id, actor):
        if best is not None and best[0].at <= at:
            break
        first = _first(reading, market_id, order_id, actor, sees)
        if first is not None and (best is None or first.at < best[0].at):
            best = (first, order_id)
    if best is None:
        return None
    due, order_id = best
    left = span_of(due.at - market_row(reading, market_id).now)
    return NextDeadline(due.at, order_id, DEADLINE_WORDS[due.name][0], date_of(due.at), left)


def _first(
    reading: Reading, market_id: str, order_id: str, actor: Actor, sees: Callable[[Order], bool]
) -> Deadline | None:
    stored = reading.order(market_id, order_id)
    assert stored is not None
    if not sees(stored.order):
        return None
    running = deadlines(stored.order, reading.policy(stored.order.policy))
    return next((one for one in running if concerns(one.name, actor.role)), None)
