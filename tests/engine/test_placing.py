"""Placing an order: its content, its limits, and the quote for a buyer abroad."""

from decimal import Decimal

import pytest

from escrow_tui.engine import commands as c
from escrow_tui.engine import events as e
from escrow_tui.engine.payment import rate_of
from escrow_tui.engine.terms import Phase
from tests.given.orders import (
    BUYER,
    OTHER_BUYER,
    START,
    World,
    given,
    place_order,
    then,
    then_exactly,
    then_refused,
)

LINES = (c.Line("cup", 4_000, "A cup", "cup"), c.Line("pot", 6_000))


def test_an_order_is_placed_unpaid_with_all_that_it_says() -> None:
    """Nothing is captured until the buyer pays; the order keeps the policy's hash, not its name."""
    world = World()
    order = place_order(
        lines=LINES, shipping=500, origin="PL", destination="FR", promised_days=4, card_expires=7
    )
    placed = e.OrderPlaced(
        buyer="buyer-1",
        seller="seller-1",
        lines=LINES,
        currency="USD",
        goods=10_000,
        shipping=500,
        origin="PL",
        destination="FR",
        promised_days=4,
        method="credit_card",
        policy=world.policy_hash,
        pay_in="",
        rate="",
        paid_total=10_500,
        card_expires=7,
    )
    then_exactly(world.submit("A", order, BUYER), placed)
    assert (world.order.phase, world.order.placed_at) == (Phase.AWAITING_PAYMENT, START)
    assert (world.order.price, world.order.goods, world.order.shipping) == (10_500, 10_000, 500)
    assert world.order.captured == world.order.held == world.order.outstanding == 0
    assert world.order.policy == world.policy_hash


@pytest.mark.parametrize(
    ("pay_in", "currency", "price", "rate", "paid"),
    [
        ("EUR", "USD", 10_000, "0.92", 9_200),
        ("EUR", "USD", 3_333, "0.92", 3_066),
        ("JPY", "USD", 10_000, "149.5", 14_950),
        ("KWD", "USD", 10_000, "0.3067", 30_670),
        ("USD", "JPY", 15_000, "0.0067", 10_050),
        ("EUR", "USD", 1, "0.5", 1),
        ("EUR", "USD", 3, "0.5", 2),
        ("EUR", "USD", 1, "99999", 99_999),
        ("USD", "USD", 10_000, "", 10_000),
        ("", "USD", 10_000, "", 10_000),
    ],
)
def test_a_buyer_abroad_pays_by_the_quote(
    pay_in: str, currency: str, price: int, rate: str, paid: int
) -> None:
    """The rate is the buyer's currency per unit of the price's; half a minor unit rounds up."""
    order = given(price=price, currency=currency, pay_in=pay_in, rate=rate).order
    assert (order.paid_total, order.rate) == (paid, rate)
    assert order.pay_in == ("" if pay_in == currency else pay_in)


@pytest.mark.parametrize(
    "rate",
    [
        "0",
        "-1",
        "NaN",
        "sNaN",
        "Infinity",
        "-Infinity",
        "100000",
        "1e9",
        "x",
        "0,92",
        "0.0",
        "1 2",
        "1_0",
        "1e-7",
        "٣",
    ],
)
def test_a_rate_is_a_positive_decimal_number(rate: str) -> None:
    """A senseless quote is refused before anything is placed."""
    answer = World().submit("A", place_order(pay_in="EUR", rate=rate), BUYER)
    then_refused(answer, "BAD_RATE", rate=rate)
    assert rate_of(rate) is None


@pytest.mark.parametrize("rate", ["0.92", "99999.99", "0.0000001", "1"])
def test_a_rate_is_read_as_it_is_written(rate: str) -> None:
    """It never becomes a float."""
    assert rate_of(rate) == Decimal(rate)


@pytest.mark.parametrize(
    ("price", "rate", "shown"),
    [
        (1, "0.001", "0.00 EUR"),
        (10**13, "1.1", "110000000000.00 EUR"),
        (10**13, "99999", "9999900000000000.00 EUR"),
    ],
)
def test_a_quote_stays_inside_the_amounts_that_a_market_can_hold(
    price: int, rate: str, shown: str
) -> None:
    """More than zero, and no more than the store can sum; the refusal is in the currency paid."""
    answer = World().submit("A", place_order(price=price, pay_in="EUR", rate=rate), BUYER)
    then_refused(answer, "BAD_AMOUNT", amount=shown, least="0.01 EUR", most="100000000000.00 EUR")


@pytest.mark.parametrize(
    ("placing", "code", "facts"),
    [
        ({"seller": "buyer-1"}, "SAME_PERSON", {}),
        ({"buyer": "buyer-2"}, "NOT_YOURS", {"role": "buyer"}),
        ({"lines": ()}, "EMPTY_ORDER", {}),
        ({"method": "cheque"}, "METHOD_UNKNOWN", {"method": "cheque"}),
        ({"currency": "XXX"}, "CURRENCY_UNKNOWN", {"currency": "XXX"}),
        ({"pay_in": "XXX", "rate": "1"}, "CURRENCY_UNKNOWN", {"currency": "XXX"}),
        ({"currency": "usd"}, "CURRENCY_UNKNOWN", {"currency": "usd"}),
        ({"lines": (c.Line("a", 1), c.Line("a", 1))}, "LINE_TWICE", {"line": "a"}),
        ({"price": 0}, "BAD_AMOUNT", {"least": "0.01 USD", "most": "100000000000.00 USD"}),
        ({"price": -1}, "BAD_AMOUNT", {"amount": "-0.01 USD"}),
        ({"price": 10**13 + 1}, "BAD_AMOUNT", {"amount": "100000000000.01 USD"}),
        ({"shipping": -1}, "BAD_AMOUNT", {"amount": "-0.01 USD", "least": "0.00 USD"}),
        ({"price": 10**13, "shipping": 1}, "BAD_AMOUNT", {"amount": "100000000000.01 USD"}),
        (
            {"lines": (c.Line("a", 500), c.Line("b", -400))},
            "BAD_AMOUNT",
            {"amount": "-4.00 USD", "least": "0.01 USD"},
        ),
        ({"lines": (c.Line("a", 500), c.Line("b", 0))}, "BAD_AMOUNT", {"amount": "0.00 USD"}),
        ({"pay_in": "EUR"}, "BAD_RATE", {"rate": "(none)"}),
    ],
)
def test_an_order_that_makes_no_sense_is_not_placed(
    placing: dict[str, object], code: str, facts: dict[str, str]
) -> None:
    """Each fault has its code, and there is no order afterwards."""
    world = World()
    then_refused(world.submit("A", place_order(**placing), BUYER), code, **facts)
    assert not world.orders


def test_the_largest_amount_can_be_ordered() -> None:
    """The limit itself is allowed, with shipping and in another currency too."""
    assert given(price=10**13 - 5, shipping=5).order.price == 10**13
    assert given(price=10**13, pay_in="EUR", rate="1").order.paid_total == 10**13
    assert given(price=1).order.price == 1


def test_another_buyer_places_an_order_of_their_own() -> None:
    """The order belongs to the actor of the command."""
    world = World()
    then(world.submit("A", place_order(buyer="buyer-2"), OTHER_BUYER), "order_placed")
    assert world.order.buyer == "buyer-2"
