"""What the shops offer, and what a parcel of free play contains: both from the market's seed."""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from itertools import product
from random import Random

import msgspec

from escrow_tui.engine.market import Listing, PastReview, Person
from escrow_tui.pictures import COLOURS


class Ware(msgspec.Struct, frozen=True):
    """A kind of goods: the words of its titles, its price from `low` to `high` in whole dollars.

    `flaws` are those that it can have: porcelain does not tear.
    """

    category: str
    low: int
    high: int
    noun: str
    makes: tuple[str, ...]
    details: tuple[str, ...]
    colours: tuple[str, ...]
    text: str
    flaws: tuple[str, ...]


def _ware(
    category: str,
    prices: tuple[int, int],
    noun: str,
    makes: str,
    details: str,
    colours: str,
    text: str,
    flaws: str,
) -> Ware:
    words = tuple(makes.split("|")), tuple(details.split("|")), tuple(colours.split())
    return Ware(category, *prices, noun, *words, text, tuple(flaws.split()))


# One row for each kind of goods that `pictures` can draw. The text names the part that comes with
# it, so that a buyer can tell whether it is missing.
# fmt: off
WARES: dict[str, Ware] = {
    "teapot": _ware(
        "Kitchen", (14, 38), "teapot", "Ceramic|Porcelain|Stoneware|Hand-glazed",
        "900 ml|1.2 l|for two|with strainer", "white blue green red",
        "Glazed inside and out, holds the heat. Comes with its lid.",
        "crack chip missing_part stain other_label"),
    "lamp": _ware(
        "Lighting", (16, 54), "table lamp", "Dimmable|Bedside|Reading|Nordic",
        "40 cm|E27 socket|with switch|warm light", "white black grey yellow",
        "For desk or bedside, cable of 1.5 m. Comes with its shade.",
        "crack chip missing_part other_label"),
    "mug": _ware(
        "Kitchen", (6, 15), "mug", "Ceramic|Enamel|Stoneware|Camping",
        "350 ml|450 ml|extra thick|for the office", "white black blue yellow pink",
        "Keeps coffee hot; fit for dishwasher and microwave oven. With a handle.",
        "crack chip missing_part stain wrong_size"),
    "vase": _ware(
        "Home", (12, 46), "vase", "Glass|Ceramic|Porcelain|Hand-painted",
        "25 cm|30 cm|two handles|for dry flowers", "white blue green red",
        "Stands firm and is watertight. It has a handle on either side.",
        "crack chip missing_part wrong_size"),
    "umbrella": _ware(
        "Accessories", (9, 29), "umbrella", "Windproof|Automatic|Classic|Light",
        "8 ribs|10 ribs|105 cm|for two", "black blue red yellow",
        "Opens with one hand and dries fast. Curved handle.",
        "torn missing_part stain wrong_size"),
    "phone_case": _ware(
        "Phones", (4, 17), "phone case", "Silicone|Soft|Shockproof|Slim",
        "6.1 inch|6.7 inch|with strap|raised edge", "black white pink blue",
        "Precise openings for camera and keys. A strap hangs at its side.",
        "crack chip missing_part wrong_size other_label"),
    "headphones": _ware(
        "Audio", (19, 89), "headphones", "Wireless|Studio|Folding|Noise-cancelling",
        "40 h battery|Bluetooth 5.3|with microphone|over-ear", "black white red grey",
        "Soft cushions and clear voices. A charging cable is in the box.",
        "crack chip missing_part other_label"),
    "keyboard": _ware(
        "Computers", (22, 95), "keyboard", "Mechanical|Quiet|Wireless|Compact",
        "104 keys|hot-swap|USB-C|backlit", "black white grey pink",
        "Even keys that do not wear off. With a block of keys for numbers.",
        "crack missing_part stain other_label"),
    "camera": _ware(
        "Cameras", (48, 240), "camera", "Digital|Compact|Retro|Travel",
        "24 MP|4K video|with lens|optical zoom", "black grey white red",
        "Sharp in daylight and indoors. Comes with lens and battery.",
        "crack chip missing_part other_label"),
    "toy_robot": _ware(
        "Toys", (11, 42), "toy robot", "Walking|Tin|Wind-up|Talking",
        "18 cm|from 6 years|light and sound|two arms", "red blue grey green yellow",
        "Walks by itself and turns its head. Both arms move.",
        "crack missing_part wrong_size other_label"),
    "dress": _ware(
        "Clothing", (17, 58), "dress", "Summer|Linen|Cotton|Evening",
        "size S|size M|size L|knee-length", "red blue green pink black",
        "Light cloth that needs no iron. A belt with a bow is part of it.",
        "torn stain missing_part wrong_size"),
    "sneaker": _ware(
        "Shoes", (24, 79), "sneakers", "Running|Canvas|Everyday|Retro",
        "EU 39|EU 41|EU 43|soft sole", "white black red blue",
        "Breathes well and does not slip. Laces are in.",
        "torn stain missing_part wrong_size other_label"),
    "watch": _ware(
        "Watches", (21, 135), "wrist watch", "Quartz|Automatic|Classic|Diver",
        "40 mm|10 bar|date display|leather strap", "black white blue green",
        "Runs true to the second. Strap on both sides of the case.",
        "crack missing_part other_label"),
    "backpack": _ware(
        "Bags", (18, 64), "backpack", "Hiking|School|Laptop|City",
        "20 l|28 l|15.6 inch|rain cover", "black blue green grey yellow",
        "Padded back and wide straps. A pocket on the front.",
        "torn stain missing_part wrong_size"),
    "handbag": _ware(
        "Bags", (22, 88), "handbag", "Shoulder|Evening|Vegan leather|Small",
        "long strap|inner pocket|gold clasp|24 cm", "black red pink white",
        "Holds a phone, keys and a purse. A gold clasp holds the flap.",
        "torn stain missing_part other_label"),
    "sunglasses": _ware(
        "Accessories", (7, 36), "sunglasses", "Polarised|Round|Sport|Classic",
        "UV400|with pouch|light frame|spring hinges", "black red blue yellow",
        "Rests lightly and sits firmly. Both side arms fold.",
        "crack missing_part other_label wrong_size"),
}
# fmt: on

