"""Each role's view holds what it may know, and nothing beyond."""

import pytest

from escrow_tui.engine.commands import AddEvidence, OpenEvidence, Rule
from escrow_tui.engine.roles import BANK, CARRIER
from escrow_tui.engine.terms import EvidenceKind
from escrow_tui.views.roles import backstage_order, buyer_order, mediator_case, seller_order
from tests.engine.given import BUYER, MEDIATED, MEDIATOR, SELLER, given
from tests.engine.stories import STORIES
from tests.views.facts import facts_in, facts_of

PAYMENT_WORDS = ("card", "western", "visa", "eur", "92.00", "declin")


@pytest.mark.parametrize("cell", STORIES)
@pytest.mark.parametrize("method", ["credit_card", "virtual_card"])
def test_a_seller_never_sees_how_it_was_paid(cell: str, method: str) -> None:
    """Not the method, not the currency that the buyer paid in, in any phase."""
    facts = facts_in(cell, method=method, pay_in="EUR", rate="0.92")
    seen = repr(seller_order(facts, SELLER)).lower()
    assert [word for word in PAYMENT_WORDS if word in seen.replace("discard", "")] == []


def test_a_buyer_sees_how_he_paid() -> None:
    """The words that the seller must not see are there to be seen."""
    seen = repr(buyer_order(facts_in("SHIPPED", pay_in="EUR", rate="0.92"), BUYER)).lower()
    assert "credit card" in seen
    assert "92.00 eur" in seen


def test_the_label_holds_the_masked_name_country_and_city() -> None:
    """And nothing else of the person."""
    label = seller_order(facts_in("AWAITING_SHIPMENT"), SELLER).label
    assert (label.name, label.place) == ("A*** P.", "Berlin, DE")


@pytest.mark.parametrize("cell", STORIES)
def test_no_view_but_the_buyers_holds_what_lay_in_the_parcel(cell: str) -> None:
    """What was found becomes known to others by evidence only."""
    facts = facts_in(cell)
    order = type(facts.order)(
        **{
            name: getattr(facts.order, name)
            for name in facts.order.__struct_fields__
            if name != "found"
        },
        found="teapot/white/crack",
    )
    facts = type(facts)(order, facts.entries, facts.policy, facts.rules, facts.people, facts.now)
    assert "teapot/white/crack" in repr(buyer_order(facts, BUYER))
    for seen in (
        seller_order(facts, SELLER),
        mediator_case(facts, MEDIATOR),
        backstage_order(facts, CARRIER, BANK),
    ):
        assert "teapot/white/crack" not in repr(seen)


def test_evidence_says_nothing_to_the_mediator_before_it_is_opened() -> None:
    """Then it does, and the case remembers."""
    world = given(*MEDIATED)
    case = mediator_case(facts_of(world), MEDIATOR)
    assert [(one.id, one.shows, one.opened) for one in case.evidence] == [("E1", "", False)]
    world.after((MEDIATOR, OpenEvidence("E1")))
    case = mediator_case(facts_of(world), MEDIATOR)
    assert [(one.shows, one.opened) for one in case.evidence] == [("a cracked spout", True)]


def test_equal_files_have_equal_checksums() -> None:
    """A photo handed in twice can be told."""
    world = given(*MEDIATED)
    world.after((SELLER, AddEvidence(EvidenceKind.PHOTO, "a cracked spout")))
    first, second = buyer_order(facts_of(world), BUYER).evidence
    assert first.checksum == second.checksum


def test_a_ruling_is_shown_with_both_shares() -> None:
    """What goes back, and what the seller keeps."""
    world = given(*MEDIATED, Rule(2_500, ("goods_usable",), ("appeal_window_days",), 80, "fair"))
    dispute = mediator_case(facts_of(world), MEDIATOR).dispute
    assert dispute is not None
    assert dispute.ruling is not None
    assert (dispute.ruling.refund, dispute.ruling.release) == ("25.00 USD", "75.00 USD")


def test_the_carrier_and_the_bank_have_one_view_with_both_their_acts() -> None:
    """In free play one chair is both."""
    view = backstage_order(facts_in("VERIFYING"), CARRIER, BANK)
    assert {act.verb for act in view.head.acts} == {
        "scan",
        "verify_payment",
        "decline_payment",
        "settle_refund",
    }
    assert {act.verb for act in view.head.acts if act.possible} == {
        "verify_payment",
        "decline_payment",
    }
