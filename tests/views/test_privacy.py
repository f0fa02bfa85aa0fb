"""No view contains what its role may not know, whatever happens to an order."""

from collections.abc import Mapping

import msgspec
import pytest

from escrow_tui.engine import commands as c
from escrow_tui.engine.roles import Actor, Role
from escrow_tui.views.money_views import movements
from escrow_tui.views.order_facts import OrderFacts
from escrow_tui.views.order_row import order_row
from escrow_tui.views.order_views import seller_order
from tests.each import for_each
from tests.given.facts import VIEWERS, facts_in, seen_by, told_by
from tests.given.order_stories import STORIES
from tests.given.orders import BUYER, DELIVERED, POLICY, SELLER, days
from tests.given.view_stories import EVERYTHING, Told

PAYMENT_WORDS = ("card", "western", "visa", "eur", "92.00", "wallet")
STREET = "Needle Lane 77, +49 30 998877"
# The instant at which the card expires, and the year.
EXPIRES, YEAR = 2_000_000_007, "2033"


def hidden(text: str) -> str:
    """Return a view's text without the words that only look like payment words."""
    return text.lower().replace("discard", "")


@for_each("cell", STORIES)
@for_each("method", ["credit_card", "virtual_card"])
def test_a_seller_never_sees_how_it_was_paid(cell: str, method: str) -> None:
    """In no phase does the view name the method or the currency that the buyer paid in."""
    facts = facts_in(cell, method=method, pay_in="EUR", rate="0.92")
    seen = hidden(seen_by(SELLER, without_rules(facts)))
    assert [word for word in PAYMENT_WORDS if word in seen] == []


def without_rules(facts: OrderFacts) -> OrderFacts:
    """Return the facts without policy rows, whose texts mention cards and wallets to everybody."""
    return msgspec.structs.replace(facts, rules={})


@for_each("name", EVERYTHING)
def test_a_seller_is_told_of_no_means_in_any_story(name: str) -> None:
    """Not in the view, nor in the movements of money."""
    story = EVERYTHING[name]
    placing = {**story.placing, "pay_in": "EUR", "rate": "0.92"}
    facts = without_rules(story_of(story, placing))
    seen = hidden(seen_by(SELLER, facts) + repr(movements(facts, SELLER)))
    assert [word for word in PAYMENT_WORDS if word in seen] == []


def story_of(story: Told, placing: Mapping[str, object]) -> OrderFacts:
    """Return the facts of a story whose order was placed with other terms."""
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
    """View, row and movements are identical, character for character."""
    assert told_to_seller(facts_in(cell, **means)) == told_to_seller(facts_in(cell))


@pytest.mark.parametrize("passed", [0, 1, 12, 13, 20])
@pytest.mark.parametrize("means", [{"card_expires": 1}, {"method": "debit_card"}], ids=repr)
def test_a_seller_cannot_tell_it_by_how_long_a_refund_takes(
    means: dict[str, object], passed: int
) -> None:
    """A bank transfer arrives sooner than a refund to a card, so a seller sees neither arrive."""
    story = (*DELIVERED, c.Refund(4_000), days(passed))
    assert told_to_seller(Told(story, {}, means).facts()) == told_to_seller(told_by(*story))


def told_to_seller(facts: OrderFacts) -> str:
    """Return everything that a seller can read about an order."""
    row = order_row(facts.order, POLICY, Role.SELLER, facts.now)
    return repr((seller_order(facts, SELLER), row, movements(facts, SELLER)))


def test_a_buyer_sees_how_they_paid() -> None:
    """The words hidden from the seller are in the buyer's view, so the search can find them."""
    seen = seen_by(BUYER, facts_in("SHIPPED", pay_in="EUR", rate="0.92")).lower()
    assert "credit card" in seen
    assert "92.00 eur" in seen


@for_each("viewer", VIEWERS)
@for_each("name", EVERYTHING)
def test_no_view_tells_when_the_card_expires_or_where_the_buyer_lives(
    name: str, viewer: Actor
) -> None:
    """Not even the bank's view; only a policy row shows the address, and only to a seller."""
    story = EVERYTHING[name]
    facts = story_of(story, {**story.placing, "card_expires": EXPIRES})
    seen = seen_by(viewer, msgspec.structs.replace(facts, address=STREET))
    assert [word for word in (str(EXPIRES), YEAR, "Needle", "998877") if word in seen] == []


@pytest.mark.parametrize("viewer", VIEWERS, ids=str)
def test_only_a_seller_sees_an_address_and_only_where_the_policy_shows_it(
    viewer: Actor,
) -> None:
    """AliExpress's practice shows it; the policy of the document's promise does not."""
    facts = told_by(*STORIES["AWAITING_SHIPMENT"], policy={"seller_sees_address": True})
    seen = seen_by(viewer, msgspec.structs.replace(facts, address=STREET))
    assert (STREET in seen) is (viewer is SELLER)


def test_the_label_holds_the_masked_name_country_and_city() -> None:
    """The label holds nothing else about the buyer."""
    view = seller_order(facts_in("AWAITING_SHIPMENT"), SELLER)
    assert (view.label.name, view.label.place, view.address) == ("A*** P.", "Berlin, DE", "")


@for_each("cell", STORIES)
def test_no_view_but_the_buyers_holds_what_lay_in_the_parcel(cell: str) -> None:
    """Others learn what was in the parcel only from evidence."""
    facts = facts_in(cell)
    order = msgspec.structs.replace(facts.order, found="teapot/white/crack")
    facts = msgspec.structs.replace(facts, order=order)
    told = {viewer.role for viewer in VIEWERS if "teapot/white/crack" in seen_by(viewer, facts)}
    assert told == {Role.BUYER}


@pytest.mark.parametrize("name", ["generous", "executed", "ruled to go back", "decided"])
def test_a_seller_sees_nothing_of_what_the_platform_gives_the_buyer(name: str) -> None:
    """Goodwill goes into the buyer's wallet, which a seller cannot see."""
    facts = EVERYTHING[name].facts()
    assert "13.37" not in seen_by(SELLER, facts)
    assert "goodwill" not in seen_by(SELLER, without_rules(facts)).replace("goodwill=''", "")


def test_the_currency_of_a_chargeback_is_the_buyers_and_the_banks() -> None:
    """Seller and mediator see the amount in the order's currency only."""
    facts = EVERYTHING["frozen"].facts()
    told = {viewer.role for viewer in VIEWERS if "92.00 EUR" in seen_by(viewer, facts)}
    assert told == {Role.BUYER, Role.BANK}
