"""Replacements: agreed, sent, paid for once, or never sent."""

import pytest
from msgspec.structs import replace

from escrow_tui.engine import commands as c
from escrow_tui.engine import events as e
from escrow_tui.engine.deadlines import deadlines
from escrow_tui.engine.instant import DAY
from escrow_tui.engine.order import Shipment
from escrow_tui.engine.terms import Phase, RefundWay, ShipmentState
from tests.given.orders import (
    COMPLETED,
    DELIVER,
    DELIVERED,
    DISPUTE,
    MEDIATED,
    POLICY,
    REPLACE,
    RULE,
    SEND_BACK,
    SHIPPED,
    START,
    TO_BE_REPLACED,
    TRACKING,
    Step,
    days,
    given,
    then,
    then_exactly,
    then_refused,
)

NEXT = "RR473124404CN"
AGREED: tuple[Step, ...] = (REPLACE, c.AcceptClaim())


def test_a_replacement_that_is_agreed_waits_for_the_seller() -> None:
    """No money moves, and the first goods stay with the buyer."""
    world = given(*DELIVERED, REPLACE, days(1))
    then_exactly(
        world.when(c.AcceptClaim()),
        e.ClaimAccepted("accepted by the seller"),
        e.DisputeExecuted(0, False, True),
    )
    order = world.order
    assert (order.phase, order.dispute, order.return_) == (Phase.AWAITING_REPLACEMENT, None, None)
    assert (order.replacement_at, order.replacements, order.held) == (START + DAY, 1, 10_000)


def test_a_mediator_may_rule_it() -> None:
    """It is executed after the appeal window."""
    world = given(*MEDIATED, replace(RULE, refund=0, replacement=True), days(7))
    assert world.order.phase is Phase.AWAITING_REPLACEMENT
    assert world.order.replacement_at == START + 7 * DAY


def test_the_seller_sends_the_goods_that_take_the_place_of_the_first() -> None:
    """Everything about the first parcel is cleared, and protection starts again."""
    first = (*SHIPPED, c.ExtendProtection(5), DELIVER, c.OpenParcel("teapot-cracked"))
    world = given(*first, *AGREED, days(2))
    then_exactly(world.when(c.ShipReplacement(NEXT)), e.ReplacementShipped(NEXT))
    order = world.order
    assert (order.phase, order.shipment) == (
        Phase.SHIPPED,
        Shipment(tracking=NEXT, state=ShipmentState.LABEL, shipped_at=START + 2 * DAY),
    )
    assert (order.delivered_at, order.opened_at, order.found, order.unproven) == (0, 0, "", False)
    assert (order.extra_protection_days, order.completed_at) == (0, 0)
    assert [(one.name, one.at) for one in deadlines(order, POLICY)] == [
        ("false_shipment", START + 7 * DAY),
        ("protection", START + 62 * DAY),
    ]


def test_new_goods_are_delivered_opened_and_confirmed_like_the_first() -> None:
    """The money, held all the time, goes to the seller."""
    world = given(*TO_BE_REPLACED, c.ShipReplacement(NEXT), days(3), DELIVER)
    assert world.order.delivered_at == START + 3 * DAY
    world.after(c.OpenParcel("teapot"))
    then(world.when(c.ConfirmReceipt()), "receipt_confirmed", "funds_released")
    assert (world.order.phase, world.order.releases) == (Phase.COMPLETED, 1)


@pytest.mark.parametrize("confirmed", [c.ConfirmReceipt(), days(7)])
def test_new_goods_for_paid_ones_release_nothing_again(confirmed: Step) -> None:
    """The first goods were confirmed, and the seller was paid for them."""
    world = given(*COMPLETED, *AGREED, c.ShipReplacement(NEXT), DELIVER)
    assert (world.order.held, world.order.released) == (0, 10_000)
    world.after(confirmed)
    assert world.names()[-1] != "funds_released"
    assert world.names().count("receipt_confirmed") == 2
    assert (world.order.phase, world.order.releases) == (Phase.COMPLETED, 1)
    assert world.violations == []


@pytest.mark.parametrize(
    ("before", "sources"),
    [
        (DELIVERED, e.Sources(escrow=10_000)),
        (COMPLETED, e.Sources(escrow=0, commission=500, pending=0, available=9_500)),
    ],
)
def test_goods_that_are_never_sent_are_refunded(
    before: tuple[Step, ...], sources: e.Sources
) -> None:
    """After seven days the buyer is fully refunded, from escrow or from the seller."""
    world = given(*before, *AGREED, days(7))
    assert world.history[-2][1:] == (
        START + 7 * DAY,
        e.RefundBooked(
            number=1, amount=10_000, sources=sources, way=RefundWay.CARD, lines=(10_000,)
        ),
    )
    assert (world.order.phase, world.order.ended_at) == (Phase.REFUNDED, START + 7 * DAY)


def test_only_what_is_outstanding_is_refunded() -> None:
    """What was refunded before is not refunded twice."""
    world = given(*DELIVERED, c.Refund(4_000), *AGREED, days(7))
    assert (world.order.phase, world.order.refunded) == (Phase.REFUNDED, 10_000)


def test_new_goods_may_be_disputed_too_but_not_replaced_again() -> None:
    """Such a dispute is about money."""
    world = given(*TO_BE_REPLACED, c.ShipReplacement(NEXT), DELIVER)
    then_refused(world.when(REPLACE), "REPLACEMENT_USED_UP")
    world.after(DISPUTE)
    assert world.order.dispute_count == 2
    world.after(c.AcceptClaim())
    assert (world.order.phase, world.order.refunded) == (Phase.CLOSED, 4_000)


def test_new_goods_that_come_back_are_sent_once_more() -> None:
    """Sending a returned parcel again is no second replacement."""
    world = given(*TO_BE_REPLACED, c.ShipReplacement(NEXT), SEND_BACK)
    then_exactly(world.when(c.Reship(TRACKING)), e.OrderShipped(TRACKING))
    assert world.order.replacements == 1


def test_while_the_seller_is_to_send_the_parties_write_and_nothing_else() -> None:
    """They cannot refund, dispute or confirm."""
    world = given(*TO_BE_REPLACED)
    for command in (c.Refund(1), c.ConfirmReceipt(), DISPUTE, c.Ship(TRACKING)):
        then_refused(world.when(command), "WRONG_PHASE", phase="awaiting replacement")
    then(world.when(c.SendMessage("where is it?")), "message_sent")
