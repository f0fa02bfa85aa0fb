"""Paths into an order's life, so that late and rare places are tried as often as early ones."""

from collections.abc import Callable

from escrow_tui.engine import commands as c
from escrow_tui.engine.order import Order
from escrow_tui.engine.roles import BANK, CARRIER, Actor, Role
from escrow_tui.engine.terms import (
    EvidenceKind,
    Parcel,
    Party,
    Reason,
    ReturnFault,
    ShipmentState,
    Side,
)
from tests.given.orders import DELIVER, SEND_BACK, TRACKING
from tests.proofs.tries import PHOTO

_B, _S, _M, _X = Role.BUYER, Role.SELLER, Role.MEDIATOR, "another mediator"
_WHY = ("it is cracked",)


Made = c.AnyCommand | Callable[[Order, int], c.AnyCommand]


def _dispute(
    reason: Reason = Reason.DAMAGED, back: bool = False, again: bool = False, pieces: int = 1
) -> Callable[[Order, int], c.AnyCommand]:
    return lambda _order, part: c.OpenDispute(
        reason=reason,
        claim=0 if again else part,
        evidence=(PHOTO,) * pieces,
        return_goods=back,
        replacement=again,
    )


def _declined(order: Order, _part: int) -> c.AnyCommand:
    by_cash = order.method == "western_union"
    return c.DeclinePayment("not_paid_in" if by_cash else "card_expired")


def _both_ways(_order: Order, part: int) -> c.AnyCommand:
    return c.OpenDispute(reason=Reason.DAMAGED, claim=part, evidence=(PHOTO,), replacement=True)


