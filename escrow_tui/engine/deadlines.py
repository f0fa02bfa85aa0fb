"""Which deadlines of an order run, when each is due, and the policy row that set it."""

import msgspec

from escrow_tui.engine.calendar import add_business_days
from escrow_tui.engine.methods import METHODS
from escrow_tui.engine.order import Order
from escrow_tui.engine.policy import Policy
from escrow_tui.engine.process import TIMERS, Timer

DAY = 86_400
HOUR = 3_600


class Deadline(msgspec.Struct, frozen=True, order=True):
    """A timer that runs: due at `at` (Unix seconds); `subject` tells refunds apart."""

    at: int
    name: str
    rule: str
    subject: int = 0


def deadlines(order: Order, policy: Policy) -> tuple[Deadline, ...]:
    """Return every deadline of the order that runs, the first due first."""
    of_phase = (_running(timer, order, policy) for timer in TIMERS if _applies(timer, order))
    return tuple(sorted((*of_phase, *_of_money(order, policy))))


def _applies(timer: Timer, order: Order) -> bool:
    dispute = order.dispute.phase if order.dispute else None
    return order.phase in timer.phases and dispute in timer.during


def _running(timer: Timer, order: Order, policy: Policy) -> Deadline:
    since = _instant(order, timer.since)
    stopped = 0 if order.dispute else _stopped_since(order, since)
    return Deadline(since + _length(timer, order, policy) + stopped, timer.name, timer.rule)


def _instant(order: Order, path: str) -> int:
    value: object = order
    for name in path.split("."):
        value = getattr(value, name)
    assert isinstance(value, int)
    return value


def _length(timer: Timer, order: Order, policy: Policy) -> int:
    if timer.rule.endswith("_hours"):
        return int(getattr(policy, timer.rule)) * HOUR
    extra = _instant(order, timer.extra) if timer.extra else 0
    return (days_of(timer.rule, order, policy) + extra) * DAY


def days_of(rule: str, order: Order, policy: Policy) -> int:
    """Return a row's days for this order; the protection depends on the buyer's country."""
    if rule == "protection_days":
        return policy.protection_days_for(order.destination)
    return int(getattr(policy, rule))


def _stopped_since(order: Order, since: int) -> int:
    """Seconds after `since` in which the order's timers stood still."""
    return sum(max(0, stop.until - max(stop.since, since)) for stop in order.stops)


def _of_money(order: Order, policy: Policy) -> tuple[Deadline, ...]:
    rule = METHODS[order.method].refund_days_row
    refunds = (
        Deadline(
            add_business_days(refund.booked_at, int(getattr(policy, rule)), policy),
            "refund",
            rule,
            refund.number,
        )
        for refund in order.refunds
    )
    if not order.uncleared:
        return tuple(refunds)
    cleared_at = add_business_days(order.released_at, policy.clearance_business_days, policy)
    return (*refunds, Deadline(cleared_at, "clearance", "clearance_business_days"))
