"""The views of the shop window and of the checkout."""

from collections.abc import Mapping

import msgspec

from escrow_tui.engine.commands import PlaceOrder
from escrow_tui.engine.market import Listing, Person
from escrow_tui.engine.methods import METHODS, fee_of
from escrow_tui.engine.money import Money, plain
from escrow_tui.views.parts import PersonView
from escrow_tui.views.person import person_view


class ListingView(msgspec.Struct, frozen=True, kw_only=True):
    """An article in the shop window.

    `own_price` is in the buyer's own currency and is empty where that is the seller's too.
    `whole` is the price with shipping, for a cart to add up.
    """

    id: str
    title: str
    category: str
    picture: str
    price: str
    shipping: str
    own_price: str
    text: str
    delivery: str
    seller: PersonView
    stars: str
    reviews: tuple[str, ...]
    whole: Money
    own_currency: str


class QuotePart(msgspec.Struct, frozen=True, kw_only=True):
    """What one order of a purchase would cost; a purchase has one order for each seller.

    `held` is what escrow would hold, `charged` the same in the currency paid in, `agent_fee` what
    an agent takes on top.
    """

    order: str
    seller: str
    lines: tuple[str, ...]
    goods: str
    shipping: str
    total: str
    paid: str
    fee: str
    delivery: str
    held: Money
    charged: Money
    agent_fee: Money


class Quote(msgspec.Struct, frozen=True):
    """What a purchase would cost; `why_not` says why it cannot be made, and is empty if it can."""

    parts: tuple[QuotePart, ...]
    method: str
    rate: str
    why_not: str


def listing_view(
    listing: Listing, people: Mapping[str, Person], own: str, own_minor: int
) -> ListingView:
    """Return an article; `own_minor` is its price in the buyer's currency `own`, in minor units."""
    stars = [review.stars for review in listing.reviews]
    average = f"{sum(stars) / len(stars):.1f} of 5 ({len(stars)})" if stars else "no reviews"
    return ListingView(
        id=listing.id,
        title=listing.title,
        category=listing.category,
        picture=listing.picture,
        price=f"{plain(listing.price, listing.currency)} {listing.currency}",
        shipping=f"{plain(listing.shipping, listing.currency)} {listing.currency}",
        own_price=f"{plain(own_minor, own)} {own}" if own != listing.currency else "",
        text=listing.text,
        delivery=f"about {listing.promised_days} days from {listing.origin}",
        seller=person_view(listing.seller, people),
        stars=average,
        reviews=tuple(f"{'*' * review.stars:<5} {review.text}" for review in listing.reviews),
        whole=Money(listing.price + listing.shipping, listing.currency),
        own_currency=own,
    )


def quote_part(
    order_id: str, command: PlaceOrder, paid_total: int, people: Mapping[str, Person]
) -> QuotePart:
    """Return what one order costs; `paid_total` is in minor units of the currency paid in."""
    currency, paid_in = command.currency, command.pay_in or command.currency
    goods = sum(line.amount for line in command.lines)
    total = goods + command.shipping
    fee = fee_of(METHODS[command.method], total, currency)

    def shown(minor: int, code: str) -> str:
        return f"{plain(minor, code)} {code}"

    return QuotePart(
        order=order_id,
        seller=person_view(command.seller, people).name,
        lines=tuple(f"{line.title}  {shown(line.amount, currency)}" for line in command.lines),
        goods=shown(goods, currency),
        shipping=shown(command.shipping, currency),
        total=shown(total, currency),
        paid=shown(paid_total, paid_in),
        fee=shown(fee, currency) if fee else "",
        delivery=(
            f"about {command.promised_days} days from {command.origin} to {command.destination}"
        ),
        held=Money(total, currency),
        charged=Money(paid_total, paid_in),
        agent_fee=Money(fee, currency),
    )
