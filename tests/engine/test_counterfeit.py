"""A counterfeit that was ruled on costs its seller what the policy says."""

import pytest
from msgspec.structs import replace

from escrow_tui.engine import commands as c
from escrow_tui.engine import events as e
from escrow_tui.engine.terms import Phase, Reason, RefundWay
from tests.engine.given import (
    BACK,
    DELIVERED,
    PHOTO,
    POLICY,
    Step,
    days,
    given,
    then_exactly,
)

ARGUED: tuple[Step, ...] = (c.RejectClaim(), c.Escalate())
SO = ("so it is",)


# -- a counterfeit that was proven

TWICE = replace(POLICY, counterfeit_multiple=2)
FALSE = c.OpenDispute(Reason.COUNTERFEIT, 10_000, (PHOTO,))
PENALTY = e.PenaltyBooked(2, 9_000, e.Sources(debt=9_000), RefundWay.CARD)


@pytest.mark.parametrize(
    ("claim", "refund", "penalty"),
    [
        (FALSE, 10_000, True),
        (FALSE, 9_999, False),
        (replace(FALSE, reason=Reason.DAMAGED), 10_000, False),
    ],
)
def test_a_seller_of_a_counterfeit_pays_its_price_once_more(
    claim: c.OpenDispute, refund: int, penalty: bool
) -> None:
    """Ruled, and everything outstanding is refunded; shipping is not paid twice."""
    steps = (*DELIVERED, claim, *ARGUED, c.Rule(refund, SO), days(7))
    world = given(*steps, policy=TWICE, price=9_000, shipping=1_000)
    booked = [event for _, _, event in world.history if isinstance(event, e.PenaltyBooked)]
    assert booked == ([PENALTY] if penalty else [])
    assert world.names()[-1] == ("order_refunded" if refund == 10_000 else "order_closed")
    assert world.order.refunded == refund
    assert world.order.penalty == (9_000 if penalty else 0)
    assert world.balance("seller:seller-1:debt") == (-9_000 if penalty else 0)
    assert world.violations == []


@pytest.mark.parametrize(
    "steps", [(c.AcceptClaim(),), (days(5),), (*ARGUED, days(30)), (c.RejectClaim(), days(37))]
)
def test_without_a_ruling_there_is_no_penalty(steps: tuple[Step, ...]) -> None:
    """Accepted, or by the seller's or the mediator's silence, nothing was proven."""
    world = given(*DELIVERED, FALSE, *steps, policy=TWICE)
    assert (world.order.phase, world.order.penalty) == (Phase.REFUNDED, 0)


def test_where_the_price_is_paid_once_there_is_no_penalty() -> None:
    """The policy's multiple is one."""
    world = given(*DELIVERED, FALSE, *ARGUED, c.Rule(10_000, SO), days(7))
    assert (world.order.phase, world.order.penalty) == (Phase.REFUNDED, 0)


def test_a_counterfeit_that_goes_back_is_paid_for_when_it_is_there() -> None:
    """The ruling of the dispute that the return ended still counts."""
    back = (c.ShipReturn("RR473124829CN"), BACK[-1])
    rule = c.Rule(10_000, SO, return_goods=True)
    world = given(*DELIVERED, FALSE, *ARGUED, rule, days(7), *back, policy=TWICE)
    assert world.order.penalty == 0
    then_exactly(
        world.when(c.ConfirmReturn()),
        e.ReturnClosed(10_000, False, "confirmed by the seller"),
        e.RefundBooked(1, 10_000, e.Sources(10_000), RefundWay.CARD, (10_000,)),
        e.PenaltyBooked(2, 10_000, e.Sources(debt=10_000), RefundWay.CARD),
        e.OrderRefunded(),
    )
