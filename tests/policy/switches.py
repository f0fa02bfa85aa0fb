"""Every row of the policy with a small story on which it has an effect.

A story is told twice, under the usual policy and with one row changed, and gives back what is seen:
the days until a deadline, the code of a refusal, an amount.
"""

from collections.abc import Callable

import msgspec
from msgspec.structs import replace

from escrow_tui.engine.answers import Refused
from escrow_tui.engine.commands import (
    AcceptClaim,
    AddEvidence,
    AnswerChargeback,
    AnyCommand,
    Appeal,
    AskEvidence,
    Cancel,
    Escalate,
    OpenChargeback,
    OpenDispute,
    Pay,
    Propose,
    RejectClaim,
    RequestCancel,
    Review,
    Rule,
    Scan,
    SetRate,
    SettleRefund,
    ShipReturn,
    WithdrawDispute,
    WithdrawMoney,
)
from escrow_tui.engine.deadlines import deadlines
from escrow_tui.engine.events import LabelBought
from escrow_tui.engine.instant import DAY, HOUR
from escrow_tui.engine.money import Money
from escrow_tui.engine.policy import Policy
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
from escrow_tui.engine.roles import BANK, Actor, Role
from escrow_tui.engine.terms import EvidenceKind, Parcel, Reason, ShipmentState, Side
from escrow_tui.views.order_row import order_row
from escrow_tui.views.order_views import seller_order
from tests.given.facts import told_by
from tests.given.orders import (
    BUYER,
    CAME_BACK,
    CLAIM,
    COMPLETED,
    DELIVERED,
    DISPUTE,
    DISPUTED,
    MEDIATED,
    NEGOTIATED,
    PAID,
    PHOTO,
    REFUNDED,
    RULED,
    SELLER,
    SHIPPED,
    START,
    TRACKING,
    Step,
    days,
    given,
)

Tell = Callable[[Policy], object]


class Switch(msgspec.Struct, frozen=True):
    """A row's other value, and what the story shows under the usual one and under this one."""

    value: object
    tell: Tell
    usual: object
    changed: object


def until(name: str, *steps: Step, unit: int = DAY, **placing: object) -> Tell:
    """Tell how long a deadline still has, in days; None where it does not run."""

    def tell(policy: Policy) -> object:
        world = given(*steps, policy=policy, **placing)
        running = {one.name: one.at for one in deadlines(world.order, policy)}
        return (running[name] - world.now) / unit if name in running else None

    return tell


def asked(command: AnyCommand, *steps: Step, by: Actor = BUYER, **placing: object) -> Tell:
    """Tell the code with which a command is refused; "" where it is not."""

    def tell(policy: Policy) -> object:
        answer = given(*steps, policy=policy, **placing).when(command, by)
        return answer.code if isinstance(answer, Refused) else ""

    return tell


def balance(account: str, *steps: Step, currency: str = "USD", **placing: object) -> Tell:
    """Tell an account's balance in minor units."""
    return lambda policy: given(*steps, policy=policy, **placing).balance(account, currency)


def refunded(*steps: Step) -> Tell:
    """Tell what the order has given back, in minor units."""
    return lambda policy: given(*steps, policy=policy).order.refunded


def penalty(*steps: Step) -> Tell:
    """Tell what the seller paid beside the refund, in minor units."""
    return lambda policy: given(*steps, policy=policy).order.penalty


def running(*steps: Step) -> Tell:
    """Tell the names of the deadlines that run, the first due first."""
    return lambda policy: [
        one.name for one in deadlines(given(*steps, policy=policy).order, policy)
    ]


def label_payer(policy: Policy) -> object:
    """Tell who paid the label of a return, where labels cost something."""
    priced = replace(policy, return_label_cost=Money(900, "USD"))
    history = given(*GOING_BACK, policy=priced).history
    (bought,) = [event for _, _, event in history if isinstance(event, LabelBought)]
    return bought.payer


def warned(policy: Policy) -> object:
    """Tell whether the seller is warned three days before the time to ship is over."""
    world = given(*PAID, days(4), policy=policy)
    return order_row(world.order, policy, Role.SELLER, world.now).soon


def addressed(policy: Policy) -> object:
    """Say what the seller is shown of where the parcel goes."""
    facts = told_by(*PAID, policy={"seller_sees_address": policy.seller_sees_address})
    return seller_order(replace(facts, address=ADDRESS), SELLER).address


