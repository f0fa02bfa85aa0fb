"""The order's page: what is drawn, what each role is told, and everything that can be done."""

from pathlib import Path

import pytest
from textual.widgets import Static

from escrow_tui.engine.commands import SendMessage
from escrow_tui.ui.forms.acts_list import Acts, ActsPanel
from escrow_tui.ui.forms.verb_forms import FORMS
from escrow_tui.ui.safety.text import shown
from escrow_tui.ui.screens.order_screen import OrderScreen
from escrow_tui.ui.widgets.facts import FactSheet
from escrow_tui.views.order_views import BuyerOrder
from tests.given.views import backstage_view, buyer_view, seller_view
from tests.ui.conftest import SIZES, text_of
from tests.ui.playing import Alone, alone, free_play

BUYER, SHOPS, _, BACKSTAGE = range(4)


def told(app: Alone) -> str:
    """Everything that the facts say, in one line."""
    sheet = app.screen.query_one(FactSheet)
    parts = (f"{fact.label} {fact.text}" for one in sheet.sections for fact in one.facts)
    return " ".join(parts)


@pytest.mark.parametrize(
    ("chair", "stage", "size"),
    [
        (BUYER, "placed", SIZES[0]),
        (BUYER, "delivered", SIZES[1]),
        (BUYER, "ruled", SIZES[1]),
        (SHOPS, "verified", SIZES[1]),
        (SHOPS, "disputed", SIZES[1]),
        (BACKSTAGE, "paid", SIZES[1]),
        (BACKSTAGE, "ruled", SIZES[0]),
    ],
)
async def test_every_act_of_the_chair_is_listed_and_the_reason_where_it_is_not_possible(
    tmp_path: Path, chair: int, stage: str, size: tuple[int, int]
) -> None:
    """The act stays in sight, and the whole reason stands below the list."""
    session = free_play(tmp_path, stage)
    actor = session.chairs[chair]
    acts = session.order(actor, "A").head.acts
    async with alone(OrderScreen(session, actor, "A"), size) as (app, pilot):
        listed, about = app.screen.query_one(Acts), app.screen.query_one("#about", Static)
        assert listed.has_focus
        assert listed.option_count == len(acts)
        for at, act in enumerate(acts):
            listed.highlighted = at
            await pilot.pause()
            await pilot.pause()
            mark = "✓" if act.possible else "✗"
            assert f"│{mark} {FORMS[act.verb].title}" in text_of(app)
            said = shown(FORMS[act.verb].means if act.possible else f"✗ {act.why_not}")
            assert str(about.content) == said.plain
            assert about.size.height == len(said.wrap(about.size.width))


async def test_enter_on_an_act_leads_to_its_form(tmp_path: Path) -> None:
    """And so does a click."""
    session = free_play(tmp_path, "delivered")
    actor = session.chairs[BUYER]
    first, second, *_ = session.order(actor, "A").head.acts
    async with alone(OrderScreen(session, actor, "A")) as (app, pilot):
        await pilot.press("enter")
        await pilot.click(Acts, offset=(4, 1))
        assert app.went == [("act", "A", first.verb), ("act", "A", second.verb)]


async def test_an_act_that_is_not_possible_leads_nowhere_and_says_why(tmp_path: Path) -> None:
    """The last one of the list is such."""
    session = free_play(tmp_path, "placed")
    async with alone(OrderScreen(session, session.chairs[BUYER], "A")) as (app, pilot):
        await pilot.press("end", "enter")
        await pilot.pause()
        act = app.screen.query_one(ActsPanel).act
        assert act is not None
        assert not act.possible
        assert app.went == []
        assert [notice.message for notice in app._notifications] == [act.why_not]


@pytest.mark.parametrize(
    ("key", "place"),
    [("i", "inspect"), ("e", "evidence"), ("m", "money"), ("t", "timeline"), ("w", "why")],
)
async def test_a_key_leads_to_each_place_of_the_order(tmp_path: Path, key: str, place: str) -> None:
    """Once there is something to see there."""
    session = free_play(tmp_path, "disputed")
    async with alone(OrderScreen(session, session.chairs[BUYER], "A")) as (app, pilot):
        await pilot.press(key)
        assert app.went == [(place, "A", "")]


async def test_a_place_where_there_is_nothing_yet_says_so(tmp_path: Path) -> None:
    """No parcel, no evidence."""
    session = free_play(tmp_path, "shipped")
    screen = OrderScreen(session, session.chairs[BUYER], "A")
    async with alone(screen) as (app, pilot):
        await pilot.press("i", "e")
        assert app.went == []
        assert "has not arrived yet" in str(screen.reason_against("inspect"))
        assert "No evidence" in str(screen.reason_against("evidence"))


@pytest.mark.parametrize("size", SIZES)
async def test_a_key_brings_one_back_to_the_acts(tmp_path: Path, size: tuple[int, int]) -> None:
    """From the facts, to which Tab leads."""
    session = free_play(tmp_path, "paid")
    async with alone(OrderScreen(session, session.chairs[BUYER], "A"), size) as (app, pilot):
        app.screen.query_one("#facts").focus()
        await pilot.press("a")
        assert app.screen.query_one(Acts).has_focus


