"""A command is chosen, its ledger seen, and only then given; nothing is given twice."""

from pathlib import Path

import pytest
from textual.widgets import Button, Input, Select

from escrow_tui.engine.commands import COMMANDS
from escrow_tui.engine.process import MARKET_VERBS
from escrow_tui.scenarios import opening
from escrow_tui.scenarios.session.sitting import Sitting
from escrow_tui.ui.forms.fields import typed_amount
from escrow_tui.ui.forms.form import build
from escrow_tui.ui.forms.verb_forms import FORMS, MARKET_FORMS
from escrow_tui.ui.screens.act_screen import ActScreen
from escrow_tui.ui.widgets.check_boxes import Checks
from tests.given.views import backstage_view, buyer_view, mediator_view
from tests.ui.conftest import text_of
from tests.ui.playing import alone, cleared, free_play, going_back


def test_every_command_of_an_order_has_a_form_with_its_fields() -> None:
    """Placing an order has its own screen; a new verb without a form would be out of reach."""
    forms = {**FORMS, **MARKET_FORMS}
    assert set(forms) == set(COMMANDS) - {"place_order"}
    assert set(MARKET_FORMS) == set(MARKET_VERBS)
    for verb, form in forms.items():
        names = {name for field in form.fields for name in GIVES.get(field.name, (field.name,))}
        assert names <= set(COMMANDS[verb].__struct_encode_fields__), verb
        assert set(_without_default(verb)) <= names, verb


# What a field gives that is named otherwise than in the command.
GIVES = {"exhibit": ("kind", "shows"), "money": ("amount", "currency")}


def _without_default(verb: str) -> tuple[str, ...]:
    fields = COMMANDS[verb].__struct_encode_fields__
    return fields[: len(fields) - len(COMMANDS[verb].__struct_defaults__)]


async def test_a_ruling_shows_the_ledger_before_it_is_complete(tmp_path: Path) -> None:
    """The share becomes an amount; what it will move is seen; it cannot be given yet."""
    session = free_play(tmp_path, "mediated")
    async with alone(ActScreen(session, session.chairs[2], "A", "rule")) as (app, pilot):
        await pilot.press(*"40%")
        await pilot.pause()
        seen = text_of(app)
        assert "Escrow of A" in seen
        assert "the lines sum to 0" in seen
        assert "appeal window" in seen
        assert "Still needed: reasons, confidence" in seen
        assert app.screen.query_one("#confirm", Button).disabled
        await pilot.press("ctrl+s")
        dispute = mediator_view(session, session.chairs[2], "A").dispute
        assert dispute is not None
        assert dispute.ruling is None


async def test_a_ruling_is_given_once_it_is_complete(tmp_path: Path) -> None:
    """By keys alone; the dialog goes away and the order is ruled."""
    session = free_play(tmp_path, "mediated")
    mediator = session.chairs[2]
    async with alone(ActScreen(session, mediator, "A", "rule")) as (app, pilot):
        await pilot.press(*"40%", "tab", "space", "tab", "tab", *"80", "ctrl+s")
        await pilot.pause()
        assert not isinstance(app.screen, ActScreen)
    dispute = mediator_view(session, mediator, "A").dispute
    assert dispute is not None
    assert dispute.ruling is not None
    assert dispute.ruling.reasons == "goods_damaged"


async def test_a_refused_command_says_why_and_changes_nothing(tmp_path: Path) -> None:
    """More than is outstanding."""
    session = free_play(tmp_path, "opened")
    before = len(session.desk.entries())
    async with alone(ActScreen(session, session.chairs[0], "A", "open_dispute")) as (app, pilot):
        app.screen.query_one("#input-claim", Input).value = "999"
        await pilot.pause()
        assert "Still needed: reason" in text_of(app)
        await pilot.press("ctrl+s")
        assert isinstance(app.screen, ActScreen)
    assert len(session.desk.entries()) == before


