"""What a market holds besides its orders: people, shops and listings."""

import msgspec

from escrow_tui.engine.roles import Role


class Person(msgspec.Struct, frozen=True):
    """A party as everybody may see them; a buyer's `name` is masked, a seller's is the shop's.

    `rating` and `dispute_rate` are in tenths of a percent (0 to 1000).
    """

    id: str
    role: Role
    name: str
    country: str
    city: str
    rating: int = 0
    orders: int = 0
    dispute_rate: int = 0
    rulings_against: int = 0
    false_shipments: int = 0


class Private(msgspec.Struct, frozen=True):
    """What only the person themselves may see; it has a table of its own."""

    person: str
    name: str
    street: str
    phone: str
    card: str


class PastReview(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a buyer wrote before the market began; one to five stars."""

    stars: int
    text: str


class Listing(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An article in the shop window; `price` and `shipping` in minor units of `currency`.

    A field that is added has a default for the listings that were stored without it.
    """

    id: str
    seller: str
    title: str
    category: str
    picture: str
    price: int
    shipping: int
    currency: str
    origin: str
    promised_days: int
    text: str
    reviews: tuple[PastReview, ...] = ()
