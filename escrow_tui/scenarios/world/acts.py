"""What people do in the stories of a world: each word of a story as somebody's command."""

from collections.abc import Callable
from functools import cache, partial
from random import Random

import msgspec

from escrow_tui.engine import commands as c
from escrow_tui.engine.market import Person
from escrow_tui.engine.methods import METHODS
from escrow_tui.engine.order import Order
from escrow_tui.engine.roles import BANK, CARRIER, FIRST_MEDIATOR, Actor, Role
from escrow_tui.engine.terms import (
    EvidenceKind,
    Parcel,
    Party,
    Reason,
    ReturnFault,
    ShipmentState,
    Side,
)
from escrow_tui.engine.tracking import tracking_number
from escrow_tui.pictures import COLOURS, describe, parse
from escrow_tui.scenarios.goods import WARES

# Who decides an appeal: it is for another mediator than the one who ruled.
_SECOND_MEDIATOR = Actor(Role.MEDIATOR, "2")
_HUBS = ("Leipzig", "Liege", "Rotterdam", "Budapest", "Madrid", "Louisville", "Santiago", "Warsaw")
_ASKED_WHEN = (
    "Hello, when will it be sent?",
    "Is it still in stock? I need it for a birthday.",
    "Can you send it in a plain box, please?",
    "Does the size run small?",
)
_ANSWERED = (
    "Dear customer, it leaves us tomorrow.",
    "Yes, it is. We pack it today.",
    "Of course. Thank you for the order.",
    "It is as the listing says; if it does not fit, write to us.",
)
_TEMPTED = (
    "Please close the dispute and we refund you by PayPal.",
    "Withdraw the dispute, then we send the money directly.",
)
_PRAISE = (
    (5, "Just as in the picture."),
    (5, "Came early and well packed."),
    (5, ""),
    (5, "Thank you, my second one."),
    (4, "Good for the price."),
    (4, "Nice, the box was dented."),
    (3, "All right, but slow."),
    (2, "Not what I had hoped for."),
)
_COLOURS = tuple(COLOURS)
_KINDS = tuple(WARES)

# What a buyer calls what he sees.
_REASONS: dict[str, Reason] = {
    "missing_part": Reason.INCOMPLETE,
    "wrong_size": Reason.DIFFERENT_FROM_LISTING,
    "other_label": Reason.COUNTERFEIT,
    "empty": Reason.EMPTY_PARCEL,
}


class Scene(msgspec.Struct, frozen=True):
    """What an act may know beside its order: chance, and everybody's city."""

    chance: Random
    people: dict[str, Person]


Act = Callable[[Order, Scene], tuple[Actor, c.AnyCommand]]
_Told = tuple[Actor, c.AnyCommand]


def _buyer(order: Order) -> Actor:
    return Actor(Role.BUYER, order.buyer)


def _seller(order: Order) -> Actor:
    return Actor(Role.SELLER, order.seller)


def _buys(command: c.AnyCommand) -> Act:
    """Make the buyer's act of a command that never varies."""
    return lambda order, _: (Actor(Role.BUYER, order.buyer), command)


def _sells(command: c.AnyCommand) -> Act:
    """Make the seller's act of a command that never varies."""
    return lambda order, _: (Actor(Role.SELLER, order.seller), command)


def _by(actor: Actor, command: c.AnyCommand) -> Act:
    """Make somebody else's act of a command that never varies."""
    return lambda _order, _scene: (actor, command)


def _decline(order: Order, scene: Scene) -> _Told:
    return BANK, c.DeclinePayment(scene.chance.choice(METHODS[order.method].decline_codes))


def _says(actor: Callable[[Order], Actor], texts: tuple[str, ...]) -> Act:
    messages = tuple(c.SendMessage(text) for text in texts)
    return lambda order, scene: (actor(order), scene.chance.choice(messages))


def _tracking(order: Order, scene: Scene, country: str) -> str:
    service = "EE" if order.promised_days <= 7 else "CP" if order.promised_days <= 15 else "RR"
    return tracking_number(scene.chance.getrandbits(26), country, service)


