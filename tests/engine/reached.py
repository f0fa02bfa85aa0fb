"""A story that reaches each event, and the event with all of its fields."""

import msgspec
from msgspec.structs import replace

from escrow_tui.engine import commands as c
from escrow_tui.engine import events as e
from escrow_tui.engine.evidence import checksum
from escrow_tui.engine.money import Money
from escrow_tui.engine.policy import Policy, policy_hash
from escrow_tui.engine.terms import (
    EvidenceKind,
    Parcel,
    Party,
    Reason,
    RefundWay,
    ReturnFault,
    ShipmentState,
    Side,
)
from tests.given.orders import (
    ANSWERED,
    APPEALED,
    BACK,
    CANCEL_ASKED,
    COMPLETED,
    DELIVERED,
    DISPUTED,
    FROZEN,
    GOING_BACK,
    MEDIATED,
    NEGOTIATED,
    PAID,
    PHOTO,
    POLICY,
    REFUNDED,
    RULE,
    RULED,
    SELLER,
    SHIPPED,
    START,
    TO_BE_REPLACED,
    TO_GO_BACK,
    TRACKING,
    Step,
    days,
)

LABEL = replace(POLICY, return_label_cost=Money(600, "USD"))
TWICE = replace(POLICY, counterfeit_multiple=2)
FALSE = c.OpenDispute(Reason.COUNTERFEIT, 10_000, (PHOTO,))
ARGUED: tuple[Step, ...] = (c.RejectClaim(), c.Escalate())
REASONS = ("the spout is cracked",)


class Tale(msgspec.Struct, frozen=True):
    """The steps of a story, and the last event of one kind in it."""

    event: e.AnyEvent
    steps: tuple[Step, ...] = ()
    policy: Policy = POLICY
    method: str = "credit_card"