WORDS: dict[str, tuple[Role | str, Made]] = {
    "pay": (_B, c.Pay()),
    "verify": (Role.BANK, c.VerifyPayment()),
    "request": (_B, c.RequestCancel()),
    "ship": (_S, c.Ship(TRACKING)),
    "scan": (Role.CARRIER, c.Scan(status=ShipmentState.ACCEPTED, city="Shenzhen")),
    "seen": (Role.CARRIER, c.Scan(status=ShipmentState.IN_TRANSIT, city="Hamburg")),
    "deliver": (Role.CARRIER, DELIVER),
    "unsigned": (Role.CARRIER, c.Scan(status=ShipmentState.DELIVERED, city="Berlin")),
    "bounce": (Role.CARRIER, SEND_BACK),
    "reship": (_S, c.Reship(TRACKING)),
    "confirm": (_B, c.ConfirmReceipt()),
    "open": (_B, c.OpenParcel("mug-cracked")),
    "part": (_S, lambda _, part: c.Refund(part)),
    "dispute": (_B, _dispute()),
    "late": (_B, _dispute(Reason.IN_TRANSIT_LATE)),
    "fake": (
        _B,
        lambda order, _: c.OpenDispute(
            reason=Reason.COUNTERFEIT, claim=order.outstanding, evidence=(PHOTO,)
        ),
    ),
    "heap": (_B, _dispute(pieces=38)),
    "dispute_back": (_B, _dispute(back=True)),
    "dispute_again": (_B, _dispute(again=True)),
    "dispute_both": (_B, _dispute(back=True, again=True)),
    "withdraw": (_B, c.WithdrawDispute()),
    "accept": (_S, c.AcceptClaim()),
    "reject": (_S, c.RejectClaim()),
    "escalate": (_B, c.Escalate()),
    "ask": (_M, c.AskEvidence(Side.SELLER)),
    "show": (_S, c.AddEvidence(EvidenceKind.PHOTO, "a whole spout")),
    "offer": (_M, lambda _, part: c.Propose(part)),
    "take": (_B, c.AcceptProposal(Party.PLATFORM)),
    "rule": (_M, lambda _, part: c.Rule(refund=part, reasons=_WHY)),
    "rule_all": (_M, lambda order, _: c.Rule(refund=order.outstanding, reasons=_WHY, goodwill=1)),
    "rule_back": (_M, lambda _, part: c.Rule(refund=part, reasons=_WHY, return_goods=True)),
    "appeal": (_S, c.Appeal((PHOTO,))),
    "look": (_X, c.OpenEvidence("E1")),
    "decide_back": (
        _X,
        lambda _, part: c.DecideAppeal(refund=part, reasons=_WHY, return_goods=True),
    ),
    "send_back": (_B, c.ShipReturn(TRACKING)),
    "back_there": (
        Role.CARRIER,
        c.Scan(status=ShipmentState.DELIVERED, city="Shenzhen", of=Parcel.RETURN),
    ),
    "contest": (_S, c.ContestReturn(ReturnFault.EMPTY, (PHOTO,))),
    "confirm_back": (_S, c.ConfirmReturn()),
    "replace": (_S, c.ShipReplacement(TRACKING)),
    "charge": (Role.BANK, lambda order, _: c.OpenChargeback(max(1, order.captured))),
    "charge_some": (Role.BANK, lambda order, _: c.OpenChargeback(max(1, order.captured * 2 // 5))),
    "defend": (_S, c.AnswerChargeback((PHOTO,))),
    "win": (Role.BANK, c.DecideChargeback(Side.SELLER)),
    "review": (_B, c.Review(5)),
    # What is right elsewhere, or nearly right.
    "decline": (Role.BANK, _declined),
    "decline_oddly": (Role.BANK, c.DeclinePayment("no such code")),
    "more_days": (_B, c.ExtendProcessing(3)),
    "odd_days": (_B, c.ExtendProcessing(121)),
    "ship_oddly": (_S, c.Ship("RR473124820CN")),
    "heap_more": (_S, c.RejectClaim((PHOTO,) * 3)),
    "want": (_B, c.WithdrawCancel()),
    "line": (_S, lambda order, _: c.Refund(order.line_shares[0], order.lines[0].id)),
    "rate": (Role.BANK, lambda order, _: c.SetRate(order.pay_in or "EUR", "1.1")),
    "no_line": (_S, c.Refund(1, "no such line")),
    "edit": (_B, lambda _, part: c.EditClaim(part)),
    "mind": (_B, _dispute(Reason.CHANGE_OF_MIND)),
    "bare": (_B, lambda _, part: c.OpenDispute(reason=Reason.DAMAGED, claim=part)),
    "dispute_both_ways": (_B, _both_ways),
    "look_first": (_M, c.OpenEvidence("E1")),
    "look_oddly": (_M, c.OpenEvidence("E0")),
    "rule_silently": (_M, lambda _, part: c.Rule(refund=part, reasons=())),
    "rule_unsurely": (
        _M,
        lambda _, part: c.Rule(refund=part, reasons=_WHY, policy_rows=(), confidence=101),
    ),
    "rule_by_nothing": (
        _M,
        lambda _, part: c.Rule(refund=part, reasons=_WHY, policy_rows=("no_such_row",)),
    ),
    "rule_elsewhere": (_X, lambda _, part: c.Rule(refund=part, reasons=_WHY)),
    "appeal_barely": (_S, c.Appeal(())),
    "decide_again": (_M, lambda _, part: c.DecideAppeal(refund=part, reasons=_WHY)),
}
# Besides commands: let this many days pass, or the order's next deadline (0); `edge` tries what
# is open a second before the next deadline, at it or a second after.
PAUSES = {"silence": 0, "5d": 5, "10d": 10, "40d": 40, "200d": 200}

_HERE = "pay verify ship deliver"
_CASE = f"{_HERE} dispute reject escalate"
_BACK = f"{_HERE} dispute_back accept"
PATHS = (
    "",
    "pay",
    "pay verify",
    "pay verify request",
    "pay verify part request",
    "pay verify part charge",
    "pay verify ship",
    "pay verify ship scan",
    "pay verify ship 5d",
    "pay verify ship 10d late",
    "pay verify ship 10d late deliver withdraw",
    "pay verify ship 10d late bounce",
    "pay verify ship bounce",
    "pay verify ship bounce reship",
    "pay verify ship bounce part charge_some",
    "pay verify ship confirm",
    "pay verify ship unsigned",
    _HERE,
    f"{_HERE} open part",
    f"{_HERE} confirm",
    f"{_HERE} confirm review",
    f"{_HERE} confirm 10d part",
    f"{_HERE} confirm 40d",
    f"{_HERE} confirm 200d",
    f"{_HERE} confirm dispute",
    f"{_HERE} confirm dispute reject",
    f"{_HERE} heap",
    f"{_HERE} dispute",
    f"{_HERE} dispute withdraw dispute withdraw",
    f"{_HERE} dispute reject",
    _CASE,
    f"{_CASE} ask",
    f"{_CASE} offer take",
    f"{_CASE} rule",
    f"{_CASE} rule appeal",
    f"{_CASE} rule appeal look",
    f"{_CASE} rule appeal decide_back",
    f"{_CASE} rule appeal decide_back send_back back_there contest rule",
    f"{_CASE} rule_back silence send_back",
    f"{_HERE} fake reject escalate rule_all",
    f"{_HERE} confirm 5d fake reject escalate rule_all silence",
    _BACK,
    f"{_BACK} send_back",
    f"{_BACK} send_back back_there",
    f"{_BACK} send_back back_there contest",
    f"{_BACK} send_back back_there confirm_back",
    f"{_HERE} dispute_both accept send_back back_there confirm_back replace",
    f"{_HERE} dispute_again accept",
    f"{_HERE} dispute_again accept replace",
    f"{_HERE} dispute_again accept replace deliver dispute",
    f"{_HERE} confirm dispute_again accept replace deliver",
    f"{_HERE} charge",
    f"{_HERE} charge defend",
    f"{_HERE} charge_some defend",
    f"{_HERE} charge defend win",
    f"{_HERE} confirm charge_some",
    f"{_CASE} charge defend",
    f"{_BACK} charge",
    f"{_BACK} send_back charge_some",
    f"{_HERE} dispute accept charge",
)
# Each of these tries something that is refused almost nowhere else, or reaches a rare deadline.
RARE = (
    *("edge edge",) * 2,
    "edge",
    "pay edge edge",
    "pay edge",
    "pay decline",
    "pay decline_oddly decline",
    "pay verify edge",
    "pay verify more_days edge",
    "pay verify request want request edge",
    "pay verify request edge",
    "pay verify line line ship",
    "pay verify ship late seen seen edge",
    "pay verify ship back_there edge",
    "pay verify ship 10d mind",
    "pay verify ship 5d bare bounce edge",
    "pay verify ship bounce edge",
    f"{_HERE} open open bare mind",
    f"{_HERE} charge defend win charge confirm",
    f"{_HERE} 200d charge",
    f"{_HERE} dispute_both_ways edge",
    f"{_HERE} dispute edit reject edge",
    f"{_HERE} fake reject escalate rule_all silence",
    f"{_HERE} confirm fake reject escalate rule_all silence",
    f"{_HERE} fake reject escalate rule_all edge",
    f"{_CASE} offer take take rule_by_nothing look_oddly",
    f"{_CASE} look_first look_first look_oddly rule_silently rule_unsurely rule_by_nothing",
    f"{_CASE} ask ask edge",
    f"{_CASE} ask edge edge",
    f"{_CASE} look_first rule_elsewhere rule_silently look_oddly",
    f"{_CASE} rule_unsurely rule_by_nothing rule_silently",
    *(f"{_CASE} rule appeal_barely edge",) * 3,
    f"{_CASE} rule appeal decide_again edge",
    f"{_CASE} rule appeal decide_back send_back back_there contest rule appeal",
    *(f"{_CASE} rule appeal look edge",) * 4,
    *(f"{_CASE} ask edge",) * 3,
    *(f"{_HERE} charge_some defend edge",) * 2,
    *(f"{_BACK} edge edge",) * 2,
    *(f"{_BACK} send_back edge",) * 2,
    *(f"{_HERE} dispute_again accept edge",) * 2,
    *(f"{_HERE} fake reject escalate rule_all silence",) * 6,
    f"{_HERE} heap heap_more",
    "pay verify odd_days ship_oddly ship late",
    "pay verify odd_days ship_oddly ship late edge",
    f"{_HERE} dispute escalate edge",
    f"{_HERE} dispute escalate reject",
    "pay verify no_line line line",
    f"{_HERE} no_line dispute_again accept edge edge",
    *(f"{_HERE} dispute_again accept edge",) * 2,
    f"{_CASE} look_first rule_elsewhere edge",
    *(f"{_HERE} dispute_both_ways dispute_both edge",) * 3,
    *("pay verify ship late scan scan edge",) * 2,
    *("pay verify request edge",) * 2,
    *(f"{_HERE} charge_some edge",) * 2,
    f"{_CASE} ask ask edge",
    f"{_CASE} rule appeal look edge",
    f"{_CASE} rule appeal decide_again edge",
    f"{_HERE} charge defend win charge edge",
    f"{_HERE} dispute_again accept edge edge",
    f"{_HERE} charge_some defend edge",
    "pay verify ship late seen seen 10d mind edge",
    "pay verify line line edge",
    "pay verify request want edge",
    "pay edge edge",
    *(f"{_CASE} rule appeal decide_back send_back back_there contest rule appeal",) * 2,
    f"{_CASE} offer take take look_oddly edge",
    f"{_CASE} look_first rule_unsurely rule_by_nothing edge",
    f"{_HERE} dispute_again accept edge edge",
    f"{_HERE} dispute_again accept replace deliver dispute_again edge",
    f"{_HERE} dispute_again accept replace edge",
    f"{_HERE} dispute_again accept replace deliver dispute_again edge",
    f"{_CASE} rule appeal decide_again look",
    f"{_BACK} send_back back_there edge",
    f"{_HERE} confirm dispute edge",
    f"{_HERE} confirm dispute edge edge",
    "pay verify ship edge bounce edge",
    f"{_CASE} ask show edge",
    *(f"{_HERE} dispute 10d reject edge",) * 3,
    f"{_HERE} dispute charge_some 5d defend win withdraw edge",
    *("pay verify ship unsigned edge",) * 4,
    *("pay verify part rate edge",) * 2,
    f"{_HERE} part rate silence part",
    f"{_BACK} edge",
    f"{_BACK} send_back edge",
    f"{_BACK} send_back back_there contest rule_back",
    f"{_CASE} look_first look_first rule appeal_barely edge",
    f"{_HERE} heap heap_more reject edge",
    f"{_BACK} send_back back_there edge",
    *(f"{_BACK} send_back back_there edge edge",) * 2,
    f"{_HERE} dispute_again accept edge",
    f"{_HERE} dispute_again accept edge edge",
    f"{_HERE} dispute_again accept replace deliver dispute_again",
)


def spoken(word: str, order: Order, whole: bool) -> tuple[c.AnyCommand, Actor]:
    """Return a word's command and its actor; `whole` asks for everything in place of a part."""
    giver, made = WORDS[word]
    part = max(1, order.outstanding if whole else order.outstanding * 2 // 5)
    command = made if isinstance(made, c.Command) else made(order, part)
    people = {
        _B: Actor(_B, order.buyer),
        _S: Actor(_S, order.seller),
        _M: Actor(_M, "1"),
        _X: Actor(_M, "2"),
        Role.CARRIER: CARRIER,
        Role.BANK: BANK,
    }
    return command, people[giver]
