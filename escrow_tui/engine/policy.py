"""The rules of a market as numbers and switches; every timer, limit and fee is a row of them."""

import hashlib

import msgspec
from msgspec.structs import replace

from escrow_tui.engine.money import Money
from escrow_tui.engine.policy_row import MOST_DAYS, Names, PolicyType, days, hours, row
from escrow_tui.engine.policy_switches import (
    ChargebackMoney,
    DayCount,
    Escalation,
    EvidenceEdits,
    FxRefund,
    MediatorSilence,
    Proposals,
    RulingExecuted,
)
from escrow_tui.engine.terms import (
    DISPUTABLE,
    ChargebackPhase,
    DisputePhase,
    Phase,
    Reason,
    RefundWay,
    ReturnPhase,
    Side,
)
from escrow_tui.engine.timer import Effect, MoneyTimer, Timer, refund_timer

_PROTECTION = Timer(
    name="protection",
    title="protection ends",
    brings="the seller is paid",
    effect=Effect.COMPLETE,
    phases=(Phase.SHIPPED,),
    since=lambda order: order.shipped_at,
    extra=lambda order: order.extra_protection_days,
    length=lambda order, policy: policy.protection_for(order.destination),
)
_SELLER_ANSWER = Timer(
    name="seller_answer",
    title="seller's answer",
    brings="the buyer's claim is executed",
    effect=Effect.GRANT_CLAIM,
    phases=tuple([phase for phase in DISPUTABLE if phase is not Phase.COMPLETED]),
    during=(DisputePhase.AWAITING_SELLER,),
    since=lambda order: order.running_dispute.opened_at,
    business=lambda policy: policy.seller_answer_counts is DayCount.BUSINESS_DAYS,
)


