"""The vocabulary of the field: phases, reasons, evidence kinds and shipment states.

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

# Where a dispute or a return can run.
DISPUTABLE = (Phase.SHIPPED, Phase.DELIVERED, Phase.RETURNED_TO_SENDER, Phase.COMPLETED)


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


class ReasonFamily(StrEnum):
    """What a dispute is about, and when its reasons can be chosen.

    A change of mind can be chosen within the policy's `return_days` of delivery, every other reason
    whenever a dispute can be opened.
    """

    NOT_RECEIVED = "not_received"
    NOT_AS_DESCRIBED = "not_as_described"
    CHANGE_OF_MIND = "change_of_mind"


_NOT_RECEIVED, _NOT_AS_DESCRIBED, _CHANGE_OF_MIND = ReasonFamily
_SEEN = frozenset({EvidenceKind.PHOTO, EvidenceKind.UNBOXING_VIDEO})


class Reason(StrEnum):
    """Why a buyer disputes, one row a reason: its code, words, family and the evidence it needs.

    One piece of one of the kinds in `evidence` must come with the dispute. Goods that were not
    received need none, for the case holds the tracking record anyway, nor does a change of mind.

    No dispute that is kept has a reason that is added. A policy that was kept before says nothing
    of it in `label_payer`: the seller pays.
    """

    _value_: str
    words: str
    family: ReasonFamily
    evidence: frozenset[EvidenceKind]

    # The defaults serve a reason that is looked up by its code.
    def __new__(
        cls,
        code: str,
        words: str = "",
        family: ReasonFamily = _NOT_AS_DESCRIBED,
        evidence: frozenset[EvidenceKind] = frozenset(),
    ) -> "Reason":
        """Make a reason from its row."""
        reason = str.__new__(cls, code)
        reason._value_ = code
        reason.words, reason.family, reason.evidence = words, family, evidence
        return reason

    NO_SCANS = "no_scans", "not received: no scans", _NOT_RECEIVED
    INVALID_TRACKING = (
        "invalid_tracking",
        "not received: tracking number invalid",
        _NOT_RECEIVED,
    )
    DELIVERED_ELSEWHERE = (
        "delivered_elsewhere",
        "not received: delivered elsewhere",
        _NOT_RECEIVED,
    )
    STUCK_IN_CUSTOMS = "stuck_in_customs", "not received: stuck in customs", _NOT_RECEIVED
    RETURNED = "returned", "not received: returned to the sender", _NOT_RECEIVED
    IN_TRANSIT_LATE = "in_transit_late", "not received: still on the way, late", _NOT_RECEIVED
    DAMAGED = "damaged", "damaged", _NOT_AS_DESCRIBED, _SEEN
    INCOMPLETE = "incomplete", "incomplete", _NOT_AS_DESCRIBED, _SEEN
    WRONG_ITEM = "wrong_item", "wrong item", _NOT_AS_DESCRIBED, _SEEN
    DIFFERENT_FROM_LISTING = (
        "different_from_listing",
        "different from the listing",
        _NOT_AS_DESCRIBED,
        _SEEN,
    )
    COUNTERFEIT = "counterfeit", "counterfeit", _NOT_AS_DESCRIBED, _SEEN
    NOT_WORKING = "not_working", "not working", _NOT_AS_DESCRIBED, _SEEN
    EMPTY_PARCEL = "empty_parcel", "empty parcel", _NOT_AS_DESCRIBED, _SEEN
    CHANGE_OF_MIND = "change_of_mind", "change of mind", _CHANGE_OF_MIND


class Party(StrEnum):
    """Who may make a proposal in a dispute."""

    BUYER = "buyer"
    SELLER = "seller"
    PLATFORM = "platform"


class Side(StrEnum):
    """One of the two sides of a case."""

    BUYER = "buyer"
    SELLER = "seller"


class Parcel(StrEnum):
    """Which of an order's parcels a scan is about."""

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
