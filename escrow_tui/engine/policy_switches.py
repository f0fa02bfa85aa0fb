"""The values of the policy rows that choose between ways to proceed."""

from enum import StrEnum


class Escalation(StrEnum):
    """Whether a buyer may call the platform in before the seller has answered."""

    AUTOMATIC = "automatic"
    MANUAL = "manual"


class EvidenceEdits(StrEnum):
    """How often a party may hand in evidence."""

    UNTIL_CLOSED = "until_closed"
    ONE_SHOT = "one_shot"


class Proposals(StrEnum):
    """Whether a party may propose again before the other has."""

    FREE = "free"
    IN_TURNS = "in_turns"


class ChargebackMoney(StrEnum):
    """What an open chargeback does to the money."""

    DEBITED = "debited"
    FROZEN = "frozen"


class FxRefund(StrEnum):
    """At which rate a foreign buyer is refunded."""

    ORIGINAL = "original"
    CURRENT = "current"


class DayCount(StrEnum):
    """Which days count."""

    DAYS = "days"
    BUSINESS_DAYS = "business_days"


class MediatorSilence(StrEnum):
    """Who gets the money when no mediator has ruled in time."""

    REFUND = "refund"
    SELLER = "seller"
    SPLIT = "split"


class RulingExecuted(StrEnum):
    """When a ruling moves the money."""

    AFTER_APPEAL_WINDOW = "after_appeal_window"
    AT_ONCE = "at_once"
