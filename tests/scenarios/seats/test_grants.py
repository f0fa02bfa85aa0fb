"""Seats of a free market: each is for another person, who is made if nobody is free."""

import pytest

from escrow_tui.engine.roles import Role
from escrow_tui.scenarios.opening import open_free_play
from escrow_tui.scenarios.seats.grants import (
    give,
    market_for,
    market_named,
    new_market,
    revoke,
    seats_of,
)
from escrow_tui.scenarios.seats.people import SeatProblem, SeatRequest
from escrow_tui.store import RunRow
from escrow_tui.store.rows.seat_codes import code_of, hash_of
from escrow_tui.store.store import Store
from tests.given.small_scenario import begun

NOW, SEED = "2026-01-01T10:00:00Z", 7


@pytest.fixture
def market(store: Store) -> RunRow:
    """A free market of six shops and one buyer."""
    return new_market(store, "Class 3", NOW, SEED)


def given(store: Store, market: RunRow, role: str, times: int = 1) -> list[str]:
    """Give seats; the persons."""
    return [give(store, market, SeatRequest(role), NOW).seat.person for _ in range(times)]


def test_each_seat_of_a_role_is_another_person(store: Store, market: RunRow) -> None:
    """Those who are there come first; further ones are made from the market's seed."""
    assert given(store, market, "buyer", 3) == ["buyer-1", "buyer-2", "buyer-3"]
    assert given(store, market, "seller", 7) == [f"seller-{number}" for number in range(1, 8)]
    assert given(store, market, "mediator", 3) == ["1", "2", "3"]
    assert given(store, market, "backstage", 2) == ["", ""]
    with store.reading() as reading:
        people = reading.people(market.market)
        private = reading.private_of(market.market, "buyer-3")
    assert people["buyer-3"].role is Role.BUYER
    assert people["seller-7"].role is Role.SELLER
    assert private is not None
    assert private.card


def test_a_new_shop_has_goods_of_its_own(store: Store, market: RunRow) -> None:
    """As many as each of the others, under ids that no other article has."""
    given(store, market, "seller", 8)
    with store.reading() as reading:
        goods = reading.listings(market.market, limit=1_000)
    counts = {shop: [one.seller for one in goods].count(shop) for shop in {g.seller for g in goods}}
    assert counts == {f"seller-{number}": 8 for number in range(1, 9)}
    assert len({one.id for one in goods}) == len(goods)


def test_the_same_seed_gives_the_same_newcomers(store: Store, market: RunRow) -> None:
    """Whenever they come."""
    twin = new_market(store, "Twin", NOW, SEED)
    for role in ("buyer", "seller"):
        given(store, market, role, 8)
    for role in ("seller", "buyer"):
        given(store, twin, role, 8)
    with store.reading() as reading:
        assert reading.people(market.market) == reading.people(twin.market)


def test_a_named_person_and_the_next_after_a_revoked_one(store: Store, market: RunRow) -> None:
    """A person who lost their terminal gets a new seat for themselves."""
    seat = give(store, market, SeatRequest("seller", "seller-4", "Anna"), NOW).seat
    assert (seat.person, seat.label, seat.state) == ("seller-4", "Anna", "invited")
    given(store, market, "mediator", 2)
    first, *_ = [one for one in seats_of(store, market.market) if one.person == "1"]
    assert revoke(store, seat.id.upper()).id == seat.id
    revoke(store, first.id)
    assert give(store, market, SeatRequest("seller", "seller-4"), NOW).seat.id != seat.id
    assert given(store, market, "mediator") == ["1"]
    assert given(store, market, "mediator") == ["3"]


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        (SeatRequest("buyer", "buyer-9"), "There is no buyer buyer-9 in this market"),
        (SeatRequest("buyer", "seller-1"), "There is no buyer seller-1 in this market"),
        (SeatRequest("mediator", "x"), "x is no mediator; mediators are 1, 2, 3 and so on"),
        (SeatRequest("mediator", "01"), "01 is no mediator"),
        (SeatRequest("mediator", "²"), "² is no mediator"),
        (SeatRequest("backstage", "carrier"), "Backstage sits nobody in particular"),
        (SeatRequest("buyer", "", "x" * 81), "A label is one line of at most 80 characters"),
        (SeatRequest("buyer", "", "two\nlines"), "A label is one line"),
        (SeatRequest("buyer", "buyer-1"), r"buyer-1 has the seat \w{6}; revoke it first"),
    ],
)
def test_what_cannot_be_given_is_one_sentence(
    store: Store, market: RunRow, wanted: SeatRequest, sentence: str
) -> None:
    """And nothing is given."""
    given(store, market, "buyer")
    with pytest.raises(SeatProblem, match=sentence):
        give(store, market, wanted, NOW)
    assert len(seats_of(store)) == 1


