"""What each role's view says about disputes, returns, parcels, chargebacks and money."""

import pytest

from escrow_tui.engine import commands as c
from escrow_tui.engine.market import Person
from escrow_tui.engine.money import Money
from escrow_tui.engine.roles import BANK, CARRIER, Role
from escrow_tui.engine.terms import EvidenceKind, Party
from escrow_tui.engine.tracking import tracking_fault
from escrow_tui.views.choices import OrderView, choices_of, screenshots
from escrow_tui.views.order_views import (
    BackstageOrder,
    BuyerOrder,
    MediatorCase,
    SellerOrder,
    backstage_order,
    buyer_order,
    mediator_case,
    seller_order,
)
from escrow_tui.views.parts import ChargebackView, DisputeView, Head, RulingView
from escrow_tui.views.person import person_view
from tests.given.facts import facts_in, facts_of, told_by
from tests.given.orders import (
    BUYER,
    DELIVERED,
    GOING_BACK,
    MEDIATED,
    MEDIATOR,
    NEGOTIATED,
    SELLER,
    days,
    given,
)
from tests.given.view_stories import EVERYTHING, LINES


def buyers(name: str) -> BuyerOrder:
    """Return a story as its buyer sees it."""
    return buyer_order(EVERYTHING[name].facts(), BUYER)


def sellers(name: str) -> SellerOrder:
    """Return a story as its seller sees it."""
    return seller_order(EVERYTHING[name].facts(), SELLER)


def case(name: str) -> MediatorCase:
    """Return a story as its mediator sees it."""
    return mediator_case(EVERYTHING[name].facts(), MEDIATOR)


def dispute_of(view: BuyerOrder | SellerOrder | MediatorCase) -> DisputeView:
    """Return the dispute of a view, which must have one."""
    assert view.dispute is not None
    return view.dispute


# -- evidence and messages


def test_evidence_says_nothing_to_the_mediator_before_it_is_opened() -> None:
    """Once opened, it shows its content, and stays open in the case."""
    world = given(*MEDIATED)
    seen = mediator_case(facts_of(world), MEDIATOR)
    assert [(one.id, one.shows, one.opened) for one in seen.evidence] == [("E1", "", False)]
    world.after((MEDIATOR, c.OpenEvidence("E1")))
    seen = mediator_case(facts_of(world), MEDIATOR)
    assert [(one.shows, one.opened) for one in seen.evidence] == [("a cracked spout", True)]


def test_another_mediator_begins_with_nothing_opened() -> None:
    """Evidence that the first mediator opened is closed again for the reviewer of an appeal."""
    story = (
        *MEDIATED,
        c.OpenEvidence("E1"),
        c.Rule(refund=0, reasons=("worn",)),
        c.Appeal((PHOTO,)),
    )
    seen = mediator_case(told_by(*story), MEDIATOR)
    assert [(one.id, one.opened) for one in seen.evidence] == [("E1", False), ("E2", False)]
    assert seen.decides_by == "decide_appeal"
    assert case("asked").decides_by == "rule"


PHOTO = c.Exhibit(EvidenceKind.PHOTO, "it is new")


def test_equal_files_have_equal_checksums() -> None:
    """A photo that was handed in twice can be recognised."""
    world = given(*MEDIATED)
    world.after((SELLER, c.AddEvidence(EvidenceKind.PHOTO, "a cracked spout")))
    first, second = buyer_order(facts_of(world), BUYER).evidence
    assert first.checksum == second.checksum


def test_a_message_that_asks_to_settle_elsewhere_is_marked() -> None:
    """For the mediator too, who may cite it."""
    messages = case("written").head.messages
    assert [one.off_platform for one in messages] == [False, True]


