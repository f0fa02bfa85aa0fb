"""The process on one page: who may ask what in which phase, and what time alone brings about."""

from collections.abc import Iterable

import msgspec

from escrow_tui.engine.roles import Role
from escrow_tui.engine.terms import ChargebackPhase, DisputePhase, Phase, ReturnPhase, Stage

_P, _D, _R, _C = Phase, DisputePhase, ReturnPhase, ChargebackPhase
_BUYER, _SELLER, _MEDIATOR = Role.BUYER, Role.SELLER, Role.MEDIATOR
_CARRIER, _BANK = Role.CARRIER, Role.BANK

# Where a dispute or a return can run, and what the parties may do before a dispute is ruled.
_DISPUTED = (_P.SHIPPED, _P.DELIVERED, _P.RETURNED_TO_SENDER, _P.COMPLETED)
_ARGUED = (_D.AWAITING_SELLER, _D.NEGOTIATING, _D.MEDIATION)
_LOOKED_AT = (_D.MEDIATION, _D.APPEAL_REVIEW)
_ANY: tuple[Stage | None, ...] = (None, *_D, *_R)
_LIVE = (
    _P.AWAITING_PAYMENT,
    _P.VERIFYING,
    _P.AWAITING_SHIPMENT,
    _P.CANCEL_REQUESTED,
    _P.SHIPPED,
    _P.RETURNED_TO_SENDER,
    _P.DELIVERED,
    _P.COMPLETED,
    _P.AWAITING_REPLACEMENT,
)
_CHARGEABLE = (*_LIVE[1:], _P.CANCELLED, _P.REFUNDED, _P.CLOSED)


class Row(msgspec.Struct, frozen=True):
    """A verb is open to a role in these phases, while the part that runs stands as `during` says.

    `None` among the phases: there is no order yet; `None` in `during`: neither dispute nor return
    runs. `frozen` rows stay open under a chargeback, by what it holds beneath.
    """

    verb: str
    role: Role
    phases: tuple[Phase | None, ...]
    during: tuple[Stage | None, ...] = (None,)
    frozen: bool = False


