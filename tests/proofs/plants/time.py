"""Faults of time: timers that are missing, too long, not stopped, or not given their time back."""

from collections.abc import Callable, Iterable

from msgspec.structs import replace

from escrow_tui.engine import calendar, deadlines, instant
from escrow_tui.engine import events as e
from escrow_tui.engine.deadlines import Deadline
from escrow_tui.engine.order import Order, Stop
from escrow_tui.engine.policy import Policy
from escrow_tui.engine.terms import DisputePhase
from escrow_tui.engine.timer import Timer
from tests.proofs.plants.planting import Plant, Planting, Rewrite


def _without(name: str) -> Callable[[Timer], Iterable[Timer]]:
    return lambda timer: () if timer.name == name else (timer,)


def release_not_stopped_by_a_dispute(fault: Planting) -> None:
    """Auto-confirm and the end of protection go on while the parties argue."""
    any_dispute = (None, *DisputePhase)

    def change(timer: Timer) -> Iterable[Timer]:
        releasing = timer.name in ("auto_confirm", "protection")
        yield replace(timer, during=any_dispute) if releasing else timer

    fault.timers(change)


def a_mediator_may_be_silent_for_ever(fault: Planting) -> None:
    """No timer waits for the ruling."""
    fault.timers(_without("mediator_silence"))


def a_seller_may_be_silent_for_ever(fault: Planting) -> None:
    """No timer waits for the seller's answer."""
    fault.timers(_without("seller_answer"))


def an_appeal_may_never_be_decided(fault: Planting) -> None:
    """No timer waits for the second mediator."""
    fault.timers(_without("appeal_review"))


def after_sales_disputes_wait_as_long_as_others(fault: Planting) -> None:
    """The seller gets five days where the policy gives three."""

    def change(timer: Timer) -> Iterable[Timer]:
        late = timer.rule == "seller_answer_after_sales_days"
        yield replace(timer, rule="seller_answer_days") if late else timer

    fault.timers(change)


def a_late_answer_negotiates_in_the_past(fault: Planting) -> None:
    """A negotiation is over before the seller's answer has begun it."""
    fault.timers(lambda timer: (replace(timer, earliest=None),))


def a_withdrawn_dispute_gives_no_time_back(fault: Planting) -> None:
    """The timers run on through the dispute."""
    fault.function(deadlines.stopped, lambda *_given, **_kinds: 0)


def a_thaw_gives_no_time_back(fault: Planting) -> None:
    """After a won chargeback the remaining time is lost."""
    right = deadlines.stopped

    def stopped(stops: tuple[Stop, ...], since: int, *, frozen_only: bool) -> int:
        kept = tuple(stop for stop in stops if not stop.frozen)
        return right(kept, since, frozen_only=frozen_only)

    fault.function(right, stopped)


def a_stop_within_a_stop_counts_twice(fault: Planting) -> None:
    """A dispute that was frozen gets its frozen time back twice."""

    def stopped(stops: tuple[Stop, ...], since: int, *, frozen_only: bool) -> int:
        return sum(
            max(0, stop.until - max(stop.since, since))
            for stop in stops
            if stop.until and (stop.frozen or not frozen_only)
        )

    fault.function(deadlines.stopped, stopped)


def timers_of_a_frozen_order_run(fault: Planting) -> None:
    """Deadlines pass while the bank decides."""
    right = deadlines.deadlines

    def running(order: Order, policy: Policy) -> tuple[Deadline, ...]:
        found = right(order, policy)
        if order.chargeback is None:
            return found
        thawed = replace(order, phase=order.phase_beneath, chargeback=None)
        return tuple(sorted({*found, *right(thawed, policy)}))

    fault.function(right, running)


def the_sellers_money_clears_while_frozen(fault: Planting) -> None:
    """A chargeback does not stop the order's money from being withdrawn."""
    right = deadlines.deadlines

    def running(order: Order, policy: Policy) -> tuple[Deadline, ...]:
        found = right(order, policy)
        if order.chargeback is None:
            return found
        thawed = right(replace(order, chargeback=None), policy)
        clearing = [one for one in thawed if one.name == "clearance"]
        return tuple(sorted((*found, *clearing)))

    fault.function(right, running)


def a_request_to_cancel_is_answered_a_second_late(fault: Planting) -> None:
    """At 48:00:00 the seller may still ship."""
    right = deadlines.deadlines

    def running(order: Order, policy: Policy) -> tuple[Deadline, ...]:
        return tuple(
            replace(one, at=one.at + 1) if one.name == "cancel_answer" else one
            for one in right(order, policy)
        )

    fault.function(right, running)


def extended_protection_is_forgotten(fault: Planting) -> None:
    """The days that the seller added do not count."""
    fault.rewriting(e.ProtectionExtended, lambda _right: lambda order, _event, _at: order)


def protection_is_the_same_everywhere(fault: Planting) -> None:
    """Protection is no longer in Russia and Brazil than elsewhere."""
    fault.timers(lambda timer: (replace(timer, length=None),))


def a_weekend_is_business(fault: Planting) -> None:
    """Refunds settle and money clears on weekends and holidays too."""
    fault.function(
        calendar.add_business_days, lambda start, days, _policy: start + days * instant.DAY
    )


def a_false_mark_is_never_cleared(fault: Planting) -> None:
    """A late scan does not clear the seller's record."""

    def wrong(right: Rewrite) -> Rewrite:
        def scanned(order: Order, event: e.ParcelScanned, at: int) -> Order:
            after = right(order, event, at)
            if order.shipment is None or after.shipment is None:
                return after
            return replace(after, shipment=replace(after.shipment, false=order.shipment.false))

        return scanned

    fault.rewriting(e.ParcelScanned, wrong)


def evidence_does_not_answer_a_mediator(fault: Planting) -> None:
    """A person who handed in what was asked for loses as if they had stayed silent."""

    def wrong(right: Rewrite) -> Rewrite:
        def added(order: Order, event: e.EvidenceAdded, at: int) -> Order:
            after = right(order, event, at)
            if order.dispute is None or after.dispute is None:
                return after
            return replace(after, dispute=replace(after.dispute, asked=order.dispute.asked))

        return added

    fault.rewriting(e.EvidenceAdded, wrong)


PLANTS: tuple[Plant, ...] = (
    release_not_stopped_by_a_dispute,
    a_mediator_may_be_silent_for_ever,
    a_seller_may_be_silent_for_ever,
    an_appeal_may_never_be_decided,
    after_sales_disputes_wait_as_long_as_others,
    a_late_answer_negotiates_in_the_past,
    a_withdrawn_dispute_gives_no_time_back,
    a_thaw_gives_no_time_back,
    a_stop_within_a_stop_counts_twice,
    timers_of_a_frozen_order_run,
    the_sellers_money_clears_while_frozen,
    a_request_to_cancel_is_answered_a_second_late,
    extended_protection_is_forgotten,
    protection_is_the_same_everywhere,
    a_weekend_is_business,
    a_false_mark_is_never_cleared,
    evidence_does_not_answer_a_mediator,
)
