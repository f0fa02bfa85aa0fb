"""What is drawn of an order: its strip of stages, its marks in time, and the flow of its money."""

from escrow_tui.engine import events as e
from escrow_tui.engine.deadlines import Deadline
from escrow_tui.engine.entry import Entry
from escrow_tui.engine.money import plain
from escrow_tui.engine.order import Order
from escrow_tui.engine.terms import ENDED, DisputePhase, Phase
from escrow_tui.views.parts import Flow, Mark, MarkState, Stage, StageState
from escrow_tui.views.words import DEADLINE_WORDS, PHASE_WORDS, date_of, day_of

_DISPUTE_STAGE: dict[DisputePhase, str] = {
    DisputePhase.AWAITING_SELLER: "seller answers",
    DisputePhase.NEGOTIATING: "negotiation",
    DisputePhase.MEDIATION: "mediation",
    DisputePhase.APPEAL_WINDOW: "appeal window",
}
_BAD_ENDS = frozenset({Phase.EXPIRED, Phase.CANCELLED})


def stages(order: Order) -> tuple[Stage, ...]:
    """Return the stages that the order has passed, where it is, and those to come."""
    reached = _reached(order)
    if order.phase in ENDED:
        state = StageState.FAILED if order.phase in _BAD_ENDS else StageState.HERE
        end = Stage(PHASE_WORDS[order.phase], state, day_of(order.ended_at))
        return (*(_done(title, at) for title, at in reached), end)
    if order.dispute:
        here = Stage("Dispute", StageState.HERE, _DISPUTE_STAGE[order.dispute.phase])
        done = tuple(_done(title, at) for title, at in reached)
        return (*done, here, Stage("Result", StageState.AHEAD))
    *before, (title, at) = reached
    here = Stage(title, StageState.HERE, day_of(at))
    ahead = tuple(Stage(title, StageState.AHEAD) for title in _ahead(order))
    return (*(_done(title, at) for title, at in before), here, *ahead)


def _done(title: str, at: int) -> Stage:
    return Stage(title, StageState.DONE, day_of(at))


def _reached(order: Order) -> list[tuple[str, int]]:
    shipped_at = order.shipment.shipped_at if order.shipment else 0
    came_back = order.returned_at if order.phase is Phase.RETURNED_TO_SENDER else 0
    instants = {
        "Placed": order.placed_at,
        "Paid": order.paid_at,
        "Verified": order.verified_at,
        "Shipped": shipped_at,
        "Returned": came_back,
        "Delivered": order.delivered_at,
        "Completed": order.completed_at,
    }
    return [(title, at) for title, at in instants.items() if at]


def _ahead(order: Order) -> list[str]:
    road = ["Placed", "Paid", "Verified", "Shipped", "Delivered", "Completed", "Closed"]
    last = _reached(order)[-1][0]
    return ["Shipped", "Delivered"] if last == "Returned" else road[road.index(last) + 1 :]


# What happened, in a word or two; other events carry no mark of their own.
_MARKED: dict[type[e.Event], str] = {
    e.OrderPlaced: "placed",
    e.PaymentCaptured: "paid",
    e.OrderShipped: "shipped",
    e.ReceiptConfirmed: "completed",
    e.DisputeOpened: "dispute",
    e.ClaimRejected: "rejected",
    e.DisputeEscalated: "mediation",
    e.DisputeRuled: "ruled",
    e.DisputeWithdrawn: "withdrawn",
    e.DisputeExecuted: "executed",
    e.OrderCancelled: "cancelled",
    e.OrderExpired: "expired",
}


def marks(entries: tuple[Entry, ...], running: tuple[Deadline, ...], now: int) -> tuple[Mark, ...]:
    """Return the marks of the timeline: what was, YOU ARE HERE, and the deadlines to come."""
    past: list[Mark] = []
    for entry in entries:
        for event in entry.events:
            title = _MARKED.get(type(event), "")
            if isinstance(event, e.ParcelScanned) and event.status == "delivered":
                title = "delivered"
            if title:
                past.append(Mark(title, day_of(entry.at), MarkState.PAST))
    future = (
        Mark(DEADLINE_WORDS[one.name][0], day_of(one.at), MarkState.FUTURE) for one in running
    )
    return (*past, Mark("now", day_of(now), MarkState.HERE), *future)


def flow(order: Order, *, net: bool) -> Flow:
    """Return where the order's money is; `net` tells what the seller gets after commission."""
    to_seller = order.released - order.commission if net else order.released
    commission = order.commission if net else 0

    def shown(minor: int) -> str:
        return f"{plain(minor, order.currency)} {order.currency}"

    return Flow(
        "Buyer",
        "Escrow",
        "Seller",
        shown(order.captured),
        shown(order.held),
        shown(to_seller),
        shown(order.refunded),
        shown(commission),
        order.captured,
        order.held,
        to_seller,
        order.refunded,
        commission,
        _flow_note(order),
    )


def _flow_note(order: Order) -> str:
    if order.dispute:
        return f"dispute since {date_of(order.dispute.opened_at)}; it moves no money"
    if order.refunds:
        coming = sum(refund.amount for refund in order.refunds)
        return f"{plain(coming, order.currency)} {order.currency} on the way back to the buyer"
    if order.held:
        return f"held since {date_of(order.paid_at)}"
    return "nothing is held"
