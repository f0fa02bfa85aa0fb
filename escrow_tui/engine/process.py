"""The process on one page: who may ask for what, and in which phase of an order."""

from collections.abc import Iterable

import msgspec

from escrow_tui.engine.roles import Role
from escrow_tui.engine.terms import (
    DISPUTABLE,
    ChargebackPhase,
    DisputePhase,
    Phase,
    ReturnPhase,
    Stage,
)

_P, _D, _R, _C = Phase, DisputePhase, ReturnPhase, ChargebackPhase
_BUYER, _SELLER, _MEDIATOR = Role.BUYER, Role.SELLER, Role.MEDIATOR
_CARRIER, _BANK = Role.CARRIER, Role.BANK

# The stages in which the parties argue, and those in which a mediator sees the case file.
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


class ProcessRow(msgspec.Struct, frozen=True):
    """A role may give a verb in these phases, while a dispute, return or chargeback is in `during`.

    `None` among the phases means that there is no order yet, `None` in `during` that no dispute or
    return runs. A `frozen` row also applies under a chargeback, by the phase beneath it.
    """

    verb: str
    role: Role
    phases: tuple[Phase | None, ...]
    during: tuple[Stage | None, ...] = (None,)
    frozen: bool = False


PROCESS: tuple[ProcessRow, ...] = (
    ProcessRow("place_order", _BUYER, (None,)),
    ProcessRow("pay", _BUYER, (_P.AWAITING_PAYMENT,)),
    ProcessRow("cancel", _BUYER, (_P.AWAITING_PAYMENT, _P.VERIFYING)),
    ProcessRow("verify_payment", _BANK, (_P.VERIFYING,)),
    ProcessRow("decline_payment", _BANK, (_P.VERIFYING,)),
    ProcessRow("extend_processing", _BUYER, (_P.AWAITING_SHIPMENT,)),
    ProcessRow("request_cancel", _BUYER, (_P.AWAITING_SHIPMENT,)),
    ProcessRow("withdraw_cancel", _BUYER, (_P.CANCEL_REQUESTED,)),
    ProcessRow("accept_cancel", _SELLER, (_P.CANCEL_REQUESTED,)),
    ProcessRow("ship", _SELLER, (_P.AWAITING_SHIPMENT, _P.CANCEL_REQUESTED)),
    ProcessRow("cancel", _SELLER, (_P.AWAITING_PAYMENT, _P.VERIFYING, _P.AWAITING_SHIPMENT)),
    ProcessRow("refund", _SELLER, (_P.AWAITING_SHIPMENT, *DISPUTABLE)),
    ProcessRow("extend_protection", _SELLER, (_P.SHIPPED,)),
    ProcessRow("scan", _CARRIER, (_P.SHIPPED,), _ANY, frozen=True),
    ProcessRow("reship", _SELLER, (_P.RETURNED_TO_SENDER,)),
    ProcessRow("open_parcel", _BUYER, (_P.DELIVERED, _P.COMPLETED), (None, *_ARGUED)),
    ProcessRow("confirm_receipt", _BUYER, (_P.SHIPPED, _P.DELIVERED)),
    ProcessRow("review", _BUYER, (_P.COMPLETED, _P.CLOSED)),
    ProcessRow("open_dispute", _BUYER, (_P.SHIPPED, _P.DELIVERED, _P.COMPLETED)),
    ProcessRow("accept_claim", _SELLER, DISPUTABLE, (_D.AWAITING_SELLER,)),
    ProcessRow("reject_claim", _SELLER, DISPUTABLE, (_D.AWAITING_SELLER,)),
    ProcessRow("edit_claim", _BUYER, DISPUTABLE, _ARGUED),
    ProcessRow("withdraw_dispute", _BUYER, DISPUTABLE, _ARGUED),
    ProcessRow("propose", _SELLER, DISPUTABLE, _ARGUED),
    ProcessRow("propose", _BUYER, DISPUTABLE, (_D.NEGOTIATING, _D.MEDIATION)),
    ProcessRow("propose", _MEDIATOR, DISPUTABLE, (_D.MEDIATION,)),
    ProcessRow("accept_proposal", _BUYER, DISPUTABLE, (_D.NEGOTIATING, _D.MEDIATION)),
    ProcessRow("accept_proposal", _SELLER, DISPUTABLE, (_D.NEGOTIATING, _D.MEDIATION)),
    # Before the seller has answered, only if the policy's escalation is manual.
    ProcessRow("escalate", _BUYER, DISPUTABLE, (_D.AWAITING_SELLER, _D.NEGOTIATING)),
    ProcessRow("add_evidence", _BUYER, DISPUTABLE, (*_D, *_R)),
    ProcessRow("add_evidence", _SELLER, DISPUTABLE, (*_D, *_R)),
    ProcessRow("open_evidence", _MEDIATOR, DISPUTABLE, _LOOKED_AT),
    ProcessRow("ask_evidence", _MEDIATOR, DISPUTABLE, (_D.MEDIATION,)),
    ProcessRow("rule", _MEDIATOR, DISPUTABLE, (_D.MEDIATION,)),
    ProcessRow("appeal", _BUYER, DISPUTABLE, (_D.APPEAL_WINDOW,)),
    ProcessRow("appeal", _SELLER, DISPUTABLE, (_D.APPEAL_WINDOW,)),
    ProcessRow("decide_appeal", _MEDIATOR, DISPUTABLE, (_D.APPEAL_REVIEW,)),
    ProcessRow("ship_return", _BUYER, DISPUTABLE, (_R.AWAITING_RETURN,)),
    ProcessRow("scan", _CARRIER, DISPUTABLE[1:], (_R.RETURN_IN_TRANSIT,), frozen=True),
    ProcessRow("confirm_return", _SELLER, DISPUTABLE, (_R.RETURN_DELIVERED,)),
    ProcessRow("contest_return", _SELLER, DISPUTABLE, (_R.RETURN_DELIVERED,)),
    ProcessRow("ship_replacement", _SELLER, (_P.AWAITING_REPLACEMENT,)),
    ProcessRow("send_message", _BUYER, _LIVE, _ANY, frozen=True),
    ProcessRow("send_message", _SELLER, _LIVE, _ANY, frozen=True),
    ProcessRow(
        "settle_refund", _BANK, tuple(one for one in _P if one is not _P.FROZEN), _ANY, True
    ),
    ProcessRow("open_chargeback", _BANK, _CHARGEABLE, _ANY),
    ProcessRow("answer_chargeback", _SELLER, (_P.FROZEN,), (_C.AWAITING_ANSWER,)),
    ProcessRow("accept_chargeback", _SELLER, (_P.FROZEN,), tuple(_C)),
    ProcessRow("decide_chargeback", _BANK, (_P.FROZEN,), tuple(_C)),
)

# Verbs that concern the market and no order, with the role that may give each.
MARKET_VERBS: dict[str, Role] = {
    "withdraw_money": _SELLER,
    "withdraw_wallet": _BUYER,
    "set_rate": _BANK,
}


Cell = tuple[str, Role, Phase | None, Stage | None]


def index(rows: Iterable[ProcessRow]) -> dict[Cell, ProcessRow]:
    """Return each row by the cells that it opens; of two rows for a cell, the first."""
    cells: dict[Cell, ProcessRow] = {}
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


def row_for(verb: str, role: Role, phase: Phase | None, stage: Stage | None) -> ProcessRow | None:
    """Return the row that allows the role this verb in this phase and stage, if there is one."""
    return _CELLS.get((verb, role, phase, stage))
