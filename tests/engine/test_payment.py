"""Placing, paying, verifying, and calling off before anything is shipped."""

import pytest

from escrow_tui.engine import commands as c
from escrow_tui.engine.events import OrderPlaced
from escrow_tui.engine.methods import METHODS, cost_of, fee_of
from escrow_tui.engine.terms import Phase
from tests.engine.given import (
    BUYER,
    PAID,
    POLICY,
    SELLER,
    World,
    days,
    given,
    place_order,
    then,
    then_refused,
)

CARDS = ("credit_card", "debit_card", "virtual_card")


def test_an_order_is_placed_unpaid_with_goods_and_shipping() -> None:
    """Nothing is captured until the buyer pays."""
    order = given(price=9_000, shipping=1_000).order
    assert (order.phase, order.goods, order.shipping, order.price) == (
        Phase.AWAITING_PAYMENT,
        9_000,
        1_000,
        10_000,
    )
    assert order.captured == order.held == 0


@pytest.mark.parametrize("method", CARDS)
def test_a_card_is_captured_at_once(method: str) -> None:
    """The money lies in escrow while the bank verifies."""
    world = given(method=method)
    then(world.when(c.Pay()), "payment_captured")
    assert (world.order.phase, world.order.held) == (Phase.VERIFYING, 10_000)
    then(world.when(c.VerifyPayment()), "payment_verified")
    assert world.order.phase is Phase.AWAITING_SHIPMENT


def test_western_union_is_captured_when_the_bank_verifies() -> None:
    """Cash at an agent is a promise until then."""
    world = given(method="western_union")
    then(world.when(c.Pay()), "payment_promised")
    assert (world.order.phase, world.order.captured) == (Phase.VERIFYING, 0)
    then(world.when(c.VerifyPayment()), "payment_captured", "payment_verified")
    assert (world.order.phase, world.order.held) == (Phase.AWAITING_SHIPMENT, 10_000)


@pytest.mark.parametrize("method", CARDS)
def test_a_declined_card_goes_back_through_refunds_payable(method: str) -> None:
    """Every way back is a refund."""
    world = given(c.Pay(), method=method)
    answer = world.when(c.DeclinePayment("card_expired"))
    then(answer, "payment_declined", "order_cancelled", "refund_booked")
    assert world.balance("refunds_payable") == 10_000
    assert world.order.phase is Phase.CANCELLED


def test_declined_cash_was_never_captured() -> None:
    """Nothing goes back because nothing came."""
    world = given(c.Pay(), method="western_union")
    then(world.when(c.DeclinePayment("not_paid_in")), "payment_declined", "order_cancelled")
    assert not any(world.balances.values())


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("code", ["", "no_such_code", "NOT_PAID_IN"])
def test_a_decline_needs_a_code_of_the_method(method: str, code: str) -> None:
    """The refusal names the codes that are known."""
    world = given(c.Pay(), method=method)
    known = ", ".join(METHODS[method].decline_codes)
    then_refused(world.when(c.DeclinePayment(code)), "DECLINE_CODE_UNKNOWN", known=known)


@pytest.mark.parametrize("method", METHODS)
def test_every_decline_code_of_a_method_is_taken(method: str) -> None:
    """The rows of the table are the bank's words."""
    for code in METHODS[method].decline_codes:
        world = given(c.Pay(), c.DeclinePayment(code), method=method)
        assert world.order.phase is Phase.CANCELLED


@pytest.mark.parametrize(
    ("steps", "phase"),
    [((), Phase.EXPIRED), ((c.Pay(),), Phase.CANCELLED)],
)
def test_the_buyer_cancels_until_it_is_verified(
    steps: tuple[c.AnyCommand, ...], phase: Phase
) -> None:
    """Unpaid it expires; paid it is cancelled and refunded."""
    world = given(*steps, c.Cancel())
    assert (world.order.phase, world.order.held) == (phase, 0)
    assert world.order.refunded == world.order.captured


def test_the_buyer_cannot_cancel_a_verified_order() -> None:
    """From then on only the seller calls it off."""
    world = given(*PAID)
    then_refused(world.when(c.Cancel()), "WRONG_PHASE", phase="awaiting shipment")


@pytest.mark.parametrize("steps", [(), PAID[:1], PAID])
def test_the_seller_cancels_until_it_is_shipped(steps: tuple[c.AnyCommand, ...]) -> None:
    """The buyer has everything back."""
    world = given(*steps)
    assert world.when(c.Cancel(), by=SELLER)
    assert world.order.phase in (Phase.EXPIRED, Phase.CANCELLED)
    assert world.order.outstanding == 0


def test_the_buyer_gives_the_seller_more_days() -> None:
    """Days granted twice are added."""
    world = given(*PAID, c.ExtendProcessing(5), c.ExtendProcessing(2))
    assert world.order.extra_processing_days == 7
    assert world.after(days(13)).order.phase is Phase.AWAITING_SHIPMENT
    assert world.after(days(1)).order.phase is Phase.CANCELLED


@pytest.mark.parametrize("granted", [0, -1, 121])
def test_days_granted_have_bounds(granted: int) -> None:
    """From 1 to 120."""
    world = given(*PAID)
    then_refused(world.when(c.ExtendProcessing(granted)), "BAD_DAYS", most="120")


