"""The acts of a quarrel in a world: disputes, rulings, appeals, returns, chargebacks."""

from collections.abc import Callable
from functools import partial

import msgspec

from escrow_tui.engine import commands as c
from escrow_tui.engine.order import Order
from escrow_tui.engine.roles import BANK, FIRST_MEDIATOR, Actor, Role
from escrow_tui.engine.terms import Party, Reason, ReturnFault, Side
from escrow_tui.scenarios.invent.world.scene import (
    Told,
    WorldAct,
    WorldScene,
    buyer,
    buys,
    by,
    packed,
    photo,
    seller,
    sells,
    share,
    tracked,
)

# Decides appeals: they go to another mediator than the one who ruled.
_SECOND_MEDIATOR = Actor(Role.MEDIATOR, "2")

# The reason that a buyer gives for the flaw they see.
_REASONS: dict[str, Reason] = {
    "missing_part": Reason.INCOMPLETE,
    "wrong_size": Reason.DIFFERENT_FROM_LISTING,
    "other_label": Reason.COUNTERFEIT,
    "empty": Reason.EMPTY_PARCEL,
}


def _reason(order: Order) -> Reason:
    listed, found = order.lines[0].picture, order.found
    if found.partition("/")[0] != listed.partition("/")[0]:
        return Reason.WRONG_ITEM
    flaw = found.removeprefix(listed)[1:]
    if not found.startswith(listed):
        return Reason.DIFFERENT_FROM_LISTING
    return _REASONS.get(flaw, Reason.DAMAGED)


def _dispute(
    shares: tuple[int, int], back: bool, swap: bool, order: Order, scene: WorldScene
) -> Told:
    claim = 0 if swap else share(order, scene, *shares)
    evidence = (photo(order.found),)
    return buyer(order), c.OpenDispute(
        reason=_reason(order), claim=claim, evidence=evidence, return_goods=back, replacement=swap
    )


def _not_received(reason: Reason, order: Order, _: WorldScene) -> Told:
    return buyer(order), c.OpenDispute(reason=reason, claim=order.outstanding)


def _dispute_mind(order: Order, _: WorldScene) -> Told:
    return buyer(order), c.OpenDispute(
        reason=Reason.CHANGE_OF_MIND, claim=order.outstanding, evidence=(), return_goods=True
    )


def _reject(order: Order, _: WorldScene) -> Told:
    return seller(order), c.RejectClaim((packed(order),))


def _add_of_seller(order: Order, _: WorldScene) -> Told:
    shown = tracked(order)
    return seller(order), c.AddEvidence(shown.kind, shown.shows)


def _propose(
    actor: Callable[[Order], Actor], low: int, high: int, order: Order, scene: WorldScene
) -> Told:
    return actor(order), c.Propose(share(order, scene, low, high))


def _mediator(_: Order) -> Actor:
    return FIRST_MEDIATOR


def _look(order: Order, _: WorldScene) -> Told:
    """Open the newest piece of evidence."""
    return FIRST_MEDIATOR, c.OpenEvidence(order.evidence[-1].id)


class _Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """A decision: `low` to `high` percent of what is outstanding, its reason and policy row."""

    low: int
    high: int
    reason: str
    row: str
    back: bool = False
    goodwill: int = 0


_PART = _Verdict(low=30, high=80, reason="goods_damaged", row="partial_refunds")
_FULL = _Verdict(low=100, high=100, reason="goods_not_as_listed", row="auto_confirm_days")
_NONE = _Verdict(low=0, high=0, reason="evidence_insufficient", row="evidence_days")
_RETURN = _Verdict(low=100, high=100, reason="goods_usable", row="return_ship_days", back=True)
_GIFT = _Verdict(
    low=100, high=100, reason="seller_bears_transit", row="protection_days", goodwill=5
)


