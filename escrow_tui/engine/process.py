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


class ProcessRow(msgspec.Struct, frozen=True, kw_only=True):
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
    ProcessRow(verb="place_order", role=_BUYER, phases=(None,)),
    ProcessRow(verb="pay", role=_BUYER, phases=(_P.AWAITING_PAYMENT,)),
    ProcessRow(verb="cancel", role=_BUYER, phases=(_P.AWAITING_PAYMENT, _P.VERIFYING)),
    ProcessRow(verb="verify_payment", role=_BANK, phases=(_P.VERIFYING,)),
    ProcessRow(verb="decline_payment", role=_BANK, phases=(_P.VERIFYING,)),
    ProcessRow(verb="extend_processing", role=_BUYER, phases=(_P.AWAITING_SHIPMENT,)),
    ProcessRow(verb="request_cancel", role=_BUYER, phases=(_P.AWAITING_SHIPMENT,)),
    ProcessRow(verb="withdraw_cancel", role=_BUYER, phases=(_P.CANCEL_REQUESTED,)),
    ProcessRow(verb="accept_cancel", role=_SELLER, phases=(_P.CANCEL_REQUESTED,)),
    ProcessRow(verb="ship", role=_SELLER, phases=(_P.AWAITING_SHIPMENT, _P.CANCEL_REQUESTED)),
    ProcessRow(
        verb="cancel",
        role=_SELLER,
        phases=(_P.AWAITING_PAYMENT, _P.VERIFYING, _P.AWAITING_SHIPMENT),
    ),
    ProcessRow(verb="refund", role=_SELLER, phases=(_P.AWAITING_SHIPMENT, *DISPUTABLE)),
    ProcessRow(verb="extend_protection", role=_SELLER, phases=(_P.SHIPPED,)),
    ProcessRow(verb="scan", role=_CARRIER, phases=(_P.SHIPPED,), during=_ANY, frozen=True),
    ProcessRow(verb="reship", role=_SELLER, phases=(_P.RETURNED_TO_SENDER,)),
    ProcessRow(
        verb="open_parcel",
        role=_BUYER,
        phases=(_P.DELIVERED, _P.COMPLETED),
        during=(None, *_ARGUED),
    ),
    ProcessRow(verb="confirm_receipt", role=_BUYER, phases=(_P.SHIPPED, _P.DELIVERED)),
    ProcessRow(verb="review", role=_BUYER, phases=(_P.COMPLETED, _P.CLOSED)),
    ProcessRow(verb="open_dispute", role=_BUYER, phases=(_P.SHIPPED, _P.DELIVERED, _P.COMPLETED)),
    ProcessRow(verb="accept_claim", role=_SELLER, phases=DISPUTABLE, during=(_D.AWAITING_SELLER,)),
    ProcessRow(verb="reject_claim", role=_SELLER, phases=DISPUTABLE, during=(_D.AWAITING_SELLER,)),
    ProcessRow(verb="edit_claim", role=_BUYER, phases=DISPUTABLE, during=_ARGUED),
    ProcessRow(verb="withdraw_dispute", role=_BUYER, phases=DISPUTABLE, during=_ARGUED),
    ProcessRow(verb="propose", role=_SELLER, phases=DISPUTABLE, during=_ARGUED),
    ProcessRow(
        verb="propose", role=_BUYER, phases=DISPUTABLE, during=(_D.NEGOTIATING, _D.MEDIATION)
    ),
    ProcessRow(verb="propose", role=_MEDIATOR, phases=DISPUTABLE, during=(_D.MEDIATION,)),
    ProcessRow(
        verb="accept_proposal",
        role=_BUYER,
        phases=DISPUTABLE,
        during=(_D.NEGOTIATING, _D.MEDIATION),
    ),
    ProcessRow(
        verb="accept_proposal",
        role=_SELLER,
        phases=DISPUTABLE,
        during=(_D.NEGOTIATING, _D.MEDIATION),
    ),
    # Before the seller has answered, only if the policy's escalation is manual.
    ProcessRow(
        verb="escalate", role=_BUYER, phases=DISPUTABLE, during=(_D.AWAITING_SELLER, _D.NEGOTIATING)
    ),
    ProcessRow(verb="add_evidence", role=_BUYER, phases=DISPUTABLE, during=(*_D, *_R)),
    ProcessRow(verb="add_evidence", role=_SELLER, phases=DISPUTABLE, during=(*_D, *_R)),
    ProcessRow(verb="open_evidence", role=_MEDIATOR, phases=DISPUTABLE, during=_LOOKED_AT),
    ProcessRow(verb="ask_evidence", role=_MEDIATOR, phases=DISPUTABLE, during=(_D.MEDIATION,)),
    ProcessRow(verb="rule", role=_MEDIATOR, phases=DISPUTABLE, during=(_D.MEDIATION,)),
    ProcessRow(verb="appeal", role=_BUYER, phases=DISPUTABLE, during=(_D.APPEAL_WINDOW,)),
    ProcessRow(verb="appeal", role=_SELLER, phases=DISPUTABLE, during=(_D.APPEAL_WINDOW,)),
    ProcessRow(verb="decide_appeal", role=_MEDIATOR, phases=DISPUTABLE, during=(_D.APPEAL_REVIEW,)),
    ProcessRow(verb="ship_return", role=_BUYER, phases=DISPUTABLE, during=(_R.AWAITING_RETURN,)),
    ProcessRow(
        verb="scan",
        role=_CARRIER,
        phases=DISPUTABLE[1:],
        during=(_R.RETURN_IN_TRANSIT,),
        frozen=True,
    ),
    ProcessRow(
        verb="confirm_return", role=_SELLER, phases=DISPUTABLE, during=(_R.RETURN_DELIVERED,)
    ),
    ProcessRow(
        verb="contest_return", role=_SELLER, phases=DISPUTABLE, during=(_R.RETURN_DELIVERED,)
    ),
    ProcessRow(verb="ship_replacement", role=_SELLER, phases=(_P.AWAITING_REPLACEMENT,)),
    ProcessRow(verb="send_message", role=_BUYER, phases=_LIVE, during=_ANY, frozen=True),
    ProcessRow(verb="send_message", role=_SELLER, phases=_LIVE, during=_ANY, frozen=True),
    ProcessRow(
        verb="settle_refund",
        role=_BANK,
        phases=tuple(one for one in _P if one is not _P.FROZEN),
        during=_ANY,
        frozen=True,
    ),
    ProcessRow(verb="open_chargeback", role=_BANK, phases=_CHARGEABLE, during=_ANY),
    ProcessRow(
        verb="answer_chargeback", role=_SELLER, phases=(_P.FROZEN,), during=(_C.AWAITING_ANSWER,)
    ),
    ProcessRow(verb="accept_chargeback", role=_SELLER, phases=(_P.FROZEN,), during=tuple(_C)),
    ProcessRow(verb="decide_chargeback", role=_BANK, phases=(_P.FROZEN,), during=tuple(_C)),
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