def _ship(kind: type[c.Ship | c.Reship | c.ShipReplacement], order: Order, scene: Scene) -> _Told:
    return _seller(order), kind(_tracking(order, scene, order.origin))


def _ship_return(order: Order, scene: Scene) -> _Told:
    return _buyer(order), c.ShipReturn(_tracking(order, scene, order.destination))


# -- the carrier


def _weight(order: Order) -> int:
    """The parcel's grams: the same at every scan."""
    return 90 + (order.goods * 37 + order.placed_at) % 2_400


def _at_origin(status: ShipmentState, order: Order, scene: Scene) -> _Told:
    city = scene.people[order.seller].city
    return CARRIER, c.Scan(status, city, "", _weight(order) if status == "accepted" else 0)


def _at_hub(status: ShipmentState, _order: Order, scene: Scene) -> _Told:
    return CARRIER, c.Scan(status, scene.chance.choice(_HUBS))


def _at_home(status: ShipmentState, order: Order, scene: Scene) -> _Told:
    code = str(10_000 + order.placed_at // 60 % 80_000)
    arrived = status == "delivered"
    weight = _weight(order) if arrived else 0
    return CARRIER, c.Scan(status, scene.people[order.buyer].city, code, weight, arrived)


def _on_its_way_back(status: ShipmentState, at: str, order: Order, scene: Scene) -> _Told:
    city = scene.people[order.buyer if at == "buyer" else order.seller].city
    return CARRIER, c.Scan(status, city, "", _weight(order), at == "seller", Parcel.RETURN)


# -- what lies in the parcel, and what is said of it


def _open(order: Order, _: Scene) -> _Told:
    return _buyer(order), c.OpenParcel(order.lines[0].picture)


def _open_spoilt(order: Order, scene: Scene) -> _Told:
    """Find something that differs from the listing: mostly a flaw, else another thing, or none."""
    chance, listed = scene.chance, order.lines[0].picture
    kind, colour = listed.split("/")[:2]
    drawn = chance.randrange(20)
    if drawn == 0:
        return _buyer(order), c.OpenParcel(f"{listed}/empty")
    if drawn == 1:
        return _buyer(order), c.OpenParcel(f"{_other(_KINDS, kind, chance)}/{colour}")
    if drawn == 2:
        return _buyer(order), c.OpenParcel(f"{kind}/{_other(_COLOURS, colour, chance)}")
    return _buyer(order), c.OpenParcel(f"{listed}/{chance.choice(WARES[kind].flaws)}")


def _other(words: tuple[str, ...], one: str, chance: Random) -> str:
    return words[(words.index(one) + 1 + chance.randrange(len(words) - 1)) % len(words)]


def _reason(order: Order) -> Reason:
    listed, found = order.lines[0].picture, order.found
    if found.partition("/")[0] != listed.partition("/")[0]:
        return Reason.WRONG_ITEM
    flaw = found.removeprefix(listed)[1:]
    if not found.startswith(listed):
        return Reason.DIFFERENT_FROM_LISTING
    return _REASONS.get(flaw, Reason.DAMAGED)


@cache
def _photo(picture: str, before: str = "") -> c.Exhibit:
    return c.Exhibit(EvidenceKind.PHOTO, f"{before}{describe(parse(picture))}", picture)


def _share(order: Order, scene: Scene, least: int, most: int) -> int:
    """So many hundredths of what can still be given back."""
    return max(1, order.outstanding * scene.chance.randint(least, most) // 100)


def _dispute(shares: tuple[int, int], back: bool, swap: bool, order: Order, scene: Scene) -> _Told:
    claim = 0 if swap else _share(order, scene, *shares)
    evidence = (_photo(order.found),)
    return _buyer(order), c.OpenDispute(_reason(order), claim, evidence, back, swap)


def _not_received(reason: Reason, order: Order, _: Scene) -> _Told:
    return _buyer(order), c.OpenDispute(reason, order.outstanding)


def _dispute_mind(order: Order, _: Scene) -> _Told:
    return _buyer(order), c.OpenDispute(Reason.CHANGE_OF_MIND, order.outstanding, (), True)


def _packed(order: Order) -> c.Exhibit:
    return _photo(order.lines[0].picture, "Before packing: ")


def _tracked(order: Order) -> c.Exhibit:
    parcel = order.shipment
    assert parcel is not None
    state = parcel.state.replace("_", " ")
    shows = f"{parcel.tracking}: {len(parcel.scans)} scans, the last one {state}"
    return c.Exhibit(EvidenceKind.TRACKING_RECORD, shows)


def _reject(order: Order, _: Scene) -> _Told:
    return _seller(order), c.RejectClaim((_packed(order),))


def _add_of_seller(order: Order, _: Scene) -> _Told:
    shown = _tracked(order)
    return _seller(order), c.AddEvidence(shown.kind, shown.shows)


def _propose(
    actor: Callable[[Order], Actor], low: int, high: int, order: Order, scene: Scene
) -> _Told:
    return actor(order), c.Propose(_share(order, scene, low, high))


def _refund(low: int, high: int, order: Order, scene: Scene) -> _Told:
    return _seller(order), c.Refund(_share(order, scene, low, high))


def _refund_line(order: Order, scene: Scene) -> _Told:
    line = scene.chance.choice(order.lines)
    return _seller(order), c.Refund(max(1, line.amount // 2), line.id)


# -- the mediator and the bank


def _mediator(_: Order) -> Actor:
    return FIRST_MEDIATOR


def _look(order: Order, _: Scene) -> _Told:
    return FIRST_MEDIATOR, c.OpenEvidence(order.evidence[-1].id)


class _Verdict(msgspec.Struct, frozen=True):
    """What is decided: hundredths of what is outstanding, why, and by which row."""

    low: int
    high: int
    reason: str
    row: str
    back: bool = False
    goodwill: int = 0


_PART = _Verdict(30, 80, "goods_damaged", "partial_refunds")
_FULL = _Verdict(100, 100, "goods_not_as_listed", "auto_confirm_days")
_NONE = _Verdict(0, 0, "evidence_insufficient", "evidence_days")
_RETURN = _Verdict(100, 100, "goods_usable", "return_ship_days", back=True)
_GIFT = _Verdict(100, 100, "seller_bears_transit", "protection_days", goodwill=5)


def _decide(
    kind: type[c.Rule | c.DecideAppeal], by: Actor, verdict: _Verdict, order: Order, scene: Scene
) -> _Told:
    refund = order.outstanding * scene.chance.randint(verdict.low, verdict.high) // 100
    goodwill = order.price * verdict.goodwill // 100
    confidence = scene.chance.randrange(50, 101, 5)
    reasons, rows = (verdict.reason,), (verdict.row,)
    return by, kind(refund, reasons, rows, confidence, "", verdict.back, False, goodwill)


def _rule(verdict: _Verdict) -> Act:
    return partial(_decide, c.Rule, FIRST_MEDIATOR, verdict)


def _review(verdict: _Verdict) -> Act:
    return partial(_decide, c.DecideAppeal, _SECOND_MEDIATOR, verdict)


def _appeal(actor: Callable[[Order], Actor], order: Order, _: Scene) -> _Told:
    buyer = actor is _buyer
    shown = _photo(order.found, "From another side: ") if buyer else _tracked(order)
    return actor(order), c.Appeal((shown,))


def _chargeback(order: Order, scene: Scene) -> _Told:
    whole = scene.chance.randrange(3) or not order.captured > 1
    return BANK, c.OpenChargeback(order.captured if whole else order.captured // 2)


def _answer_bank(order: Order, _: Scene) -> _Told:
    return _seller(order), c.AnswerChargeback((_tracked(order),))


def _contest(order: Order, scene: Scene) -> _Told:
    fault = scene.chance.choice((ReturnFault.DAMAGED, ReturnFault.MISSING_PARTS))
    return _seller(order), c.ContestReturn(fault, (_photo(order.found, "What came back: "),))


def _review_of(order: Order, scene: Scene) -> _Told:
    return _buyer(order), c.Review(*scene.chance.choice(_PRAISE))


_S = ShipmentState
ACTS: dict[str, Act] = {
    "pay": _buys(c.Pay()),
    "verify": _by(BANK, c.VerifyPayment()),
    "decline": _decline,
    "cancel": _buys(c.Cancel()),
    "seller_cancel": _sells(c.Cancel()),
    "request_cancel": _buys(c.RequestCancel()),
    "withdraw_cancel": _buys(c.WithdrawCancel()),
    "accept_cancel": _sells(c.AcceptCancel()),
    "extend_processing": _buys(c.ExtendProcessing(5)),
    "ship": partial(_ship, c.Ship),
    "reship": partial(_ship, c.Reship),
    "ship_replacement": partial(_ship, c.ShipReplacement),
    "extend_protection": _sells(c.ExtendProtection(10)),
    "accepted": partial(_at_origin, _S.ACCEPTED),
    "departed": partial(_at_origin, _S.IN_TRANSIT),
    "came_back": partial(_at_origin, _S.RETURNED_TO_SENDER),
    "arrived": partial(_at_hub, _S.IN_TRANSIT),
    "customs": partial(_at_hub, _S.CUSTOMS),
    "out": partial(_at_home, _S.OUT_FOR_DELIVERY),
    "delivered": partial(_at_home, _S.DELIVERED),
    "open": _open,
    "open_spoilt": _open_spoilt,
    "confirm": _buys(c.ConfirmReceipt()),
    "review": _review_of,
    "ask_when": _says(_buyer, _ASKED_WHEN),
    "answer_when": _says(_seller, _ANSWERED),
    "tempt": _says(_seller, _TEMPTED),
    "refund_part": partial(_refund, 10, 30),
    "refund_all": partial(_refund, 100, 100),
    "refund_line": _refund_line,
    "dispute_part": partial(_dispute, (30, 70), False, False),
    "dispute_full": partial(_dispute, (100, 100), False, False),
    "dispute_return": partial(_dispute, (100, 100), True, False),
    "dispute_swap": partial(_dispute, (100, 100), False, True),
    "dispute_late": partial(_not_received, Reason.IN_TRANSIT_LATE),
    "dispute_unseen": partial(_not_received, Reason.NO_SCANS),
    "dispute_mind": _dispute_mind,
    "withdraw_dispute": _buys(c.WithdrawDispute()),
    "accept_claim": _sells(c.AcceptClaim()),
    "reject": _reject,
    "propose_seller": partial(_propose, _seller, 10, 25),
    "propose_buyer": partial(_propose, _buyer, 25, 40),
    "propose_platform": partial(_propose, _mediator, 40, 60),
    "accept_of_buyer": _sells(c.AcceptProposal(Party.BUYER)),
    "accept_of_seller": _buys(c.AcceptProposal(Party.SELLER)),
    "accept_platform_buyer": _buys(c.AcceptProposal(Party.PLATFORM)),
    "accept_platform_seller": _sells(c.AcceptProposal(Party.PLATFORM)),
    "escalate": _buys(c.Escalate()),
    "add_of_seller": _add_of_seller,
    "look": _look,
    "ask_seller": _by(FIRST_MEDIATOR, c.AskEvidence(Side.SELLER)),
    "ask_buyer": _by(FIRST_MEDIATOR, c.AskEvidence(Side.BUYER)),
    "rule_part": _rule(_PART),
    "rule_full": _rule(_FULL),
    "rule_none": _rule(_NONE),
    "rule_return": _rule(_RETURN),
    "rule_goodwill": _rule(_GIFT),
    "appeal_buyer": partial(_appeal, _buyer),
    "appeal_seller": partial(_appeal, _seller),
    "decide_none": _review(_NONE),
    "decide_part": _review(_PART),
    "ship_return": _ship_return,
    "back_accepted": partial(_on_its_way_back, _S.ACCEPTED, "buyer"),
    "back_delivered": partial(_on_its_way_back, _S.DELIVERED, "seller"),
    "confirm_return": _sells(c.ConfirmReturn()),
    "contest": _contest,
    "chargeback": _chargeback,
    "answer_bank": _answer_bank,
    "accept_bank": _sells(c.AcceptChargeback()),
    "bank_seller": _by(BANK, c.DecideChargeback(Side.SELLER)),
    "bank_buyer": _by(BANK, c.DecideChargeback(Side.BUYER)),
    "settle": _by(BANK, c.SettleRefund()),
}  # fmt: skip