def _decide(
    kind: type[c.Rule | c.DecideAppeal],
    by: Actor,
    verdict: _Verdict,
    order: Order,
    scene: WorldScene,
) -> Told:
    return by, kind(
        refund=order.outstanding * scene.chance.randint(verdict.low, verdict.high) // 100,
        reasons=(verdict.reason,),
        policy_rows=(verdict.row,),
        confidence=scene.chance.randrange(50, 101, 5),
        return_goods=verdict.back,
        goodwill=order.price * verdict.goodwill // 100,
    )


def _rule(verdict: _Verdict) -> WorldAct:
    return partial(_decide, c.Rule, FIRST_MEDIATOR, verdict)


def _review(verdict: _Verdict) -> WorldAct:
    return partial(_decide, c.DecideAppeal, _SECOND_MEDIATOR, verdict)


def _appeal(actor: Callable[[Order], Actor], order: Order, _: WorldScene) -> Told:
    by_buyer = actor is buyer
    shown = photo(order.found, "From another side: ") if by_buyer else tracked(order)
    return actor(order), c.Appeal((shown,))


def _chargeback(order: Order, scene: WorldScene) -> Told:
    whole = scene.chance.randrange(3) or not order.captured > 1
    return BANK, c.OpenChargeback(order.captured if whole else order.captured // 2)


def _answer_bank(order: Order, _: WorldScene) -> Told:
    return seller(order), c.AnswerChargeback((tracked(order),))


def _contest(order: Order, scene: WorldScene) -> Told:
    fault = scene.chance.choice((ReturnFault.DAMAGED, ReturnFault.MISSING_PARTS))
    return seller(order), c.ContestReturn(fault, (photo(order.found, "What came back: "),))


QUARRELS: dict[str, WorldAct] = {
    "dispute_part": partial(_dispute, (30, 70), False, False),
    "dispute_full": partial(_dispute, (100, 100), False, False),
    "dispute_return": partial(_dispute, (100, 100), True, False),
    "dispute_swap": partial(_dispute, (100, 100), False, True),
    "dispute_late": partial(_not_received, Reason.IN_TRANSIT_LATE),
    "dispute_unseen": partial(_not_received, Reason.NO_SCANS),
    "dispute_mind": _dispute_mind,
    "withdraw_dispute": buys(c.WithdrawDispute()),
    "accept_claim": sells(c.AcceptClaim()),
    "reject": _reject,
    "propose_seller": partial(_propose, seller, 10, 25),
    "propose_buyer": partial(_propose, buyer, 25, 40),
    "propose_platform": partial(_propose, _mediator, 40, 60),
    "accept_of_buyer": sells(c.AcceptProposal(Party.BUYER)),
    "accept_of_seller": buys(c.AcceptProposal(Party.SELLER)),
    "accept_platform_buyer": buys(c.AcceptProposal(Party.PLATFORM)),
    "accept_platform_seller": sells(c.AcceptProposal(Party.PLATFORM)),
    "escalate": buys(c.Escalate()),
    "add_of_seller": _add_of_seller,
    "look": _look,
    "ask_seller": by(FIRST_MEDIATOR, c.AskEvidence(Side.SELLER)),
    "ask_buyer": by(FIRST_MEDIATOR, c.AskEvidence(Side.BUYER)),
    "rule_part": _rule(_PART),
    "rule_full": _rule(_FULL),
    "rule_none": _rule(_NONE),
    "rule_return": _rule(_RETURN),
    "rule_goodwill": _rule(_GIFT),
    "appeal_buyer": partial(_appeal, buyer),
    "appeal_seller": partial(_appeal, seller),
    "decide_none": _review(_NONE),
    "decide_part": _review(_PART),
    "confirm_return": sells(c.ConfirmReturn()),
    "contest": _contest,
    "chargeback": _chargeback,
    "answer_bank": _answer_bank,
    "accept_bank": sells(c.AcceptChargeback()),
    "bank_seller": by(BANK, c.DecideChargeback(Side.SELLER)),
    "bank_buyer": by(BANK, c.DecideChargeback(Side.BUYER)),
}
