"""The inspection: two pictures side by side, and not a word that judges."""

from pathlib import Path

import pytest
from textual.widgets import Button

from escrow_tui.engine.commands import OpenParcel
from escrow_tui.pictures import FLAWS, describe_picture, parse_picture
from escrow_tui.scenarios.session.sitting import Sitting
from escrow_tui.ui.screens.inspect_screen import InspectScreen
from escrow_tui.ui.widgets.closed_parcel import ClosedParcel
from escrow_tui.ui.widgets.picture_view import PictureView
from tests.given.views import buyer_view
from tests.ui.conftest import text_of
from tests.ui.playing import alone, free_play

SIZES = ((60, 20), (80, 24), (120, 36), (200, 50))
JUDGING = ("wrong", "damaged", "broken", "differ", "flaw", "fault", "defect", "missing", "empty")


def inspection(session: Sitting) -> InspectScreen:
    """The buyer in front of the parcel."""
    return InspectScreen(session, session.chairs[0], "A")


def holding(folder: Path, monkeypatch: pytest.MonkeyPatch, flaw: str) -> Sitting:
    """A market where the buyer opened a parcel with this in it."""
    session = free_play(folder, "delivered")
    buyer = session.chairs[0]
    listed = buyer_view(session, buyer, "A").head.lines[0].picture
    monkeypatch.setattr(session.activity, "found", lambda _order: f"{listed}/{flaw}")
    session.submit(buyer, "A", OpenParcel())
    return session


async def test_a_parcel_on_its_way_cannot_be_opened(tmp_path: Path) -> None:
    """The screen says that it has not arrived, and the key does nothing."""
    session = free_play(tmp_path, "shipped")
    async with alone(inspection(session)) as (app, pilot):
        assert "it has not arrived yet" in text_of(app)
        assert app.screen.query_one("#unpack", Button).disabled
        await pilot.press("p")
        await pilot.pause()
        assert app.went == []


async def test_a_closed_parcel_shows_nothing_of_its_inside(tmp_path: Path) -> None:
    """Opening it asks first."""
    session = free_play(tmp_path, "delivered")
    async with alone(inspection(session)) as (app, pilot):
        assert "not opened yet: p opens it" in text_of(app)
        assert app.screen.query_one("#found", PictureView).spec == ""
        assert app.screen.query_one(ClosedParcel).is_on_screen
        await pilot.press("p")
        await pilot.pause()
        assert app.went == [("act", "A", "open_parcel")]
    assert not buyer_view(session, session.chairs[0], "A").opened


@pytest.mark.parametrize("size", SIZES)
async def test_both_pictures_have_the_same_size(
    tmp_path: Path, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """At any size of the screen, under the two labels; and the buttons stay in sight."""
    session = holding(tmp_path, monkeypatch, "stain")
    view = buyer_view(session, session.chairs[0], "A")
    async with alone(inspection(session), size) as (app, _):
        listed, found = (app.screen.query_one(name, PictureView) for name in ("#listed", "#found"))
        assert (listed.spec, found.spec) == (view.head.lines[0].picture, view.found)
        assert listed.size == found.size
        assert listed.region.y == found.region.y
        assert listed.size.width >= 18
        assert listed.size.height >= 8
        seen = text_of(app)
        for words in ("The listing", "What you hold", "Confirm receipt… (c)", "Dispute… (x)"):
            assert words in seen, words


@pytest.mark.parametrize("size", [(120, 36), (200, 50)])
async def test_the_pictures_are_doubled_where_there_is_room(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    """A small flaw is easier to see."""
    session = free_play(tmp_path, "opened")
    async with alone(inspection(session), size) as (app, _):
        found = app.screen.query_one("#found", PictureView)
        assert found.size.width >= 56
        assert found.size.height >= 24


@pytest.mark.parametrize("flaw", FLAWS)
async def test_no_word_judges_what_is_held(
    tmp_path: Path, flaw: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither the name of what differs nor the picture's spec stands on the screen."""
    session = holding(tmp_path, monkeypatch, flaw)
    found = buyer_view(session, session.chairs[0], "A").found
    async with alone(inspection(session)) as (app, _):
        seen = text_of(app)
        assert found not in seen
        for word in (*JUDGING, flaw.replace("_", " ")):
            assert word not in seen.casefold(), word


async def test_the_pictures_can_be_had_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For those who cannot see them; and only on demand."""
    session = holding(tmp_path, monkeypatch, "stain")
    view = buyer_view(session, session.chairs[0], "A")
    first, second = (
        describe_picture(parse_picture(one)) for one in (view.head.lines[0].picture, view.found)
    )
    async with alone(inspection(session), (200, 50)) as (app, pilot):
        assert first[:40] not in text_of(app)
        await pilot.press("v")
        await pilot.pause()
        assert text_of(app).count(first[:20]) == 2
        assert second.rpartition(". ")[2] in text_of(app)
        await pilot.click("#words")
        await pilot.pause()
        assert first[:40] not in text_of(app)


async def test_the_listing_and_the_carrier_are_quoted(tmp_path: Path) -> None:
    """Title, text and promise; weights, signature, number and its check."""
    session = free_play(tmp_path, "opened")
    listing = session.listings(session.chairs[0])[0]
    async with alone(inspection(session), (200, 50)) as (app, _):
        seen = text_of(app)
        for words in (
            listing.title,
            listing.text[:40],
            listing.price,
            "in transit: 1.20 kg",
            "delivered: 1.19 kg, signed for",
            "S10 form, check digit right",
        ):
            assert words in seen, words


@pytest.mark.parametrize(
    ("key", "button", "verb"),
    [("c", "#confirm", "confirm_receipt"), ("x", "#dispute", "open_dispute")],
)
async def test_the_acts_open_their_forms(tmp_path: Path, key: str, button: str, verb: str) -> None:
    """By key and by mouse; no money moves here."""
    session = free_play(tmp_path, "opened")
    async with alone(inspection(session)) as (app, pilot):
        await pilot.press(key)
        await pilot.click(button)
        await pilot.pause()
        assert app.went == [("act", "A", verb)] * 2


async def test_what_cannot_be_done_says_why(tmp_path: Path) -> None:
    """A dispute runs already: another cannot be opened."""
    session = free_play(tmp_path, "disputed")
    screen = inspection(session)
    why_not = {
        act.verb: act.why_not for act in buyer_view(session, session.chairs[0], "A").head.acts
    }["open_dispute"]
    async with alone(screen) as (app, pilot):
        assert screen.can_dispute() == why_not != ""
        await pilot.press("x")
        await pilot.pause()
        assert app.went == []
        await pilot.press("e", "w")
        await pilot.pause()
        assert app.went == [("evidence", "A", ""), ("why", "A", "")]
