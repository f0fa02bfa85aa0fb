"""The rules of a market as numbers and switches; every timer, limit and fee is a row of them."""

import hashlib
from enum import StrEnum

import msgspec


class MediatorSilence(StrEnum):
    """Who gets the money when no mediator has ruled in time."""

    REFUND = "refund"
    SELLER = "seller"
    SPLIT = "split"


class RulingExecuted(StrEnum):
    """When a ruling moves the money."""

    AFTER_APPEAL_WINDOW = "after_appeal_window"
    AT_ONCE = "at_once"


class Policy(msgspec.Struct, frozen=True, kw_only=True):
    """The rows of a policy file, checked; what each means stands in the file."""

    payment_due_days: int
    verification_hours: int
    processing_days: int
    protection_days: int
    protection_days_by_country: tuple[tuple[str, int], ...]
    auto_confirm_days: int
    reship_days: int
    dispute_earliest_days: int
    dispute_at_once_promised_below_days: int
    dispute_after_confirm_days: int
    dispute_before_delivery: bool
    max_disputes: int
    seller_answer_days: int
    seller_answer_after_sales_days: int
    negotiation_days: int
    escalate_from_days: int
    mediator_silence_days: int
    mediator_silence: MediatorSilence
    appeal_window_days: int
    ruling_executed: RulingExecuted
    refund_card_business_days: int
    refund_wallet_business_days: int
    commission_bps: int
    clearance_business_days: int
    warn_days: tuple[int, ...]
    weekend: tuple[str, ...]
    holidays: tuple[str, ...]

    def protection_days_for(self, country: str) -> int:
        """Days of buyer protection for a parcel to this country (two letters)."""
        return dict(self.protection_days_by_country).get(country, self.protection_days)


def policy_hash(policy: Policy) -> str:
    """The SHA-256 of a policy's content, by which an order keeps the one it was placed under."""
    return hashlib.sha256(msgspec.json.encode(policy, order="sorted")).hexdigest()