OF_TRADE: tuple[Tale, ...] = (
    Tale(
        e.OrderPlaced(
            "buyer-1",
            "seller-1",
            (c.Line("a", 10_000),),
            "USD",
            10_000,
            0,
            "CN",
            "DE",
            30,
            "credit_card",
            policy_hash(POLICY),
            "",
            "",
            10_000,
            0,
        )
    ),
    Tale(e.PaymentPromised(), (c.Pay(),), method="western_union"),
    Tale(e.PaymentCaptured(10_000, 10_000, 0, 320), (c.Pay(),)),
    Tale(e.PaymentVerified(), PAID),
    Tale(e.PaymentDeclined("card_expired"), (c.Pay(), c.DeclinePayment("card_expired"))),
    Tale(e.OrderExpired(), (c.Cancel(),)),
    Tale(e.OrderCancelled("cancelled by the seller"), (*PAID, (SELLER, c.Cancel()))),
    Tale(e.CancelRequested(), CANCEL_ASKED),
    Tale(e.CancelWithdrawn(), (*CANCEL_ASKED, c.WithdrawCancel())),
    Tale(e.ProcessingExtended(3), (*PAID, c.ExtendProcessing(3))),
    Tale(e.OrderShipped(TRACKING), SHIPPED),
    Tale(e.ProtectionExtended(4), (*SHIPPED, c.ExtendProtection(4))),
    Tale(
        e.ParcelScanned(
            ShipmentState.DELIVERED, "Berlin", "10115", 1_200, True, Parcel.ORDER, True
        ),
        DELIVERED,
    ),
    Tale(e.ShipmentMarkedFalse(), (*SHIPPED, days(5))),
    Tale(e.ParcelOpened("mug"), (*DELIVERED, c.OpenParcel("mug"))),
    Tale(e.ReceiptConfirmed("confirmed by the buyer"), COMPLETED),
    Tale(e.FundsReleased(10_000, 500, 0, 9_500), COMPLETED),
    Tale(e.RefundBooked(1, 10_000, e.Sources(10_000), RefundWay.CARD, (10_000,)), REFUNDED),
    Tale(
        e.PenaltyBooked(2, 10_000, e.Sources(debt=10_000), RefundWay.CARD),
        (*DELIVERED, FALSE, *ARGUED, c.Rule(10_000, REASONS), days(7)),
        TWICE,
    ),
    Tale(e.GoodwillPaid(500), (*MEDIATED, replace(RULE, goodwill=500), days(7))),
    Tale(e.LabelBought(600, Side.SELLER, e.Sources(debt=600)), GOING_BACK, LABEL),
    Tale(e.RefundSettled(1, 10_000, 10_000), (*REFUNDED, c.SettleRefund())),
    Tale(e.FundsCleared(9_500), (*COMPLETED, days(3))),
    Tale(e.OrderRefunded(), REFUNDED),
    Tale(e.OrderClosed(), (*COMPLETED, days(15))),
    Tale(e.ReviewWritten(4, "a good teapot"), (*COMPLETED, c.Review(4, "a good teapot"))),
    Tale(
        e.MessageSent(Party.BUYER, "good day", False),
        (*DELIVERED, c.SendMessage("good day")),
    ),
)
_RULED = (4_000, REASONS, (), 0, "", "ruled by mediator 1", False, False, 0)
_DECIDED = (2_500, ("worn",), ("return_days",), 80, "so", "decided by mediator 2", False, False, 3)
OF_QUARREL: tuple[Tale, ...] = (
    Tale(e.DisputeOpened(1, Reason.DAMAGED, 4_000, False, False), DISPUTED),
    Tale(
        e.EvidenceAdded(
            "E1", Party.BUYER, EvidenceKind.PHOTO, "a cracked spout", "", checksum(PHOTO)
        ),
        DISPUTED,
    ),
    Tale(e.ClaimEdited(2_000), (*DISPUTED, c.EditClaim(2_000))),
    Tale(e.ClaimAccepted("accepted by the seller"), (*DISPUTED, c.AcceptClaim())),
    Tale(e.ClaimRejected(), NEGOTIATED),
    Tale(
        e.ProposalMade(Party.SELLER, 1_000, "for the spout", True, False),
        (*NEGOTIATED, (SELLER, c.Propose(1_000, "for the spout", True))),
    ),
    Tale(
        e.ProposalAccepted(Party.SELLER, Party.BUYER),
        (*NEGOTIATED, (SELLER, c.Propose(1_000)), c.AcceptProposal(Party.SELLER)),
    ),
    Tale(e.DisputeEscalated("asked for by the buyer"), MEDIATED),
    Tale(e.CaseAssigned("1"), (*MEDIATED, c.OpenEvidence("E1"))),
    Tale(e.EvidenceAsked(Side.BUYER), (*MEDIATED, c.AskEvidence(Side.BUYER))),
    Tale(e.EvidenceOpened("E1"), (*MEDIATED, c.OpenEvidence("E1"))),
    Tale(e.DisputeRuled(*_RULED), RULED),
    Tale(e.RulingAppealed(Party.BUYER), APPEALED),
    Tale(e.ReviewerAssigned("2"), (*APPEALED, c.DecideAppeal(1, ("worn",)))),
    Tale(
        e.AppealDecided(*_DECIDED),
        (*APPEALED, c.DecideAppeal(2_500, ("worn",), ("return_days",), 80, "so", goodwill=3)),
    ),
    Tale(e.DisputeWithdrawn(), (*DISPUTED, c.WithdrawDispute())),
    Tale(e.DisputeExecuted(10_000, True, False), TO_GO_BACK),
    Tale(e.ReturnShipped(TRACKING), GOING_BACK),
    Tale(
        e.ReturnContested(ReturnFault.EMPTY, "contested by the seller"),
        (*BACK, c.ContestReturn(ReturnFault.EMPTY)),
    ),
    Tale(e.ReturnClosed(10_000, False, "confirmed by the seller"), (*BACK, c.ConfirmReturn())),
    Tale(e.ReplacementShipped(TRACKING), (*TO_BE_REPLACED, c.ShipReplacement(TRACKING))),
    Tale(e.ChargebackOpened(10_000, 10_000, 1_500, "USD", True), FROZEN),
    Tale(e.ChargebackAnswered(), ANSWERED),
    Tale(e.ChargebackWon(), (*FROZEN, c.DecideChargeback(Side.SELLER))),
    Tale(
        e.ChargebackLost(10_000, 0, e.Sources(10_000), "accepted by the seller"),
        (*FROZEN, c.AcceptChargeback()),
    ),
)
OF_MARKET: tuple[Tale, ...] = (
    Tale(
        e.MoneyWithdrawn("seller-1", 9_000, 0, "USD"),
        (*COMPLETED, days(3), c.WithdrawMoney(9_000)),
    ),
    Tale(
        e.WalletWithdrawn("buyer-1", 10_000, 0, "USD"),
        (*PAID, (SELLER, c.Cancel()), days(0), c.WithdrawWallet(10_000)),
        method="western_union",
    ),
    Tale(e.RateSet("EUR", "0.91"), (c.SetRate("EUR", "0.91"),)),
)
TOLD: dict[str, Tale] = {
    e.name_of(tale.event): tale for tale in (*OF_TRADE, *OF_QUARREL, *OF_MARKET)
}
# The market's own events, which no command causes: the desk writes them.
OF_THE_DESK: dict[str, e.AnyEvent] = {
    "clock_advanced": e.ClockAdvanced(START),
    "deposit_made": e.DepositMade("seller-1", 10_000, "USD"),
}
# One event of each kind, by name.
REACHED: dict[str, e.AnyEvent] = {
    **{name: tale.event for name, tale in TOLD.items()},
    **OF_THE_DESK,
}
