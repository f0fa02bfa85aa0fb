"""An order's marks on the timeline, and the flow of its money."""

from escrow_tui.engine import events as e
from escrow_tui.engine.deadlines import TIMER_WORDS, Deadline
from escrow_tui.engine.entry import Entry
from escrow_tui.engine.order import Order
from escrow_tui.engine.roles import Role
from escrow_tui.engine.terms import Parcel, Phase, ShipmentState
from escrow_tui.views.amounts import amount
from escrow_tui.views.parts import Flow, Mark, MarkState
from escrow_tui.views.words import date_of, day_of

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


def flow(order: Order, role: Role) -> Flow:
    """Return where the order's money is; a buyer sees what was released, and no commission."""
    net = role is not Role.BUYER
    commission = order.commission if net else 0
    to_seller = order.released - commission
    return Flow(
        "Buyer",
        "Escrow",
        "Seller",
        amount(order.captured, order),
        amount(order.held, order),
        amount(to_seller, order),
        amount(order.refunded, order),
        amount(commission, order),
        order.captured,
        order.held,
        to_seller,
        order.refunded,
        commission,
        _flow_note(order, role),
        amount(order.charged_back, order),
        order.charged_back,
    )


def _flow_note(order: Order, role: Role) -> str:
    if order.chargeback:
        verb = "has taken" if order.chargeback.debited else "wants"
        return f"frozen: the bank {verb} {amount(order.chargeback.amount, order)} back"
    if order.dispute:
        return f"dispute since {date_of(order.dispute.opened_at)}; it moves no money"
    if order.return_:
        return f"agreed on {date_of(order.return_.agreed_at)}: the money waits for the goods"
    coming = _coming(order, role)
    if coming:
        return f"{amount(coming, order)} on the way back to the buyer"
    if order.phase is Phase.AWAITING_REPLACEMENT:
        return "it waits for the replacement" if order.held else "the seller is paid already"
    return f"held since {date_of(order.paid_at)}" if order.held else "nothing is held"


def _coming(order: Order, role: Role) -> int:
    """Return the refunds on their way (minor units); 0 for a seller, who never sees them arrive."""
    return 0 if role is Role.SELLER else sum(refund.amount for refund in order.refunds)
