"""Timers: from when each runs, and what happens when it runs out because nobody acted."""

from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec

from escrow_tui.engine.instant import DAY
from escrow_tui.engine.order import Order
from escrow_tui.engine.terms import Phase, RefundWay, Stage

if TYPE_CHECKING:
    from escrow_tui.engine.policy import Policy


class Effect(StrEnum):
    """What a timer brings about when it runs out; `expire` says which events that means."""

    CANCEL = "cancel"
    MARK_FALSE = "mark_false"
    COMPLETE = "complete"
    REFUND = "refund"
    CLOSE = "close"
    GRANT_CLAIM = "grant_claim"
    ESCALATE = "escalate"
    RULE_WITHOUT_EVIDENCE = "rule_without_evidence"
    RULE_BY_POLICY = "rule_by_policy"
    EXECUTE_RULING = "execute_ruling"
    KEEP_RULING = "keep_ruling"
    KEEP_GOODS = "keep_goods"
    MEDIATE_RETURN = "mediate_return"
    ACCEPT_RETURN = "accept_return"
    LOSE_CHARGEBACK = "lose_chargeback"
    SETTLE_REFUND = "settle_refund"
    CLEAR_FUNDS = "clear_funds"


class AnyTimer(msgspec.Struct, frozen=True, kw_only=True):
    """What every timer has; `title` and `brings` are its words on a screen.

    `rule` is the policy row that declares the timer, which fills it in.
    """

    name: str
    title: str
    brings: str
    effect: Effect
    rule: str = ""


class Timer(AnyTimer, frozen=True, kw_only=True):
    """A timer of an order, which runs in these phases while `during` holds, as in a process row.

    It is due the row's length after `since` (Unix seconds), plus the `extra` days that a party
    granted, and never before `earliest`. `when` must hold for it to run. `length` gives the length
    and its row where another row may apply; `business` says whether only business days count.
    `unit` is in seconds.

    A timer of the order stands still while a dispute or a return runs, every timer under a
    chargeback.
    """

    phases: tuple[Phase, ...]
    since: Callable[[Order], int]
    during: tuple[Stage | None, ...] = (None,)
    extra: Callable[[Order], int] | None = None
    when: Callable[[Order], bool] | None = None
    earliest: Callable[[Order], int] | None = None
    length: Callable[[Order, "Policy"], tuple[int, str]] | None = None
    business: Callable[["Policy"], bool] | None = None
    unit: int = DAY


class MoneyTimer(AnyTimer, frozen=True, kw_only=True):
    """A timer of money on its way, in business days and whatever the order's phase.

    `starts` gives the number of each amount that is on its way and the instant (Unix seconds) from
    which its time counts. `freezes` says whether it stands still under a chargeback.
    """

    starts: Callable[[Order], tuple[tuple[int, int], ...]]
    freezes: bool = False


def refund_timer(way: RefundWay) -> MoneyTimer:
    """Return the timer of the refunds that go back this way."""
    return MoneyTimer(
        name="refund",
        title="refund arrives",
        brings="the money is back with the buyer",
        effect=Effect.SETTLE_REFUND,
        starts=lambda order: tuple(
            [(due.number, due.booked_at) for due in order.refunds if due.way is way]
        ),
    )
