"""The verbs of a step on one page: each argument with how it is read, and the words still to come.

The names are those of the commands' fields; a field without a default must be written.
"""

from escrow_tui.engine.terms import EvidenceKind, Party, Reason, ShipmentState
from escrow_tui.scenarios.values import (
    Kind,
    amount,
    exhibits,
    flag,
    member,
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

# `place_order` has the keys of [[order]], which orders.py reads.
VERBS: dict[str, dict[str, Kind]] = {
    PLACE_ORDER: {},
    "pay": {},
    "cancel": {},
    "extend_processing": {"days": whole},
    "open_parcel": {"found": picture},
    "confirm_receipt": {},
    "open_dispute": {"reason": member(Reason), "claim": amount, "evidence": exhibits},
    "edit_claim": {"claim": amount},
    "withdraw_dispute": {},
    "propose": {"amount": amount, "note": text},
    "accept_proposal": {"of": member(Party)},
    "escalate": {},
    "add_evidence": {"kind": member(EvidenceKind), "shows": text, "picture": picture},
    "send_message": {"text": text},
    "ship": {"tracking": tracking},
    "extend_protection": {"days": whole},
    "accept_claim": {},
    "reject_claim": {"evidence": exhibits},
    "reship": {"tracking": tracking},
    "open_evidence": {"evidence": text},
    "rule": {
        "refund": amount,
        "reasons": texts,
        "policy_rows": policy_rows,
        "confidence": whole,
        "note": text,
    },
    "scan": {
        "status": member(ShipmentState),
        "city": text,
        "post_code": text,
        "weight": weight,
        "signature": flag,
    },
    "verify_payment": {},
    "decline_payment": {"code": text},
    "settle_refund": {},
}

DO = (*VERBS, ADVANCE, EXPECT)

# Words of the grammar that this version cannot follow yet.
LATER_ROLES = frozenset({"instructor"})
LATER_VERBS = frozenset(
    "request_cancel withdraw_cancel accept_cancel refund appeal ship_return review withdraw_wallet "
    "confirm_return contest_return ship_replacement answer_chargeback accept_chargeback "
    "withdraw_money ask_evidence decide_appeal open_chargeback decide_chargeback set_rate".split()
)
_RESULTS = frozenset({"return_goods", "replacement"})
LATER_ARGUMENTS: dict[str, frozenset[str]] = {
    "open_dispute": _RESULTS,
    "propose": _RESULTS,
    "rule": _RESULTS | {"goodwill"},
    "scan": frozenset({"of"}),
}


def not_built(word: str, known: tuple[str, ...]) -> str:
    """The sentence for a word that is planned."""
    return f'"{word}" is not built yet; this version knows: {", ".join(known)}'
