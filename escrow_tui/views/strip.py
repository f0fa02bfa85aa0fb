"""The strip of stages: what an order has passed, where it is, and what lies ahead."""

from collections.abc import Iterable

from escrow_tui.engine import events as e
from escrow_tui.engine.entry import Entry
from escrow_tui.engine.order import Order
from escrow_tui.engine.terms import (
    ENDED,
    ChargebackPhase,
    DisputePhase,
    Phase,
    ReturnPhase,
    Stage,
)
from escrow_tui.views.parts import StageState, StageView
from escrow_tui.views.vocabulary import PHASE_WORDS, day_of

# For each stage of a part: the part's title, and what it waits for.
_PARTS: dict[Stage, tuple[str, str]] = {
    DisputePhase.AWAITING_SELLER: ("Dispute", "seller answers"),
    DisputePhase.NEGOTIATING: ("Dispute", "negotiation"),
    DisputePhase.MEDIATION: ("Dispute", "mediation"),
    DisputePhase.APPEAL_WINDOW: ("Dispute", "appeal window"),
    DisputePhase.APPEAL_REVIEW: ("Dispute", "appeal review"),
    ReturnPhase.AWAITING_RETURN: ("Return", "buyer sends"),
    ReturnPhase.RETURN_IN_TRANSIT: ("Return", "on its way"),
    ReturnPhase.RETURN_DELIVERED: ("Return", "seller looks"),
    ChargebackPhase.AWAITING_ANSWER: ("Frozen", "seller answers"),
    ChargebackPhase.AWAITING_BANK: ("Frozen", "bank decides"),
}
_BAD_ENDS = frozenset({Phase.EXPIRED, Phase.CANCELLED, Phase.CHARGED_BACK})
_ROAD = ("Placed", "Paid", "Verified", "Shipped", "Delivered", "Completed", "Closed")
# What lies ahead of the stages that leave the usual road.
_TURNS: dict[str, tuple[str, ...]] = {
    "Cancellation": ("Cancelled",),
    "Returned": ("Shipped", "Delivered"),
    "Replacement": _ROAD[3:],
}
# Events that end a part and leave no trace of it on the order itself.
_PASSED: dict[type[e.Event], str] = {e.DisputeExecuted: "Dispute", e.ReturnClosed: "Return"}


def stage_views(order: Order, entries: Iterable[Entry] = ()) -> tuple[StageView, ...]:
    """Return the stages that the order has passed, where it is, and those ahead.

    For an order that has ended, its journal says which disputes and returns it went through.
    """
    done = tuple(_done(title, at) for title, at in _reached(order))
    if order.phase in ENDED:
        state = StageState.FAILED if order.phase in _BAD_ENDS else StageState.HERE
        end = StageView(PHASE_WORDS[order.phase], state, day_of(order.ended_at))
        return (*done, *_passed(entries), end)
    if order.stage is not None:
        title, note = _PARTS[order.stage]
        here = StageView(title, StageState.HERE, note)
        return (*done, *_beneath(order), here, *_then(order), StageView("Result", StageState.AHEAD))
    *before, (title, at) = _reached(order)
    here = StageView(title, StageState.HERE, day_of(at))
    ahead = tuple(StageView(one, StageState.AHEAD) for one in _ahead(title))
    return (*done[: len(before)], here, *ahead)


def _done(title: str, at: int) -> StageView:
    return StageView(title, StageState.DONE, day_of(at))


def _reached(order: Order) -> list[tuple[str, int]]:
    """Return the stages reached, with their instants; a replacement starts the road again."""
    phase = order.phase_beneath
    waits = phase is Phase.AWAITING_REPLACEMENT
    asked = order.cancel_asked_at if phase is Phase.CANCEL_REQUESTED else 0
    came_back = order.returned_at if phase is Phase.RETURNED_TO_SENDER else 0
    instants = (
        ("Placed", order.placed_at),
        ("Paid", order.paid_at),
        ("Verified", order.verified_at),
        ("Cancellation", asked),
        ("Replacement", 0 if waits else order.replacement_at),
        ("Shipped", order.shipment.shipped_at if order.shipment else 0),
        ("Returned", came_back),
        ("Delivered", order.delivered_at),
        ("Completed", order.completed_at),
        ("Replacement", order.replacement_at if waits else 0),
    )
    return [(title, at) for title, at in instants if at]


def _ahead(last: str) -> tuple[str, ...]:
    return _TURNS[last] if last in _TURNS else _ROAD[_ROAD.index(last) + 1 :]


def _beneath(order: Order) -> tuple[StageView, ...]:
    """Return the parts under the running one: a return's dispute, or what a chargeback froze."""
    found: list[StageView] = []
    if order.return_ is not None:
        found.append(_done("Dispute", order.return_.dispute.opened_at))
    if order.chargeback is not None and order.stage_beneath is not None:
        found.append(StageView(_PARTS[order.stage_beneath][0], StageState.DONE, "held"))
    return tuple(found)


def _then(order: Order) -> tuple[StageView, ...]:
    """Return the stage that follows a return, if a replacement was agreed."""
    replaced = order.return_ is not None and order.return_.resolution.replacement
    return (StageView("Replacement", StageState.AHEAD),) if replaced else ()


def _passed(entries: Iterable[Entry]) -> tuple[StageView, ...]:
    return tuple(
        _done(_PASSED[type(event)], entry.at)
        for entry in entries
        for event in entry.events
        if type(event) in _PASSED
    )
