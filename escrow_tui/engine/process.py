"""The process on one page: who may ask what in which phase, and what time alone brings about."""

import msgspec

from escrow_tui.engine.roles import Role
from escrow_tui.engine.terms import DisputePhase, Phase

_P, _D = Phase, DisputePhase
_BUYER, _SELLER, _MEDIATOR = Role.BUYER, Role.SELLER, Role.MEDIATOR

# Where a dispute can run, and what the parties may do in it before it is ruled.
_DISPUTED = (_P.SHIPPED, _P.DELIVERED, _P.RETURNED_TO_SENDER, _P.COMPLETED)
_ARGUED = (_D.AWAITING_SELLER, _D.NEGOTIATING, _D.MEDIATION)
_ANY_DISPUTE = tuple(DisputePhase)
_LIVE = (
    _P.AWAITING_PAYMENT,
    _P.VERIFYING,
    _P.AWAITING_SHIPMENT,
    _P.SHIPPED,
    _P.RETURNED_TO_SENDER,
    _P.DELIVERED,
    _P.COMPLETED,
)


class Row(msgspec.Struct, frozen=True):
    """A verb is open to a role in these phases, while the dispute stands as `during` says.

    `None` among the phases: there is no order yet; `None` in `during`: no dispute runs.
    """

    verb: str
    role: Role
    phases: tuple[Phase | None, ...]
    during: tuple[DisputePhase | None, ...] = (None,)


PROCESS: tuple[Row, ...] = (
    Row("place_order", _BUYER, (None,)),
    Row("pay", _BUYER, (_P.AWAITING_PAYMENT,)),
    Row("cancel", _BUYER, (_P.AWAITING_PAYMENT, _P.VERIFYING)),
    Row("verify_payment", Role.BANK, (_P.VERIFYING,)),
    Row("decline_payment", Role.BANK, (_P.VERIFYING,)),
    Row("extend_processing", _BUYER, (_P.AWAITING_SHIPMENT,)),
    Row("ship", _SELLER, (_P.AWAITING_SHIPMENT,)),
    Row("cancel", _SELLER, (_P.AWAITING_PAYMENT, _P.VERIFYING, _P.AWAITING_SHIPMENT)),
    Row("extend_protection", _SELLER, (_P.SHIPPED,)),
    Row("scan", Role.CARRIER, (_P.SHIPPED,), (None, *_ANY_DISPUTE)),
    Row("reship", _SELLER, (_P.RETURNED_TO_SENDER,)),
    Row("open_parcel", _BUYER, (_P.DELIVERED, _P.COMPLETED), (None, *_ARGUED)),
    Row("confirm_receipt", _BUYER, (_P.SHIPPED, _P.DELIVERED)),
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
    Row("escalate", _BUYER, _DISPUTED, (_D.NEGOTIATING,)),
    Row("add_evidence", _BUYER, _DISPUTED, _ARGUED),
    Row("add_evidence", _SELLER, _DISPUTED, _ARGUED),
    Row("open_evidence", _MEDIATOR, _DISPUTED, (_D.MEDIATION,)),
    Row("rule", _MEDIATOR, _DISPUTED, (_D.MEDIATION,)),
    Row("send_message", _BUYER, _LIVE, (None, *_ANY_DISPUTE)),
    Row("send_message", _SELLER, _LIVE, (None, *_ANY_DISPUTE)),
    Row("settle_refund", Role.BANK, tuple(Phase), (None, *_ANY_DISPUTE)),
)


class Timer(msgspec.Struct, frozen=True):
    """What happens when nobody acts: `rule` is the policy row with its length.

    `since` names the instant on the order (or, with a dot, on its dispute) from which it runs;
    `extra` the days that a party added. A timer of the order stands still while a dispute runs.
    """

    name: str
    rule: str
    since: str
    phases: tuple[Phase, ...]
    during: tuple[DisputePhase | None, ...] = (None,)
    extra: str = ""


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
    Timer(
        "protection",
        "protection_days",
        "shipment.shipped_at",
        (_P.SHIPPED,),
        extra="extra_protection_days",
    ),
    Timer("auto_confirm", "auto_confirm_days", "delivered_at", (_P.DELIVERED,)),
    Timer("reship", "reship_days", "returned_at", (_P.RETURNED_TO_SENDER,)),
    Timer("after_sales", "dispute_after_confirm_days", "completed_at", (_P.COMPLETED,)),
    Timer(
        "seller_answer",
        "seller_answer_days",
        "dispute.opened_at",
        (_P.SHIPPED, _P.DELIVERED, _P.RETURNED_TO_SENDER),
        (_D.AWAITING_SELLER,),
    ),
    Timer(
        "seller_answer",
        "seller_answer_after_sales_days",
        "dispute.opened_at",
        (_P.COMPLETED,),
        (_D.AWAITING_SELLER,),
    ),
    Timer("negotiation", "negotiation_days", "dispute.opened_at", _DISPUTED, (_D.NEGOTIATING,)),
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
)


def roles_of(verb: str) -> tuple[Role, ...]:
    """Return the roles that may ever give this verb, in the table's order."""
    return tuple(dict.fromkeys(row.role for row in PROCESS if row.verb == verb))


def row_for(verb: str, role: Role, phase: Phase | None, dispute: DisputePhase | None) -> Row | None:
    """Return the row that opens the verb to the role here and now, if there is one."""
    return next(
        (
            row
            for row in PROCESS
            if row.verb == verb
            and row.role is role
            and phase in row.phases
            and dispute in row.during
        ),
        None,
    )