@pytest.mark.parametrize(
    ("pay_in", "currency", "price", "rate", "paid"),
    [
        ("EUR", "USD", 10_000, "0.92", 9_200),
        ("EUR", "USD", 3_333, "0.92", 3_066),
        ("JPY", "USD", 10_000, "149.5", 14_950),
        ("KWD", "USD", 10_000, "0.3067", 30_670),
        ("USD", "JPY", 15_000, "0.0067", 10_050),
        ("EUR", "USD", 1, "0.5", 1),
        ("USD", "USD", 10_000, "", 10_000),
        ("", "USD", 10_000, "", 10_000),
    ],
)
def test_a_buyer_abroad_pays_by_the_quote(
    pay_in: str, currency: str, price: int, rate: str, paid: int
) -> None:
    """The rate is the buyer's units for one of the price's, half a minor unit up."""
    order = given(price=price, currency=currency, pay_in=pay_in, rate=rate).order
    assert order.paid_total == paid
    assert order.pay_in == ("" if pay_in == currency else pay_in)


@pytest.mark.parametrize(
    "rate", ["", "0", "-1", "NaN", "Infinity", "-Infinity", "1000000", "1e9", "x", "0,92"]
)
def test_a_rate_is_a_positive_decimal_number(rate: str) -> None:
    """A quote that makes no sense is refused before anything is placed."""
    answer = World().submit("A", place_order(pay_in="EUR", rate=rate), BUYER)
    then_refused(answer, "BAD_RATE")


@pytest.mark.parametrize(("price", "rate"), [(1, "0.001"), (10**13, "2"), (10**13, "999999")])
def test_a_quote_stays_inside_the_amounts_that_a_market_can_hold(price: int, rate: str) -> None:
    """Neither nothing nor more than the store can sum."""
    answer = World().submit("A", place_order(price=price, pay_in="EUR", rate=rate), BUYER)
    then_refused(answer, "BAD_AMOUNT")


@pytest.mark.parametrize(
    ("placing", "code"),
    [
        ({"lines": ()}, "EMPTY_ORDER"),
        ({"method": "cheque"}, "METHOD_UNKNOWN"),
        ({"seller": "buyer-1"}, "SAME_PERSON"),
        ({"price": 0}, "BAD_AMOUNT"),
        ({"price": -1}, "BAD_AMOUNT"),
        ({"price": 10**13 + 1}, "BAD_AMOUNT"),
        ({"shipping": -1}, "BAD_AMOUNT"),
        ({"lines": (c.Line("a", 500), c.Line("b", -400))}, "BAD_AMOUNT"),
        ({"pay_in": "XXX", "rate": "1"}, "BAD_RATE"),
        ({"buyer": "buyer-2"}, "NOT_YOURS"),
    ],
)
def test_an_order_that_makes_no_sense_is_not_placed(placing: dict[str, object], code: str) -> None:
    """Each fault has its code, and nothing stands afterwards."""
    world = World()
    then_refused(world.submit("A", place_order(**placing), BUYER), code)
    assert not world.orders


def test_an_order_keeps_the_hash_of_its_policy() -> None:
    """Not the name: a policy that is edited later changes no order."""
    world = World(POLICY)
    answer = world.submit("A", place_order(), BUYER)
    then(answer, "order_placed")
    _, _, event = world.history[0]
    assert isinstance(event, OrderPlaced)
    assert event.policy == world.policy_hash == world.order.policy


@pytest.mark.parametrize(
    ("method", "amount", "currency", "cost"),
    [
        ("credit_card", 10_000, "USD", 320),
        ("debit_card", 10_000, "USD", 220),
        ("virtual_card", 5_000, "EUR", 175),
        ("credit_card", 50, "USD", 31),
        ("credit_card", 10_000, "JPY", 290),
        ("credit_card", 10_000, "KWD", 590),
        ("western_union", 10_000, "USD", 0),
    ],
)
def test_the_processors_cost_is_a_part_and_a_fixed_sum(
    method: str, amount: int, currency: str, cost: int
) -> None:
    """2.9 % or 1.9 % and 0.30, in the currency's own minor units."""
    assert cost_of(METHODS[method], amount, currency) == cost


@pytest.mark.parametrize(
    ("amount", "fee"),
    [
        (1, 495),
        (5_000, 495),
        (5_001, 800),
        (10_000, 800),
        (10_001, 1_000),
        (25_000, 1_000),
        (50_000, 1_200),
        (25_001, 1_200),
        (50_001, 1_500),
        (75_000, 1_500),
        (75_001, 1_800),
        (100_000, 1_800),
        (100_001, 1_800),
        (10**9, 1_800),
    ],
)
def test_western_unions_fee_goes_by_steps(amount: int, fee: int) -> None:
    """A step holds up to and with its amount; the last has no end."""
    assert fee_of(METHODS["western_union"], amount, "USD") == fee


@pytest.mark.parametrize("method", CARDS)
def test_a_card_costs_the_buyer_nothing_on_top(method: str) -> None:
    """Only the agent for cash takes a fee from the buyer."""
    assert fee_of(METHODS[method], 10_000, "USD") == 0


def test_the_bank_settles_every_refund_that_is_on_its_way() -> None:
    """A second time there is nothing."""
    world = given(c.Pay(), c.Cancel())
    then(world.when(c.SettleRefund()), "refund_settled")
    assert world.balance("ext:buyer") == world.balance("refunds_payable") == 0
    then_refused(world.when(c.SettleRefund()), "NOTHING_TO_SETTLE")
