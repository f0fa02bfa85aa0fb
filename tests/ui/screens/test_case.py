"""The case file: both stories, the proposals, the grounds, and what the mediator can do."""

from pathlib import Path

import pytest

from escrow_tui.engine.commands import OpenEvidence, SendMessage
from escrow_tui.engine.roles import Actor
from escrow_tui.scenarios.session.sitting import Sitting
from escrow_tui.ui.forms.acts_list import Acts
from escrow_tui.ui.screens.case.case_screen import CaseScreen
from escrow_tui.ui.widgets.facts import FactSheet
from tests.given.views import mediator_view
from tests.ui.conftest import SIZES, text_of
from tests.ui.playing import Alone, alone, appealed, contested, free_play


def case(folder: Path, stage: str = "mediated") -> tuple[Sitting, Actor, CaseScreen]:
    """A case at a stage, its mediator, and the screen."""
    session = free_play(folder, stage)
    mediator = session.chairs[2]
    return session, mediator, CaseScreen(session, mediator, "A")


def told(app: Alone, panel: str) -> str:
    """Everything that a panel says, in one line."""
    sheet = app.screen.query_one(f"#{panel} FactSheet", FactSheet)
    parts = (f"{fact.label} {fact.text}" for one in sheet.sections for fact in one.facts)
    return " ".join(parts)


async def test_both_stories_stand_side_by_side(tmp_path: Path) -> None:
    """Who it is with the trust figures, the claim or the proposal, the messages."""
    session, mediator, screen = case(tmp_path)
    view = mediator_view(session, mediator, "A")
    assert view.dispute is not None
    async with alone(screen) as (app, _):
        buyer, seller = told(app, "buyer"), told(app, "seller")
        regions = [app.screen.query_one(f"#{side}").region for side in ("buyer", "seller")]
    assert view.buyer.trust in buyer
    assert view.seller.trust in seller
    assert f"{view.dispute.claim}: damaged" in buyer
    assert "“Please look at the photo.”" in buyer
    assert "5.00 USD back" in seller
    assert "“We can give you this back.”" in seller
    assert "Please look" not in seller
    assert "5.00 USD back" not in buyer
    assert regions[0].y == regions[1].y
    assert regions[0].right <= regions[1].x


@pytest.mark.parametrize("size", SIZES)
async def test_the_whole_file_can_be_seen(tmp_path: Path, size: tuple[int, int]) -> None:
    """At once where there is room; else by scrolling, with nothing lost."""
    session, mediator, screen = case(tmp_path)
    view = mediator_view(session, mediator, "A")
    async with alone(screen, size) as (app, pilot):
        seen = text_of(app)
        assert "▶ Your turn:" in seen
        for _ in range(12):
            await pilot.press("pagedown")
            await pilot.pause()
            seen += text_of(app)
        grounds = told(app, "rules")
    for words in ("Buyer · ", "Seller · ", "Parcel · ", "Deadlines, and the rules", "Rule…"):
        assert words in seen
    assert "nothing yet" in seen
    for rule in view.rules:
        assert f"{rule.row} = {rule.value}" in grounds
        assert rule.means in grounds


async def test_the_grounds_hold_the_tracking_record_and_the_deadline(tmp_path: Path) -> None:
    """City, post code, weight and signature; when the ruling is due, and what silence brings."""
    _, _, screen = case(tmp_path)
    async with alone(screen) as (app, _):
        assert "delivered, 10115 Berlin, 1.19 kg, signed for" in told(app, "parcel")
        assert "ruling due" in told(app, "rules")
        assert "the policy rules by itself" in told(app, "rules")


async def test_evidence_is_silent_until_it_is_opened(tmp_path: Path) -> None:
    """Then the story tells what its owner says that it shows."""
    session, mediator, screen = case(tmp_path)
    async with alone(screen) as (app, _):
        assert "□ E1 photo" in told(app, "buyer")
        assert "What I found" not in text_of(app) + told(app, "buyer")
        session.submit(mediator, "A", OpenEvidence("E1"))
        screen.read_all()
        assert "■ E1 photo" in told(app, "buyer")
        assert "What I found" in told(app, "buyer")


