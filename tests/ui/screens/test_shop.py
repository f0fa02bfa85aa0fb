"""The shop window: what is offered, the page of an article, and the cart."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.widgets import Input

from escrow_tui.scenarios.session.sitting import Sitting
from escrow_tui.ui.screens.shop_screen import EMPTY_CART, NO_SHOPS, NOTHING_FOUND, ShopScreen
from escrow_tui.ui.widgets.picture_view import PictureView
from escrow_tui.ui.widgets.row_list import RowList
from tests.ui.conftest import text_of
from tests.ui.playing import alone, free_play

SIZES = ((60, 20), (80, 24), (120, 36), (200, 50))


def shop(session: Sitting) -> ShopScreen:
    """The shop as the buyer sees it."""
    return ShopScreen(session, session.chairs[0])


async def test_an_article_has_its_page(tmp_path: Path) -> None:
    """Picture, both prices, delivery, the seller's trust figures, the reviews."""
    session = free_play(tmp_path)
    first, second = session.listings(session.chairs[0])[:2]
    async with alone(shop(session)) as (app, pilot):
        assert first.price in text_of(app)
        await pilot.press("j")
        await pilot.pause()
        seen = text_of(app)
        assert app.screen.query_one(PictureView).spec == second.picture
        for words in (second.title, second.price, second.own_price, second.delivery):
            assert words in seen, words
        for words in (second.seller.trust, second.stars, second.reviews[0][6:]):
            assert words in seen, words
        assert second.picture not in seen


@pytest.mark.parametrize("size", SIZES)
async def test_the_cart_is_in_sight_at_every_size(tmp_path: Path, size: tuple[int, int]) -> None:
    """Its count at least; the prices stand in the list."""
    session = free_play(tmp_path)
    first = session.listings(session.chairs[0])[0]
    async with alone(shop(session), size) as (app, pilot):
        await pilot.press("c")
        await pilot.pause()
        seen = text_of(app)
        assert "Cart  1 article" in seen
        assert first.price in seen
        assert "Check out (b)" in seen


async def test_the_cart_counts_and_adds_up_with_shipping(tmp_path: Path) -> None:
    """Put in, and taken out again."""
    session = free_play(tmp_path)
    first, second = session.listings(session.chairs[0])[:2]
    whole = f"{(first.whole.minor + second.whole.minor) / 100:.2f} USD with shipping"
    async with alone(shop(session)) as (app, pilot):
        await pilot.press("c", "j", "c")
        await pilot.pause()
        seen = text_of(app)
        assert f"2 articles, {whole}" in seen
        assert f"● {second.title[:20]}" in seen
        await pilot.press("c")
        await pilot.pause()
        seen = text_of(app)
        assert f"1 article, {first.whole} with shipping" in seen
        assert f"● {second.title[:20]}" not in seen


async def test_the_cart_goes_to_the_checkout(tmp_path: Path) -> None:
    """As the ids of its listings, in the order of choosing."""
    session = free_play(tmp_path)
    first, second = session.listings(session.chairs[0])[:2]
    async with alone(shop(session)) as (app, pilot):
        await pilot.press("c", "j", "c", "b")
        await pilot.pause()
        chosen = [first.id, second.id]
        assert chosen != sorted(chosen)
        assert app.went == [("checkout", "", ",".join(chosen))]


async def test_an_empty_cart_says_what_fills_it(tmp_path: Path) -> None:
    """And leads nowhere."""
    session = free_play(tmp_path)
    screen = shop(session)
    async with alone(screen) as (app, pilot):
        await pilot.press("b")
        await pilot.pause()
        assert app.went == []
        assert screen.can_checkout() == EMPTY_CART
        assert "empty: c puts the article in" in text_of(app)


async def test_the_mouse_does_what_the_keys_do(tmp_path: Path) -> None:
    """A click chooses, a click on the chosen row or the button puts in, another goes on."""
    session = free_play(tmp_path)
    third = session.listings(session.chairs[0])[2]
    screen = shop(session)
    async with alone(screen) as (app, pilot):
        await pilot.click(RowList, offset=(5, 3))
        await pilot.pause()
        assert screen.chosen == third
        await pilot.click("#cart")
        await pilot.pause()
        assert list(screen.cart) == [third.id]
        await pilot.click(RowList, offset=(5, 3))
        await pilot.pause()
        assert list(screen.cart) == []
        await pilot.click("#cart")
        await pilot.click("#checkout")
        await pilot.pause()
        assert app.went == [("checkout", "", third.id)]


async def test_a_search_narrows_the_list_and_escape_ends_it(tmp_path: Path) -> None:
    """Every word counts; the cart keeps what is no longer listed."""
    session = free_play(tmp_path)
    buyer = session.chairs[0]
    found = [one.title for one in session.listings(buyer) if "teapot" in one.title.casefold()]
    assert found
    screen = shop(session)
    async with alone(screen) as (app, pilot):
        await pilot.press("c", "slash", *"teapot")
        await pilot.pause()
        assert [one.title for one in screen.listed] == found
        assert "Cart  1 article" in text_of(app)
        await pilot.press(*"xyz")
        await pilot.pause()
        assert NOTHING_FOUND[:30] in text_of(app)
        await pilot.press("escape")
        await pilot.pause()
        assert len(screen.listed) == len(session.listings(buyer))
        assert isinstance(app.focused, RowList)
        assert not app.screen.query_one(Input).has_class("open")


async def test_the_next_page_of_the_catalogue_is_read_as_one_scrolls(tmp_path: Path) -> None:
    """A hundred articles are two pages; each stands there once, by title."""
    plain = free_play(tmp_path)
    market = plain.desk.market
    with plain.desk.store.writing(market) as writing:
        (first, *_) = writing.listings(market)
        more = [replace(first, id=f"more-{n:03}", title=f"Zebra {n:03}") for n in range(60)]
        writing.put_listings(market, more)
        every = [one.id for one in writing.listings(market, limit=200)]
    screen = shop(plain)
    async with alone(screen) as (_, pilot):
        await pilot.pause()
        assert [one.id for one in screen.listed] == every[:50]
        for _ in range(3):
            await pilot.press("end")
            await pilot.pause()
        assert [one.id for one in screen.listed] == every
        await pilot.press("slash", *"zebra")
        await pilot.pause()
        assert [one.title for one in screen.listed][:2] == ["Zebra 000", "Zebra 001"]


async def test_an_empty_market_says_where_to_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An exercise need not have a catalogue."""
    session = free_play(tmp_path)
    monkeypatch.setattr(session, "listings", lambda _buyer, _search="", _after="": ())
    screen = shop(session)
    async with alone(screen) as (app, pilot):
        assert NO_SHOPS[:30] in text_of(app)
        await pilot.press("c", "enter")
        assert screen.cart == {}
