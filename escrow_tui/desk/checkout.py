"""From a cart to orders: one order per seller, with the exchange rate locked when it is placed."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import count

from escrow_tui.desk.news import order_id_of
from escrow_tui.desk.question import market_row
from escrow_tui.desk.rates import RATES
from escrow_tui.desk.session import Purchase
from escrow_tui.engine.account import SellerAccount
from escrow_tui.engine.answers import Refused
from escrow_tui.engine.commands import Line, PlaceOrder
from escrow_tui.engine.context import Context
from escrow_tui.engine.events import OrderPlaced
from escrow_tui.engine.market import Listing, Person
from escrow_tui.engine.payment import place
from escrow_tui.engine.roles import Actor
from escrow_tui.store import Reading
from escrow_tui.views.shop import Quote, quote_part


def cart_orders(
    reading: Reading, market: str, buyer: Actor, purchase: Purchase
) -> tuple[PlaceOrder, ...]:
    """Return the commands that place a purchase, one per seller, in the order of the cart."""
    found = (reading.listing(market, one) for one in purchase.listings)
    country = country_of(reading.some_people(market, [buyer.person]).get(buyer.person))
    by_seller: dict[str, list[Listing]] = {}
    for listing in filter(None, found):
        by_seller.setdefault(listing.seller, []).append(listing)
    return tuple(
        _order(buyer, seller, lines, purchase, country) for seller, lines in by_seller.items()
    )


def cart_quote(reading: Reading, market: str, buyer: Actor, purchase: Purchase) -> Quote:
    """Return what a purchase would cost, with one part per seller."""
    commands = cart_orders(reading, market, buyer, purchase)
    people = reading.some_people(market, (one.seller for one in commands))
    parts = tuple(
        quote_part(name, command, _paid(reading, market, buyer, command), people)
        for command, name in zip(commands, free_names(reading, market), strict=False)
    )
    rate = commands[0].rate if commands else ""
    shown = f"1 {commands[0].currency} = {rate} {purchase.pay_in}, locked" if rate else ""
    return Quote(parts, purchase.method, shown, "" if parts else "The cart is empty.")


def name_for(reading: Reading, market: str, command_id: str) -> str:
    """Return the id for a new order; a command id that was used before keeps its order's id."""
    given = reading.entry_of(market, command_id) if command_id else None
    return order_id_of(given) if given else next(free_names(reading, market))


def free_names(reading: Reading, market: str) -> Iterator[str]:
    """Yield ids that no order of the market has, the next one first."""
    taken = sum(reading.phase_counts(market).values())
    names = (order_name(number) for number in count(taken))
    return (name for name in names if reading.order(market, name) is None)


def order_name(taken: int) -> str:
    """Return the id of the order after this many: A, B, ... Z, AA, AB, ..."""
    name, left = "", taken + 1
    while left:
        left, letter = divmod(left - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


def country_of(person: Person | None) -> str:
    """Return the country that a buyer's parcels go to."""
    return person.country if person else "DE"


def _order(
    buyer: Actor, seller: str, listings: Sequence[Listing], purchase: Purchase, destination: str
) -> PlaceOrder:
    first = listings[0]
    abroad = purchase.pay_in not in ("", first.currency)
    return PlaceOrder(
        buyer=buyer.person,
        seller=seller,
        lines=_lines(listings),
        currency=first.currency,
        shipping=sum(listing.shipping for listing in listings),
        origin=first.origin,
        destination=destination,
        promised_days=max(listing.promised_days for listing in listings),
        method=purchase.method,
        pay_in=purchase.pay_in if abroad else "",
        rate=RATES.get(purchase.pay_in, "") if abroad else "",
    )


def _lines(listings: Iterable[Listing]) -> tuple[Line, ...]:
    return tuple(
        Line(f"{listing.id}.{nth}", listing.price, listing.title, listing.picture)
        for nth, listing in enumerate(listings, 1)
    )


def _paid(reading: Reading, market_id: str, buyer: Actor, command: PlaceOrder) -> int:
    """Return what the buyer would pay (minor units of the currency paid in)."""
    market = market_row(reading, market_id)
    policy = reading.policy(market.policy_hash)
    context = Context(
        actor=buyer,
        policy=policy,
        policy_hash=market.policy_hash,
        now=market.now,
        account=SellerAccount,
    )
    placed = place(command, context)
    if isinstance(placed, Refused):
        return 0
    return next(one.paid_total for one in placed if isinstance(one, OrderPlaced))
