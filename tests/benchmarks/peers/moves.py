"""The moves of an order, in the form that state machine libraries take, from the engine's process.

Every verb is included in every phase that allows it, as in the engine. The guards other than the
one for the role, and the bookings, exist for the story's verbs only, which favours the peers.
"""

from collections.abc import Iterator
from typing import NamedTuple

from escrow_tui.engine.process import PROCESS


class Move(NamedTuple):
    """A trigger leads from one state to another if every guard agrees; then it is booked."""

    verb: str
    source: str
    target: str
    guards: tuple[str, ...]
    booking: str


# Where a verb leads; all others leave the order in its state.
_TARGETS = {
    "place_order": "AWAITING_PAYMENT",
    "pay": "VERIFYING",
    "cancel": "CANCELLED",
    "verify_payment": "AWAITING_SHIPMENT",
    "decline_payment": "CANCELLED",
    "request_cancel": "CANCEL_REQUESTED",
    "withdraw_cancel": "AWAITING_SHIPMENT",
    "accept_cancel": "CANCELLED",
    "ship": "SHIPPED",
    "reship": "SHIPPED",
    "scan": "DELIVERED",
    "confirm_receipt": "COMPLETED",
    "open_dispute": "AWAITING_SELLER",
    "accept_claim": "CLOSED",
    "reject_claim": "NEGOTIATING",
    "withdraw_dispute": "DELIVERED",
    "escalate": "MEDIATION",
    "rule": "APPEAL_WINDOW",
    "appeal": "APPEAL_REVIEW",
    "decide_appeal": "CLOSED",
    "ship_return": "RETURN_IN_TRANSIT",
    "confirm_return": "CLOSED",
    "contest_return": "MEDIATION",
    "ship_replacement": "SHIPPED",
    "open_chargeback": "AWAITING_ANSWER",
    "answer_chargeback": "AWAITING_BANK",
    "accept_chargeback": "CHARGED_BACK",
    "decide_chargeback": "CHARGED_BACK",
}
# For the story's verbs: the guards other than the one for the role, and the bookings.
_GUARDS = {
    "place_order": (
        "is_of_another",
        "is_of_oneself",
        "has_lines",
        "has_known_method",
        "has_known_currency",
        "has_possible_amounts",
    ),
    "ship": ("has_right_number",),
    "scan": ("is_in_order", "is_not_repeated"),
    "open_dispute": ("has_disputes_left", "is_old_enough", "has_possible_claim", "is_shown"),
    "review": ("is_the_first", "is_in_time", "has_stars", "has_a_text"),
}
_BOOKINGS = {
    "place_order": "book_placed",
    "pay": "book_captured",
    "verify_payment": "book_verified",
    "ship": "book_shipped",
    "scan": "book_scanned",
    "confirm_receipt": "book_confirmed",
    "open_dispute": "book_disputed",
    "review": "book_reviewed",
}
NOT_PLACED = "NOT_PLACED"


def _moves() -> Iterator[Move]:
    """Make the moves of the whole process: a state is a phase, or the stage of a part that runs."""
    for row in PROCESS:
        stages = [stage for stage in row.during if stage is not None]
        for source in [*(row.phases if None in row.during else ()), *stages]:
            name = NOT_PLACED if source is None else str(source)
            guards = (f"by_{row.role}", *_GUARDS.get(row.verb, ()))
            booking = _BOOKINGS.get(row.verb, "")
            yield Move(row.verb, name, _TARGETS.get(row.verb, name), guards, booking)


MOVES = tuple(dict.fromkeys(_moves()))
STATES = tuple(dict.fromkeys(state for move in MOVES for state in (move.source, move.target)))
