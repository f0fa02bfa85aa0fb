"""The verbs of a step: one row a verb, each argument with its reader.

The arguments have the names of the command's fields; one without a default must be written.
"""

from escrow_tui.engine.terms import (
    EvidenceKind,
    Parcel,
    Party,
    Reason,
    ReturnFault,
    ShipmentState,
    Side,
)
from escrow_tui.scenarios.file.arguments import (
    ArgumentReader,
    amount,
    currency,
    exhibits,
    flag,
    member,
    money_of_any,
    picture,
    policy_rows,
    text,
    texts,
    tracking,
    weight,
    whole,
)

PLACE_ORDER = "place_order"
ADVANCE = "advance"
EXPECT = "expect"

_RESULTS: dict[str, ArgumentReader] = {"return_goods": flag, "replacement": flag}
_DECISION: dict[str, ArgumentReader] = {
    "refund": amount,
    "reasons": texts,
    "policy_rows": policy_rows,
    "confidence": whole,
    "note": text,
    **_RESULTS,
    "goodwill": amount,
}
_EVIDENCE: dict[str, ArgumentReader] = {"evidence": exhibits}
_TRACKING: dict[str, ArgumentReader] = {"tracking": tracking}
_DAYS: dict[str, ArgumentReader] = {"days": whole}
_WITHDRAWN: dict[str, ArgumentReader] = {"amount": money_of_any}

# `place_order` has the keys of [[order]], which order_reader.py reads.
VERBS: dict[str, dict[str, ArgumentReader]] = {
    PLACE_ORDER: {},
    "pay": {},
    "cancel": {},
    "request_cancel": {},
    "withdraw_cancel": {},
    "accept_cancel": {},
    "refund": {"amount": amount, "line": text},
    "extend_processing": _DAYS,
    "open_parcel": {"found": picture},
    "confirm_receipt": {},
    "open_dispute": {"reason": member(Reason), "claim": amount, **_EVIDENCE, **_RESULTS},
    "edit_claim": {"claim": amount},
    "withdraw_dispute": {},
    "propose": {"amount": amount, "note": text, **_RESULTS},
    "accept_proposal": {"of": member(Party)},
    "escalate": {},
    "add_evidence": {"kind": member(EvidenceKind), "shows": text, "picture": picture},
    "send_message": {"text": text},
    "ship": _TRACKING,
    "extend_protection": _DAYS,
    "accept_claim": {},
    "reject_claim": _EVIDENCE,
    "reship": _TRACKING,
    "open_evidence": {"evidence": text},
    "ask_evidence": {"from": member(Side)},
    "rule": _DECISION,
    "appeal": _EVIDENCE,
    "decide_appeal": _DECISION,
    "ship_return": _TRACKING,
    "confirm_return": {},
    "contest_return": {"kind": member(ReturnFault), **_EVIDENCE},
    "ship_replacement": _TRACKING,
    "review": {"stars": whole, "text": text},
    "scan": {
        "status": member(ShipmentState),
        "city": text,
        "post_code": text,
        "weight": weight,
        "signature": flag,
        "of": member(Parcel),
    },
    "verify_payment": {},
    "decline_payment": {"code": text},
    "settle_refund": {},
    "open_chargeback": {"amount": amount},
    "answer_chargeback": _EVIDENCE,
    "accept_chargeback": {},
    "decide_chargeback": {"won_by": member(Side)},
    "withdraw_money": _WITHDRAWN,
    "withdraw_wallet": _WITHDRAWN,
    "set_rate": {"currency": currency, "rate": text},
}

DO = (*VERBS, ADVANCE, EXPECT)

# Roles that are planned but do not exist yet.
LATER_ROLES = frozenset({"instructor"})


def not_built(word: str, known: tuple[str, ...]) -> str:
    """Return the sentence for a word that is planned."""
    return f'"{word}" is not built yet; this version knows: {", ".join(known)}'
