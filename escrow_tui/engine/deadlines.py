"""Which deadlines of an order run, when each is due, and the policy row that set it."""

from collections.abc import Iterator

import msgspec

from escrow_tui.engine.calendar import add_business_days
from escrow_tui.engine.order import Order, Stop
from escrow_tui.engine.policy import Policy
from escrow_tui.engine.terms import Phase, Stage
from escrow_tui.engine.timer import Effect, MoneyTimer, Timer


class Deadline(msgspec.Struct, frozen=True, order=True, gc=False):
    """A timer that runs: due at `at` (Unix seconds); `subject` tells refunds apart."""

    at: int
    name: str
    rule: str
    subject: int = 0


_DECLARED = tuple(timer for row in Policy.rows.values() for timer in row.timers)
# The timers of the policy's rows, in their order.
TIMERS = tuple(timer for timer in _DECLARED if isinstance(timer, Timer))
MONEY_TIMERS = tuple(timer for timer in _DECLARED if isinstance(timer, MoneyTimer))
# What a deadline's name stands for: its words on a screen, and what it brings about.
TIMER_WORDS: dict[str, tuple[str, str]] = {
    timer.name: (timer.title, timer.brings) for timer in _DECLARED
}
EFFECTS: dict[str, Effect] = {timer.name: timer.effect for timer in _DECLARED}

_BY_PLACE: dict[tuple[Phase, Stage | None], tuple[Timer, ...]] = {}
for _timer in TIMERS:
    for _phase in _timer.phases:
        for _stage in _timer.during:
            _BY_PLACE[_phase, _stage] = (*_BY_PLACE.get((_phase, _stage), ()), _timer)


def deadlines(order: Order, policy: Policy) -> tuple[Deadline, ...]:
    """Return every deadline of the order that runs, the first due first."""
    running = [
        _running(timer, order, policy)
        for timer in _BY_PLACE.get((order.phase, order.stage), ())
        if timer.when is None or timer.when(order)
    ]
    if order.refunds or order.uncleared:
        running.extend(_of_money(order, policy))
    running.sort()
    return tuple(running)


def _running(timer: Timer, order: Order, policy: Policy) -> Deadline:
    since = timer.since(order)
    if timer.length is None:
        length, rule = int(getattr(policy, timer.rule)), timer.rule
    else:
        length, rule = timer.length(order, policy)
    if timer.extra is not None:
        length += timer.extra(order)
    if timer.business is not None and timer.business(policy):
        due = add_business_days(since, length, policy)
    else:
        due = since + length * timer.unit
    due += stopped(order.stops, since, frozen_only=timer.during != (None,))
    if timer.earliest is not None:
        due = max(due, timer.earliest(order))
    return Deadline(due, timer.name, rule)


def stopped(stops: tuple[Stop, ...], since: int, *, frozen_only: bool) -> int:
    """Return the seconds after `since` that the stops cover, each second once.

    A stop that still lasts counts nothing. `frozen_only` counts only those under a chargeback.
    """
    total, end = 0, since
    for stop in stops:
        if stop.until > end and (stop.frozen or not frozen_only):
            total += stop.until - max(stop.since, end)
            end = stop.until
    return total


def _of_money(order: Order, policy: Policy) -> Iterator[Deadline]:
    for timer in MONEY_TIMERS:
        for subject, since in timer.starts(order):
            due = add_business_days(since, int(getattr(policy, timer.rule)), policy)
            if timer.freezes:
                due += stopped(order.stops, since, frozen_only=True)
            yield Deadline(due, timer.name, timer.rule, subject)
