"""Who pays for the label of a return, and from which of the seller's accounts."""

import pytest
from msgspec.structs import replace

from escrow_tui.engine import commands as c
from escrow_tui.engine import events as e
from escrow_tui.engine.money import Money
from escrow_tui.engine.policy import Policy
from escrow_tui.engine.terms import (
    Reason,
    Side,
)
from tests.given.orders import (
    COMPLETED,
    DELIVERED,
    POLICY,
    SEND_ALL_BACK,
    TO_GO_BACK,
    TRACKING,
    days,
    given,
    then_exactly,
    then_refused,
)

# -- the label

LABEL = replace(POLICY, return_label_cost=Money(600, "USD"))
MIND = c.OpenDispute(reason=Reason.CHANGE_OF_MIND, claim=10_000, return_goods=True)
OF_SELLER = replace(LABEL, label_payer=(("change_of_mind", "seller"), ("damaged", "buyer")))


@pytest.mark.parametrize(
    ("policy", "claim", "payer"),
    [
        (LABEL, SEND_ALL_BACK, Side.SELLER),
        (LABEL, MIND, Side.BUYER),
        (OF_SELLER, SEND_ALL_BACK, Side.BUYER),
        (OF_SELLER, MIND, Side.SELLER),
    ],
)
def test_who_pays_the_label_is_said_by_the_reason(
    policy: Policy, claim: c.OpenDispute, payer: Side
) -> None:
    """The label is bought and charged when the goods are sent."""
    world = given(*DELIVERED, claim, c.AcceptClaim(), policy=policy)
    sources = e.Sources(debt=600) if payer is Side.SELLER else e.Sources()
    then_exactly(
        world.when(c.ShipReturn(TRACKING)),
        e.ReturnShipped(TRACKING),
        e.LabelBought(600, payer, sources),
    )
    assert world.balance("platform:carrier_cost") == 0
    assert world.balance("ext:carrier") == 600
    assert world.balance("ext:buyer") == -10_000 - (600 if payer is Side.BUYER else 0)


@pytest.mark.parametrize("cost", [Money(0, "USD"), Money(600, "EUR")])
def test_a_label_that_costs_nothing_here_is_not_bought(cost: Money) -> None:
    """If it costs nothing or is priced in another currency than the order's."""
    policy = replace(POLICY, return_label_cost=cost)
    answer = given(*TO_GO_BACK, policy=policy).when(c.ShipReturn(TRACKING))
    then_exactly(answer, e.ReturnShipped(TRACKING))


@pytest.mark.parametrize(
    ("pieces", "sources"),
    [
        ((600, 0, 0), e.Sources(pending=600)),
        ((599, 600, 0), e.Sources(pending=599, available=1)),
        ((100, 200, 600), e.Sources(pending=100, available=200, deposit=300)),
        ((100, 200, 299), e.Sources(pending=100, available=200, deposit=299, debt=1)),
    ],
)
def test_a_sellers_label_is_taken_in_the_clawbacks_order(
    pieces: tuple[int, int, int], sources: e.Sources
) -> None:
    """From the seller's money on the platform; a wrong tracking number buys no label."""
    world = given(*TO_GO_BACK, policy=LABEL)
    for part, minor in zip(("pending", "available", "deposit"), pieces, strict=True):
        world.move("ext:bank", f"seller:seller-1:{part}", minor)
    then_refused(world.when(c.ShipReturn("x")), "TRACKING_INVALID")
    then_exactly(
        world.when(c.ShipReturn(TRACKING)),
        e.ReturnShipped(TRACKING),
        e.LabelBought(600, Side.SELLER, sources),
    )
    assert world.violations == []


def test_what_the_label_took_of_pending_money_does_not_clear() -> None:
    """6.00 of 95.00 pending is gone."""
    world = given(*COMPLETED, SEND_ALL_BACK, c.AcceptClaim(), c.ShipReturn(TRACKING), policy=LABEL)
    assert world.order.uncleared == 8_900
    world.after(days(3))
    assert e.FundsCleared(8_900) in [event for _, _, event in world.history]


def test_a_label_paid_with_another_orders_money_leaves_this_orders_at_zero() -> None:
    """The order had nothing pending, and does not go below zero."""
    world = given(*TO_GO_BACK, policy=LABEL).move("ext:bank", "seller:seller-1:pending", 900)
    world.after(c.ShipReturn(TRACKING))
    assert world.order.uncleared == 0