ADDRESS = "A. P., Needle Lane 77"
UNSIGNED = Scan(status=ShipmentState.DELIVERED, city="Berlin", post_code="10115", weight=1_200)
LATE = OpenDispute(reason=Reason.IN_TRANSIT_LATE, claim=10_000)
CHANGED_MIND = OpenDispute(reason=Reason.CHANGE_OF_MIND, claim=10_000, return_goods=True)
REPLACE = OpenDispute(reason=Reason.DAMAGED, claim=0, evidence=(PHOTO,), replacement=True)
SEEN = Scan(status=ShipmentState.IN_TRANSIT)
ON_ITS_WAY: tuple[Step, ...] = (*SHIPPED, SEEN)
RETURNING: tuple[Step, ...] = (
    *DELIVERED,
    OpenDispute(reason=Reason.DAMAGED, claim=CLAIM, evidence=(PHOTO,), return_goods=True),
    AcceptClaim(),
)
GOING_BACK: tuple[Step, ...] = (*RETURNING, ShipReturn(TRACKING))
BACK: tuple[Step, ...] = (*GOING_BACK, Scan(status=ShipmentState.DELIVERED, of=Parcel.RETURN))
COUNTERFEIT: tuple[Step, ...] = (
    *DELIVERED,
    OpenDispute(reason=Reason.COUNTERFEIT, claim=10_000, evidence=(PHOTO,)),
    RejectClaim(),
    Escalate(),
    Rule(refund=10_000, reasons=("the mark is a copy",)),
)
CHARGED_BACK: tuple[Step, ...] = (*PAID, OpenChargeback(10_000))
CALLED_OFF: tuple[Step, ...] = (*PAID, (SELLER, Cancel()))
ABROAD: tuple[Step, ...] = (*PAID, SetRate("EUR", "0.50"), (SELLER, Cancel()), SettleRefund())

