"""Tens of thousands of people for a world: names and streets come from pools, filled once.

Calling Faker for each field of each person takes hundreds of times as long.
"""

from random import Random
from typing import NamedTuple

from escrow_tui.engine.market import Person, Private
from escrow_tui.engine.roles import Role
from escrow_tui.scenarios.invent.cast import HOMES, Cast, cast, faker_of, luhn_sum, masked

# How many of each field are drawn for each country; names and streets are combined.
_POOL = 60
_TEST_CARDS = "424242"


class _Pool(NamedTuple):
    """What the people of one country are drawn from."""

    country: str
    first: list[str]
    last: list[str]
    cities: list[str]
    streets: list[str]
    phones: list[str]


def crowd(seed: int, buyers: int, shops: int) -> Cast:
    """Return the same people for the same seed on every machine: buyers from pools, and shops.

    Raises:
        ValueError: there are fewer names than shops.
    """
    chance = Random(f"{seed}/crowd")
    pools = [_pool(seed, country) for country in HOMES]
    made = [_buyer(chance, f"buyer-{number}", pools) for number in range(1, buyers + 1)]
    sellers = cast(seed, 0, shops).people
    return Cast(
        people=tuple(person for person, _ in made) + sellers,
        privates=tuple(private for _, private in made),
    )


def _pool(seed: int, country: str) -> _Pool:
    """Fill a pool; each draw has a seed of its own, whatever was drawn before."""
    faker = faker_of(HOMES[country], {})
    faker.seed_instance(f"{seed}/pool/{country}")
    return _Pool(
        country,
        [faker.first_name() for _ in range(_POOL)],
        [faker.last_name() for _ in range(_POOL)],
        [faker.city() for _ in range(_POOL)],
        [_one_line(faker.street_address()) for _ in range(_POOL)],
        [faker.phone_number() for _ in range(_POOL)],
    )


def _one_line(text: str) -> str:
    return " ".join(text.replace("\n", ", ").split())


def _buyer(chance: Random, id: str, pools: list[_Pool]) -> tuple[Person, Private]:
    country, first, last, cities, streets, phones = chance.choice(pools)
    name = f"{chance.choice(first)} {chance.choice(last)}"
    person = Person(
        id,
        Role.BUYER,
        masked(name),
        country,
        chance.choice(cities),
        chance.randint(900, 1000),
        chance.randint(1, 160),
        chance.randint(0, 120),
    )
    digits = f"{_TEST_CARDS}{chance.randrange(10**9):09}"
    card = f"{digits}{-luhn_sum(f'{digits}0') % 10}"
    street, phone = chance.choice(streets), chance.choice(phones)
    return person, Private(id, name, street, phone, card)