def test_there_are_no_more_shops_than_names(
    store: Store, market: RunRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sentence, and the seats that are there stay."""
    monkeypatch.setattr("escrow_tui.scenarios.invent.cast._SHOP_WORDS", ["One"])
    monkeypatch.setattr("escrow_tui.scenarios.invent.cast.SHOP_PLACES", (("Yiwu", "CN"),) * 6)
    given(store, market, "seller", 6)
    with pytest.raises(SeatProblem, match="no more names for shops"):
        given(store, market, "seller")


def test_the_code_is_told_once_and_kept_as_a_hash(store: Store, market: RunRow) -> None:
    """Neither the store nor a printed value holds it."""
    told = give(store, market, SeatRequest("buyer"), NOW)
    (seat,) = seats_of(store)
    assert seat.code_hash == hash_of(code_of(told.code))
    assert told.code not in repr(told)
    assert (seat.key_hash, seat.joined) == ("", "")


# -- the market


def test_a_market_is_the_newest_or_the_one_that_is_named(store: Store) -> None:
    """By its id, its run's or its title; exercises have no seats."""
    begun(store)
    first = market_for(store, "", "2026-01-01T10:00:00Z")
    assert first.title == "Free market"
    second = new_market(store, "Class 3", "2026-01-02T10:00:00Z")
    assert first.market != second.market
    assert market_for(store, "", NOW).market == second.market
    for name in (first.id, first.market, "Free market"):
        assert market_named(store, name).market == first.market


def test_a_market_that_is_not_there_or_not_alone_is_one_sentence(store: Store) -> None:
    """It names those that are there."""
    exercise = begun(store)
    with pytest.raises(SeatProblem, match="no free market Class 3; there are: none"):
        market_for(store, "Class 3", NOW)
    markets = [new_market(store, "Class 3", NOW, seed) for seed in (1, 2)]
    with pytest.raises(SeatProblem, match="Several markets are called Class 3") as problem:
        market_for(store, "Class 3", NOW)
    assert all(one.market in str(problem.value) for one in markets)
    with pytest.raises(SeatProblem, match="There is no free market"):
        market_named(store, exercise.record.run.id)
    for title in ("x" * 81, "two\nlines"):
        with pytest.raises(SeatProblem, match="title is one line of at most 80"):
            new_market(store, title, NOW)


def test_a_seat_is_revoked_by_its_id_alone(store: Store, market: RunRow) -> None:
    """Once."""
    seat = give(store, market, SeatRequest("buyer"), NOW).seat
    with pytest.raises(SeatProblem, match="There is no seat nobody"):
        revoke(store, "nobody")
    revoke(store, seat.id)
    with pytest.raises(SeatProblem, match="was revoked before"):
        revoke(store, seat.id)


def test_a_market_of_ones_own_gets_its_seats_where_it_stands_now(store: Store) -> None:
    """Something was taken back before: the run has gone on in another market."""
    holder = open_free_play(store, SEED, created=NOW)
    holder.advance(holder.now() + 3_600)
    holder.undo()
    assert market_named(store, "").market == holder.desk.market
