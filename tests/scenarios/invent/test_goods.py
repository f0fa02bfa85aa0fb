"""The goods of a market and the parcels of free play: seeded, drawable, and giving nothing away."""

import re
from collections import Counter

import pytest

from escrow_tui.engine.market import Listing, Person
from escrow_tui.engine.roles import Role
from escrow_tui.pictures import FLAWS, KINDS, parse_picture
from escrow_tui.scenarios.invent.cast import cast
from escrow_tui.scenarios.invent.goods import WARES, catalogue, found_in
from tests.each import for_each
from tests.scenarios.invent.test_cast import in_a_process

SHOPS = (
    Person("seller-1", Role.SELLER, "Shenzhen Lumi Store", "CN", "Shenzhen", rating=960),
    Person("seller-2", Role.SELLER, "Istanbul Ruyi Trading", "TR", "Istanbul", rating=910),
    Person("seller-3", Role.SELLER, "Yiwu Dafu Store", "CN", "Yiwu", rating=985),
)

# Words that would reveal a flaw before the buyer has looked.
TELLING = (
    r"crack|chip|broken|missing|stain|torn|tear|scratch|damage|wrong|fake|counterfeit|empty|"
    r"defect|refund|dispute|differ"
)


@pytest.fixture(scope="module")
def listings() -> tuple[Listing, ...]:
    """A shop window in which every kind stands several times."""
    return catalogue(7, SHOPS, 160)


def test_a_seed_gives_the_same_goods_and_parcels_in_every_process() -> None:
    """The order of sets and dicts has no influence."""
    code = (
        "from escrow_tui.scenarios.invent.cast import cast\n"
        "from escrow_tui.scenarios.invent.goods import catalogue, found_in\n"
        "print(catalogue(7, cast(7, 0, 3).people, 40))\n"
        "print([found_in(7, f'A{number}', 'mug/blue') for number in range(40)])"
    )
    goods = catalogue(7, cast(7, 0, 3).people, 40)
    parcels = [found_in(7, f"A{number}", "mug/blue") for number in range(40)]
    for hash_seed in ("1", "2"):
        assert in_a_process(code, hash_seed) == f"{goods}\n{parcels}\n"


def test_another_seed_sells_other_goods(listings: tuple[Listing, ...]) -> None:
    """The seed decides the goods."""
    assert catalogue(8, SHOPS, 160) != listings


def test_a_longer_catalogue_begins_with_the_shorter_one(listings: tuple[Listing, ...]) -> None:
    """A listing does not depend on how many come after it."""
    assert catalogue(7, SHOPS, 20) == listings[:20]


def test_every_kind_that_can_be_drawn_is_sold() -> None:
    """The table of wares and the table of drawings have the same rows."""
    assert set(WARES) == set(KINDS)


@pytest.mark.parametrize("kind", WARES)
def test_every_colour_and_flaw_of_a_ware_can_be_drawn(kind: str) -> None:
    """Each combination reads as a picture, and none of a ware's words stands twice."""
    ware = WARES[kind]
    for colour in ware.colours:
        for flaw in ware.flaws:
            assert parse_picture(f"{kind}/{colour}/{flaw}").flaws == (flaw,)
    for words in (ware.makes, ware.details, ware.colours, ware.flaws):
        assert len(set(words)) == len(words)


def test_every_flaw_can_happen_to_something() -> None:
    """Any parcel can be empty; each other flaw is in the row of a ware."""
    assert {flaw for ware in WARES.values() for flaw in ware.flaws} | {"empty"} == set(FLAWS)


def test_every_kind_and_every_shop_is_in_the_window(listings: tuple[Listing, ...]) -> None:
    """Sixteen listings show sixteen kinds; ids count within the kind."""
    assert {one.picture.partition("/")[0] for one in listings[:16]} == set(WARES)
    assert {one.seller for one in listings[:3]} == {"seller-1", "seller-2", "seller-3"}
    assert {one.id for one in listings} == {f"{kind}-{n}" for kind in WARES for n in range(1, 11)}


