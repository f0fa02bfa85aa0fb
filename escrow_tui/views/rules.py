"""Which policy rows a mediator needs for a case, depending on what it is about."""

from escrow_tui.engine.order import Order, Resolution
from escrow_tui.engine.terms import DisputePhase, Reason, ReasonFamily

_NOT_RECEIVED = (
    "protection_days",
    "protection_days_by_country",
    "dispute_earliest_days",
    "auto_confirm_days",
)
_AS_DESCRIBED = ("auto_confirm_days", "dispute_after_confirm_days", "max_disputes")
_COUNTERFEIT = ("counterfeit_multiple",)
_CHANGE_OF_MIND = ("return_days",)
_RETURN = (
    "return_ship_days",
    "return_transit_days",
    "return_confirm_days",
    "label_payer",
    "return_label_cost",
)
_REPLACEMENT = ("replacement_allowed", "replacement_ship_days")
_CHARGEBACK = (
    "chargeback_answer_days",
    "chargeback_bank_days",
    "chargeback_money",
    "chargeback_fee",
)
_FALSE_SHIPMENT = ("false_shipment_days",)
_UNPROVEN = ("signature_from",)
_APPEAL = ("appeal_review_days",)
_EVERY_CASE = (
    "seller_answer_days",
    "negotiation_days",
    "evidence_days",
    "evidence_edits",
    "partial_refunds",
    "mediator_silence_days",
    "mediator_silence",
    "appeal_window_days",
    "ruling_executed",
    "commission_bps",
)


def policy_rows_for(order: Order) -> tuple[str, ...]:
    """Return the names of the policy rows that matter for a case, the most specific first."""
    reason = _reason(order)
    family = reason.family if reason else None
    wishes = _wishes(order)
    dispute, shipment = order.dispute, order.shipment
    matters: tuple[tuple[bool, tuple[str, ...]], ...] = (
        (order.chargeback is not None, _CHARGEBACK),
        (family is ReasonFamily.NOT_RECEIVED, _NOT_RECEIVED),
        (bool(shipment and (shipment.false or not shipment.scans)), _FALSE_SHIPMENT),
        (order.unproven, _UNPROVEN),
        (family is not ReasonFamily.NOT_RECEIVED, _AS_DESCRIBED),
        (reason is Reason.COUNTERFEIT, _COUNTERFEIT),
        (family is ReasonFamily.CHANGE_OF_MIND, _CHANGE_OF_MIND),
        (order.returned_goods or any(one.return_goods for one in wishes), _RETURN),
        (any(one.replacement for one in wishes), _REPLACEMENT),
        (bool(dispute and dispute.phase is DisputePhase.APPEAL_REVIEW), _APPEAL),
        (True, _EVERY_CASE),
    )
    return tuple(row for holds, rows in matters if holds for row in rows)


def _reason(order: Order) -> Reason | None:
    if order.dispute:
        return order.dispute.reason
    return order.return_.dispute.reason if order.return_ else None


def _wishes(order: Order) -> tuple[Resolution, ...]:
    """Return everything that was claimed, proposed, ruled or agreed."""
    if order.return_:
        return (Resolution(0, return_goods=True), order.return_.resolution)
    if order.dispute is None:
        return ()
    ruling = order.dispute.ruling
    proposed = (one.resolution for one in order.dispute.proposals)
    return (order.dispute.claim, *proposed, *((ruling.resolution,) if ruling else ()))
