"""The acts of buyers, sellers and the bank while nobody quarrels."""

from collections.abc import Callable
from functools import partial

from escrow_tui.engine import commands as c
from escrow_tui.engine.methods import METHODS
from escrow_tui.engine.order import Order
from escrow_tui.engine.roles import BANK, Actor
from escrow_tui.scenarios.invent.world.scene import (
    Told,
    WorldAct,
    WorldScene,
    buyer,
    buys,
    by,
    seller,
    sells,
    share,
)

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


def _decline(order: Order, scene: WorldScene) -> Told:
    return BANK, c.DeclinePayment(scene.chance.choice(METHODS[order.method].decline_codes))


def _says(actor: Callable[[Order], Actor], texts: tuple[str, ...]) -> WorldAct:
    messages = tuple(c.SendMessage(text) for text in texts)
    return lambda order, scene: (actor(order), scene.chance.choice(messages))


def _refund(low: int, high: int, order: Order, scene: WorldScene) -> Told:
    return seller(order), c.Refund(share(order, scene, low, high))


def _refund_line(order: Order, scene: WorldScene) -> Told:
    line = scene.chance.choice(order.lines)
    return seller(order), c.Refund(max(1, line.amount // 2), line.id)


def _review_of(order: Order, scene: WorldScene) -> Told:
    return buyer(order), c.Review(*scene.chance.choice(_PRAISE))


TRADE: dict[str, WorldAct] = {
    "pay": buys(c.Pay()),
    "verify": by(BANK, c.VerifyPayment()),
    "decline": _decline,
    "cancel": buys(c.Cancel()),
    "seller_cancel": sells(c.Cancel()),
    "request_cancel": buys(c.RequestCancel()),
    "withdraw_cancel": buys(c.WithdrawCancel()),
    "accept_cancel": sells(c.AcceptCancel()),
    "extend_processing": buys(c.ExtendProcessing(5)),
    "extend_protection": sells(c.ExtendProtection(10)),
    "confirm": buys(c.ConfirmReceipt()),
    "review": _review_of,
    "ask_when": _says(buyer, _ASKED_WHEN),
    "answer_when": _says(seller, _ANSWERED),
    "tempt": _says(seller, _TEMPTED),
    "refund_part": partial(_refund, 10, 30),
    "refund_all": partial(_refund, 100, 100),
    "refund_line": _refund_line,
    "settle": by(BANK, c.SettleRefund()),
}
