"""The evidence: who says what, which files are the same, and what a mediator has opened."""

from pathlib import Path

import pytest
from textual.widgets import Button

from escrow_tui.engine.answers import Done
from escrow_tui.engine.commands import AddEvidence, Escalate, Propose
from escrow_tui.engine.roles import Actor
from escrow_tui.engine.terms import EvidenceKind
from escrow_tui.scenarios.session.sitting import Sitting
from escrow_tui.ui.screens.evidence.evidence_screen import EvidenceScreen
from escrow_tui.ui.screens.evidence.pieces import NOT_SHIPPED
from escrow_tui.ui.widgets.picture_view import PictureView
from tests.given.views import buyer_view, mediator_view
from tests.ui.conftest import text_of
from tests.ui.playing import alone, contested, free_play

CLAIM = "Before packing"
HOSTILE = "[/] [@click=app.quit]free[/] \x1b[31m $title"
PICTURE = "scale"


def disputed(folder: Path, *, mediated: bool = True) -> Sitting:
    """A market whose dispute holds the buyer's E1 and E3 and the seller's E2: E3 is E2 again."""
    session = free_play(folder, "disputed")
    buyer, shops = session.chairs[:2]
    _hand_in(session, shops, CLAIM)
    _hand_in(session, buyer, CLAIM)
    if mediated:
        session.submit(shops, "A", Propose(500))
        session.submit(buyer, "A", Escalate())
    return session


def _hand_in(session: Sitting, by: Actor, shows: str) -> None:
    answer = session.submit(by, "A", AddEvidence(EvidenceKind.PHOTO, shows, PICTURE))
    assert isinstance(answer, Done), answer


def looked_at(session: Sitting) -> list[str]:
    """What the log says that was looked at, in its order."""
    return [note.about for note in session.record.notes() if note.kind == "evidence"]


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 50)])
@pytest.mark.parametrize("chair", [0, 1])
async def test_buyer_and_seller_see_a_piece_beside_the_listing(
    tmp_path: Path, chair: int, size: tuple[int, int]
) -> None:
    """With its owner's words; the two pictures have one size."""
    session = disputed(tmp_path)
    screen = EvidenceScreen(session, session.chairs[chair], "A")
    async with alone(screen, size) as (app, pilot):
        await pilot.press("j")
        await pilot.pause()
        piece, listing = (
            app.screen.query_one(name, PictureView) for name in ("#piece", "#listing")
        )
        line = buyer_view(session, session.chairs[0], "A").head.lines[0]
        assert (piece.spec, listing.spec) == (PICTURE, line.picture)
        assert piece.size == listing.size
        seen = text_of(app)
        assert "E2: photo of the seller" in seen
        assert CLAIM in " ".join(seen.split())
        assert "Handed in (buyer 2, seller 1)" in seen


async def test_the_same_file_is_marked_on_both_sides(tmp_path: Path) -> None:
    """Equal checksums, no matter who handed them in; another file shows its own."""
    session = disputed(tmp_path)
    first = buyer_view(session, session.chairs[0], "A").evidence[0]
    async with alone(EvidenceScreen(session, session.chairs[0], "A")) as (app, pilot):
        await pilot.press("j")
        await pilot.pause()
        rows = text_of(app)
        assert "same as E3" in rows
        assert "same as E2" in rows
        assert "the same file as E3" in rows
        assert first.checksum in rows
        assert "same as E1" not in rows


async def test_what_a_party_looks_at_is_kept_once(tmp_path: Path) -> None:
    """Each piece that stood in the viewer, and no other."""
    session = disputed(tmp_path)
    async with alone(EvidenceScreen(session, session.chairs[0], "A")) as (_, pilot):
        await pilot.press("j", "k", "j")
        await pilot.pause()
    assert looked_at(session) == ["E1", "E2"]


async def test_a_piece_is_silent_until_the_mediator_opens_it(tmp_path: Path) -> None:
    """Opening it is recorded in the case, and it says so once."""
    session = disputed(tmp_path)
    mediator = session.chairs[2]
    async with alone(EvidenceScreen(session, mediator, "A")) as (app, pilot):
        await pilot.press("j")
        await pilot.pause()
        assert CLAIM not in text_of(app)
        assert "not opened yet" in text_of(app)
        assert app.screen.query_one("#piece", PictureView).spec == ""
        assert "□ E2" in text_of(app)
        await pilot.press("enter")
        await pilot.pause()
        assert CLAIM in text_of(app)
        assert app.screen.query_one("#piece", PictureView).spec == PICTURE
        assert "■ E2" in text_of(app)
        assert "□ E1" in text_of(app)
        assert len(app._notifications) == 1
        await pilot.press("j")
        await pilot.click("#open")
        await pilot.pause()
        assert len(app._notifications) == 1
    opened = {one.id for one in mediator_view(session, mediator, "A").evidence if one.opened}
    assert opened == {"E2", "E3"}
    assert looked_at(session) == []