# Promised days, and what they cost in cents: fast delivery costs more.
_DELIVERIES = ((3, 899), (7, 499), (15, 199), (20, 0), (30, 0), (45, 0))
_CENTS = (99, 90, 49, 0)

# No review mentions a flaw: the buyer must look at the parcel to find one.
_CONTENT = (
    (5, "Just as in the picture. Thank you."),
    (5, "Packed with care, came early."),
    (5, "Second time that I order here."),
    (5, "My sister wants the same."),
    (4, "Good for the price."),
    (4, "Nice thing, plain box."),
    (4, "The seller answers on the same day."),
)
_NOT_CONTENT = (
    (3, "Came late, but the seller was polite."),
    (3, "All right, though I had hoped for more."),
    (2, "Six weeks on the way."),
    (2, "The seller answers after days."),
    (1, "Asked three times where it was."),
)

# What a hundred parcels contain.
_PARCELS = (
    ("listed",) * 65 + ("flawed",) * 20 + ("recoloured",) * 8 + ("swapped",) * 4 + ("empty",) * 3
)


def catalogue(seed: int, sellers: Sequence[Person], count: int) -> tuple[Listing, ...]:
    """Return `count` listings; kinds and sellers take turns, and prices are in US cents."""
    kinds = list(WARES)
    Random(f"{seed}/kinds").shuffle(kinds)
    return tuple(
        _listing(seed, kinds[at % len(kinds)], at // len(kinds), sellers[at % len(sellers)])
        for at in range(count)
    )


def _listing(seed: int, kind: str, nth: int, seller: Person) -> Listing:
    ware, id = WARES[kind], f"{kind}-{nth + 1}"
    chance = Random(f"{seed}/{id}")
    make, detail, colour = _variant(seed, kind, nth)
    days, shipping = chance.choice(_DELIVERIES)
    return Listing(
        id=id,
        seller=seller.id,
        title=f"{make} {ware.noun}, {detail}, {colour}",
        category=ware.category,
        picture=f"{kind}/{colour}",
        price=chance.randrange(ware.low, ware.high) * 100 + chance.choice(_CENTS),
        shipping=shipping,
        currency="USD",
        origin=seller.country,
        promised_days=days,
        text=ware.text,
        reviews=_reviews(chance, seller),
    )


def _variant(seed: int, kind: str, nth: int) -> tuple[str, str, str]:
    """Return make, detail and colour; they repeat only when all combinations are used up."""
    ware = WARES[kind]
    variants = list(product(ware.makes, ware.details, ware.colours))
    Random(f"{seed}/{kind}").shuffle(variants)
    return variants[nth % len(variants)]


def _reviews(chance: Random, seller: Person) -> tuple[PastReview, ...]:
    content, rest = (chance.sample(texts, len(texts)) for texts in (_CONTENT, _NOT_CONTENT))
    drawn = (
        content.pop() if chance.randrange(1000) < seller.rating - 80 else rest.pop()
        for _ in range(chance.randint(2, 4))
    )
    return tuple(PastReview(stars, text) for stars, text in drawn)


def found_in(seed: int, order_id: str, listing_picture: str) -> str:
    """Return the picture of what an order's parcel contains; 65 of 100 are as listed."""
    kind, colour = listing_picture.split("/")[:2]
    key = f"{seed}/{order_id}/{listing_picture}"
    match _drawn(f"{key}/parcel", _PARCELS):
        case "flawed":
            return f"{kind}/{colour}/{_drawn(f'{key}/flaw', WARES[kind].flaws)}"
        case "recoloured":
            return f"{kind}/{_drawn(f'{key}/colour', _others(COLOURS, colour))}"
        case "swapped":
            return f"{_drawn(f'{key}/kind', _others(WARES, kind))}/{colour}"
        case "empty":
            return f"{kind}/{colour}/empty"
        case _:
            return listing_picture


def _others(words: Iterable[str], one: str) -> tuple[str, ...]:
    return tuple(word for word in words if word != one)


def _drawn(key: str, choices: Sequence[str]) -> str:
    """Return one of the choices, the same for a key on any machine and under any Python."""
    return choices[int.from_bytes(sha256(key.encode()).digest()) % len(choices)]