def test_a_message_can_be_handed_in_as_a_screenshot_once_by_each_side() -> None:
    """A message of any length can be; a mediator hands in nothing."""
    world = given(*NEGOTIATED, c.SendMessage("Write me on WhatsApp"), c.SendMessage("x" * 2_000))
    first, second = screenshots(buyer_order(facts_of(world), BUYER))
    assert (first.kind, "off the platform" in first.shows) == (EvidenceKind.SCREENSHOT, True)
    world.after(c.AddEvidence(first.kind, first.shows), c.AddEvidence(second.kind, second.shows))
    facts = facts_of(world)
    assert screenshots(buyer_order(facts, BUYER)) == ()
    assert screenshots(seller_order(facts, SELLER)) == (first, second)
    assert screenshots(mediator_case(facts, MEDIATOR)) == ()


# -- claims, proposals, rulings


def test_a_claim_and_a_proposal_say_the_whole_of_what_they_want() -> None:
    """The amount, and whether there is a return or a replacement."""
    offered = dispute_of(buyers("offered"))
    (seller,) = [one for one in offered.proposals if one.by == "seller"]
    assert (seller.amount, seller.wants) == (
        "replacement",
        "a replacement once the goods are back",
    )
    assert (seller.return_goods, seller.replacement) == (True, True)
    assert (offered.claim, offered.wants) == ("40.00 USD", "40.00 USD")


def test_a_ruling_is_shown_with_both_shares() -> None:
    """The refund, what the seller keeps, and the platform's goodwill."""
    ruling = ruling_of(case("generous"))
    assert (ruling.refund, ruling.release) == ("40.00 USD", "60.00 USD")
    assert (ruling.says, ruling.goodwill) == ("40.00 USD goes back to the buyer", "13.37 USD")
    assert ruling_of(sellers("generous")).goodwill == ""


def ruling_of(view: BuyerOrder | SellerOrder | MediatorCase) -> RulingView:
    """Return the ruling of a view, which must have one."""
    ruling = dispute_of(view).ruling
    assert ruling is not None
    return ruling


def test_who_is_asked_for_evidence_is_told_until_when() -> None:
    """There are three days to answer; once answered, nobody is asked any more."""
    assert dispute_of(sellers("asked")).asked == "the seller, until 2026-03-05 09:00"
    assert dispute_of(sellers("asked in vain")).asked == ""
    assert "silence loses the case" in sellers("asked").head.status


def test_an_appeal_says_whose_it_is_and_who_reviews_it() -> None:
    """The reviewer is empty until another mediator acts."""
    assert dispute_of(buyers("appealed")).appealed == "the buyer, 2026-03-02 09:00"
    assert (case("appealed").mediator, case("appealed").reviewer) == ("1", "")
    assert dispute_of(buyers("asked")).appealed == ""


# -- returns, replacements, parcels


def test_a_return_says_what_follows_who_pays_and_where_its_parcel_is() -> None:
    """Buyer, seller and mediator all see it."""
    facts = told_by(*GOING_BACK, policy={"return_label_cost": Money(1_200, "USD")})
    for back in (
        buyer_order(facts, BUYER).head.return_,
        seller_order(facts, SELLER).head.return_,
        mediator_case(facts, MEDIATOR).head.return_,
    ):
        assert back is not None
        assert (back.stage, back.then) == ("the goods are on their way back", "100.00 USD")
        assert back.label == "the seller pays it, 12.00 USD"
        assert back.parcel is not None
        assert back.parcel.tracking == "RR473124829CN"


def test_a_contested_return_is_before_the_mediator_with_its_parcel() -> None:
    """The order no longer has the return; it is read from the journal."""
    head = case("contested").head
    assert head.status.startswith("Return contested, it came back damaged")
    back = head.return_
    assert back is not None
    assert back.fault == "it came back damaged"
    assert back.parcel is not None
    assert [one.status for one in back.parcel.scans] == ["delivered"]
    assert case("asked").head.return_ is None
    assert buyers("returned").head.return_ is None


