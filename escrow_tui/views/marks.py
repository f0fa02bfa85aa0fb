"""The marks on an order's timeline."""

from escrow_tui.engine import events as e
from escrow_tui.engine.deadlines import TIMER_WORDS, Deadline
from escrow_tui.engine.entry import Entry
from escrow_tui.engine.terms import Parcel, ShipmentState
from escrow_tui.views.parts import Mark, MarkState
from escrow_tui.views.vocabulary import day_of

# The events that have a mark on the timeline, in a word or two.
_MARKED: dict[type[e.Event], str] = {
    e.OrderPlaced: "placed",
    e.PaymentCaptured: "paid",
    e.CancelRequested: "cancel asked",
    e.OrderShipped: "shipped",
    e.ShipmentMarkedFalse: "marked false",
    e.ReceiptConfirmed: "completed",
    e.DisputeOpened: "dispute",
    e.ClaimRejected: "rejected",
    e.DisputeEscalated: "mediation",
    e.DisputeRuled: "ruled",
    e.RulingAppealed: "appealed",
    e.AppealDecided: "decided",
    e.DisputeWithdrawn: "withdrawn",
    e.DisputeExecuted: "executed",
    e.ReturnShipped: "sent back",
    e.ReturnContested: "contested",
    e.ReturnClosed: "return over",
    e.ReplacementShipped: "replaced",
    e.ChargebackOpened: "frozen",
    e.ChargebackWon: "unfrozen",
    e.ChargebackLost: "charged back",
    e.OrderCancelled: "cancelled",
    e.OrderExpired: "expired",
}
_ARRIVED: dict[Parcel, str] = {Parcel.ORDER: "delivered", Parcel.RETURN: "is back"}


def marks(entries: tuple[Entry, ...], running: tuple[Deadline, ...], now: int) -> tuple[Mark, ...]:
    """Return the marks of the timeline: the past, the present, and the deadlines to come."""
    past = (
        Mark(title, day_of(entry.at), MarkState.PAST)
        for entry in entries
        for event in entry.events
        if (title := _mark(event))
    )
    future = (Mark(TIMER_WORDS[one.name][0], day_of(one.at), MarkState.FUTURE) for one in running)
    return (*past, Mark("now", day_of(now), MarkState.HERE), *future)


def _mark(event: e.AnyEvent) -> str:
    if isinstance(event, e.ParcelScanned) and event.status is ShipmentState.DELIVERED:
        return _ARRIVED[event.of]
    return _MARKED.get(type(event), "")
