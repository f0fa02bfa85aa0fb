"""The people of a market, invented from its seed: buyers by Faker, shops from a table of names."""

from random import Random
from typing import TYPE_CHECKING

import msgspec

from escrow_tui.engine.market import Person, Private
from escrow_tui.engine.roles import Role

if TYPE_CHECKING:
    from faker import Faker

# Latin letters only. Faker's it_IT and uk_UA are left out, as what they draw depends on Python's
# hash seed.
HOMES = {
    "ES": "es_ES",
    "PL": "pl_PL",
    "DE": "de_DE",
    "SE": "sv_SE",
    "NL": "nl_NL",
    "PT": "pt_PT",
    "CL": "es_CL",
    "US": "en_US",
}

# Only what is needed: a Faker with all its providers takes three times as long to make.
_PROVIDERS = ["faker.providers.person", "faker.providers.address", "faker.providers.phone_number"]

SHOP_PLACES = (
    ("Shenzhen", "CN"),
    ("Guangzhou", "CN"),
    ("Yiwu", "CN"),
    ("Hangzhou", "CN"),
    ("Ningbo", "CN"),
    ("Quanzhou", "CN"),
    ("Dongguan", "CN"),
    ("Shantou", "CN"),
    ("Xiamen", "CN"),
    ("Hong Kong", "HK"),
    ("Seoul", "KR"),
    ("Istanbul", "TR"),
)
_SHOP_WORDS = (
    "Lumi Haoyue Mingde Sunhao Kaixin Wellgo Bolin Dongfu Yaxin Tianhe Fulai Ruyi "
    "Jinlong Meiya Goodsun Anbao Lianhua Xinda Evergo Hualin Bailing Qiming Tongda Dafu"
).split()
_SHOP_ENDINGS = ("Store", "Trading", "Official Store")

# The first digits of the number that payment processors give out for tests, 4242 4242 4242 4242.
_TEST_CARDS = "424242"


class Cast(msgspec.Struct, frozen=True):
    """All people of a market: `people` as everybody may see them, `privates` of the buyers only."""

    people: tuple[Person, ...]
    privates: tuple[Private, ...]


def cast(seed: int, buyers: int, sellers: int) -> Cast:
    """Return the same people for the same seed, in any process; asking for more keeps the first.

    Raises:
        ValueError: there are fewer names than shops.
    """
    fakers: dict[str, Faker] = {}
    made = [_buyer(seed, f"buyer-{number}", fakers) for number in range(1, buyers + 1)]
    shops = _shops(seed, sellers)
    return Cast(
        people=tuple(person for person, _ in made) + shops,
        privates=tuple(private for _, private in made),
    )


def masked(name: str) -> str:
    """Return a name as the other side sees it, `A*** P.`; the stars do not show its length."""
    words = name.split()
    return f"{words[0][0]}*** {words[-1][0].upper()}."


def _buyer(seed: int, id: str, fakers: dict[str, "Faker"]) -> tuple[Person, Private]:
    chance = Random(f"{seed}/{id}")
    country = chance.choice(tuple(HOMES))
    faker = faker_of(HOMES[country], fakers)
    faker.seed_instance(f"{seed}/{id}")
    name = _name(faker, chance.random() < 0.5)
    person = Person(
        id=id,
        role=Role.BUYER,
        name=masked(name),
        country=country,
        city=faker.city(),
        rating=chance.randint(900, 1000),
        orders=chance.randint(1, 160),
        dispute_rate=chance.randint(0, 120),
    )
    street = " ".join(faker.street_address().replace("\n", ", ").split())
    return person, Private(id, name, street, faker.phone_number(), _card(chance))


def faker_of(locale: str, fakers: dict[str, "Faker"]) -> "Faker":
    """Return the Faker of a locale; it is made once and kept in `fakers`."""
    from faker import Faker

    if locale not in fakers:
        fakers[locale] = Faker(locale, providers=_PROVIDERS, use_weighting=False)
    return fakers[locale]


def _name(faker: "Faker", female: bool) -> str:
    if female:
        return f"{faker.first_name_female()} {faker.last_name_female()}"
    return f"{faker.first_name_male()} {faker.last_name_male()}"


def _card(chance: Random) -> str:
    digits = _TEST_CARDS + "".join(str(chance.randrange(10)) for _ in range(9))
    return digits + str(-luhn_sum(digits + "0") % 10)


def luhn_sum(digits: str) -> int:
    """Return the sum of ISO/IEC 7812-1, annex B; a card number is well formed if it ends in 0."""
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    return sum(value - 9 if value > 9 else value for value in doubled)


def _shops(seed: int, count: int) -> tuple[Person, ...]:
    if count > len(_SHOP_WORDS) * len(SHOP_PLACES):
        raise ValueError(f"There are not so many names of shops as {count}.")
    chance = Random(f"{seed}/shops")
    words = chance.sample(_SHOP_WORDS, len(_SHOP_WORDS))
    places = chance.sample(SHOP_PLACES, len(SHOP_PLACES))
    shops = []
    for at in range(count):
        # There are twice as many words as places. In each further round a word moves on by one
        # place, so that no two names are the same.
        city, country = places[(at + at // len(words)) % len(places)]
        name = f"{city} {words[at % len(words)]} {chance.choice(_SHOP_ENDINGS)}"
        shops.append(_shop(seed, f"seller-{at + 1}", (city, country), name))
    return tuple(shops)


def _shop(seed: int, id: str, place: tuple[str, str], name: str) -> Person:
    chance = Random(f"{seed}/{id}")
    rating = chance.randint(880, 995)
    return Person(
        id=id,
        role=Role.SELLER,
        name=name,
        country=place[1],
        city=place[0],
        rating=rating,
        orders=chance.randint(150, 60_000),
        # Half of the dissatisfied buyers opened a dispute.
        dispute_rate=(1000 - rating) // 2,
    )