def test_the_number_of_the_next_parcel_is_right_and_its_own() -> None:
    """The first parcel, its replacement and a return have different, well-formed numbers."""
    first = seller_order(facts_in("AWAITING_SHIPMENT"), SELLER).label_number
    second = sellers("decided").label_number
    back = buyers("ruled to go back").label_number
    assert [tracking_fault(one) for one in (first, second, back)] == ["", "", ""]
    assert len({first, second, back}) == 3
    assert (first[-2:], back[-2:]) == ("CN", "DE")


def test_a_parcel_says_when_it_is_expected() -> None:
    """The estimate depends on the two countries and the service in the tracking number."""
    parcel = buyers("protected").parcel
    assert parcel is not None
    assert parcel.expected == "03-17 to 04-16, as registered mail"
    assert parcel.warning == ""
    arrived = buyers("opened").parcel
    assert arrived is not None
    assert arrived.expected == ""


@pytest.mark.parametrize(
    ("name", "warning", "status"),
    [
        ("false", "false shipment", "the buyer may dispute at once"),
        ("unsigned", "without the signature", "the protection goes on"),
    ],
)
def test_what_is_wrong_with_a_parcel_is_said(name: str, warning: str, status: str) -> None:
    """A warning stands next to the number and in the order's status."""
    view = buyers(name)
    assert view.parcel is not None
    assert warning in view.parcel.warning
    assert status in view.head.status


# -- the bank


def test_a_chargeback_says_what_is_taken_and_where_the_order_goes_on() -> None:
    """It goes on in the phase before, with the dispute that was frozen."""
    frozen = chargeback_of(buyers("frozen").head)
    assert (frozen.amount, frozen.paid) == ("100.00 USD", "92.00 EUR")
    assert (frozen.stage, frozen.goes_back_to) == ("the seller answers the bank", "Delivered")
    assert frozen.taken == "the bank has taken it already"
    assert chargeback_of(sellers("frozen").head).paid == ""
    assert chargeback_of(sellers("asked by the bank").head).taken == "nothing was taken yet"
    assert chargeback_of(sellers("answered").head).answered == "2026-03-02 09:00"
    held = chargeback_of(case("frozen in a dispute").head)
    assert held.goes_back_to == "Delivered; the mediator decides"


def chargeback_of(head: Head) -> ChargebackView:
    """Return the chargeback of a head, which must have one."""
    assert head.chargeback is not None
    return head.chargeback


# -- sums other than the price


@pytest.mark.parametrize(
    ("name", "sums"),
    [
        ("lost", {"Refunded": "10.00 USD", "Charged back": "90.00 USD"}),
        ("counterfeit", {"Refunded": "100.00 USD", "Counterfeit penalty": "100.00 USD"}),
        ("executed", {"Refunded": "40.00 USD", "Goodwill": "13.37 USD"}),
        ("protected", {}),
    ],
)
def test_the_sums_other_than_the_price_are_named(name: str, sums: dict[str, str]) -> None:
    """A seller is not told about goodwill."""
    assert {one.title: one.amount for one in buyers(name).head.sums} == sums
    told = {one.title for one in sellers(name).head.sums}
    assert told == sums.keys() - {"Goodwill"}


def test_each_article_says_what_went_back_of_it() -> None:
    """And what can still be refunded; a form offers only lines with something left."""
    view = sellers("of a line")
    pot, cups = view.head.lines
    assert (pot.refunded, pot.left, cups.refunded, cups.left) == (
        "",
        "60.00 USD",
        "10.00 USD",
        "30.00 USD",
    )
    assert choices_of("refund", "line", view) == (
        ("a", "Teapot: 60.00 USD left"),
        ("b", "Cups: 30.00 USD left"),
    )
    gone = seller_order(told_by(*DELIVERED, c.Refund(4_000, "b"), lines=LINES), SELLER)
    assert [value for value, _ in choices_of("refund", "line", gone)] == ["a"]