@pytest.mark.parametrize(
    ("key", "went"),
    [
        ("r", ("act", "A", "rule")),
        ("e", ("evidence", "A", "")),
        ("w", ("why", "A", "")),
        ("m", ("money", "A", "")),
        ("t", ("timeline", "A", "")),
    ],
)
@pytest.mark.parametrize("size", SIZES)
async def test_a_key_leads_to_the_ruling_and_to_each_place(
    tmp_path: Path, key: str, went: tuple[str, str, str], size: tuple[int, int]
) -> None:
    """Wherever the cursor is."""
    _, _, screen = case(tmp_path)
    async with alone(screen, size) as (app, pilot):
        await pilot.press(key)
        assert app.went == [went]


@pytest.mark.parametrize("size", SIZES)
async def test_the_acts_come_into_sight_by_a_key_and_open_by_enter(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    """Below the rest where the file scrolls as one."""
    session, mediator, screen = case(tmp_path)
    first = mediator_view(session, mediator, "A").head.acts[0]
    async with alone(screen, size) as (app, pilot):
        await pilot.press("a")
        await pilot.pause()
        assert "What you can do now" in text_of(app)
        assert app.screen.query_one(Acts).has_focus
        await pilot.press("enter")
        assert app.went == [("act", "A", first.verb)]


@pytest.mark.parametrize("stage", ["disputed", "negotiated", "ruled"])
async def test_outside_of_the_mediation_the_ruling_says_why_not(tmp_path: Path, stage: str) -> None:
    """Too early, or done already: the key leads nowhere, and it is not the mediator's turn."""
    _, _, screen = case(tmp_path, stage)
    async with alone(screen) as (app, pilot):
        await pilot.press("r")
        assert app.went == []
        assert "it is possible when" in str(screen.reason_against("rule"))
        assert "· Not your turn:" in text_of(app)


async def test_a_ruling_is_told_in_words(tmp_path: Path) -> None:
    """What goes where, the reasons, the policy rows, the note."""
    session, mediator, screen = case(tmp_path, "ruled")
    ruling = mediator_view(session, mediator, "A").dispute
    assert ruling is not None
    assert ruling.ruling is not None
    async with alone(screen) as (app, _):
        rules = told(app, "rules")
    assert f"{ruling.ruling.says}; {ruling.ruling.release} to the seller" in rules
    assert "the goods can still be used" in rules
    assert "appeal_window_days" in rules
    assert "Fair to both." in rules


async def test_what_was_written_stands_in_the_file_as_it_was_typed(tmp_path: Path) -> None:
    """Markup and controls in it do nothing."""
    session, _, screen = case(tmp_path)
    session.submit(session.chairs[1], "A", SendMessage("[/] [b]$x[/b] \x1b]52;c;x\x07"))
    async with alone(screen, (160, 60)) as (app, _):
        assert "“[/] [b]$x[/b] ␛]52;c;x␇”" in text_of(app)


async def test_taking_everything_back_leads_to_the_desk(tmp_path: Path) -> None:
    """The order itself is gone then."""
    session, _, screen = case(tmp_path)
    async with alone(screen) as (app, pilot):
        while not session.undo().startswith("Nothing"):
            pass
        screen.read_all()
        await pilot.pause()
        assert app.went == [("desk", "", "")]


async def test_an_appeal_is_decided_by_the_same_key(tmp_path: Path) -> None:
    """By another mediator, who finds the ruling in the file."""
    session = appealed(tmp_path)
    async with alone(CaseScreen(session, session.chairs[2], "A")) as (app, pilot):
        assert "Appealed by the seller" in told(app, "buyer")
        assert "8.00 USD goes back to the buyer" in told(app, "rules")
        await pilot.press("r")
        assert app.went == [("act", "A", "decide_appeal")]


async def test_a_contested_return_is_in_the_file_with_both_parcels(tmp_path: Path) -> None:
    """What went, what came back, and what is wrong with it."""
    session = contested(tmp_path)
    async with alone(CaseScreen(session, session.chairs[2], "A")) as (app, _):
        parcel = told(app, "parcel")
        assert "contested: the parcel was empty" in parcel
        assert "delivered, 518000 Shenzhen, 0.31 kg" in parcel
        assert "delivered, 10115 Berlin, 1.19 kg" in parcel
        assert "Return contested, the parcel was empty" in text_of(app)
        assert "return_confirm_days" in told(app, "rules")