PROCESS: tuple[Row, ...] = (
    Row("place_order", _BUYER, (None,)),
    Row("pay", _BUYER, (_P.AWAITING_PAYMENT,)),
    Row("cancel", _BUYER, (_P.AWAITING_PAYMENT, _P.VERIFYING)),
    Row("verify_payment", _BANK, (_P.VERIFYING,)),
    Row("decline_payment", _BANK, (_P.VERIFYING,)),
    Row("extend_processing", _BUYER, (_P.AWAITING_SHIPMENT,)),
    Row("request_cancel", _BUYER, (_P.AWAITING_SHIPMENT,)),
    Row("withdraw_cancel", _BUYER, (_P.CANCEL_REQUESTED,)),
    Row("accept_cancel", _SELLER, (_P.CANCEL_REQUESTED,)),
    Row("ship", _SELLER, (_P.AWAITING_SHIPMENT, _P.CANCEL_REQUESTED)),
    Row("cancel", _SELLER, (_P.AWAITING_PAYMENT, _P.VERIFYING, _P.AWAITING_SHIPMENT)),
    Row("refund", _SELLER, (_P.AWAITING_SHIPMENT, *_DISPUTED)),
    Row("extend_protection", _SELLER, (_P.SHIPPED,)),
    Row("scan", _CARRIER, (_P.SHIPPED,), _ANY, frozen=True),
    Row("reship", _SELLER, (_P.RETURNED_TO_SENDER,)),
    Row("open_parcel", _BUYER, (_P.DELIVERED, _P.COMPLETED), (None, *_ARGUED)),
    Row("confirm_receipt", _BUYER, (_P.SHIPPED, _P.DELIVERED)),
    Row("review", _BUYER, (_P.COMPLETED, _P.CLOSED)),
    Row("open_dispute", _BUYER, (_P.SHIPPED, _P.DELIVERED, _P.COMPLETED)),
    Row("accept_claim", _SELLER, _DISPUTED, (_D.AWAITING_SELLER,)),
    Row("reject_claim", _SELLER, _DISPUTED, (_D.AWAITING_SELLER,)),
    Row("edit_claim", _BUYER, _DISPUTED, _ARGUED),
    Row("withdraw_dispute", _BUYER, _DISPUTED, _ARGUED),
    Row("propose", _SELLER, _DISPUTED, _ARGUED),
    Row("propose", _BUYER, _DISPUTED, (_D.NEGOTIATING, _D.MEDIATION)),
    Row("propose", _MEDIATOR, _DISPUTED, (_D.MEDIATION,)),
    Row("accept_proposal", _BUYER, _DISPUTED, (_D.NEGOTIATING, _D.MEDIATION)),
    Row("accept_proposal", _SELLER, _DISPUTED, (_D.NEGOTIATING, _D.MEDIATION)),
    # Before the seller has answered only where the policy's escalation is manual.
    Row("escalate", _BUYER, _DISPUTED, (_D.AWAITING_SELLER, _D.NEGOTIATING)),
    Row("add_evidence", _BUYER, _DISPUTED, (*_D, *_R)),
    Row("add_evidence", _SELLER, _DISPUTED, (*_D, *_R)),
    Row("open_evidence", _MEDIATOR, _DISPUTED, _LOOKED_AT),
    Row("ask_evidence", _MEDIATOR, _DISPUTED, (_D.MEDIATION,)),
    Row("rule", _MEDIATOR, _DISPUTED, (_D.MEDIATION,)),
    Row("appeal", _BUYER, _DISPUTED, (_D.APPEAL_WINDOW,)),
    Row("appeal", _SELLER, _DISPUTED, (_D.APPEAL_WINDOW,)),
    Row("decide_appeal", _MEDIATOR, _DISPUTED, (_D.APPEAL_REVIEW,)),
    Row("ship_return", _BUYER, _DISPUTED, (_R.AWAITING_RETURN,)),
    Row("scan", _CARRIER, _DISPUTED[1:], (_R.RETURN_IN_TRANSIT,), frozen=True),
    Row("confirm_return", _SELLER, _DISPUTED, (_R.RETURN_DELIVERED,)),
    Row("contest_return", _SELLER, _DISPUTED, (_R.RETURN_DELIVERED,)),
    Row("ship_replacement", _SELLER, (_P.AWAITING_REPLACEMENT,)),
    Row("send_message", _BUYER, _LIVE, _ANY, frozen=True),
    Row("send_message", _SELLER, _LIVE, _ANY, frozen=True),
    Row("settle_refund", _BANK, tuple(one for one in _P if one is not _P.FROZEN), _ANY, True),
    Row("open_chargeback", _BANK, _CHARGEABLE, _ANY),
    Row("answer_chargeback", _SELLER, (_P.FROZEN,), (_C.AWAITING_ANSWER,)),
    Row("accept_chargeback", _SELLER, (_P.FROZEN,), tuple(_C)),
    Row("decide_chargeback", _BANK, (_P.FROZEN,), tuple(_C)),
)

# What is asked of the market whatever becomes of an order.
MARKET_VERBS: dict[str, Role] = {
    "withdraw_money": _SELLER,
    "withdraw_wallet": _BUYER,
    "set_rate": _BANK,
}


class Timer(msgspec.Struct, frozen=True):
    """What happens when nobody acts: `rule` is the policy row with its length.

    `since` names the instant on the order (or, with a dot, on a part of it) from which it runs;
    `extra` the days that a party added; `when` a yes or no of the order that must hold;
    `earliest` an instant before which it is not due, where it may begin with no time left. A timer
    of the order stands still while a dispute or a return runs, every timer under a chargeback.
    """

    name: str
    rule: str
    since: str
    phases: tuple[Phase, ...]
    during: tuple[Stage | None, ...] = (None,)
    extra: str = ""
    when: str = ""
    earliest: str = ""


_EARLIER = (_P.SHIPPED, _P.DELIVERED, _P.RETURNED_TO_SENDER)

