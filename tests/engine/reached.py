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
FALSE = c.OpenDispute(reason=Reason.COUNTERFEIT, claim=10_000, evidence=(PHOTO,))
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
            buyer="buyer-1",
            seller="seller-1",
            lines=(c.Line("a", 10_000),),
            currency="USD",
            goods=10_000,
            shipping=0,
            origin="CN",
            destination="DE",
            promised_days=30,
            method="credit_card",
            policy=policy_hash(POLICY),
            pay_in="",
            rate="",
            paid_total=10_000,
            card_expires=0,
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
            status=ShipmentState.DELIVERED,
            city="Berlin",
            post_code="10115",
            weight=1_200,
            signature=True,
            of=Parcel.ORDER,
            proven=True,
        ),
        DELIVERED,
    ),
    Tale(e.ShipmentMarkedFalse(), (*SHIPPED, days(5))),
    Tale(e.ParcelOpened("mug"), (*DELIVERED, c.OpenParcel("mug"))),
    Tale(e.ReceiptConfirmed("confirmed by the buyer"), COMPLETED),
    Tale(e.FundsReleased(10_000, 500, 0, 9_500), COMPLETED),
    Tale(
        e.RefundBooked(
            number=1,
            amount=10_000,
            sources=e.Sources(escrow=10_000),
            way=RefundWay.CARD,
            lines=(10_000,),
        ),
        REFUNDED,
    ),
    Tale(
        e.PenaltyBooked(2, 10_000, e.Sources(debt=10_000), RefundWay.CARD),
        (*DELIVERED, FALSE, *ARGUED, c.Rule(refund=10_000, reasons=REASONS), days(7)),
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
_RULED = e.DisputeRuled(
    refund=4_000,
    reasons=REASONS,
    policy_rows=(),
    confidence=0,
    note="",
    why="ruled by mediator 1",
    return_goods=False,
    replacement=False,
    goodwill=0,
)
_DECIDED = e.AppealDecided(
    refund=2_500,
    reasons=("worn",),
    policy_rows=("return_days",),
    confidence=80,
    note="so",
    why="decided by mediator 2",
    return_goods=False,
    replacement=False,
    goodwill=3,
)
OF_QUARREL: tuple[Tale, ...] = (
    Tale(
        e.DisputeOpened(
            number=1, reason=Reason.DAMAGED, claim=4_000, return_goods=False, replacement=False
        ),
        DISPUTED,
    ),
    Tale(
        e.EvidenceAdded(
            id="E1",
            owner=Party.BUYER,
            kind=EvidenceKind.PHOTO,
            shows="a cracked spout",
            picture="",
            checksum=checksum(PHOTO),
        ),
        DISPUTED,
    ),
    Tale(e.ClaimEdited(2_000), (*DISPUTED, c.EditClaim(2_000))),
    Tale(e.ClaimAccepted("accepted by the seller"), (*DISPUTED, c.AcceptClaim())),
    Tale(e.ClaimRejected(), NEGOTIATED),
    Tale(
        e.ProposalMade(
            by=Party.SELLER,
            amount=1_000,
            note="for the spout",
            return_goods=True,
            replacement=False,
        ),
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
    Tale(_RULED, RULED),
    Tale(e.RulingAppealed(Party.BUYER), APPEALED),
    Tale(e.ReviewerAssigned("2"), (*APPEALED, c.DecideAppeal(refund=1, reasons=("worn",)))),
    Tale(
        _DECIDED,
        (
            *APPEALED,
            c.DecideAppeal(
                refund=2_500,
                reasons=("worn",),
                policy_rows=("return_days",),
                confidence=80,
                note="so",
                goodwill=3,
            ),
        ),
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
    Tale(
        e.ChargebackOpened(amount=10_000, paid=10_000, fee=1_500, fee_currency="USD", debited=True),
        FROZEN,
    ),
    Tale(e.ChargebackAnswered(), ANSWERED),
    Tale(e.ChargebackWon(), (*FROZEN, c.DecideChargeback(Side.SELLER))),
    Tale(
        e.ChargebackLost(10_000, 0, e.Sources(escrow=10_000), "accepted by the seller"),
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
