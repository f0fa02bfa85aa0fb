"""The rules of a market as numbers and switches; every timer, limit and fee is a row of them."""

import hashlib
from enum import StrEnum

import msgspec

from escrow_tui.engine.money import Money
from escrow_tui.engine.terms import Reason, Side


class Escalation(StrEnum):
    """Who calls the platform in."""

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


class Policy(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The rows of a policy file, checked; what each means stands in the file.

    Orders keep their policy for life, and old ones lack the rows that came later. A row that is
    added has a default: it is the row's value for every policy that was kept without it, so it
    says what the program did before. Policy files never fall back on it; there each row is named.
    """

    payment_due_days: int
    verification_hours: int
    processing_days: int
    cancel_answer_hours: int
    false_shipment_days: int
    protection_days: int
    protection_days_by_country: tuple[tuple[str, int], ...]
    auto_confirm_days: int
    signature_from: Money | None
    reship_days: int
    dispute_earliest_days: int
    dispute_at_once_promised_below_days: int
    dispute_after_confirm_days: int
    dispute_before_delivery: bool
    max_disputes: int
    return_days: int
    seller_answer_days: int
    seller_answer_after_sales_days: int
    seller_answer_counts: DayCount
    negotiation_days: int
    proposals: Proposals
    partial_refunds: bool
    escalation: Escalation
    escalate_from_days: int
    evidence_days: int
    evidence_edits: EvidenceEdits
    mediator_silence_days: int
    mediator_silence: MediatorSilence
    appeal_window_days: int
    appeal_review_days: int
    ruling_executed: RulingExecuted
    return_ship_days: int
    return_transit_days: int
    return_confirm_days: int
    return_label_cost: Money
    label_payer: tuple[tuple[str, str], ...]
    replacement_allowed: bool
    replacement_ship_days: int
    counterfeit_multiple: int
    chargeback_possible_days: int
    chargeback_answer_days: int
    chargeback_bank_days: int
    chargeback_money: ChargebackMoney
    chargeback_fee: Money
    refund_card_business_days: int
    refund_wallet_business_days: int
    refund_bank_business_days: int
    fx_refund: FxRefund
    commission_bps: int
    clearance_business_days: int
    withdrawal_fee: Money
    review_days: int
    seller_sees_address: bool
    warn_days: tuple[int, ...]
    weekend: tuple[str, ...]
    holidays: tuple[str, ...]

    def protection_days_for(self, country: str) -> int:
        """Days of buyer protection for a parcel to this country (two letters)."""
        return dict(self.protection_days_by_country).get(country, self.protection_days)

    def label_payer_for(self, reason: Reason) -> Side:
        """Who pays the label of a return for this reason; the seller where the row is silent."""
        return Side(dict(self.label_payer).get(reason, Side.SELLER))


def amount_in(row: Money | None, currency: str) -> int:
    """Return a row's amount for money of this currency, in minor units.

    A row in another currency does not apply: two currencies never meet without a quote.
    """
    return row.minor if row is not None and row.currency == currency else 0


def policy_content(policy: Policy) -> bytes:
    """Return a policy as it is kept: JSON, its rows by name."""
    return msgspec.json.encode(policy, order="sorted")


def policy_hash(policy: Policy) -> str:
    """The SHA-256 of a policy's content, by which an order keeps the one it was placed under.

    It is computed once, of what is then kept: the hash of a kept policy is the one it was given,
    for a newer version has more rows.
    """
    return hashlib.sha256(policy_content(policy)).hexdigest()
