"""From a cart to orders: one order a seller, with the quote that is locked when it is placed."""

from collections.abc import Iterable, Sequence

from escrow_tui.desk.rates import RATES
from escrow_tui.desk.session import Purchase
from escrow_tui.engine.commands import Line, PlaceOrder
from escrow_tui.engine.market import Listing, Person
from escrow_tui.engine.roles import Actor


def orders_of(
    buyer: Actor, purchase: Purchase, listings: Iterable[Listing], destination: str
) -> tuple[PlaceOrder, ...]:
    """Return one command a seller, in the order of the cart."""
    by_seller: dict[str, list[Listing]] = {}
    for listing in listings:
        by_seller.setdefault(listing.seller, []).append(listing)
    return tuple(
        _order(buyer, seller, lines, purchase, destination) for seller, lines in by_seller.items()
    )


def _order(
    buyer: Actor, seller: str, listings: Sequence[Listing], purchase: Purchase, destination: str
) -> PlaceOrder:
    first = listings[0]
    abroad = purchase.pay_in not in ("", first.currency)
    return PlaceOrder(
        buyer=buyer.person,
        seller=seller,
        lines=tuple(
            Line(f"{listing.id}.{nth}", listing.price, listing.title, listing.picture)
            for nth, listing in enumerate(listings, 1)
        ),
        currency=first.currency,
        shipping=sum(listing.shipping for listing in listings),
        origin=first.origin,
        destination=destination,
        promised_days=max(listing.promised_days for listing in listings),
        method=purchase.method,
        pay_in=purchase.pay_in if abroad else "",
        rate=RATES.get(purchase.pay_in, "") if abroad else "",
    )


def country_of(person: Person | None) -> str:
    """Return where a buyer's parcels go."""
    return person.country if person else "DE"


def order_name(taken: int) -> str:
    """Name the next order of a market: A, B, ... Z, AA, AB, ..."""
    name, left = "", taken + 1
    while left:
        left, letter = divmod(left - 1, 26)
        name = chr(ord("A") + letter) + name
    return name
