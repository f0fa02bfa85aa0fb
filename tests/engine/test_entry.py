"""A journal's entries: the names of its streams, and its hash."""

from hashlib import sha256

import msgspec
import pytest
from msgspec.structs import replace

from escrow_tui.engine.commands import Pay
from escrow_tui.engine.entry import (
    CLOCK_STREAM,
    Entry,
    account_stream,
    journal_sha256,
    order_stream,
)
from escrow_tui.engine.events import OrderExpired
from escrow_tui.engine.roles import BANK, CARRIER, CLOCK, FIRST_MEDIATOR, Actor, Role
from tests.given.orders import BUYER, START

ENTRY = Entry(
    market="m",
    seq=1,
    stream="order:A",
    version=1,
    at=START,
    actor=BUYER,
    command_id="c1",
    command=Pay(),
    events=(OrderExpired(),),
)


def test_streams_are_named_by_what_they_are_of() -> None:
    """The clock has one, and each order and each party has its own."""
    assert (CLOCK_STREAM, order_stream("A"), account_stream("seller-1")) == (
        "clock",
        "order:A",
        "account:seller-1",
    )


@pytest.mark.parametrize(
    ("actor", "text"),
    [
        (CLOCK, "clock:clock"),
        (CARRIER, "carrier:carrier"),
        (BANK, "bank:bank"),
        (FIRST_MEDIATOR, "mediator:1"),
        (Actor(Role.BUYER, "X"), "buyer:X"),
    ],
)
def test_a_person_is_written_with_their_role(actor: Actor, text: str) -> None:
    """The same in the journal and on the screens."""
    assert str(actor) == text


def test_a_journal_is_known_by_the_lines_of_its_entries() -> None:
    """The hash covers each entry as a JSON line with sorted fields, but not the market's id."""
    lines = [
        msgspec.json.encode(replace(one, market=""), order="sorted") + b"\n"
        for one in (ENTRY, replace(ENTRY, seq=2))
    ]
    journal = [ENTRY, replace(ENTRY, seq=2)]
    assert journal_sha256(journal) == sha256(b"".join(lines)).hexdigest()
    assert journal_sha256([]) == sha256().hexdigest()


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (replace(ENTRY, market="copy"), True),
        (replace(ENTRY, at=START + 1), False),
        (replace(ENTRY, command=None), False),
        (replace(ENTRY, command_id="c2"), False),
        (replace(ENTRY, version=2), False),
        (replace(ENTRY, events=()), False),
    ],
)
def test_a_copy_in_another_market_is_the_same_journal(other: Entry, same: bool) -> None:
    """Any other difference changes the hash."""
    assert (journal_sha256([other]) == journal_sha256([ENTRY])) is same


def test_an_entry_is_read_back_from_json_as_it_was() -> None:
    """Command and events are found by their names."""
    assert msgspec.json.decode(msgspec.json.encode(ENTRY), type=Entry) == ENTRY
