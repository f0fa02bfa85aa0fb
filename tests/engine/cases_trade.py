"""Refusals of paying, shipping, refunding, the bank and the market: a story and a command each."""

import msgspec
from msgspec.structs import replace

from escrow_tui.engine import commands as c
from escrow_tui.engine.methods import METHODS
from escrow_tui.engine.policy import Policy
from escrow_tui.engine.roles import Actor
from escrow_tui.engine.terms import Parcel, ShipmentState, Side
from tests.given.orders import (
    CHARGE_BACK,
    COMPLETED,
    DELIVERED,
    FROZEN,
    OTHER_BUYER,
    PAID,
    POLICY,
    SELLER,
    SHIPPED,
    Step,
    days,
    place_order,
)


class Case(msgspec.Struct, frozen=True):
    """A story, a command that must be refused, and the sentence that is shown.

    `steps` is None where there is no order; `lines` are those of the placed order, by default one.
    """

    command: c.AnyCommand
    sentence: str
    steps: tuple[Step, ...] | None = ()
    by: Actor | None = None
    rule: str = ""
    policy: Policy = POLICY
    lines: tuple[c.Line, ...] = (c.Line("a", 10_000),)
    method: str = "credit_card"


TWO_LINES = (c.Line("cup", 4_000), c.Line("pot", 6_000))
ON_ITS_WAY = c.Scan(status=ShipmentState.IN_TRANSIT, city="Leipzig", post_code="04109")

TRADE: dict[str, Case] = {
    "WRONG_ROLE": Case(c.Pay(), "A seller may not do this; it is for the buyer.", by=SELLER),
    "NOT_YOURS": Case(
        c.Pay(),
        "This order belongs to another buyer; act on an order of your own.",
        by=OTHER_BUYER,
    ),
    "WRONG_PHASE": Case(
        c.VerifyPayment(),
        "Not while the order is awaiting payment; it is possible when verifying, with no dispute"
        " or return running.",
    ),
    "EMPTY_ORDER": Case(
        place_order(lines=()),
        "The order has nothing to pay; put an article into the cart first.",
        None,
    ),
    "LINE_TWICE": Case(
        place_order(lines=(*TWO_LINES, c.Line("pot", 1))),
        "Line pot stands twice in the order; give each line an id of its own.",
        None,
    ),
    "METHOD_UNKNOWN": Case(
        place_order(method="cheque"),
        f"cheque is no payment method here; choose one of {', '.join(METHODS)}.",
        None,
    ),
    "SAME_PERSON": Case(
        place_order(seller="buyer-1"),
        "Buyer and seller are the same person; order from another shop.",
        None,
    ),
    "BAD_RATE": Case(
        place_order(pay_in="EUR"),
        "(none) is no rate; write a number like 0.92, above 0 and below 100000.",
        None,
    ),
    "CURRENCY_UNKNOWN": Case(
        place_order(currency="XXX"),
        'XXX is not a currency known here; write it like "USD".',
        None,
    ),
    "DECLINE_CODE_UNKNOWN": Case(
        c.DeclinePayment("odd"),
        "odd is no reason to decline a credit_card; it is one of verification_failed,"
        " three_d_secure_failed, wrong_security_code, insufficient_funds, limit_exceeded,"
        " card_expired, suspected_fraud.",
        PAID[:1],
    ),
    "BAD_AMOUNT": Case(
        c.Refund(10_001),
        "100.01 USD is not possible; at least 0.01 USD and at most 100.00 USD.",
        PAID,
    ),
    "BAD_DAYS": Case(
        c.ExtendProtection(0), "0 days is not possible; from 1 to 120.", SHIPPED, by=SELLER
    ),
    "LINE_UNKNOWN": Case(
        c.Refund(1, "lid"),
        "lid is no line of this order; it has cup, pot.",
        PAID,
        lines=TWO_LINES,
    ),
    "NOTHING_TO_REFUND": Case(
        c.Refund(1, "cup"),
        "Nothing of line cup can still be given back.",
        (*PAID, c.Refund(4_000, "cup")),
        lines=TWO_LINES,
    ),
    "PARTIAL_REFUND": Case(
        c.Refund(9_999),
        "This policy knows full refunds only: nothing, or 100.00 USD.",
        PAID,
        rule="partial_refunds",
        policy=replace(POLICY, partial_refunds=False),
    ),
    "NOTHING_TO_SETTLE": Case(c.SettleRefund(), "No refund of this order is on its way."),
    "TRACKING_INVALID": Case(
        c.Ship("RR473124828CN"),
        "RR473124828CN is no S10 number: its check digit would be 9. One that is right:"
        " RR473124404CN.",
        PAID,
    ),
    "SCAN_OUT_OF_ORDER": Case(
        c.Scan(status=ShipmentState.LABEL),
        "The parcel is label; a scan label cannot follow it.",
        SHIPPED,
    ),
    "SCAN_REPEATED": Case(
        ON_ITS_WAY,
        "The carrier reported the scan in_transit already.",
        (*SHIPPED, ON_ITS_WAY),
    ),
    "NO_RETURN_PARCEL": Case(
        c.Scan(status=ShipmentState.IN_TRANSIT, of=Parcel.RETURN),
        "No parcel is on its way back; scan the one of the order.",
        SHIPPED,
    ),
    "NOT_DELIVERED": Case(
        c.OpenParcel(),
        "The parcel has not been delivered; wait for the scan delivered.",
        (*SHIPPED, c.ConfirmReceipt()),
    ),
    "PARCEL_OPEN": Case(
        c.OpenParcel(),
        "The parcel has been opened already; look at what lay in it.",
        (*DELIVERED, c.OpenParcel()),
    ),
    "BAD_STARS": Case(c.Review(6), "6 is no number of stars; from 1 to 5.", COMPLETED),
    "REVIEWED_ALREADY": Case(
        c.Review(1),
        "You have given this order 4 stars already.",
        (*COMPLETED, c.Review(4)),
    ),
    "REVIEW_TOO_LATE": Case(
        c.Review(5),
        "The time to review ended on 2026-04-01 09:00.",
        (*COMPLETED, days(30)),
        rule="review_days",
    ),
    "CHARGEBACK_IMPOSSIBLE": Case(
        CHARGE_BACK,
        "A payment by western_union is final; its bank takes nothing back.",
        PAID,
        method="western_union",
    ),
    "CHARGEBACK_USED_UP": Case(
        CHARGE_BACK,
        "This payment has been charged back once; the bank has decided.",
        (*FROZEN, c.DecideChargeback(Side.SELLER)),
    ),
    "CHARGEBACK_TOO_LATE": Case(
        CHARGE_BACK,
        "A chargeback was possible until 2026-08-29 09:00; the bank takes no more.",
        (*COMPLETED, days(180)),
        rule="chargeback_possible_days",
    ),
    "NOTHING_TO_WITHDRAW": Case(
        c.WithdrawMoney(1),
        "Nothing in USD can be withdrawn; a seller's money can when it has cleared.",
        COMPLETED,
        by=SELLER,
    ),
}