@pytest.mark.parametrize(
    ("stage", "turn"),
    [
        ("placed", BUYER),
        ("paid", BACKSTAGE),
        ("verified", SHOPS),
        ("shipped", BACKSTAGE),
        ("delivered", BUYER),
        ("disputed", SHOPS),
    ],
)
async def test_whose_turn_it_is_stands_at_the_top(tmp_path: Path, stage: str, turn: int) -> None:
    """One of the chairs is told that it is awaited, the others that they are not."""
    session = free_play(tmp_path, stage)
    for chair in (BUYER, SHOPS, BACKSTAGE):
        actor = session.chairs[chair]
        async with alone(OrderScreen(session, actor, "A")) as (app, _):
            first = "▶ Your turn:" if chair == turn else "· Not your turn:"
            assert first in text_of(app)
            assert session.order(actor, "A").head.status in text_of(app)


@pytest.mark.parametrize("stage", ["placed", "verified", "mediated", "ruled"])
async def test_the_seller_sees_the_label_and_no_payment(tmp_path: Path, stage: str) -> None:
    """The masked name, the city and the country; not the method, not what was paid in."""
    session = free_play(tmp_path, stage)
    view = seller_view(session, session.chairs[SHOPS], "A")
    async with alone(OrderScreen(session, session.chairs[SHOPS], "A"), (120, 60)) as (app, _):
        text, facts = text_of(app).lower(), told(app)
    assert view.label.name in facts
    assert view.label.place in facts
    assert [word for word in ("card", "western", "eur ", "declin") if word in text] == []


async def test_the_buyer_sees_the_seller_the_method_and_the_promise(tmp_path: Path) -> None:
    """Beside the tracking record and the deadline with its rule and what it brings."""
    session = free_play(tmp_path, "delivered")
    view = buyer_view(session, session.chairs[BUYER], "A")
    async with alone(OrderScreen(session, session.chairs[BUYER], "A")) as (app, _):
        facts = told(app)
    assert view.seller.trust in facts
    assert f"{view.paid} by credit card" in facts
    assert view.promised in facts
    assert "delivered, 10115 Berlin, 1.19 kg, signed for" in facts
    assert "when nobody acts, the seller is paid" in facts
    assert "rule: auto_confirm_days = " in facts


async def test_the_bank_sees_what_it_has_to_verify(tmp_path: Path) -> None:
    """With the reasons for which it could fail, in words."""
    session = free_play(tmp_path, "paid")
    view = backstage_view(session, "A")
    async with alone(OrderScreen(session, session.chairs[BACKSTAGE], "A")) as (app, _):
        facts = told(app)
    assert view.payment in facts
    assert "card expired" in facts
    assert "_" not in facts.partition("rule:")[0]


async def test_what_the_parcel_holds_is_not_told(tmp_path: Path) -> None:
    """Its picture's spec would name the flaw."""
    session = free_play(tmp_path, "opened")
    view = buyer_view(session, session.chairs[BUYER], "A")
    assert isinstance(view, BuyerOrder)
    assert view.found
    async with alone(OrderScreen(session, session.chairs[BUYER], "A")) as (app, _):
        assert view.found not in text_of(app) + told(app)


async def test_what_was_written_stands_on_the_page_as_it_was_typed(tmp_path: Path) -> None:
    """Markup in it is a text like another."""
    session = free_play(tmp_path, "negotiated")
    session.submit(session.chairs[SHOPS], "A", SendMessage("[/] [@click=app.quit]free[/] \x1b[2J"))
    async with alone(OrderScreen(session, session.chairs[BUYER], "A"), (160, 60)) as (app, _):
        assert "“[/] [@click=app.quit]free[/] ␛[2J”" in text_of(app)
        assert "“Please look at the photo.”" in text_of(app)
        assert "Seller offers" in text_of(app)


async def test_taking_back_the_placing_of_the_order_leads_to_the_desk(tmp_path: Path) -> None:
    """There is no such order any more."""
    session = free_play(tmp_path, "placed")
    async with alone(OrderScreen(session, session.chairs[BUYER], "A")) as (app, pilot):
        await pilot.press("u")
        await pilot.pause()
        assert app.went == [("desk", "", "")]


async def test_the_page_is_read_again_when_one_comes_back_to_it(tmp_path: Path) -> None:
    """What was done on another screen is seen."""
    session = free_play(tmp_path, "negotiated")
    buyer = session.chairs[BUYER]
    screen = OrderScreen(session, buyer, "A")
    async with alone(screen) as (app, pilot):
        await app.push_screen(OrderScreen(session, session.chairs[SHOPS], "A"))
        session.submit(buyer, "A", SendMessage("One word more."))
        app.pop_screen()
        await pilot.pause()
        assert "One word more." in told(app)