TIMERS: tuple[Timer, ...] = (
    Timer("payment_due", "payment_due_days", "placed_at", (_P.AWAITING_PAYMENT,)),
    Timer("verification", "verification_hours", "paid_at", (_P.VERIFYING,)),
    Timer(
        "processing",
        "processing_days",
        "verified_at",
        (_P.AWAITING_SHIPMENT,),
        extra="extra_processing_days",
    ),
    Timer("cancel_answer", "cancel_answer_hours", "cancel_asked_at", (_P.CANCEL_REQUESTED,)),
    Timer(
        "false_shipment",
        "false_shipment_days",
        "shipment.shipped_at",
        (_P.SHIPPED,),
        when="unscanned",
    ),
    Timer(
        "protection",
        "protection_days",
        "shipment.shipped_at",
        (_P.SHIPPED,),
        extra="extra_protection_days",
    ),
    # Without the signature that the policy asks for, protection goes on after the delivery.
    Timer(
        "protection",
        "protection_days",
        "shipment.shipped_at",
        (_P.DELIVERED,),
        extra="extra_protection_days",
        when="unproven",
    ),
    Timer("auto_confirm", "auto_confirm_days", "delivered_at", (_P.DELIVERED,), when="proven"),
    Timer("reship", "reship_days", "returned_at", (_P.RETURNED_TO_SENDER,)),
    Timer("after_sales", "dispute_after_confirm_days", "completed_at", (_P.COMPLETED,)),
    Timer(
        "replacement_ship",
        "replacement_ship_days",
        "replacement_at",
        (_P.AWAITING_REPLACEMENT,),
    ),
    Timer(
        "seller_answer",
        "seller_answer_days",
        "dispute.opened_at",
        _EARLIER,
        (_D.AWAITING_SELLER,),
    ),
    Timer(
        "seller_answer",
        "seller_answer_after_sales_days",
        "dispute.opened_at",
        (_P.COMPLETED,),
        (_D.AWAITING_SELLER,),
    ),
    # It counts from the opening; a seller who may answer later than that leaves no time for it.
    Timer(
        "negotiation",
        "negotiation_days",
        "dispute.opened_at",
        _DISPUTED,
        (_D.NEGOTIATING,),
        earliest="dispute.answered_at",
    ),
    Timer(
        "evidence",
        "evidence_days",
        "dispute.asked_at",
        _DISPUTED,
        (_D.MEDIATION,),
        when="evidence_asked",
    ),
    Timer(
        "mediator_silence",
        "mediator_silence_days",
        "dispute.mediation_at",
        _DISPUTED,
        (_D.MEDIATION,),
    ),
    Timer(
        "appeal_window", "appeal_window_days", "dispute.ruled_at", _DISPUTED, (_D.APPEAL_WINDOW,)
    ),
    Timer(
        "appeal_review",
        "appeal_review_days",
        "dispute.appealed_at",
        _DISPUTED,
        (_D.APPEAL_REVIEW,),
    ),
    Timer("return_ship", "return_ship_days", "return_.agreed_at", _DISPUTED, (_R.AWAITING_RETURN,)),
    Timer(
        "return_transit",
        "return_transit_days",
        "return_.parcel.shipped_at",
        _DISPUTED,
        (_R.RETURN_IN_TRANSIT,),
    ),
    Timer(
        "return_confirm",
        "return_confirm_days",
        "return_.delivered_at",
        _DISPUTED,
        (_R.RETURN_DELIVERED,),
    ),
    Timer(
        "chargeback_answer",
        "chargeback_answer_days",
        "chargeback.opened_at",
        (_P.FROZEN,),
        (_C.AWAITING_ANSWER,),
    ),
    Timer(
        "chargeback_bank",
        "chargeback_bank_days",
        "chargeback.answered_at",
        (_P.FROZEN,),
        (_C.AWAITING_BANK,),
    ),
)

Cell = tuple[str, Role, Phase | None, Stage | None]


def index(rows: Iterable[Row]) -> dict[Cell, Row]:
    """Return each row by the cells that it opens; the first of two that open the same."""
    cells: dict[Cell, Row] = {}
    for row in rows:
        for phase in row.phases:
            for stage in row.during:
                cells.setdefault((row.verb, row.role, phase, stage), row)
    return cells


_CELLS = index(PROCESS)
_ROLES: dict[str, tuple[Role, ...]] = {
    **{
        row.verb: tuple(dict.fromkeys(one.role for one in PROCESS if one.verb == row.verb))
        for row in PROCESS
    },
    **{verb: (role,) for verb, role in MARKET_VERBS.items()},
}


def roles_of(verb: str) -> tuple[Role, ...]:
    """Return the roles that may ever give this verb, in the table's order."""
    return _ROLES.get(verb, ())


def row_for(verb: str, role: Role, phase: Phase | None, stage: Stage | None) -> Row | None:
    """Return the row that opens the verb to the role here and now, if there is one."""
    return _CELLS.get((verb, role, phase, stage))
