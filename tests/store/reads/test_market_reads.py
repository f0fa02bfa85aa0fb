"""People, their private details, the catalogue, and policies."""

import hashlib
import json

import msgspec
import pytest

from escrow_tui.engine.market import Listing, PastReview, Person, Private
from escrow_tui.engine.roles import Role
from escrow_tui.store import listing_key
from escrow_tui.store.rows.content import content_hash
from escrow_tui.store.rows.pages import rows_of
from escrow_tui.store.schema import POLICY as POLICIES
from escrow_tui.store.store import Store
from tests.given.store_world import HASH, MARKET, POLICY, START

ANN = Person("buyer-1", Role.BUYER, "A*** P.", "DE", "Berlin", 0, 3, 12)
SHOP = Person("seller-1", Role.SELLER, "Lumi Store", "CN", "Shenzhen", 973, 1_204, 21)
CARD = Private("buyer-1", "Ann Price", "Weg 1", "+49 30 1", "4242424242424242")


def _listing(listing_id: str, title: str, category: str, text: str = "") -> Listing:
    reviews = (PastReview(5, "good"), PastReview(1, "bad"))
    return Listing(
        id=listing_id,
        seller="seller-1",
        title=title,
        category=category,
        picture="teapot/red",
        price=2_599,
        shipping=0,
        currency="USD",
        origin="CN",
        promised_days=30,
        text=text,
        reviews=reviews,
    )


LISTINGS = (
    _listing("l-1", "Red teapot", "home", "100% glass"),
    _listing("l-2", "Blue teapot", "home", "thick clay"),
    _listing("l-3", "Straßenlampe", "garden"),
    _listing("l-4", "Blue teapot", "toys", "for dolls_house"),
)


@pytest.fixture
def shop(store: Store) -> Store:
    """A market with two people and four articles."""
    with store.writing() as writing:
        writing.put_people(MARKET, [SHOP, ANN])
        writing.put_private(MARKET, [CARD])
        writing.put_listings(MARKET, LISTINGS)
        writing.put_listings(MARKET, [])
    return store


def test_people_come_back_by_id(shop: Store) -> None:
    """A market's people are those that were put there."""
    with shop.reading() as reading:
        assert reading.people(MARKET) == {"buyer-1": ANN, "seller-1": SHOP}
        assert reading.people("market-9") == {}


def test_private_details_are_read_for_one_person(shop: Store) -> None:
    """Only people with private details have a row."""
    with shop.reading() as reading:
        assert reading.private_of(MARKET, "buyer-1") == CARD
        assert reading.private_of(MARKET, "seller-1") is None


def test_the_catalogue_is_paged_by_title(shop: Store) -> None:
    """Each article is on one page, complete; articles with the same title are ordered by id."""
    with shop.reading() as reading:
        first = reading.listings(MARKET, limit=1)
        rest = reading.listings(MARKET, after=listing_key(first[0]))
        one = reading.listing(MARKET, "l-3")
        nothing = reading.listing(MARKET, "l-9")
    red, blue, lamp, toy = LISTINGS
    assert first + rest == (blue, toy, red, lamp)
    assert (one, nothing) == (lamp, None)


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("TEAPOT", "l-2 l-4 l-1"),
        ("teapot blue home", "l-2"),
        ("STRASSE", "l-3"),
        ("100%", "l-1"),
        ("0% g", "l-1"),
        ("a%t", ""),
        ("dolls_h", "l-4"),
        ("t_apot", ""),
        ("/", ""),
        ("' OR 1=1 --", ""),
        ("toys", "l-4"),
        (" ".join(["teapot"] * 5_000), "l-2 l-4 l-1"),
    ],
)
def test_searching_finds_every_word_as_it_was_typed(shop: Store, search: str, found: str) -> None:
    """In an article's text or as its category; case does not matter, and nothing is a wildcard."""
    with shop.reading() as reading:
        listings = reading.listings(MARKET, search)
    assert " ".join(listing.id for listing in listings) == found


def test_a_policy_is_kept_once_by_its_hash(store: Store) -> None:
    """Putting it again changes nothing; a missing one is named."""
    with store.writing() as writing:
        assert writing.put_policy(POLICY) == HASH
    with store.reading() as reading:
        assert reading.policy(HASH) == POLICY
        with pytest.raises(KeyError, match="no-such-hash"):
            reading.policy("no-such-hash")


def test_a_policy_is_hashed_by_its_stored_bytes(store: Store) -> None:
    """So a version that knows fewer rows, or more, gets the same hash."""
    with store.backend.reading() as link:
        (row,) = rows_of(link, POLICIES)
    assert row.hash == hashlib.sha256(row.content).hexdigest() == content_hash(row.content)
    in_another_order = dict(reversed(json.loads(row.content).items()))
    assert content_hash(msgspec.json.encode(in_another_order)) == row.hash
    assert content_hash(row.content.replace(b"7", b"8", 1)) != row.hash
    assert content_hash(b"no JSON") == hashlib.sha256(b"no JSON").hexdigest()


def test_a_market_tells_its_clock_and_its_policy(store: Store) -> None:
    """A new market starts with the clock and policy that it was given."""
    with store.reading() as reading:
        market = reading.market(MARKET)
        assert reading.market("market-9") is None
    assert market is not None
    assert (market.started, market.now, market.seq) == (START, START, 0)
    assert (market.policy_hash, market.parent) == (HASH, "")
