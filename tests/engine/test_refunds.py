"""Refunds without a dispute, the arrival of refunds, and the clearance of money."""

import pytest
from msgspec.structs import replace

from escrow_tui.engine import commands as c
from escrow_tui.engine import events as e
from escrow_tui.engine.account import SellerAccount
from escrow_tui.engine.deadlines import deadlines
from escrow_tui.engine.decide import decide, expire
from escrow_tui.engine.policy import Policy
from escrow_tui.engine.policy_switches import FxRefund
from escrow_tui.engine.roles import BANK
from escrow_tui.engine.terms import Phase, RefundWay
from tests.given.orders import (
    CAME_BACK,
    COMPLETED,
    DELIVERED,
    PAID,
    POLICY,
    SHIPPED,
    START,
    Step,
    days,
    given,
    then,
    then_exactly,
    then_refused,
)

LINES = (c.Line("cup", 4_000, "A cup", "cup"), c.Line("pot", 6_000))


REFUNDING = [PAID, SHIPPED, DELIVERED, CAME_BACK]


@pytest.mark.parametrize("steps", [*REFUNDING, COMPLETED])
@pytest.mark.parametrize("amount", [1, 4_000, 9_999])
def test_the_seller_gives_back_a_part_at_once(steps: tuple[Step, ...], amount: int) -> None:
    """The phase stays the same, and the rest is outstanding."""
    world = given(*steps)
    phase = world.order.phase
    then(world.when(c.Refund(amount)), "refund_booked")
    assert (world.order.phase, world.order.refunded) == (phase, amount)
    assert world.order.outstanding == 10_000 - amount
    assert world.balance("refunds_payable") == amount


@pytest.mark.parametrize("steps", [*REFUNDING, COMPLETED])
def test_a_refund_of_everything_ends_the_order(steps: tuple[Step, ...]) -> None:
    """In one piece, or with the last of several."""
    then(given(*steps).when(c.Refund(10_000)), "refund_booked", "order_refunded")
    world = given(*steps, c.Refund(9_999))
    then(world.when(c.Refund(1)), "refund_booked", "order_refunded")
    assert (world.order.phase, world.order.held, world.order.commission) == (Phase.REFUNDED, 0, 0)


@pytest.mark.parametrize(
    ("amount", "most"), [(0, "60.00 USD"), (6_001, "60.00 USD"), (-1, "60.00 USD")]
)
def test_a_refund_is_at_most_what_is_outstanding(amount: int, most: str) -> None:
    """And at least one minor unit."""
    answer = given(*PAID, c.Refund(4_000)).when(c.Refund(amount))
    then_refused(answer, "BAD_AMOUNT", least="0.01 USD", most=most)


def test_a_refund_of_a_line_is_at_most_its_share() -> None:
    """Including its share of shipping by the largest remainder, less earlier refunds."""
    world = given(*PAID, lines=LINES, shipping=5)
    assert world.order.line_shares == (4_002, 6_003)
    then_refused(world.when(c.Refund(4_003, "cup")), "BAD_AMOUNT", most="40.02 USD")
    booked = e.RefundBooked(
        number=1,
        amount=4_000,
        sources=e.Sources(escrow=4_000),
        way=RefundWay.CARD,
        lines=(4_000, 0),
    )
    then_exactly(world.when(c.Refund(4_000, "cup")), booked)
    then_refused(world.when(c.Refund(3, "cup")), "BAD_AMOUNT", most="0.02 USD")
    world.after(c.Refund(2, "cup"))
    then_refused(world.when(c.Refund(1, "cup")), "NOTHING_TO_REFUND", what="line cup")
    then(world.when(c.Refund(6_003, "pot")), "refund_booked", "order_refunded")
    assert world.order.line_refunds == (4_002, 6_003)


def test_a_refund_of_no_line_takes_of_each_what_is_left() -> None:
    """A later refund of one line is then limited to what is left of it."""
    world = given(*PAID, c.Refund(5_000), lines=LINES)
    assert world.order.line_refunds == (2_000, 3_000)
    then_refused(world.when(c.Refund(2_001, "cup")), "BAD_AMOUNT", most="20.00 USD")


def test_a_line_must_be_one_of_the_order() -> None:
    """The refusal lists the order's lines."""
    world = given(*PAID, lines=LINES)
    then_refused(world.when(c.Refund(1, "lid")), "LINE_UNKNOWN", line="lid", known="cup, pot")


@pytest.mark.parametrize(("amount", "code"), [(4_999, "PARTIAL_REFUND"), (5_000, "")])
def test_where_only_full_refunds_are_known_the_rest_is_full(amount: int, code: str) -> None:
    """After a partial refund under other rules, it is all that is outstanding."""
    policy = replace(POLICY, partial_refunds=False)
    world = given(*PAID, c.Refund(5_000))
    world.policy = policy
    answer = world.when(c.Refund(amount))
    if code:
        assert then_refused(answer, code, whole="50.00 USD").rule == "partial_refunds"
    else:
        then(answer, "refund_booked", "order_refunded")