def test_a_listing_says_what_its_picture_shows(listings: tuple[Listing, ...]) -> None:
    """The kind's noun and the colour stand in the title; the picture shows no flaw."""
    for one in listings:
        shown = parse_picture(one.picture)
        assert WARES[shown.kind].noun in one.title
        assert one.title.endswith(f", {shown.colour}")
        assert one.category == WARES[shown.kind].category
        assert shown.flaws == ()


def test_no_two_listings_have_the_same_title(listings: tuple[Listing, ...]) -> None:
    """A buyer can tell them apart."""
    assert len({one.title for one in listings}) == len(listings)


def test_prices_and_promises_are_those_of_such_goods(listings: tuple[Listing, ...]) -> None:
    """US cents within the ware's range; sent from where the shop is; the fast way costs more."""
    country = {shop.id: shop.country for shop in SHOPS}
    for one in listings:
        ware = WARES[one.picture.partition("/")[0]]
        assert ware.low * 100 <= one.price <= ware.high * 100
        assert one.currency == "USD"
        assert one.origin == country[one.seller]
        assert 3 <= one.promised_days <= 45
        assert (one.shipping == 0) is (one.promised_days >= 20)


def test_each_listing_has_two_to_four_different_reviews(listings: tuple[Listing, ...]) -> None:
    """Good and bad ones are found, more good than bad."""
    for one in listings:
        assert 2 <= len(one.reviews) <= 4
        assert len(set(one.reviews)) == len(one.reviews)
    stars = Counter(review.stars for one in listings for review in one.reviews)
    assert set(stars) == {1, 2, 3, 4, 5}
    assert stars[4] + stars[5] > 3 * (stars[1] + stars[2] + stars[3])


def test_no_word_in_the_window_speaks_of_a_flaw(listings: tuple[Listing, ...]) -> None:
    """What is in the parcel must be seen."""
    for one in listings:
        for text in (one.title, one.text, *(review.text for review in one.reviews)):
            assert not re.search(TELLING, text, re.IGNORECASE), text


def test_about_a_third_of_the_parcels_hold_something_else() -> None:
    """Each way of being something else happens, a flaw most often."""
    found = [parse_picture(found_in(1, f"A{number}", "lamp/white")) for number in range(2000)]
    listed = parse_picture("lamp/white")
    ways = Counter(
        "listed" if one == listed
        else "empty" if one.flaws == ("empty",)
        else "flawed" if one.flaws
        else "recoloured" if one.kind == "lamp"
        else "swapped"
        for one in found
    )  # fmt: skip
    assert 0.31 < 1 - ways["listed"] / 2000 < 0.39
    assert ways["flawed"] > ways["recoloured"] > ways["swapped"] > 0
    assert ways["empty"] > 0


@pytest.mark.parametrize("kind", WARES)
def test_a_parcel_has_one_thing_about_it_that_is_not_as_listed(kind: str) -> None:
    """A flaw that this ware can have, or the colour, or the thing; never two at once."""
    for number in range(300):
        one = parse_picture(found_in(2, f"A{number}", f"{kind}/red"))
        assert (one.kind != kind) + (one.colour != "red") + len(one.flaws) <= 1
        assert set(one.flaws) <= {*WARES[kind].flaws, "empty"}


def test_what_a_parcel_holds_depends_on_seed_order_and_article() -> None:
    """Two articles of one order can differ."""
    orders = [f"A{number}" for number in range(200)]
    mugs = [found_in(1, order, "mug/blue") for order in orders]
    assert mugs == [found_in(1, order, "mug/blue") for order in orders]
    assert mugs != [found_in(2, order, "mug/blue") for order in orders]
    spoilt = [held != "mug/blue" for held in mugs]
    assert spoilt != [found_in(1, order, "mug/pink") != "mug/pink" for order in orders]


@for_each("parcel", ["flawed", "recoloured", "swapped", "empty"])
@for_each("kind", WARES)
def test_a_parcel_that_is_not_as_listed_never_looks_as_listed(
    kind: str, parcel: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another colour is not the same colour again, another thing not the same thing."""
    monkeypatch.setattr("escrow_tui.scenarios.invent.goods._PARCELS", (parcel,))
    listed = f"{kind}/{WARES[kind].colours[0]}"
    assert listed not in {found_in(3, f"A{number}", listed) for number in range(100)}
