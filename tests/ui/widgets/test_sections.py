"""The facts of an order in sections: what each role reads of parcels, returns, banks and money."""

import msgspec
import pytest

from escrow_tui.engine.roles import BANK, CARRIER
from escrow_tui.ui.screens.case.case_sections import parcels, ruled
from escrow_tui.ui.screens.order_screen import sections_of
from escrow_tui.ui.widgets.facts import Section
from escrow_tui.ui.widgets.sections import (
    asked_facts,
    deadline_section,
    message_section,
    return_section,
)
from escrow_tui.views.choices import OrderView
from escrow_tui.views.order_views import backstage_order, buyer_order, mediator_case, seller_order
from tests.given.facts import told_by
from tests.given.orders import BUYER, DELIVERED, MEDIATOR, SELLER, days
from tests.given.view_stories import EVERYTHING


def page(view: OrderView) -> dict[str, str]:
    """What an order's page says, a section a title."""
    return {one.title: _line(one) for one in sections_of(view) if one.facts}


def _line(section: Section) -> str:
    return " ".join(f"{fact.label} {fact.text}" for fact in section.facts)


def buyers(name: str) -> dict[str, str]:
    """The page of a story, as its buyer reads it."""
    return page(buyer_order(EVERYTHING[name].facts(), BUYER))


def sellers(name: str) -> dict[str, str]:
    """The page of a story, as its seller reads it."""
    return page(seller_order(EVERYTHING[name].facts(), SELLER))


def test_a_frozen_order_says_first_what_the_bank_wants() -> None:
    """The currency paid is the buyer's to read; the answer is told once it is given."""
    assert next(iter(buyers("frozen"))) == "Chargeback"
    assert (
        "Amount 100.00 USD, 92.00 EUR: the bank has taken it already"
        in (buyers("frozen")["Chargeback"])
    )
    assert "Amount 100.00 USD: the bank has taken it already" in sellers("frozen")["Chargeback"]
    assert "When won the order goes on: Delivered" in sellers("frozen")["Chargeback"]
    assert "Answered" not in sellers("frozen")["Chargeback"]
    assert "Answered 2026-03-02 09:00" in sellers("answered")["Chargeback"]


def test_a_return_says_what_it_is_for_and_where_its_parcel_is() -> None:
    """Before it is sent, and on its way; beside the order's own parcel."""
    waiting, going = buyers("ruled to go back")["Return"], sellers("going back")["Return"]
    assert "For 40.00 USD, agreed on 2026-03-09 09:00" in waiting
    assert "Parcel not sent yet" in waiting
    assert "Label the seller pays it, 12.00 USD" in going
    assert "Number RR473124829CN" in going
    assert "delivered, 10115 Berlin" in sellers("going back")["Tracking"]
    assert "Return" not in buyers("returned")


def test_a_case_has_the_contested_parcel_over_the_orders_own() -> None:
    """Without a return there is one parcel, without a title of its own."""
    contested = parcels(mediator_case(EVERYTHING["contested"].facts(), MEDIATOR))
    assert [one.title for one in contested] == ["Return", "Tracking"]
    assert "contested: it came back damaged" in _line(contested[0])
    plain = parcels(mediator_case(EVERYTHING["asked"].facts(), MEDIATOR))
    assert [one.title for one in plain] == [""]


def test_a_ruling_names_who_made_it_and_who_reviews_it() -> None:
    """By silence, it was nobody."""
    case = mediator_case(EVERYTHING["generous"].facts(), MEDIATOR)
    assert "Goodwill 13.37 USD" in _line(ruled(case))
    assert "By mediator 1" in _line(ruled(case))
    reviewed = msgspec.structs.replace(case, reviewer="2")
    assert "Reviewed by mediator 2" in _line(ruled(reviewed))
    assert ruled(mediator_case(EVERYTHING["asked"].facts(), MEDIATOR)).facts == ()


def test_a_seller_reads_no_goodwill() -> None:
    """Neither in the ruling nor among the sums."""
    assert "Goodwill 13.37 USD" in buyers("generous")["Dispute 1"]
    assert "Goodwill" not in sellers("generous")["Dispute 1"]
    assert buyers("executed")["So far"] == "Refunded 40.00 USD Goodwill 13.37 USD"
    assert sellers("executed")["So far"] == "Refunded 40.00 USD"


@pytest.mark.parametrize(
    ("name", "section", "words"),
    [
        ("offered", "Dispute 1", "Seller offers a replacement once the goods are back: “new”"),
        ("asked", "Dispute 1", "! Evidence of the seller, until 2026-03-05 09:00"),
        ("appealed", "Dispute 1", "Appealed by the buyer, 2026-03-02 09:00"),
        ("false", "Tracking", "! Warning not seen by the carrier in time"),
        ("unsigned", "Tracking", "! Warning delivered without the signature"),
        ("protected", "Tracking", "Expected 03-17 to 04-16, as registered mail"),
        ("cleared", "So far", "Review 4 of 5 stars: “good”"),
        ("lost", "So far", "Refunded 10.00 USD Charged back 90.00 USD"),
        ("counterfeit", "So far", "Counterfeit penalty 100.00 USD"),
        ("of a line", "What you ordered", "Article Cups, 40.00 USD, 10.00 USD refunded"),
        ("written", "Messages", "“Write me on WhatsApp” ! asks to settle off the platform"),
    ],
)
def test_the_buyers_page_says_it(name: str, section: str, words: str) -> None:
    """Each where one looks for it."""
    assert words in buyers(name)[section]


def test_a_message_that_asks_to_settle_elsewhere_stands_out() -> None:
    """By a look of its own, beside the words."""
    view = seller_order(EVERYTHING["written"].facts(), SELLER)
    assert [one.look for one in message_section(view.head.messages).facts] == ["text", "here"]


def test_the_label_has_the_address_where_the_policy_shows_it() -> None:
    """And only there."""
    for shown in (True, False):
        facts = told_by(*DELIVERED, policy={"seller_sees_address": shown})
        view = seller_order(msgspec.structs.replace(facts, address="Needle Lane 77"), SELLER)
        assert ("Address Needle Lane 77" in page(view)["Label"]) is shown


def test_a_deadline_is_marked_once_and_on_its_last_day_twice() -> None:
    """The policy warns three days before, and on the last."""
    marks = []
    for passed in (3, 4, 6):
        view = buyer_order(told_by(*DELIVERED, days(passed)), BUYER)
        marks.append(deadline_section(view.head.deadlines).facts[0].label.split()[0])
    assert marks == ["○", "!", "!!"]


def test_the_bank_and_the_carrier_read_what_they_decide_about() -> None:
    """The chargeback and the parcel that goes back."""
    frozen = page(backstage_order(EVERYTHING["frozen"].facts(), CARRIER, BANK))
    assert "92.00 EUR" in frozen["Chargeback"]
    back = page(backstage_order(EVERYTHING["going back"].facts(), CARRIER, BANK))
    assert "the goods are on their way back" in back["Return"]


def test_what_there_is_not_has_no_facts() -> None:
    """No return, nobody asked."""
    assert return_section(None).facts == ()
    view = buyer_order(EVERYTHING["opened"].facts(), BUYER)
    assert view.dispute is not None
    assert asked_facts(view.dispute) == []
