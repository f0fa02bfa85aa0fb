"""Every row of a policy has an effect: nothing in a policy file is decoration."""

from enum import StrEnum

import msgspec
import pytest

from escrow_tui.engine.policy import Policy
from tests.each import for_each
from tests.given.orders import POLICY
from tests.policy.switches import SWITCHES

WORDS = tuple(
    (field.name, field.type)
    for field in msgspec.structs.fields(Policy)
    if isinstance(field.type, type) and issubclass(field.type, StrEnum)
)
FIELDS = tuple(field.name for field in msgspec.structs.fields(Policy))


def test_every_row_is_shown_to_have_an_effect() -> None:
    """In the order of the policy, none left out."""
    missing = [row for row in FIELDS if row not in SWITCHES]
    assert not missing, f"tests/policy/switches.py tells no story of what these change: {missing}"
    assert tuple(SWITCHES) == FIELDS


@for_each("row", SWITCHES)
def test_a_row_changes_what_happens(row: str) -> None:
    """The same story goes one way under the usual policy, and another with this row changed."""
    switch = SWITCHES[row]
    changed = msgspec.structs.replace(POLICY, **{row: switch.value})
    assert switch.usual != switch.changed
    assert (switch.tell(POLICY), switch.tell(changed)) == (switch.usual, switch.changed)


@pytest.mark.parametrize(("row", "words"), WORDS)
def test_each_word_of_a_row_means_something_else(row: str, words: type[StrEnum]) -> None:
    """Where a row is a word, no two of its words end the same story alike."""
    ends = [SWITCHES[row].tell(msgspec.structs.replace(POLICY, **{row: word})) for word in words]
    assert len(set(map(repr, ends))) == len(words)
