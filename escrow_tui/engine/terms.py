"""The field's own words: phases, reasons, evidence kinds and shipment states.

Stores hold them for ever: a word may be added, and none is renamed or taken away.
"""

from enum import StrEnum


class Phase(StrEnum):
    """Where the order itself stands."""

    AWAITING_PAYMENT = "AWAITING_PAYMENT"
    EXPIRED = "EXPIRED"
    VERIFYING = "VERIFYING"
    AWAITING_SHIPMENT = "AWAITING_SHIPMENT"
    CANCEL_REQUESTED = "CANCEL_REQUESTED"
    CANCELLED = "CANCELLED"
    SHIPPED = "SHIPPED"
    RETURNED_TO_SENDER = "RETURNED_TO_SENDER"
    DELIVERED = "DELIVERED"
    COMPLETED = "COMPLETED"
    AWAITING_REPLACEMENT = "AWAITING_REPLACEMENT"
    FROZEN = "FROZEN"
    REFUNDED = "REFUNDED"
    CLOSED = "CLOSED"
    CHARGED_BACK = "CHARGED_BACK"


ENDED = frozenset(
    {Phase.EXPIRED, Phase.CANCELLED, Phase.REFUNDED, Phase.CLOSED, Phase.CHARGED_BACK}
)


class DisputePhase(StrEnum):
    """Where a running dispute stands; the order keeps its own phase meanwhile."""

    AWAITING_SELLER = "AWAITING_SELLER"
    NEGOTIATING = "NEGOTIATING"
    MEDIATION = "MEDIATION"
    APPEAL_WINDOW = "APPEAL_WINDOW"
    APPEAL_REVIEW = "APPEAL_REVIEW"


class ReturnPhase(StrEnum):
    """Where goods on their way back stand; the order keeps its own phase meanwhile."""

    AWAITING_RETURN = "AWAITING_RETURN"
    RETURN_IN_TRANSIT = "RETURN_IN_TRANSIT"
    RETURN_DELIVERED = "RETURN_DELIVERED"


class ChargebackPhase(StrEnum):
    """Where a chargeback stands while the order is frozen."""

    AWAITING_ANSWER = "AWAITING_ANSWER"
    AWAITING_BANK = "AWAITING_BANK"


# The part of an order that decides what is open; None where the order stands alone.
Stage = DisputePhase | ReturnPhase | ChargebackPhase


class ShipmentState(StrEnum):
    """What the carrier last said of the parcel."""

    LABEL = "label"
    ACCEPTED = "accepted"
    IN_TRANSIT = "in_transit"
    CUSTOMS = "customs"
    EXCEPTION = "exception"
    OUT_FOR_DELIVERY = "out_for_delivery"
    DELIVERED = "delivered"
    RETURNED_TO_SENDER = "returned_to_sender"
    LOST = "lost"


class EvidenceKind(StrEnum):
    """What a piece of evidence is."""

    PHOTO = "photo"
    UNBOXING_VIDEO = "unboxing_video"
    SCREENSHOT = "screenshot"
    TRACKING_RECORD = "tracking_record"
    PACKING_LIST = "packing_list"
    CARRIER_STATEMENT = "carrier_statement"
    WEIGHT_RECORD = "weight_record"
    INVOICE = "invoice"
    TEST_REPORT = "test_report"


class Reason(StrEnum):
    """Why a buyer disputes; `EVIDENCE_NEEDED` says what each must bring.

    No dispute that is kept has a reason that is added. A policy that was kept before says nothing
    of it in `label_payer`: the seller pays.
    """

    NO_SCANS = "no_scans"
    INVALID_TRACKING = "invalid_tracking"
    DELIVERED_ELSEWHERE = "delivered_elsewhere"
    STUCK_IN_CUSTOMS = "stuck_in_customs"
    RETURNED = "returned"
    IN_TRANSIT_LATE = "in_transit_late"
    DAMAGED = "damaged"
    INCOMPLETE = "incomplete"
    WRONG_ITEM = "wrong_item"
    DIFFERENT_FROM_LISTING = "different_from_listing"
    COUNTERFEIT = "counterfeit"
    NOT_WORKING = "not_working"
    EMPTY_PARCEL = "empty_parcel"
    CHANGE_OF_MIND = "change_of_mind"


NOT_RECEIVED = frozenset(
    {
        Reason.NO_SCANS,
        Reason.INVALID_TRACKING,
        Reason.DELIVERED_ELSEWHERE,
        Reason.STUCK_IN_CUSTOMS,
        Reason.RETURNED,
        Reason.IN_TRANSIT_LATE,
    }
)
_SEEN = frozenset({EvidenceKind.PHOTO, EvidenceKind.UNBOXING_VIDEO})

# One of these kinds must come with the dispute. Not received needs none: the case holds the
# tracking record anyway. A change of mind needs none.
EVIDENCE_NEEDED: dict[Reason, frozenset[EvidenceKind]] = {
    reason: frozenset() if reason in NOT_RECEIVED or reason is Reason.CHANGE_OF_MIND else _SEEN
    for reason in Reason
}


class Party(StrEnum):
    """Whose proposal it is, of the three that stand side by side."""

    BUYER = "buyer"
    SELLER = "seller"
    PLATFORM = "platform"


class Side(StrEnum):
    """One of the two between whom a case is."""

    BUYER = "buyer"
    SELLER = "seller"


class Parcel(StrEnum):
    """Which parcel the carrier saw."""

    ORDER = "order"
    RETURN = "return"


class ReturnFault(StrEnum):
    """Why a seller contests what came back."""

    NOT_RECEIVED = "not_received"
    DAMAGED = "damaged"
    EMPTY = "empty"
    DIFFERENT = "different"
    MISSING_PARTS = "missing_parts"


class RefundWay(StrEnum):
    """How a refund goes back to the buyer."""

    CARD = "card"
    BANK = "bank"
    WALLET = "wallet"
