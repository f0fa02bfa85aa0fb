"""A fact sheet wraps what is long beside its label, and a board draws three proposals."""

import pytest
from msgspec.structs import replace
from rich.cells import cell_len

from escrow_tui.ui.widgets.facts import Fact, FactSheet, Section
from escrow_tui.ui.widgets.proposals import ProposalBoard
from escrow_tui.ui.widgets.sections import evidence_section, proposal_facts, tracking_section
from escrow_tui.views.parts import (
    DisputeView,
    EvidenceView,
    ParcelView,
    ProposalView,
    ScanView,
)
from tests.given.hostile_text import MARKUP
from tests.ui.widgets.shown import Shown, rows

LONG = "The parcel came on Monday and the spout lay beside the pot in three pieces."
OFFER = ProposalView(
    by="seller",
    amount="3.00 USD",
    share="14 %",
    note="for the scratch",
    accepted_by="seller",
    wants="3.00 USD",
    return_goods=False,
    replacement=False,
)


def drawn(sheet: FactSheet | ProposalBoard, width: int) -> list[str]:
    """The rows of a widget at a width."""
    return ["".join(text for text, _ in line) for line in sheet.lines(width)]


@pytest.mark.parametrize("width", [20, 36, 60])
def test_a_long_text_is_wrapped_beside_its_label_and_nothing_of_it_is_lost(width: int) -> None:
    """Every word is there, and no row is wider than the sheet."""
    sheet = FactSheet()
    sheet.set_reactive(FactSheet.sections, (Section("Claim", (Fact("Buyer", LONG),)),))
    lines = drawn(sheet, width)
    assert lines[0] == "Claim"
    assert lines[1].startswith("Buyer")
    assert " ".join(" ".join(lines[1:]).split()[1:]) == LONG
    assert max(map(cell_len, lines)) <= width


def test_sections_without_facts_are_not_drawn_and_the_others_stand_apart() -> None:
    """A heading over nothing would say that something is missing."""
    sheet = FactSheet()
    told = (Section("A", (Fact("a", "1"),)), Section("B", ()), Section("C", (Fact("c", "3"),)))
    sheet.set_reactive(FactSheet.sections, told)
    assert drawn(sheet, 20) == ["A", "a  1", "", "C", "c  3"]


async def test_what_somebody_typed_is_drawn_as_it_is() -> None:
    """No markup is read, in a text or in a label."""
    sheet = FactSheet()
    facts = tuple(Fact(text[:8], text) for text in MARKUP)
    sheet.set_reactive(FactSheet.sections, (Section("", facts),))
    async with Shown(sheet).run_test(size=(200, 120)):
        seen = "\n".join(rows(sheet))
    assert "[/]" in seen
    assert "[b]bold" in seen


@pytest.mark.parametrize("width", [58, 78, 118])
def test_three_boxes_fill_the_width_and_keep_the_amount(width: int) -> None:
    """The share is drawn in tenths of a bar, and said in words."""
    board = ProposalBoard()
    board.set_reactive(ProposalBoard.proposals, (OFFER,))
    lines = drawn(board, width)
    assert [cell_len(line) for line in lines] == [width] * 5
    assert "3.00 USD" in lines[1]
    assert "14 %" in lines[2]
    assert lines[1].count("nothing yet") == 2


def test_a_proposal_that_another_party_accepts_has_a_heavy_frame() -> None:
    """One's own acceptance is not worth a frame."""
    board = ProposalBoard()
    accepted = replace(OFFER, note="", accepted_by="seller, platform")
    for offer, heavy in ((OFFER, False), (accepted, True)):
        board.set_reactive(ProposalBoard.proposals, (offer,))
        assert ("┏" in drawn(board, 76)[0]) is heavy
        assert ("accepted by the platform" in drawn(board, 100)[3]) is heavy


def disputed(offers: tuple[ProposalView, ...]) -> DisputeView:
    """A claim of 7.00 USD with these proposals."""
    claim = "7.00 USD"
    return DisputeView(
        number=1,
        stage="",
        reason="damaged",
        claim=claim,
        claim_minor=700,
        opened="",
        proposals=offers,
        ruling=None,
        wants=claim,
        asked="",
        appealed="",
    )


def test_a_proposal_says_what_comes_before_the_money_or_instead_of_it() -> None:
    """In the box, at both widths, and among the facts."""
    returned = replace(OFFER, return_goods=True, wants="3.00 USD once the goods are back")
    swapped = replace(OFFER, replacement=True, wants="a replacement")
    both = replace(swapped, return_goods=True, wants="a replacement once the goods are back")
    board = ProposalBoard()
    for offer, box, fact in (
        (returned, "3.00 USD if returned", "3.00 USD back once the goods are back (14 %)"),
        (swapped, "a replacement", "a replacement"),
        (both, "once goods are back", "a replacement once the goods are back"),
    ):
        board.set_reactive(ProposalBoard.proposals, (offer,))
        for width in (78, 118):
            assert box in " ".join(drawn(board, width)), width
        (said,) = proposal_facts(disputed((offer,)))
        assert said.text.startswith(fact)


def test_the_buyers_first_proposal_is_not_repeated_beside_the_claim() -> None:
    """It is the claim itself; once it differs, it is said."""
    same = replace(OFFER, by="buyer", wants="7.00 USD", note="", accepted_by="buyer")
    other = replace(same, wants="5.00 USD")
    for offers, said in (((same, OFFER), 1), ((other, OFFER), 2)):
        dispute = disputed(offers)
        assert len(proposal_facts(dispute)) == said


def test_tracking_tells_the_latest_scan_first_with_weight_and_signature() -> None:
    """After what is wrong with it, the check of the number, and when it is expected."""
    scans = (
        ScanView("2026-03-04 09:00", "accepted by the carrier", "518000 Shenzhen", "1.24 kg"),
        ScanView("2026-03-09 09:00", "delivered", "10115 Berlin", "1.23 kg, signed for"),
    )
    facts = tracking_section(
        ParcelView(
            tracking="RR1",
            number_check="S10 form",
            state="delivered",
            scans=scans,
            expected="03-20",
            warning="late",
        )
    ).facts
    assert [fact.text for fact in facts] == [
        "late",
        "RR1 (S10 form)",
        "03-20",
        "delivered, 10115 Berlin, 1.23 kg, signed for",
        "accepted by the carrier, 518000 Shenzhen, 1.24 kg",
    ]
    assert [fact.label[0] for fact in facts[3:]] == ["◉", "●"]


def test_evidence_that_was_not_opened_says_so() -> None:
    """The mark differs too, so that no colour is needed."""
    shut = EvidenceView(
        id="E1",
        owner="buyer",
        kind="photo",
        date="2026-03-09 09:00",
        shows="",
        picture="",
        checksum="ab",
        opened=False,
    )
    seen = EvidenceView(
        id="E2",
        owner="buyer",
        kind="photo",
        date="2026-03-09 09:00",
        shows="a crack",
        picture="",
        checksum="cd",
        opened=True,
    )
    first, second = evidence_section((shut, seen), "buyer").facts
    assert (first.label, first.text) == ("□ E1", "photo, 03-09 09:00, not opened yet")
    assert (second.label, second.text) == ("■ E2", "photo, 03-09 09:00: a crack")
