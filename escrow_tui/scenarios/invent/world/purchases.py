"""What the buyers of a world order: from whom, which articles, and how they pay."""

from collections.abc import Iterable, Sequence
from random import Random
from typing import TypeVar

from escrow_tui.desk.rates import RATES, own_currency
from escrow_tui.engine.commands import Line, PlaceOrder
from escrow_tui.engine.instant import DAY
from escrow_tui.engine.market import Listing, Person
from escrow_tui.scenarios.invent.world.stories import OrderStory

_QUICK_DAYS = 7
# A hundred payments by method; cash comes last, so that a card can be drawn from the others.
_METHODS = (
    ("credit_card",) * 58 + ("debit_card",) * 24 + ("virtual_card",) * 10 + ("western_union",) * 8
)
_CARDS = 92
# How many different articles of a shop are bought together.
_TOGETHER = (1,) * 8 + (2, 3)

T = TypeVar("T")


class Shopping:
    """A world's shop window, and its buyers."""

    def __init__(self, chance: Random, buyers: list[Person], goods: tuple[Listing, ...]) -> None:
        self._chance = chance
        self._buyers = buyers
        self._quick = _articles(one for one in goods if one.promised_days <= _QUICK_DAYS)
        self._slow = _articles(one for one in goods if one.promised_days > _QUICK_DAYS)

    def order(self, story: OrderStory, at: int) -> PlaceOrder:
        """Draw an order that fits this story, placed at this instant (Unix seconds)."""
        chance = self._chance
        buyer = _often_the_first(chance, self._buyers)
        shelf = _often_the_first(chance, self._quick if story.quick else self._slow)
        chosen = chance.sample(shelf, min(len(shelf), chance.choice(_TOGETHER)))
        listings = [listing for listing, _ in chosen]
        first = listings[0]
        pay_in, rate = self._abroad(buyer)
        return PlaceOrder(
            buyer=buyer.id,
            seller=first.seller,
            lines=tuple([line for _, line in chosen]),
            currency=first.currency,
            shipping=sum([listing.shipping for listing in listings]),
            origin=first.origin,
            destination=buyer.country,
            promised_days=max([listing.promised_days for listing in listings]),
            method=_METHODS[chance.randrange(_CARDS if story.card else len(_METHODS))],
            pay_in=pay_in,
            rate=rate,
            card_expires=self._card_expires(at),
        )

    def _abroad(self, buyer: Person) -> tuple[str, str]:
        """Return a foreign currency to pay in, and its rate; empty for those who pay in dollars."""
        own = own_currency(buyer.country)
        if own == "USD" or self._chance.randrange(10) < 4:
            return "", ""
        return own, RATES[own]

    def _card_expires(self, at: int) -> int:
        """Return when a card expires, for the few that expire soon; 0 for others."""
        if self._chance.randrange(20):
            return 0
        return at + self._chance.randint(10, 400) * DAY


def _articles(listings: Iterable[Listing]) -> list[list[tuple[Listing, Line]]]:
    """Return each shop's articles, each with its line of an order."""
    shops: dict[str, list[tuple[Listing, Line]]] = {}
    for one in listings:
        line = Line(f"{one.id}.1", one.price, one.title, one.picture)
        shops.setdefault(one.seller, []).append((one, line))
    return list(shops.values())


def _often_the_first(chance: Random, among: Sequence[T]) -> T:
    """Draw one, the first ones more often: some people and shops trade more than others."""
    drawn = chance.random()
    return among[int(drawn * drawn * len(among))]
