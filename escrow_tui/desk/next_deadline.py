"""The first deadline to come among the orders that somebody sees."""

from collections.abc import Callable, Iterable

from escrow_tui.desk.session import NextDeadline
from escrow_tui.engine.deadlines import TIMER_WORDS, Deadline, deadlines
from escrow_tui.engine.instant import date_of
from escrow_tui.engine.order import Order
from escrow_tui.engine.roles import Role
from escrow_tui.store import Reading
from escrow_tui.views.privacy import knows_deadline
from escrow_tui.views.vocabulary import span_of


def next_deadline(
    reading: Reading,
    market: str,
    now: int,
    coming: Iterable[tuple[int, str]],
    role: Role | None,
    sees: Callable[[Order], bool],
) -> NextDeadline | None:
    """Return the first deadline that a role may know of, or of all for None.

    `coming` are the orders to look through, each with its first deadline (Unix seconds), the
    first due first; those that are not seen are passed over.
    """
    found = _first(reading, market, coming, role, sees)
    if found is None:
        return None
    due, order_id = found
    title = TIMER_WORDS[due.name][0]
    return NextDeadline(
        at=due.at, order=order_id, title=title, date=date_of(due.at), left=span_of(due.at - now)
    )


def _first(
    reading: Reading,
    market: str,
    coming: Iterable[tuple[int, str]],
    role: Role | None,
    sees: Callable[[Order], bool],
) -> tuple[Deadline, str] | None:
    best: tuple[Deadline, str] | None = None
    for at, order_id in coming:
        if best is not None and best[0].at <= at:
            break
        stored = reading.order(market, order_id)
        assert stored is not None
        if not sees(stored.order):
            continue
        running = deadlines(stored.order, reading.policy(stored.order.policy))
        known = (one for one in running if role is None or knows_deadline(one.name, role))
        first = next(known, None)
        if first is not None and (best is None or first.at < best[0].at):
            best = (first, order_id)
    return best
