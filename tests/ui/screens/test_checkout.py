"""The checkout: choose, see, confirm; nothing is bought before, and nothing twice."""

from pathlib import Path

import pytest

from escrow_tui.scenarios.session.sitting import Sitting
from escrow_tui.ui.screens.checkout.bill_sections import EMPTY_CHECKOUT
from escrow_tui.ui.screens.checkout.checkout_screen import CheckoutScreen
from escrow_tui.ui.widgets.money_flow import MoneyFlow
from tests.ui.conftest import text_of
from tests.ui.playing import alone, free_play


def checkout(session: Sitting, count: int = 1) -> CheckoutScreen:
    """The checkout of this many articles."""
    buyer = session.chairs[0]
    ids = ",".join(one.id for one in session.listings(buyer)[:count])
    return CheckoutScreen(session, buyer, "", ids)


async def test_the_bill_names_every_order_with_its_seller(tmp_path: Path) -> None:
    """One order a seller, with shipping, total and delivery."""
    session = free_play(tmp_path)
    screen = checkout(session, 3)
    sellers = {one.seller.name for one in session.listings(session.chairs[0])[:3]}
    async with alone(screen) as (app, _):
        seen = text_of(app)
        assert len(screen.quote.parts) == len(sellers) > 1
        for part in screen.quote.parts:
            for words in (f"Order {part.order}", part.seller, part.total, part.delivery):
                assert words in seen, words


async def test_the_own_currency_comes_with_its_locked_rate(tmp_path: Path) -> None:
    """The buyer of this market has euros; in dollars there is no rate."""
    session = free_play(tmp_path)
    screen = checkout(session)
    async with alone(screen) as (app, pilot):
        assert "1 USD = 0.92 EUR, locked" in text_of(app)
        assert f"Total  {screen.quote.parts[0].paid}" in text_of(app)
        await pilot.press("tab", "down")
        await pilot.pause()
        assert screen.pay_in == "USD"
        assert "locked" not in text_of(app)
        assert "◉ USD" in text_of(app)


async def test_an_agent_takes_a_fee_on_top(tmp_path: Path) -> None:
    """And a refund then goes to the wallet."""
    session = free_play(tmp_path)
    async with alone(checkout(session)) as (app, pilot):
        assert "fee" not in text_of(app).split("Total")[-1]
        await pilot.press("down", "down", "down")
        await pilot.pause()
        seen = text_of(app)
        assert "◉ Western Union" in seen
        assert "4.95 USD to the agent" in seen
        assert "+ 4.95 USD fee" in seen
        assert "A refund goes to the wallet" in seen


async def test_nothing_is_bought_before_it_was_reviewed(tmp_path: Path) -> None:
    """The keys that buy do nothing while one chooses."""
    session = free_play(tmp_path)
    screen = checkout(session)
    async with alone(screen) as (app, pilot):
        await pilot.press("ctrl+s", "ctrl+o")
        await pilot.pause()
        assert session.rows(session.chairs[0]) == ()
        assert app.went == []
        assert not app.screen.query_one(MoneyFlow).is_on_screen


async def test_the_review_shows_where_the_money_will_be(tmp_path: Path) -> None:
    """Escrow holds the money, not the seller; the parcel goes to the buyer's address."""
    session = free_play(tmp_path)
    screen = checkout(session)
    private = session.private(session.chairs[0])
    assert private is not None
    async with alone(screen) as (app, pilot):
        await pilot.press("b")
        await pilot.pause()
        seen, total = text_of(app), screen.quote.parts[0].total
        assert f"holds {total}" in seen
        assert "gets 0.00 USD" in seen
        assert "until you confirm receipt" in seen
        assert private.name in seen
        assert private.card not in seen


async def test_place_and_pay_brings_the_money_into_escrow(tmp_path: Path) -> None:
    """Then one stands at the first order."""
    session = free_play(tmp_path)
    buyer = session.chairs[0]
    async with alone(checkout(session, 3)) as (app, pilot):
        await pilot.press("b", "ctrl+s")
        await pilot.pause()
        assert app.went == [("order", "A", "")]
    rows = session.rows(buyer)
    assert len(rows) > 1
    assert {row.stage for row in rows} == {"Payment being verified"}
    assert all(row.held == row.price for row in rows)


async def test_what_is_pressed_twice_is_bought_once(tmp_path: Path) -> None:
    """The command's id is as old as the screen."""
    session = free_play(tmp_path)
    async with alone(checkout(session)) as (_, pilot):
        await pilot.press("b", "ctrl+s", "ctrl+s")
        await pilot.pause()
    assert len(session.rows(session.chairs[0])) == 1


async def test_one_may_pay_later(tmp_path: Path) -> None:
    """By the mouse: the order waits for its payment."""
    session = free_play(tmp_path)
    async with alone(checkout(session)) as (app, pilot):
        await pilot.click("#checkout")
        await pilot.pause()
        await pilot.click("#place")
        await pilot.pause()
        assert app.went == [("order", "A", "")]
    assert [row.stage for row in session.rows(session.chairs[0])] == ["Awaiting payment"]


async def test_escape_leads_from_the_review_to_the_choices(tmp_path: Path) -> None:
    """What was chosen stays chosen."""
    session = free_play(tmp_path)
    screen = checkout(session)
    async with alone(screen) as (app, pilot):
        await pilot.press("down", "b", "escape")
        await pilot.pause()
        assert not screen.reviewing
        assert "◉ Debit card" in text_of(app)
        await pilot.press("ctrl+s")
        assert session.rows(session.chairs[0]) == ()


async def test_an_empty_cart_cannot_be_bought(tmp_path: Path) -> None:
    """It says where to fill it."""
    session = free_play(tmp_path)
    screen = checkout(session, 0)
    async with alone(screen) as (app, pilot):
        assert EMPTY_CHECKOUT in text_of(app)
        await pilot.press("b")
        await pilot.pause()
        assert not screen.reviewing


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 50)])
async def test_the_review_and_its_buttons_are_whole(tmp_path: Path, size: tuple[int, int]) -> None:
    """Total, both buttons and the three boxes of the money."""
    session = free_play(tmp_path)
    screen = checkout(session, 2)
    async with alone(screen, size) as (app, pilot):
        await pilot.press("b")
        await pilot.pause()
        seen = text_of(app)
        total = seen.splitlines()[-2]
        assert "Total" in total
        assert "EUR" in total
        for words in ("Place and pay (ctrl+s)", "Pay later (ctrl+o)", "Escrow", "2 sellers"):
            assert words in seen, words
