"""A ruling that goods are counterfeit costs the seller what the policy says."""

import pytest
from msgspec.structs import replace

from escrow_tui.engine import commands as c
from escrow_tui.engine import events as e
from escrow_tui.engine.account import SellerAccount
from escrow_tui.engine.decide import decide
from escrow_tui.engine.order import BookedRefund
from escrow_tui.engine.roles import BANK
from escrow_tui.engine.terms import Phase, Reason, RefundWay
from tests.given.orders import (
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


# -- a proven counterfeit

TWICE = replace(POLICY, counterfeit_multiple=2)
FALSE = c.OpenDispute(reason=Reason.COUNTERFEIT, claim=10_000, evidence=(PHOTO,))
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
    """After such a ruling everything outstanding is refunded; shipping is not paid twice."""
    steps = (*DELIVERED, claim, *ARGUED, c.Rule(refund=refund, reasons=SO), days(7))
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
    """Acceptance, the seller's silence or the mediator's prove nothing."""
    world = given(*DELIVERED, FALSE, *steps, policy=TWICE)
    assert (world.order.phase, world.order.penalty) == (Phase.REFUNDED, 0)


def test_where_the_price_is_paid_once_there_is_no_penalty() -> None:
    """The policy's multiple is 1."""
    world = given(*DELIVERED, FALSE, *ARGUED, c.Rule(refund=10_000, reasons=SO), days(7))
    assert (world.order.phase, world.order.penalty) == (Phase.REFUNDED, 0)


def test_a_counterfeit_that_goes_back_is_paid_for_when_it_is_there() -> None:
    """The ruling that led to the return still counts."""
    back = (c.ShipReturn("RR473124829CN"), BACK[-1])
    rule = c.Rule(refund=10_000, reasons=SO, return_goods=True)
    world = given(*DELIVERED, FALSE, *ARGUED, rule, days(7), *back, policy=TWICE)
    assert world.order.penalty == 0
    then_exactly(
        world.when(c.ConfirmReturn()),
        e.ReturnClosed(10_000, False, "confirmed by the seller"),
        e.RefundBooked(
            number=1,
            amount=10_000,
            sources=e.Sources(escrow=10_000),
            way=RefundWay.CARD,
            lines=(10_000,),
        ),
        e.PenaltyBooked(2, 10_000, e.Sources(debt=10_000), RefundWay.CARD),
        e.OrderRefunded(),
    )


@pytest.mark.parametrize("by_itself", [True, False])
def test_a_penalty_abroad_is_paid_in_the_currency_of_the_buyer(by_itself: bool) -> None:
    """At the rate paid, in addition to the refund."""
    steps = (*DELIVERED, FALSE, *ARGUED, c.Rule(refund=10_000, reasons=SO), days(7))
    world = given(
        *steps, policy=TWICE, price=9_000, shipping=1_000, pay_in="EUR", rate="0.92"
    ).after(days(14) if by_itself else c.SettleRefund())
    settled = [event for _, _, event in world.history if isinstance(event, e.RefundSettled)]
    assert settled == [e.RefundSettled(1, 10_000, 9_200), e.RefundSettled(2, 9_000, 8_280)]
    assert all(type(one.paid_back) is int for one in settled)
    assert (world.order.settled, world.order.paid_back) == (10_000, 9_200)
    assert world.balance("ext:buyer", "EUR") == 8_280


@pytest.mark.parametrize("penalty_first", [True, False])
def test_what_a_penalty_pays_back_is_not_counted_for_the_refunds(penalty_first: bool) -> None:
    """Whichever of them the bank settles first."""
    order = given(*DELIVERED, price=3_333, pay_in="EUR", rate="0.5").order
    refunds = (
        BookedRefund(
            number=1, amount=1_001, booked_at=0, way=RefundWay.CARD, penalty=penalty_first
        ),
        BookedRefund(
            number=2, amount=1_001, booked_at=0, way=RefundWay.CARD, penalty=not penalty_first
        ),
        BookedRefund(number=3, amount=1_001, booked_at=0, way=RefundWay.CARD),
    )
    asked = replace(order, refunds=refunds)
    answer = decide(asked, SellerAccount, c.SettleRefund(), BANK, POLICY, "", 0)
    # 16.67 EUR for 33.33 USD: 10.01 USD alone is 5.00 EUR, the first two are 5.00 and 5.01.
    paid = [5_00, 5_00, 5_01]
    then_exactly(answer, *(e.RefundSettled(n, 1_001, back) for n, back in enumerate(paid, 1)))