# -- the arrival of refunds


def test_the_bank_settles_every_refund_that_is_on_its_way() -> None:
    """The second time there is nothing to settle."""
    world = given(*PAID, c.Refund(1_000), c.Refund(500))
    settled = e.RefundSettled(1, 1_000, 1_000), e.RefundSettled(2, 500, 500)
    then_exactly(world.when(c.SettleRefund()), *settled)
    assert (world.order.settled, world.order.paid_back, world.order.refunds) == (1_500, 1_500, ())
    assert world.balance("refunds_payable") == 0
    then_refused(world.when(c.SettleRefund()), "NOTHING_TO_SETTLE")


@pytest.mark.parametrize(
    ("pieces", "paid_back"),
    [
        ((3_333, 3_333, 3_334), (3_066, 3_066, 3_068)),
        ((1, 1, 9_998), (0, 1, 9_199)),
        ((5_000, 5_000), (4_600, 4_600)),
        ((10_000,), (9_200,)),
    ],
)
@pytest.mark.parametrize("at_once", [True, False])
def test_a_foreign_refund_in_pieces_returns_in_sum_what_was_paid(
    pieces: tuple[int, ...], paid_back: tuple[int, ...], at_once: bool
) -> None:
    """Each piece is the difference of two rounded sums, settled together or one by one."""
    world = given(*PAID, pay_in="EUR", rate="0.92")
    for piece in pieces:
        world.after(c.Refund(piece), *(() if at_once else (c.SettleRefund(),)))
    if at_once:
        world.after(c.SettleRefund())
    settled = [event for _, _, event in world.history if isinstance(event, e.RefundSettled)]
    assert tuple(one.paid_back for one in settled) == paid_back
    assert world.order.paid_back == 9_200 == -world.balance("platform:fx", "EUR") + 9_200
    assert world.balance("ext:buyer", "EUR") == 0


@pytest.mark.parametrize(
    ("policy", "rates", "paid_back"),
    [
        (POLICY, ("0.80",), 4_600),
        (replace(POLICY, fx_refund=FxRefund.CURRENT), ("0.80",), 4_000),
        (replace(POLICY, fx_refund=FxRefund.CURRENT), ("0.80", "0.99999"), 5_000),
        (replace(POLICY, fx_refund=FxRefund.CURRENT), (), 4_600),
    ],
)
@pytest.mark.parametrize("by_itself", [True, False])
def test_a_foreign_refund_goes_by_the_rate_that_the_policy_says(
    policy: Policy, rates: tuple[str, ...], paid_back: int, by_itself: bool
) -> None:
    """The rate paid or the bank's last rate; by deadline or when the bank settles it."""
    world = given(*PAID, c.Refund(5_000), pay_in="EUR", rate="0.92", policy=policy)
    world.after(*(c.SetRate("EUR", rate) for rate in rates), c.SetRate("GBP", "0.5"))
    world.after(days(14) if by_itself else c.SettleRefund())
    (settled,) = [event for _, _, event in world.history if isinstance(event, e.RefundSettled)]
    assert settled == e.RefundSettled(1, 5_000, paid_back)


def test_a_refund_at_home_knows_no_rate() -> None:
    """The amount comes back as it is."""
    policy = replace(POLICY, fx_refund=FxRefund.CURRENT)
    world = given(*PAID, c.SetRate("USD", "0.5"), c.Refund(5_000), policy=policy)
    then_exactly(world.when(c.SettleRefund()), e.RefundSettled(1, 5_000, 5_000))


def test_without_a_rate_of_the_day_the_one_that_was_paid_counts() -> None:
    """The engine's caller need not know a rate."""
    policy = replace(POLICY, fx_refund=FxRefund.CURRENT)
    order = given(*PAID, c.Refund(5_000), pay_in="EUR", rate="0.92").order
    settled = e.RefundSettled(1, 5_000, 4_600)
    answer = decide(order, SellerAccount, c.SettleRefund(), BANK, policy, "hash", START)
    then_exactly(answer, settled)
    (due,) = [one for one in deadlines(order, policy) if one.name == "refund"]
    assert expire(order, SellerAccount, due, policy, "hash") == (settled,)


# -- clearance


def test_what_is_pending_of_the_order_becomes_available() -> None:
    """No more than there is: another order's clawback may have taken some of it."""
    world = given(*COMPLETED)
    world.move("seller:seller-1:pending", "ext:bank", 9_000)
    world.after(days(3))
    assert world.history[-1][2] == e.FundsCleared(500)
    assert (world.order.uncleared, world.balance("seller:seller-1:available")) == (0, 500)


def test_only_what_is_the_orders_own_becomes_available() -> None:
    """Another order's pending money waits for its own days."""
    world = given(*COMPLETED)
    world.move("ext:bank", "seller:seller-1:pending", 9_000)
    world.after(days(3))
    assert world.history[-1][2] == e.FundsCleared(9_500)
    assert world.balance("seller:seller-1:pending") == 9_000
