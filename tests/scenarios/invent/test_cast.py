"""The people of a market are the same for a seed, and what everybody sees has nothing private."""

import os
import subprocess
import sys

import pytest

from escrow_tui.engine.roles import Role
from escrow_tui.scenarios.invent.cast import HOMES, SHOP_PLACES, cast, luhn_sum, masked


def in_a_process(code: str, hash_seed: str) -> str:
    """What the code prints in a Python of its own."""
    run = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    return run.stdout


def test_a_seed_gives_the_same_people_in_every_process() -> None:
    """The order of sets and dicts has no influence."""
    code = "from escrow_tui.scenarios.invent.cast import cast; print(cast(5, 24, 6))"
    first, second = in_a_process(code, "1"), in_a_process(code, "2")
    assert first == second == f"{cast(5, 24, 6)}\n"


def test_another_seed_gives_other_people() -> None:
    """The seed decides buyers, their private fields, and shops."""
    one, other = cast(1, 4, 4), cast(2, 4, 4)
    assert not set(one.people) & set(other.people)
    assert not set(one.privates) & set(other.privates)


def test_asking_for_more_people_keeps_the_first_ones() -> None:
    """A larger market of the same seed has the people of the smaller one."""
    small, large = cast(3, 2, 2), cast(3, 9, 7)
    assert set(small.people) < set(large.people)
    assert small.privates == large.privates[:2]


def test_ids_count_up_within_each_role() -> None:
    """Buyers come first, then sellers; only a buyer has private fields."""
    made = cast(7, 3, 2)
    assert [(person.id, person.role) for person in made.people] == [
        ("buyer-1", Role.BUYER),
        ("buyer-2", Role.BUYER),
        ("buyer-3", Role.BUYER),
        ("seller-1", Role.SELLER),
        ("seller-2", Role.SELLER),
    ]
    assert [private.person for private in made.privates] == ["buyer-1", "buyer-2", "buyer-3"]


def test_what_all_may_see_holds_nothing_private() -> None:
    """No name, street, phone or card number of anybody stands in the public part."""
    made = cast(11, 40, 3)
    public = repr(made.people)
    for private in made.privates:
        for secret in (private.name, private.street, private.phone, private.card):
            assert secret
            assert secret not in public


def test_a_buyer_is_named_by_the_mask_of_the_private_name() -> None:
    """Both parts are about the same person."""
    made = cast(11, 12, 0)
    assert [person.name for person in made.people] == [masked(one.name) for one in made.privates]


@pytest.mark.parametrize(
    ("name", "mask"),
    [
        ("Ana Petrova", "A*** P."),
        ("Bo Li", "B*** L."),
        ("Ángel Núñez Ortega", "Á*** O."),
        ("Femke van der horst", "F*** H."),
    ],
)
def test_a_mask_shows_two_letters_and_not_the_length(name: str, mask: str) -> None:
    """Two buyers with the same two letters cannot be told apart."""
    assert masked(name) == mask


def test_card_numbers_are_well_formed_test_numbers() -> None:
    """Sixteen digits that begin as test cards do and end in the right check digit."""
    cards = [private.card for private in cast(13, 60, 0).privates]
    assert len(set(cards)) == 60
    for card in cards:
        assert len(card) == 16
        assert card.startswith("4242")
        assert luhn_sum(card) % 10 == 0


@pytest.mark.parametrize(
    ("digits", "well_formed"),
    [("4242424242424242", True), ("79927398713", True), ("79927398710", False), ("0018", True)],
)
def test_the_check_digit_is_that_of_the_standard(digits: str, well_formed: bool) -> None:
    """Known numbers, good and bad."""
    assert (luhn_sum(digits) % 10 == 0) is well_formed


def test_people_come_from_every_home_and_print_on_one_line() -> None:
    """An address is one clean line for a label, in every country's format."""
    made = cast(17, 80, 24)
    assert {person.country for person in made.people if person.role is Role.BUYER} == set(HOMES)
    texts = [text for person in made.people for text in (person.name, person.city)]
    texts += [text for one in made.privates for text in (one.name, one.street, one.phone)]
    for text in texts:
        assert text.isprintable()
        assert text == " ".join(text.split())
        assert max(text) < "\u0250", "not a Latin letter"


def test_figures_of_trust_stay_within_their_scale() -> None:
    """Tenths of a percent, and at least one order behind everybody."""
    for person in cast(19, 50, 50).people:
        assert 0 < person.rating <= 1000
        assert 0 <= person.dispute_rate <= 1000
        assert person.orders >= 1


def test_no_two_shops_have_the_same_name_or_lie_elsewhere_than_named() -> None:
    """There are as many shops as names; one more is an error."""
    shops = cast(23, 0, 288).people
    assert len({shop.name.rsplit(maxsplit=1)[0] for shop in shops}) > 280
    assert len({shop.name for shop in shops}) == 288
    assert {(shop.city, shop.country) for shop in shops} == set(SHOP_PLACES)
    assert all(shop.name.startswith(f"{shop.city} ") for shop in shops)
    with pytest.raises(ValueError, match="not so many names of shops as 289"):
        cast(23, 0, 289)


def test_faker_is_not_imported_before_somebody_is_made_up() -> None:
    """The first frame does not wait for it."""
    code = "import escrow_tui.scenarios.invent.cast, sys; print('faker' in sys.modules)"
    assert in_a_process(code, "0") == "False\n"
