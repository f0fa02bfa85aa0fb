"""Nobody's view holds what its role may not know, whatever happens to an order."""

from collections.abc import Mapping

import msgspec
import pytest

from escrow_tui.engine import commands as c
from escrow_tui.engine.roles import Actor, Role
from escrow_tui.views.common_parts import Facts
from escrow_tui.views.money import movements
from escrow_tui.views.order_row import order_row
from escrow_tui.views.roles import seller_order
from tests.each import for_each
from tests.given.facts import VIEWERS, facts_in, seen_by, told_by
from tests.given.order_stories import STORIES
from tests.given.orders import BUYER, DELIVERED, POLICY, SELLER, days
from tests.given.view_stories import EVERYTHING, Told

PAYMENT_WORDS = ("card", "western", "visa", "eur", "92.00", "wallet")
STREET = "Needle Lane 77, +49 30 998877"
# The instant from which the card is expired, and its year.
EXPIRES, YEAR = 2_000_000_007, "2033"


def hidden(text: str) -> str:
    """A view's text without a word that sounds like a payment's and is none."""
    return text.lower().replace("discard", "")


@for_each("cell", STORIES)
@for_each("method", ["credit_card", "virtual_card"])
def test_a_seller_never_sees_how_it_was_paid(cell: str, method: str) -> None:
    """Not the method, not the currency that the buyer paid in, in any phase."""
    facts = facts_in(cell, method=method, pay_in="EUR", rate="0.92")
    seen = hidden(seen_by(SELLER, without_rules(facts)))
    assert [word for word in PAYMENT_WORDS if word in seen] == []


def without_rules(facts: Facts) -> Facts:
    """The same facts without the policy's rows, which speak of cards and wallets to everybody."""
    return msgspec.structs.replace(facts, rules={})


@for_each("name", EVERYTHING)
def test_a_seller_is_told_of_no_means_in_any_story(name: str) -> None:
    """Nor in the ledger's movements."""
    story = EVERYTHING[name]
    placing = {**story.placing, "pay_in": "EUR", "rate": "0.92"}
    facts = without_rules(story_of(story, placing))
    seen = hidden(seen_by(SELLER, facts) + repr(movements(facts, SELLER)))
    assert [word for word in PAYMENT_WORDS if word in seen] == []


def story_of(story: Told, placing: Mapping[str, object]) -> Facts:
    """Tell a story of an order that was placed in another way."""
    return msgspec.structs.replace(story, placing=placing).facts()


@for_each(
    "means",
    [
        {"method": "debit_card"},
        {"method": "virtual_card"},
        {"card_expires": 1},
        {"pay_in": "EUR", "rate": "0.92"},
    ],
)
@for_each("cell", STORIES)
def test_a_seller_cannot_tell_one_means_from_another(cell: str, means: dict[str, object]) -> None:
    """View, row and movements are the same to the letter."""
    assert told_to_seller(facts_in(cell, **means)) == told_to_seller(facts_in(cell))


@pytest.mark.parametrize("passed", [0, 1, 12, 13, 20])
@pytest.mark.parametrize("means", [{"card_expires": 1}, {"method": "debit_card"}], ids=repr)
def test_a_seller_cannot_tell_it_by_how_long_a_refund_takes(
    means: dict[str, object], passed: int
) -> None:
    """A bank's transfer arrives before a card's refund; he sees neither arrive."""
    story = (*DELIVERED, c.Refund(4_000), days(passed))
    assert told_to_seller(Told(story, {}, means).facts()) == told_to_seller(told_by(*story))


def told_to_seller(facts: Facts) -> str:
    """Everything that a seller is told of an order."""
    row = order_row(facts.order, POLICY, Role.SELLER, facts.now)
    return repr((seller_order(facts, SELLER), row, movements(facts, SELLER)))


def test_a_buyer_sees_how_he_paid() -> None:
    """The words that the seller must not see are there to be seen."""
    seen = seen_by(BUYER, facts_in("SHIPPED", pay_in="EUR", rate="0.92")).lower()
    assert "credit card" in seen
    assert "92.00 eur" in seen


@for_each("viewer", VIEWERS)
@for_each("name", EVERYTHING)
def test_no_view_tells_when_the_card_expires_or_where_the_buyer_lives(
    name: str, viewer: Actor
) -> None:
    """Not even the bank's; the address is for a seller under a policy that shows it."""
    story = EVERYTHING[name]
    facts = story_of(story, {**story.placing, "card_expires": EXPIRES})
    seen = seen_by(viewer, msgspec.structs.replace(facts, address=STREET))
    assert [word for word in (str(EXPIRES), YEAR, "Needle", "998877") if word in seen] == []


@pytest.mark.parametrize("viewer", VIEWERS, ids=str)
def test_only_a_seller_sees_an_address_and_only_where_the_policy_shows_it(
    viewer: Actor,
) -> None:
    """AliExpress's own practice; the document's promise is the other policy."""
    facts = told_by(*STORIES["AWAITING_SHIPMENT"], policy={"seller_sees_address": True})
    seen = seen_by(viewer, msgspec.structs.replace(facts, address=STREET))
    assert (STREET in seen) is (viewer is SELLER)


def test_the_label_holds_the_masked_name_country_and_city() -> None:
    """And nothing else of the person."""
    view = seller_order(facts_in("AWAITING_SHIPMENT"), SELLER)
    assert (view.label.name, view.label.place, view.address) == ("A*** P.", "Berlin, DE", "")


@for_each("cell", STORIES)
def test_no_view_but_the_buyers_holds_what_lay_in_the_parcel(cell: str) -> None:
    """What was found becomes known to others by evidence only."""
    facts = facts_in(cell)
    order = msgspec.structs.replace(facts.order, found="teapot/white/crack")
    facts = msgspec.structs.replace(facts, order=order)
    told = {viewer.role for viewer in VIEWERS if "teapot/white/crack" in seen_by(viewer, facts)}
    assert told == {Role.BUYER}


@pytest.mark.parametrize("name", ["generous", "executed", "ruled to go back", "decided"])
def test_a_seller_sees_nothing_of_what_the_platform_gives_the_buyer(name: str) -> None:
    """It goes into the buyer's wallet."""
    facts = EVERYTHING[name].facts()
    assert "13.37" not in seen_by(SELLER, facts)
    assert "goodwill" not in seen_by(SELLER, without_rules(facts)).replace("goodwill=''", "")


def test_the_currency_of_a_chargeback_is_the_buyers_and_the_banks() -> None:
    """The seller and the mediator are told the order's own."""
    facts = EVERYTHING["frozen"].facts()
    told = {viewer.role for viewer in VIEWERS if "92.00 EUR" in seen_by(viewer, facts)}
    assert told == {Role.BUYER, Role.BANK}