def test_a_review_is_seen_by_all() -> None:
    """Every role reads the four stars and the text."""
    for head in (buyers("cleared").head, sellers("cleared").head, case("cleared").head):
        assert head.review is not None
        assert (head.review.stars, head.review.text) == (4, "good")


# -- trust, rules, choices


def test_trust_tells_rulings_and_false_shipments_where_there_are_any() -> None:
    """The counts are in words, singular or plural; without orders there is no history."""
    shop = Person("s", Role.SELLER, "Shop", "CN", "Shenzhen", 964, 500, 21, 2, 1)
    assert person_view("s", {"s": shop}).trust == (
        "96.4 % positive, 500 orders, 2.1 % disputed, 2 rulings against, 1 false shipment"
    )
    fresh = Person("b", Role.BUYER, "B.", "DE", "Berlin")
    assert person_view("b", {"b": fresh}).trust == "no history"
    assert person_view("x", {}).name == "x"


@pytest.mark.parametrize(
    ("name", "rows", "others"),
    [
        ("asked", {"auto_confirm_days", "evidence_days"}, {"return_ship_days", "chargeback_fee"}),
        ("offered", {"return_ship_days", "label_payer", "replacement_allowed"}, {"return_days"}),
        ("contested", {"return_confirm_days"}, {"replacement_ship_days"}),
        ("going back", {"return_transit_days"}, {"counterfeit_multiple"}),
        ("frozen in a dispute", {"chargeback_answer_days", "chargeback_money"}, {"return_days"}),
        ("appealed", {"appeal_review_days"}, {"signature_from"}),
        ("false", {"false_shipment_days"}, {"appeal_review_days"}),
        ("unsigned", {"signature_from"}, {"chargeback_fee"}),
    ],
)
def test_the_case_file_holds_the_rows_that_the_case_turns_on(
    name: str, rows: set[str], others: set[str]
) -> None:
    """It depends on what was claimed, proposed, returned, frozen or appealed."""
    held = {rule.row for rule in case(name).rules}
    assert rows <= held
    assert not others & held


def test_a_deadline_becomes_urgent_with_the_last_warning() -> None:
    """The policy warns three days and one day before a deadline."""
    marks = []
    for passed in (3, 4, 6):
        view = buyer_order(told_by(*DELIVERED, days(passed)), BUYER)
        (confirm,) = [one for one in view.head.deadlines if one.name == "auto_confirm"]
        marks.append((confirm.soon, confirm.urgent))
    assert marks == [(False, False), (True, False), (True, True)]


@pytest.mark.parametrize(
    ("verb", "field", "values"),
    [
        ("contest_return", "kind", "not_received damaged empty different missing_parts".split()),
        ("ask_evidence", "from", ["buyer", "seller"]),
        ("decide_chargeback", "won_by", ["buyer", "seller"]),
        ("scan", "of", ["order", "return"]),
        ("accept_proposal", "of", [str(Party.BUYER)]),
        ("rule", "refund", []),
    ],
)
def test_what_can_be_chosen_comes_from_the_fields_words(
    verb: str, field: str, values: list[str]
) -> None:
    """The options come from the tables of words; nobody can accept their own proposal."""
    view: OrderView = sellers("written")
    assert [value for value, _ in choices_of(verb, field, view)] == values


def test_the_carrier_and_the_bank_have_one_view_with_both_their_acts() -> None:
    """In free play one chair plays both."""
    view = backstage_order(facts_in("VERIFYING"), CARRIER, BANK)
    assert isinstance(view, BackstageOrder)
    assert {act.verb for act in view.head.acts} == {
        "scan",
        "verify_payment",
        "decline_payment",
        "settle_refund",
        "open_chargeback",
        "decide_chargeback",
    }
    assert {act.verb for act in view.head.acts if act.possible} == {
        "verify_payment",
        "decline_payment",
        "open_chargeback",
    }