async def test_a_dispute_is_opened_with_a_piece_of_evidence(tmp_path: Path) -> None:
    """The reason by typing its first letters, a share as the claim, the photo ticked."""
    session = free_play(tmp_path, "opened")
    buyer = session.chairs[0]
    async with alone(ActScreen(session, buyer, "A", "open_dispute")) as (app, pilot):
        await pilot.press("enter", *"damaged", "enter", "tab", *"50%", "tab", "space")
        await pilot.pause()
        assert app.screen.query_one(Checks).selected == ["0"]
        assert "Dispute opened" in text_of(app)
        await pilot.press("ctrl+s")
        await pilot.pause()
    view = buyer_view(session, buyer, "A")
    assert view.dispute is not None
    assert view.dispute.reason == "damaged"
    assert [one.kind for one in view.evidence] == ["photo"]


async def test_a_piece_of_ones_own_is_handed_in_beside_those_that_are_ticked(
    tmp_path: Path,
) -> None:
    """What was typed is not lost to what was ticked."""
    session = free_play(tmp_path, "opened")
    buyer = session.chairs[0]
    async with alone(ActScreen(session, buyer, "A", "open_dispute")) as (app, pilot):
        await pilot.press("enter", *"damaged", "enter", "tab", *"50%", "tab", "space")
        app.screen.query_one("#own-kind", Select).value = "test_report"
        app.screen.query_one("#own-shows", Input).value = "how it leaks"
        await pilot.press("ctrl+s")
        await pilot.pause()
    evidence = buyer_view(session, buyer, "A").evidence
    assert [one.kind for one in evidence] == ["photo", "test report"]
    assert evidence[1].shows == "how it leaks"


async def test_a_piece_that_is_cut_in_the_list_is_said_in_whole_beneath_it(tmp_path: Path) -> None:
    """What one hands in is to be known to its last word."""
    session = opening.sit(opening.store_at(tmp_path / "market.sqlite"), exercise="false-claim")
    seller = session.chairs[0]
    async with alone(ActScreen(session, seller, "A", "reject_claim")) as (app, pilot):
        assert "with place and time." in text_of(app)
        await pilot.press("down", "down")
        assert "is in order." in text_of(app)
        assert "with place and time." not in text_of(app)


async def test_escape_leaves_without_a_trace(tmp_path: Path) -> None:
    """Nothing is given."""
    session = free_play(tmp_path, "opened")
    before = len(session.desk.entries())
    async with alone(ActScreen(session, session.chairs[0], "A", "confirm_receipt")) as (app, pilot):
        assert "Seller" in text_of(app) or "Escrow" in text_of(app)
        await pilot.press("escape")
        await pilot.pause()
        assert not isinstance(app.screen, ActScreen)
    assert len(session.desk.entries()) == before


async def test_a_button_can_be_clicked(tmp_path: Path) -> None:
    """The mouse does what the keys do."""
    session = free_play(tmp_path, "opened")
    async with alone(ActScreen(session, session.chairs[0], "A", "confirm_receipt")) as (_, pilot):
        await pilot.click("#confirm")
        await pilot.pause()
    assert buyer_view(session, session.chairs[0], "A").head.phase == "Completed"


async def test_the_bank_and_the_carrier_act_from_one_chair(tmp_path: Path) -> None:
    """Backstage verifies as the bank."""
    session = free_play(tmp_path, "paid")
    backstage = session.chairs[3]
    async with alone(ActScreen(session, backstage, "A", "verify_payment")) as (_, pilot):
        await pilot.press("ctrl+s")
        await pilot.pause()
    assert backstage_view(session, "A").head.phase == "Awaiting shipment"


async def test_shipping_suggests_the_carriers_number(tmp_path: Path) -> None:
    """And a wrong one is refused with a right example."""
    session = free_play(tmp_path, "verified")
    async with alone(ActScreen(session, session.chairs[1], "A", "ship")) as (app, pilot):
        assert "Shipped under" in text_of(app)
        app.screen.query_one(Input).value = "RR123456789CN"
        await pilot.pause()
        assert "S10" in text_of(app)


