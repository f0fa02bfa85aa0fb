"""Every predicate of the coach can be asked by a file, and is read as what it says."""

from collections.abc import Callable, Mapping
from typing import get_args, get_type_hints

import msgspec
import pytest

from escrow_tui.coach.predicates import (
    BalanceIs,
    EventHappens,
    Noted,
    OrderEnds,
    Predicate,
)
from escrow_tui.files import Faults, Reader, document_from_text
from escrow_tui.scenarios.file.predicate_readers import READERS, Known, read_predicate
from tests.given.predicate_kinds import predicate_kinds

Row = Callable[[Reader, Known], Predicate | None]

# By the key of the row: how a file asks, and what that is as a value.
EXAMPLES: dict[str, tuple[str, Predicate]] = {
    "event": (
        'event = "dispute_ruled"\nby = "mediator"\nleast = { refund = "12.00" }',
        EventHappens(event="dispute_ruled", by="mediator", least=(("refund", 1_200),)),
    ),
    "order": ('order = "A"\nphase = ["CLOSED"]', OrderEnds("A", ("CLOSED",))),
    "balance": (
        'balance = "escrow:A"\nleast = "0.00"\nmost = "1.50"',
        BalanceIs("escrow:A", "USD", 0, 150),
    ),
    "noted": ('noted = "hint"\ntimes_most = 1', Noted("hint", times_least=0, times_most=1)),
}


def missing(rows: Mapping[str, Row], kinds: set[type]) -> list[str]:
    """Say in words what a new predicate lacks."""
    read = {one for row in rows.values() for one in result_of(row)}
    unread = sorted(one.__name__ for one in kinds - read)
    return [
        f"no file can ask {name}; give it a row in READERS of scenarios/file/predicate_readers.py"
        for name in unread
    ] + [
        f'nobody shows how "{key}" is written; add it to EXAMPLES of this test'
        for key in rows
        if key not in EXAMPLES
    ]


def result_of(row: Row) -> tuple[type, ...]:
    """The classes that a reader can return."""
    result = get_type_hints(row)["return"]
    return tuple(get_args(result)) or (result,)


def read(text: str) -> Predicate | None:
    """Read a predicate, of an exercise with the order A in US dollars."""
    reader = Reader(document_from_text(text, "goal.toml"))
    found = read_predicate(reader, Known(("A",), "USD"))
    reader.finish()
    return found


def test_no_predicate_lacks_anything() -> None:
    """Each has a reader, and each reader an example here."""
    found = missing(READERS, predicate_kinds())
    assert not found, "\n".join(found)


def test_what_a_new_predicate_lacks_is_said_in_words() -> None:
    """One sentence for the row, one for the example."""

    class StockIs(msgspec.Struct, frozen=True):
        """How many are left."""

    def read_stock(_table: Reader, _known: Known) -> OrderEnds:
        return OrderEnds("A", ())

    assert missing({"stock": read_stock}, {StockIs}) == [
        "no file can ask StockIs; give it a row in READERS of scenarios/file/predicate_readers.py",
        'nobody shows how "stock" is written; add it to EXAMPLES of this test',
    ]


@pytest.mark.parametrize("key", READERS)
def test_a_predicate_is_read_as_it_is_written(key: str) -> None:
    """Each by its own key."""
    text, value = EXAMPLES[key]
    assert read(text) == value
    assert type(value) in result_of(READERS[key])


@pytest.mark.parametrize("text", ["", "phase = []", 'event = "dispute_ruled"\norder = "A"'])
def test_a_predicate_is_told_by_one_key(text: str) -> None:
    """The sentence lists every key of the table."""
    with pytest.raises(Faults) as caught:
        read(text)
    keys = ", ".join(f'{key} = "..."' for key in READERS)
    assert f"write one of {keys}" in str(caught.value)