async def test_an_opened_piece_is_not_opened_again(tmp_path: Path) -> None:
    """The button is dim, and the key says so without a try."""
    session = disputed(tmp_path)
    screen = EvidenceScreen(session, session.chairs[2], "A")
    async with alone(screen) as (app, pilot):
        await pilot.press("enter")
        await pilot.pause()
        before = len(session.desk.entries())
        assert app.screen.query_one("#open", Button).disabled
        await pilot.press("enter")
        await pilot.pause()
        assert len(session.desk.entries()) == before
        assert [note.kind for note in session.record.notes()].count("refused") == 0


async def test_before_the_mediation_nothing_can_be_opened(tmp_path: Path) -> None:
    """The reason is the engine's own."""
    session = disputed(tmp_path, mediated=False)
    screen = EvidenceScreen(session, session.chairs[2], "A")
    async with alone(screen) as (app, pilot):
        await pilot.press("enter")
        await pilot.pause()
        assert "Not while" in str(screen.can_open())
        assert CLAIM not in text_of(app)
    assert not any(one.opened for one in mediator_view(session, session.chairs[2], "A").evidence)


async def test_the_tracking_record_has_weights_and_signature(tmp_path: Path) -> None:
    """And the number with its check."""
    session = disputed(tmp_path)
    async with alone(EvidenceScreen(session, session.chairs[2], "A"), (200, 50)) as (app, _):
        seen = text_of(app)
        for words in (
            "in transit, 518000 Shenzhen, 1.20 kg",
            "delivered, 10115 Berlin, 1.19 kg, signed for",
            "(S10 form, check digit right)",
        ):
            assert words in seen, words


async def test_the_pictures_can_be_had_in_words(tmp_path: Path) -> None:
    """Both of them, and only on demand."""
    session = disputed(tmp_path)
    async with alone(EvidenceScreen(session, session.chairs[0], "A")) as (app, pilot):
        await pilot.press("j")
        await pilot.pause()
        words = app.screen.query_one("#piece", PictureView).description
        assert words
        assert words[:20] not in text_of(app)
        await pilot.press("v")
        await pilot.pause()
        assert words[:20] in text_of(app)


async def test_only_a_party_hands_in_more(tmp_path: Path) -> None:
    """By key or mouse, in a form; the mediator has no such button."""
    session = disputed(tmp_path)
    async with alone(EvidenceScreen(session, session.chairs[0], "A")) as (app, pilot):
        await pilot.press("plus")
        await pilot.click("#hand_in")
        await pilot.pause()
        assert app.went == [("act", "A", "add_evidence")] * 2
        assert not app.screen.query_one("#open").display
    screen = EvidenceScreen(session, session.chairs[2], "A")
    async with alone(screen) as (app, pilot):
        await pilot.press("plus")
        await pilot.pause()
        assert app.went == []
        assert not screen.query_one("#hand_in").display


async def test_without_evidence_it_says_what_brings_some(tmp_path: Path) -> None:
    """An order that was only just paid."""
    session = free_play(tmp_path, "paid")
    async with alone(EvidenceScreen(session, session.chairs[0], "A")) as (app, pilot):
        await pilot.press("j", "enter", "plus")
        await pilot.pause()
        assert "it comes with a dispute" in text_of(app)
        assert NOT_SHIPPED[:30] in text_of(app)
        assert app.went == []
    assert looked_at(session) == []


async def test_backstage_sees_the_parcel_alone(tmp_path: Path) -> None:
    """The carrier has no part in the dispute, and no picture of the goods."""
    session = disputed(tmp_path)
    async with alone(EvidenceScreen(session, session.chairs[3], "A")) as (app, _):
        seen = text_of(app)
        assert "delivered" in seen
        assert CLAIM not in seen
        assert app.screen.query_one("#listing", PictureView).spec == ""


async def test_hostile_words_are_shown_as_they_are(tmp_path: Path) -> None:
    """Markup does nothing, and a control is made visible."""
    session = free_play(tmp_path, "disputed")
    _hand_in(session, session.chairs[1], HOSTILE)
    async with alone(EvidenceScreen(session, session.chairs[0], "A")) as (app, pilot):
        await pilot.press("j")
        await pilot.pause()
        seen = text_of(app)
        assert "[@click=app.quit]free[/]" in seen
        assert "\x1b" not in seen
        assert "␛[31m $title" in seen


async def test_the_scans_of_the_way_back_stand_over_those_of_the_way_there(tmp_path: Path) -> None:
    """A mediator compares the weights."""
    session = contested(tmp_path)
    async with alone(EvidenceScreen(session, session.chairs[2], "A"), (120, 50)) as (app, _):
        seen = text_of(app)
    assert seen.index("On the way back") < seen.index("0.31 kg") < seen.index("The order's parcel")
    assert seen.index("The order's parcel") < seen.index("1.20 kg")
