"""Reads of a market itself, its policy, people and catalogue."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Select, bindparam, func, or_, select, tuple_

from escrow_tui.engine.market import Listing, Person, Private
from escrow_tui.engine.policy import Policy
from escrow_tui.engine.trust import Figure, trusted
from escrow_tui.store.reads.search import containing, words_in
from escrow_tui.store.records import ListingKey, MarketRow
from escrow_tui.store.rows import codec
from escrow_tui.store.rows.content import word_of
from escrow_tui.store.rows.link_queries import Queries
from escrow_tui.store.schema import LISTING, MARKET, PERSON, POLICY, PRIVATE, TRUST

_MARKET: BindParameter[str] = bindparam("market")
_ONE = select(*(MARKET.c[name] for name in MarketRow.__struct_fields__)).where(
    MARKET.c.id == _MARKET
)
_AS_SEEN = select(*(PERSON.c[name] for name in Person.__struct_fields__)).where(
    PERSON.c.market == _MARKET
)
_POLICY = select(POLICY.c.content).where(POLICY.c.hash == bindparam("hash"))
_PEOPLE = _AS_SEEN.order_by(PERSON.c.id)
_PERSON = _AS_SEEN.where(PERSON.c.id == bindparam("person"))
_OWN = select(TRUST.c.figure, TRUST.c.count.label("counted")).where(
    TRUST.c.market == _MARKET, TRUST.c.person == bindparam("person")
)
_PRIVATE = select(
    PRIVATE.c.person, PRIVATE.c.name, PRIVATE.c.street, PRIVATE.c.phone, PRIVATE.c.card
).where(PRIVATE.c.market == _MARKET, PRIVATE.c.person == bindparam("person"))
_ADDRESS = select(PRIVATE.c.name, PRIVATE.c.street).where(
    PRIVATE.c.market == _MARKET, PRIVATE.c.person == bindparam("person")
)
_TRUST = select(TRUST.c.person, TRUST.c.figure, TRUST.c.count).where(TRUST.c.market == _MARKET)
_LISTING = select(LISTING.c.body).where(
    LISTING.c.market == _MARKET, LISTING.c.id == bindparam("id")
)


class MarketReads(Queries):
    """What a market holds besides its orders."""

    def market(self, market: str) -> MarketRow | None:
        """Return the market, its clock and its last entry's number."""
        row = self._link.first(_ONE, {"market": market})
        return None if row is None else MarketRow(*row)

    def policy(self, policy_hash: str) -> Policy:
        """Return the policy with this hash.

        Raises:
            KeyError: the store has no such policy.
        """
        if policy_hash not in self._policies:
            row = self._link.first(_POLICY, {"hash": policy_hash})
            if row is None:
                raise KeyError(policy_hash)
            self._policies[policy_hash] = codec.policy_from(row.content)
        return self._policies[policy_hash]

    def people(self, market: str) -> dict[str, Person]:
        """Return all people by id as everybody may see them, with their figures in the market."""
        people = [codec.person_from(row) for row in self._link.all(_PEOPLE, {"market": market})]
        figures: dict[str, dict[Figure, int]] = {}
        for (person, figure), count in self.trust(market).items():
            figures.setdefault(person, {})[figure] = count
        return {one.id: trusted(one, figures.get(one.id, {})) for one in people}

    def some_people(self, market: str, ids: Iterable[str]) -> dict[str, Person]:
        """Return these people as `people` does; unknown ids are left out."""
        found: dict[str, Person] = {}
        for person in dict.fromkeys(ids):
            params = {"market": market, "person": person}
            if row := self._link.first(_PERSON, params):
                own = self._link.all(_OWN, params)
                figures = {word_of(Figure, one.figure): one.counted for one in own}
                found[person] = trusted(codec.person_from(row), figures)
        return found

    def trust(self, market: str) -> dict[tuple[str, Figure], int]:
        """Return the trust figures counted in the market, by person and figure."""
        rows = self._link.all(_TRUST, {"market": market})
        return {(person, word_of(Figure, figure)): count for person, figure, count in rows}

    def private_of(self, market: str, person: str) -> Private | None:
        """Return the fields that only this person may see; nothing else reads the card."""
        row = self._link.first(_PRIVATE, {"market": market, "person": person})
        return None if row is None else Private(*row)

    def address_of(self, market: str, person: str) -> str:
        """Return the postal address of this person, "" if unknown; never the card.

        For the seller of an order whose policy has `seller_sees_address`.
        """
        row = self._link.first(_ADDRESS, {"market": market, "person": person})
        return "" if row is None else f"{row.name}, {row.street}"

    def listing(self, market: str, listing_id: str) -> Listing | None:
        """Return one article, or None."""
        row = self._link.first(_LISTING, {"market": market, "id": listing_id})
        return None if row is None else codec.listing_from(row.body)

    def listings(
        self,
        market: str,
        search: str = "",
        after: ListingKey | None = None,
        limit: int = 50,
    ) -> tuple[Listing, ...]:
        """Return a page of the articles that contain every word of `search`, sorted by title.

        A word may also occur in the name of the category.
        """
        wanted = words_in(search)
        words = {f"word_{n}": containing(word) for n, word in enumerate(wanted)}
        statement = _catalogue(len(words), after is not None)
        key = (after.title, after.id) if after else ("", "")
        params = {"market": market, "limit": limit}
        rows = self._link.all(statement, {**params, **words, "title": key[0], "id": key[1]})
        return tuple(codec.listing_from(row.body) for row in rows)


@cache
def _catalogue(words: int, goes_on: bool) -> Select[Any]:
    by_title = (LISTING.c.title, LISTING.c.id)
    statement = select(LISTING.c.body).where(LISTING.c.market == _MARKET)
    for n in range(words):
        texts = (LISTING.c.words, func.lower(LISTING.c.category))
        word: BindParameter[str] = bindparam(f"word_{n}")
        statement = statement.where(or_(*(text.like(word, escape="/") for text in texts)))
    if goes_on:
        statement = statement.where(tuple_(*by_title) > tuple_(bindparam("title"), bindparam("id")))
    return statement.order_by(*by_title).limit(bindparam("limit"))