async def test_a_replacement_needs_no_amount(tmp_path: Path) -> None:
    """The box is ticked, the claim stays empty, and the command asks for 0."""
    session = free_play(tmp_path, "opened")
    buyer = session.chairs[0]
    async with alone(ActScreen(session, buyer, "A", "open_dispute")) as (app, pilot):
        app.screen.query_one("#select-reason", Select).value = "change_of_mind"
        await pilot.pause()
        assert "Still needed: claim" in text_of(app)
        app.screen.query_one("#checks-replacement", Checks).focus()
        await pilot.press("space")
        await pilot.pause()
        assert "The buyer proposes a replacement." in text_of(app)
        await pilot.press("ctrl+s")
        await pilot.pause()
    dispute = buyer_view(session, buyer, "A").dispute
    assert dispute is not None
    assert (dispute.claim, dispute.claim_minor) == ("replacement", 0)


async def test_a_message_is_among_what_can_be_handed_in(tmp_path: Path) -> None:
    """As a screenshot, with who wrote it and when."""
    session = free_play(tmp_path, "negotiated")
    async with alone(ActScreen(session, session.chairs[0], "A", "add_evidence")) as (app, pilot):
        listed = app.screen.query_one("#select-exhibit", Select)
        words = [str(prompt) for prompt, _ in listed._options]
        assert [one for one in words if "Please look at the photo." in one] != []
        listed.value = str(len(words) - 2)
        await pilot.press("ctrl+s")
        await pilot.pause()
    piece = buyer_view(session, session.chairs[0], "A").evidence[-1]
    assert (piece.kind, "Please look at the photo." in piece.shows) == ("screenshot", True)


def shipped(folder: Path) -> Sitting:
    """A free market whose first order is on its way."""
    return free_play(folder, "shipped")


async def test_a_scan_is_of_the_parcel_that_is_on_its_way(tmp_path: Path) -> None:
    """The one going back, once it was sent; the order's own before."""
    for stage, parcel in ((shipped, "order"), (going_back, "return")):
        folder = tmp_path / parcel
        folder.mkdir()
        session = stage(folder)
        async with alone(ActScreen(session, session.chairs[3], "A", "scan")) as (app, _):
            assert app.screen.query_one("#select-of", Select).value == parcel


async def test_the_goods_are_sent_back_under_a_number_of_the_buyers_country(tmp_path: Path) -> None:
    """The form suggests it, as it does for the seller."""
    session = going_back(tmp_path)
    session.undo()
    async with alone(ActScreen(session, session.chairs[0], "A", "ship_return")) as (app, _):
        assert app.screen.query_one(Input).value.endswith("ES")


async def test_a_withdrawal_shows_the_ledger_and_its_limits(tmp_path: Path) -> None:
    """All that is available is suggested; more than that is refused with what would help."""
    session = cleared(tmp_path)
    shops = session.chairs[1]
    async with alone(ActScreen(session, shops, "A", "withdraw_money")) as (app, pilot):
        amount = app.screen.query_one(Input)
        assert amount.value == f"{session.account(shops).available} USD"
        assert "Seller's bank" in text_of(app)
        amount.value = "1000 USD"
        await pilot.pause()
        assert "✗ 1000.00 USD is not possible" in text_of(app)
        assert app.screen.query_one("#confirm", Button).disabled


@pytest.mark.parametrize(
    ("text", "minor"),
    [("", None), ("40 %", 4_000), ("40%", 4_000), ("12.5", 1_250), ("12.50 USD", 1_250)],
)
def test_an_amount_may_be_a_share(text: str, minor: int | None) -> None:
    """Of what is outstanding."""
    assert typed_amount(text, 10_000, "USD") == minor


@pytest.mark.parametrize("text", ["101 %", "x", "1.234", "-1", "5 EUR", "nan", "% 5"])
def test_a_wrong_amount_is_a_sentence(text: str) -> None:
    """Never another exception."""
    with pytest.raises(ValueError, match=r"\w"):
        typed_amount(text, 10_000, "USD")


def test_a_value_of_the_wrong_kind_is_a_sentence() -> None:
    """The form's values are checked against the command."""
    with pytest.raises(ValueError, match="reason"):
        build("open_dispute", {"reason": "sadness", "claim": 1})
