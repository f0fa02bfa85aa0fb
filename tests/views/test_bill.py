"""A bill adds up a purchase, and every payment method says when it charges."""

from escrow_tui.engine.methods import METHODS
from escrow_tui.engine.money import Money
from escrow_tui.views.bill import bill, method_views, sum_by_currency
from escrow_tui.views.shop import Quote, QuotePart


def part(order: str, minor: int, fee: int = 0) -> QuotePart:
    """Return one order of a quote, in dollars and charged in euros."""
    held = Money(minor, "USD")
    charged = Money(minor * 92 // 100, "EUR")
    return QuotePart(
        order=order,
        seller="Shop",
        lines=("Teapot",),
        goods=f"{held}",
        shipping="0.00 USD",
        total=f"{held}",
        paid=f"{charged}",
        fee="",
        delivery="about 30 days",
        held=held,
        charged=charged,
        agent_fee=Money(fee, "USD"),
    )


def test_amounts_are_added_up_currency_by_currency() -> None:
    """Dollars and euros are never added together."""
    amounts = (Money(1_050, "USD"), Money(200, "EUR"), Money(150, "USD"))
    assert sum_by_currency(amounts) == "12.00 USD + 2.00 EUR"
    assert sum_by_currency(()) == ""


def test_a_bill_adds_up_the_orders_of_a_quote() -> None:
    """What escrow will hold, what is charged, and the agent's fee on top."""
    quote = Quote((part("A", 1_000, 495), part("B", 2_000, 495)), "western_union", "", "")
    told = bill(quote)
    assert (told.total, told.paid, told.fee) == ("30.00 USD", "27.60 EUR", "9.90 USD")
    assert (told.flow.paid, told.flow.held, told.flow.to_seller) == (
        "30.00 USD",
        "30.00 USD",
        "0.00 USD",
    )
    assert told.flow.held_minor == 3_000
    assert told.flow.seller_title == "2 sellers"


def test_a_bill_without_a_fee_names_none() -> None:
    """Paying by card costs the buyer no fee."""
    told = bill(Quote((part("A", 1_000),), "credit_card", "", ""))
    assert told.fee == ""
    assert told.flow.seller_title == "Seller"


def test_cash_is_held_only_once_it_is_verified() -> None:
    """A card is charged at once; cash at an agent is held only after verification."""
    notes = {
        code: bill(Quote((part("A", 1_000),), code, "", "")).flow.note
        for code in ("credit_card", "western_union")
    }
    assert "verified" in notes["western_union"]
    assert "verified" not in notes["credit_card"]


def test_every_method_can_be_chosen() -> None:
    """The methods come in the engine's order and mention a fee only if an agent takes one."""
    views = method_views()
    assert [one.code for one in views] == list(METHODS)
    assert [one.code for one in views if "fee" in one.charged] == [
        code for code, method in METHODS.items() if method.agent
    ]
    assert {one.refund for one in views} == {"to the card", "to the wallet"}