class Policy(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, metaclass=PolicyType
):
    """The rows of a policy file, checked; what each means stands in the file.

    A row is declared once: its type, and with `days`, `hours` or `row` its bounds, the timers that
    it sets, and its value for older content. What else must know of it is derived.

    Orders keep their policy for life, and old ones lack the rows that came later. A row that is
    added states `older`, the value that says what the program did before; only kept policies fall
    back on it, for a policy file names each row.
    """

    payment_due_days: int = days(
        1,
        Timer(
            name="payment_due",
            title="payment due",
            brings="the order expires",
            effect=Effect.CANCEL,
            phases=(Phase.AWAITING_PAYMENT,),
            since=lambda order: order.placed_at,
        ),
    )
    verification_hours: int = hours(
        1,
        Timer(
            name="verification",
            title="verification",
            brings="the order is cancelled and refunded",
            effect=Effect.CANCEL,
            phases=(Phase.VERIFYING,),
            since=lambda order: order.paid_at,
        ),
    )
    processing_days: int = days(
        1,
        Timer(
            name="processing",
            title="ship by",
            brings="the order is cancelled and refunded",
            effect=Effect.CANCEL,
            phases=(Phase.AWAITING_SHIPMENT,),
            since=lambda order: order.verified_at,
            extra=lambda order: order.extra_processing_days,
        ),
    )
    cancel_answer_hours: int = hours(
        0,
        Timer(
            name="cancel_answer",
            title="seller's consent",
            brings="the order is cancelled and refunded",
            effect=Effect.CANCEL,
            phases=(Phase.CANCEL_REQUESTED,),
            since=lambda order: order.cancel_asked_at,
        ),
    )
    false_shipment_days: int = days(
        1,
        Timer(
            name="false_shipment",
            title="first scan due",
            brings="the shipment is marked false",
            effect=Effect.MARK_FALSE,
            phases=(Phase.SHIPPED,),
            since=lambda order: order.shipped_at,
            when=lambda order: order.unscanned,
        ),
    )
    protection_days: int = days(
        1,
        _PROTECTION,
        # Without the signature that the policy asks for, protection goes on after the delivery.
        replace(_PROTECTION, phases=(Phase.DELIVERED,), when=lambda order: order.unproven),
    )
    protection_days_by_country: tuple[tuple[str, int], ...] = row(
        low=1, high=MOST_DAYS, names=Names.COUNTRIES
    )
    auto_confirm_days: int = days(
        0,
        Timer(
            name="auto_confirm",
            title="auto-confirm",
            brings="the seller is paid",
            effect=Effect.COMPLETE,
            phases=(Phase.DELIVERED,),
            since=lambda order: order.delivered_at,
            when=lambda order: order.proven,
        ),
    )
    signature_from: Money | None
    reship_days: int = days(
        0,
        Timer(
            name="reship",
            title="send again by",
            brings="the buyer is refunded",
            effect=Effect.REFUND,
            phases=(Phase.RETURNED_TO_SENDER,),
            since=lambda order: order.returned_at,
        ),
    )
    dispute_earliest_days: int = days(0)
    dispute_at_once_promised_below_days: int = days(0)
    dispute_after_confirm_days: int = days(
        0,
        Timer(
            name="after_sales",
            title="after-sales ends",
            brings="the order is closed",
            effect=Effect.CLOSE,
            phases=(Phase.COMPLETED,),
            since=lambda order: order.completed_at,
        ),
    )
    dispute_before_delivery: bool
    max_disputes: int = row(low=0, high=100)
    return_days: int = days(0)
    seller_answer_days: int = days(1, _SELLER_ANSWER)
    seller_answer_after_sales_days: int = days(
        1, replace(_SELLER_ANSWER, phases=(Phase.COMPLETED,))
    )
    seller_answer_counts: DayCount
    negotiation_days: int = days(
        0,
        Timer(
            name="negotiation",
            title="negotiation ends",
            brings="the platform steps in",
            effect=Effect.ESCALATE,
            phases=DISPUTABLE,
            during=(DisputePhase.NEGOTIATING,),
            since=lambda order: order.running_dispute.opened_at,
            # A seller who answers late leaves no time to negotiate.
            earliest=lambda order: order.running_dispute.answered_at,
        ),
    )
    proposals: Proposals
    partial_refunds: bool
    escalation: Escalation
    escalate_from_days: int = days(0)
    evidence_days: int = days(
        1,
        Timer(
            name="evidence",
            title="evidence due",
            brings="it is ruled against the one who was asked",
            effect=Effect.RULE_WITHOUT_EVIDENCE,
            phases=DISPUTABLE,
            during=(DisputePhase.MEDIATION,),
            since=lambda order: order.running_dispute.asked_at,
            when=lambda order: order.evidence_asked,
        ),
    )
    evidence_edits: EvidenceEdits
    mediator_silence_days: int = days(
        1,
        Timer(
            name="mediator_silence",
            title="ruling due",
            brings="the policy rules by itself",
            effect=Effect.RULE_BY_POLICY,
            phases=DISPUTABLE,
            during=(DisputePhase.MEDIATION,),
            since=lambda order: order.running_dispute.mediation_at,
        ),
    )
    mediator_silence: MediatorSilence
    appeal_window_days: int = days(
        0,
        Timer(
            name="appeal_window",
            title="appeal window ends",
            brings="the ruling is executed",
            effect=Effect.EXECUTE_RULING,
            phases=DISPUTABLE,
            during=(DisputePhase.APPEAL_WINDOW,),
            since=lambda order: order.running_dispute.ruled_at,
        ),
    )
    appeal_review_days: int = days(
        1,
        Timer(
            name="appeal_review",
            title="appeal decision",
            brings="the first ruling stands",
            effect=Effect.KEEP_RULING,
            phases=DISPUTABLE,
            during=(DisputePhase.APPEAL_REVIEW,),
            since=lambda order: order.running_dispute.appealed_at,
        ),
    )
    ruling_executed: RulingExecuted
    return_ship_days: int = days(
        1,
        Timer(
            name="return_ship",
            title="goods sent back",
            brings="the buyer keeps the goods and the seller is paid",
            effect=Effect.KEEP_GOODS,
            phases=DISPUTABLE,
            during=(ReturnPhase.AWAITING_RETURN,),
            since=lambda order: order.running_return.agreed_at,
        ),
    )
    return_transit_days: int = days(
        1,
        Timer(
            name="return_transit",
            title="return arrives",
            brings="the mediator decides about the missing parcel",
            effect=Effect.MEDIATE_RETURN,
            phases=DISPUTABLE,
            during=(ReturnPhase.RETURN_IN_TRANSIT,),
            since=lambda order: order.return_shipped_at,
        ),
    )
    return_confirm_days: int = days(
        0,
        Timer(
            name="return_confirm",
            title="return looked at",
            brings="what was agreed is executed",
            effect=Effect.ACCEPT_RETURN,
            phases=DISPUTABLE,
            during=(ReturnPhase.RETURN_DELIVERED,),
            since=lambda order: order.running_return.delivered_at,
        ),
    )
    return_label_cost: Money
    label_payer: tuple[tuple[str, str], ...] = row(names=Names.REASONS)
    replacement_allowed: bool
    replacement_ship_days: int = days(
        1,
        Timer(
            name="replacement_ship",
            title="replacement due",
            brings="the buyer is refunded",
            effect=Effect.REFUND,
            phases=(Phase.AWAITING_REPLACEMENT,),
            since=lambda order: order.replacement_at,
        ),
    )
    # The price, or the price and as much again.
    counterfeit_multiple: int = row(low=1, high=2)
    chargeback_possible_days: int = days(0)
    chargeback_answer_days: int = days(
        1,
        Timer(
            name="chargeback_answer",
            title="answer to the bank",
            brings="the buyer's bank keeps the money",
            effect=Effect.LOSE_CHARGEBACK,
            phases=(Phase.FROZEN,),
            during=(ChargebackPhase.AWAITING_ANSWER,),
            since=lambda order: order.running_chargeback.opened_at,
        ),
    )
    chargeback_bank_days: int = days(
        1,
        Timer(
            name="chargeback_bank",
            title="bank's decision",
            brings="the buyer's bank keeps the money",
            effect=Effect.LOSE_CHARGEBACK,
            phases=(Phase.FROZEN,),
            during=(ChargebackPhase.AWAITING_BANK,),
            since=lambda order: order.running_chargeback.answered_at,
        ),
    )
    chargeback_money: ChargebackMoney
    chargeback_fee: Money
    refund_card_business_days: int = days(0, refund_timer(RefundWay.CARD))
    refund_wallet_business_days: int = days(0, refund_timer(RefundWay.WALLET))
    refund_bank_business_days: int = days(0, refund_timer(RefundWay.BANK))
    fx_refund: FxRefund
    # In hundredths of a percent.
    commission_bps: int = row(low=0, high=10_000)
    clearance_business_days: int = days(
        0,
        MoneyTimer(
            name="clearance",
            title="clearance",
            brings="the seller may withdraw the money",
            effect=Effect.CLEAR_FUNDS,
            starts=lambda order: order.clearing,
            freezes=True,
        ),
    )
    withdrawal_fee: Money
    review_days: int = days(0)
    seller_sees_address: bool
    warn_days: tuple[int, ...] = row(low=1, high=MOST_DAYS)
    weekend: tuple[str, ...] = row(names=Names.WEEKDAYS)
    holidays: tuple[str, ...] = row(names=Names.DATES)

    def protection_for(self, country: str) -> tuple[int, str]:
        """Return the days of protection for a parcel to this country, and the row with them."""
        own = dict(self.protection_days_by_country).get(country)
        if own is None:
            return self.protection_days, "protection_days"
        return own, "protection_days_by_country"

    def label_payer_for(self, reason: Reason) -> Side:
        """Return who pays a return's label for this reason; the seller where the row is silent."""
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
    """Return the SHA-256 of a policy's content, by which an order names its policy.

    It is computed once, of what is then kept: the hash of a kept policy is the one it was given,
    for a newer version has more rows.
    """
    return hashlib.sha256(policy_content(policy)).hexdigest()
