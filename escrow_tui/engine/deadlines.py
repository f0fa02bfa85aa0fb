"""Which deadlines of an order run, when each is due, and the policy row that set it."""

from collections.abc import Callable, Iterator
from operator import attrgetter

import msgspec

from escrow_tui.engine.calendar import add_business_days
from escrow_tui.engine.methods import REFUND_DAYS_ROW
from escrow_tui.engine.order import Order, Stop
from escrow_tui.engine.policy import DayCount, Policy
from escrow_tui.engine.process import TIMERS, Timer
from escrow_tui.engine.terms import Phase, Stage

DAY = 86_400
HOUR = 3_600


class Deadline(msgspec.Struct, frozen=True, order=True, gc=False):
    """A timer that runs: due at `at` (Unix seconds); `subject` tells refunds apart."""

    at: int
    name: str
    rule: str
    subject: int = 0


_BY_PLACE: dict[tuple[Phase, Stage | None], tuple[Timer, ...]] = {}
for _timer in TIMERS:
    for _phase in _timer.phases:
        for _stage in _timer.during:
            _BY_PLACE[_phase, _stage] = (*_BY_PLACE.get((_phase, _stage), ()), _timer)

# Each path of the timers, such as `dispute.opened_at`, taken apart once.
_INSTANTS: dict[str, Callable[[Order], int]] = {
    path: attrgetter(path)
    for timer in TIMERS
    for path in (timer.since, timer.extra, timer.earliest)
    if path
}


def deadlines(order: Order, policy: Policy) -> tuple[Deadline, ...]:
    """Return every deadline of the order that runs, the first due first."""
    running = [
        _running(timer, order, policy)
        for timer in _BY_PLACE.get((order.phase, order.stage), ())
        if not timer.when or getattr(order, timer.when)
    ]
    if order.refunds or order.uncleared:
        running.extend(_of_money(order, policy))
    running.sort()
    return tuple(running)


def _running(timer: Timer, order: Order, policy: Policy) -> Deadline:
    since = _INSTANTS[timer.since](order)
    due = _due(timer, since, order, policy) + _stood_still(timer, order, since)
    earliest = _INSTANTS[timer.earliest](order) if timer.earliest else due
    return Deadline(max(due, earliest), timer.name, _rule(timer, order, policy))


def _rule(timer: Timer, order: Order, policy: Policy) -> str:
    """Return the row that set the timer's length: some countries have a protection of their own."""
    if timer.rule != "protection_days":
        return timer.rule
    own = any(country == order.destination for country, _ in policy.protection_days_by_country)
    return "protection_days_by_country" if own else timer.rule


def _stood_still(timer: Timer, order: Order, since: int) -> int:
    """Seconds after `since` in which the timer stood still."""
    return stopped(order.stops, since, frozen_only=timer.during != (None,))


def stopped(stops: tuple[Stop, ...], since: int, *, frozen_only: bool) -> int:
    """Seconds after `since` covered by the stops, each second once; an open one counts nothing."""
    total, end = 0, since
    for stop in stops:
        if stop.until > end and (stop.frozen or not frozen_only):
            total += stop.until - max(stop.since, end)
            end = stop.until
    return total


def _due(timer: Timer, since: int, order: Order, policy: Policy) -> int:
    if timer.rule.endswith("_hours"):
        return since + int(getattr(policy, timer.rule)) * HOUR
    extra = _INSTANTS[timer.extra](order) if timer.extra else 0
    length = days_of(timer.rule, order, policy) + extra
    if timer.name == "seller_answer" and policy.seller_answer_counts is DayCount.BUSINESS_DAYS:
        return add_business_days(since, length, policy)
    return since + length * DAY


def days_of(rule: str, order: Order, policy: Policy) -> int:
    """Return a row's days for this order; the protection depends on the buyer's country."""
    if rule == "protection_days":
        return policy.protection_days_for(order.destination)
    return int(getattr(policy, rule))


def _of_money(order: Order, policy: Policy) -> Iterator[Deadline]:
    for refund in order.refunds:
        rule = REFUND_DAYS_ROW[refund.way]
        days = int(getattr(policy, rule))
        due = add_business_days(refund.booked_at, days, policy)
        yield Deadline(due, "refund", rule, refund.number)
    # Money of a frozen order does not clear; afterwards it does with the time that remained.
    if order.uncleared and order.chargeback is None:
        days = policy.clearance_business_days
        due = add_business_days(order.released_at, days, policy)
        due += stopped(order.stops, order.released_at, frozen_only=True)
        yield Deadline(due, "clearance", "clearance_business_days")
