"""Buying: one order a seller of the cart, at the price that was quoted."""

import pytest

from escrow_tui.desk.desk import Desk
from escrow_tui.desk.session import Purchase
from escrow_tui.engine.answers import Done
from escrow_tui.engine.commands import Pay
from tests.given.market import BUYER, DELIVERED, OTHER_BUYER, PLACE, brought, refused

CART = Purchase(("teapot-1", "lamp-1", "mug-1"), "credit_card")


def test_a_cart_of_two_sellers_makes_two_orders(desk: Desk) -> None:
    """Each with its seller's articles, named and priced as the quote said."""
    quote = desk.quote(BUYER, CART)
    answers = desk.buy(BUYER, CART, "cart")
    assert all(isinstance(one, Done) for one in answers)
    assert [part.order for part in quote.parts] == ["A", "B"]
    first, second = (desk.facts(part.order).order for part in quote.parts)
    assert [line.title for line in first.lines] == ["Teapot", "Mug"]
    assert [line.title for line in second.lines] == ["Lamp"]
    assert (first.seller, first.price, second.seller, second.price) == (
        "seller-1",
        3_300,
        "seller-2",
        3_000,
    )
    assert [part.paid for part in quote.parts] == ["33.00 USD", "30.00 USD"]
    assert first.lines[0].picture == "teapot/white"
    assert first.destination == "DE"


def test_a_cart_that_is_sent_twice_is_one_cart(desk: Desk) -> None:
    """Under the same id; under another it is bought again."""
    first = desk.buy(BUYER, CART, "cart")
    assert desk.buy(BUYER, CART, "cart") == first
    assert len(desk.rows(BUYER)) == 2
    desk.buy(BUYER, CART, "next")
    assert [row.id for row in desk.rows(BUYER)] == ["D", "C", "B", "A"]


def test_a_cart_that_was_cut_off_is_bought_to_its_end(desk: Desk) -> None:
    """The order that was placed stays the one it was."""
    half = Purchase(("teapot-1", "mug-1"), "credit_card")
    desk.buy(BUYER, half, "cart")
    answers = desk.buy(BUYER, CART, "cart")
    assert [refused(one) for one in answers] == ["", ""]
    assert [row.id for row in desk.rows(BUYER)] == ["B", "A"]


def test_a_new_order_takes_the_next_name_that_is_free(desk: Desk) -> None:
    """Whatever names the orders before it were given."""
    desk.submit(BUYER, "B", PLACE)
    desk.submit(BUYER, "D", PLACE)
    assert [part.order for part in desk.quote(BUYER, CART).parts] == ["C", "E"]
    desk.buy(BUYER, CART, "cart")
    assert {row.id for row in desk.rows(BUYER)} == {"B", "C", "D", "E"}


def test_a_buyer_abroad_pays_in_his_own_currency_at_a_locked_rate(desk: Desk) -> None:
    """What the quote shows is what is taken."""
    abroad = Purchase(("lamp-1",), "credit_card", "EUR")
    quote = desk.quote(BUYER, abroad)
    assert (quote.parts[0].paid, quote.rate) == ("27.60 EUR", "1 USD = 0.92 EUR, locked")
    desk.buy(BUYER, abroad, "cart")
    assert desk.facts("A").order.paid_total == 2_760
    assert isinstance(desk.submit(BUYER, "A", Pay()), Done)


@pytest.mark.parametrize("cart", [(), ("no-such-article",)])
def test_an_empty_cart_buys_nothing(desk: Desk, cart: tuple[str, ...]) -> None:
    """And the quote says so."""
    purchase = Purchase(cart, "credit_card")
    assert desk.quote(BUYER, purchase).why_not == "The cart is empty."
    assert desk.buy(BUYER, purchase, "cart") == ()


def test_the_window_shows_prices_in_the_buyers_own_currency(desk: Desk) -> None:
    """A search finds by words."""
    (lamp,) = desk.listings(BUYER, "lamp")
    assert (lamp.id, lamp.price, lamp.own_price) == ("lamp-1", "30.00 USD", "27.60 EUR")
    assert len(desk.listings(OTHER_BUYER)) == 3


def test_a_quote_changes_nothing(desk: Desk) -> None:
    """It may be asked for as often as somebody likes."""
    brought(desk, DELIVERED)
    before = desk.entries()
    desk.quote(BUYER, CART)
    assert desk.entries() == before
