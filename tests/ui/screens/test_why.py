"""Why not: every act of the chair, with the reason and what would help."""

from typing import cast

import pytest

from escrow_tui.desk.session import Session
from escrow_tui.ui.forms.verb_forms import FORMS
from escrow_tui.ui.screens.why_screen import WhyScreen
from escrow_tui.views.order_views import buyer_order
from tests.given.facts import facts_in
from tests.ui.screens.stage import BUYER, NARROW, SIZES, Sat, Stage


def why(cell: str) -> Stage:
    """The acts of a buyer's order in a cell of the process, on a stage."""
    return Stage(WhyScreen(cast(Session, Sat(cell=cell)), BUYER, "A"))


@pytest.mark.parametrize("size", SIZES)
async def test_possible_acts_come_first_with_what_they_mean(size: tuple[int, int]) -> None:
    """And below them what the clock brings by itself."""
    app = why("DELIVERED")
    async with app.run_test(size=size):
        text = app.text
    assert "What can be done · order A" in text
    assert "✓ Open the parcel… Look at what lies in it." in text
    assert "By itself, in 4 d 3 h: ruling due of order A." in text
    assert "Go back (esc)" in text


async def test_every_act_is_there_with_its_reason_where_it_is_not_possible() -> None:
    """On one high screen."""
    app = why("DELIVERED")
    async with app.run_test(size=(120, 90)):
        text = app.text
    acts = buyer_order(facts_in("DELIVERED"), BUYER).head.acts
    assert {act.possible for act in acts} == {True, False}
    for act in acts:
        title = FORMS[act.verb].title
        assert (f"✓ {title}…" if act.possible else f"✗ {title} {act.why_not}") in text


async def test_enter_on_a_possible_act_leads_to_its_form() -> None:
    """The list is gone then, so that one comes back to the order."""
    app = why("DELIVERED")
    verbs = [act.verb for act in buyer_order(facts_in("DELIVERED"), BUYER).head.acts]
    async with app.run_test(size=NARROW) as pilot:
        await pilot.press("j", "enter")
        assert not isinstance(app.screen, WhyScreen)
    assert app.went == [("act", "A", verbs[1])]


async def test_an_act_that_is_not_possible_leads_nowhere() -> None:
    """Neither by Enter nor by the button."""
    app = why("EXPIRED")
    async with app.run_test(size=NARROW) as pilot:
        await pilot.press("enter")
        await pilot.click("#open")
        assert isinstance(app.screen, WhyScreen)
        await pilot.click("#close")
        assert not isinstance(app.screen, WhyScreen)
    assert app.went == []


async def test_the_button_opens_the_act_under_the_cursor() -> None:
    """By the mouse alone."""
    app = why("DELIVERED")
    async with app.run_test(size=NARROW) as pilot:
        await pilot.click("#open")
    assert app.went == [("act", "A", "open_parcel")]