# Each story begins on a Monday; what is told in days needs no look at the calendar but for
# business days.
SWITCHES: dict[str, Switch] = {
    "payment_due_days": Switch(5, until("payment_due"), 20, 5),
    "verification_hours": Switch(2, until("verification", Pay(), unit=HOUR), 24, 2),
    "processing_days": Switch(3, until("processing", *PAID), 7, 3),
    "cancel_answer_hours": Switch(
        12, until("cancel_answer", *PAID, RequestCancel(), unit=HOUR), 48, 12
    ),
    "false_shipment_days": Switch(2, until("false_shipment", *SHIPPED), 5, 2),
    "protection_days": Switch(30, until("protection", *SHIPPED), 60, 30),
    "protection_days_by_country": Switch(
        (("RU", 45),), until("protection", *SHIPPED, destination="RU"), 90, 45
    ),
    "auto_confirm_days": Switch(14, until("auto_confirm", *DELIVERED), 7, 14),
    "signature_from": Switch(
        Money(10_000, "USD"), running(*SHIPPED, UNSIGNED), ["auto_confirm"], ["protection"]
    ),
    "reship_days": Switch(3, until("reship", *CAME_BACK), 10, 3),
    "dispute_earliest_days": Switch(6, asked(LATE, *ON_ITS_WAY, days(6)), "DISPUTE_TOO_EARLY", ""),
    "dispute_at_once_promised_below_days": Switch(
        6, asked(LATE, *ON_ITS_WAY, promised_days=5), "DISPUTE_TOO_EARLY", ""
    ),
    "dispute_after_confirm_days": Switch(30, until("after_sales", *COMPLETED), 15, 30),
    "dispute_before_delivery": Switch(
        False, asked(LATE, *ON_ITS_WAY, days(10)), "", "DISPUTE_BEFORE_DELIVERY"
    ),
    "max_disputes": Switch(1, asked(DISPUTE, *DISPUTED, WithdrawDispute()), "", "DISPUTES_USED_UP"),
    "return_days": Switch(3, asked(CHANGED_MIND, *DELIVERED, days(3)), "", "CHANGE_OF_MIND_LATE"),
    "seller_answer_days": Switch(2, until("seller_answer", *DISPUTED), 5, 2),
    "seller_answer_after_sales_days": Switch(1, until("seller_answer", *COMPLETED, DISPUTE), 3, 1),
    "seller_answer_counts": Switch(DayCount.BUSINESS_DAYS, until("seller_answer", *DISPUTED), 5, 7),
    "negotiation_days": Switch(9, until("negotiation", *NEGOTIATED), 7, 9),
    "proposals": Switch(
        Proposals.IN_TURNS,
        asked(Propose(2_000), *NEGOTIATED, (SELLER, Propose(1_000)), by=SELLER),
        "",
        "NOT_YOUR_TURN",
    ),
    "partial_refunds": Switch(False, asked(DISPUTE, *DELIVERED), "", "PARTIAL_REFUND"),
    "escalation": Switch(
        Escalation.MANUAL, asked(Escalate(), *DISPUTED), "ESCALATE_UNANSWERED", ""
    ),
    "escalate_from_days": Switch(4, asked(Escalate(), *NEGOTIATED), "", "ESCALATE_TOO_EARLY"),
    "evidence_days": Switch(1, until("evidence", *MEDIATED, AskEvidence(Side.BUYER)), 3, 1),
    "evidence_edits": Switch(
        EvidenceEdits.ONE_SHOT,
        asked(AddEvidence(EvidenceKind.PHOTO, "the lid"), *DISPUTED),
        "",
        "EVIDENCE_ONE_SHOT",
    ),
    "mediator_silence_days": Switch(60, until("mediator_silence", *MEDIATED), 30, 60),
    "mediator_silence": Switch(MediatorSilence.SPLIT, refunded(*MEDIATED, days(30)), 10_000, 5_000),
    "appeal_window_days": Switch(30, until("appeal_window", *RULED), 7, 30),
    "appeal_review_days": Switch(5, until("appeal_review", *RULED, Appeal((PHOTO,))), 10, 5),
    "ruling_executed": Switch(RulingExecuted.AT_ONCE, refunded(*RULED), 0, CLAIM),
    "return_ship_days": Switch(3, until("return_ship", *RETURNING), 10, 3),
    "return_transit_days": Switch(15, until("return_transit", *GOING_BACK), 30, 15),
    "return_confirm_days": Switch(2, until("return_confirm", *BACK), 10, 2),
    "return_label_cost": Switch(Money(900, "USD"), balance("ext:carrier", *GOING_BACK), 0, 900),
    "label_payer": Switch((("damaged", "buyer"),), label_payer, Side.SELLER, Side.BUYER),
    "replacement_allowed": Switch(False, asked(REPLACE, *DELIVERED), "", "REPLACEMENT_NOT_ALLOWED"),
    "replacement_ship_days": Switch(
        3, until("replacement_ship", *DELIVERED, REPLACE, AcceptClaim()), 7, 3
    ),
    "counterfeit_multiple": Switch(2, penalty(*COUNTERFEIT, days(7)), 0, 10_000),
    "chargeback_possible_days": Switch(
        20, asked(OpenChargeback(10_000), *COMPLETED, days(20), by=BANK), "", "CHARGEBACK_TOO_LATE"
    ),
    "chargeback_answer_days": Switch(5, until("chargeback_answer", *CHARGED_BACK), 10, 5),
    "chargeback_bank_days": Switch(
        30, until("chargeback_bank", *CHARGED_BACK, AnswerChargeback((PHOTO,))), 75, 30
    ),
    "chargeback_money": Switch(
        ChargebackMoney.FROZEN, balance("chargeback_receivable", *CHARGED_BACK), -10_000, 0
    ),
    "chargeback_fee": Switch(
        Money(2_000, "USD"), balance("ext:network", *CHARGED_BACK), 1_500, 2_000
    ),
    # Two weeks of business days from a Monday, and one.
    "refund_card_business_days": Switch(5, until("refund", *REFUNDED), 14, 7),
    "refund_wallet_business_days": Switch(
        2, until("refund", *CALLED_OFF, method="western_union"), 0, 2
    ),
    # The card has expired on the Tuesday on which the order is called off.
    "refund_bank_business_days": Switch(
        3,
        until("refund", *PAID, days(1), (SELLER, Cancel()), card_expires=START + DAY),
        10,
        3,
    ),
    "fx_refund": Switch(
        FxRefund.CURRENT,
        balance("ext:buyer", *ABROAD, currency="EUR", pay_in="EUR", rate="0.92"),
        0,
        5_000 - 9_200,
    ),
    "commission_bps": Switch(800, balance("platform:commission", *COMPLETED), 500, 800),
    "clearance_business_days": Switch(5, until("clearance", *COMPLETED), 3, 7),
    "withdrawal_fee": Switch(
        Money(1_500, "USD"),
        balance("platform:withdrawal_fees", *COMPLETED, days(3), WithdrawMoney(5_000)),
        0,
        1_500,
    ),
    "review_days": Switch(10, asked(Review(5), *COMPLETED, days(10)), "", "REVIEW_TOO_LATE"),
    "seller_sees_address": Switch(True, addressed, "", ADDRESS),
    "warn_days": Switch((1,), warned, True, False),
    "weekend": Switch(("tuesday",), until("clearance", *COMPLETED), 3, 4),
    "holidays": Switch(("2026-03-03",), until("clearance", *COMPLETED), 3, 4),
}
