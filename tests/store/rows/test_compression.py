"""Entries are packed: what comes out is what went in, and damage is noticed."""

import hashlib
from random import Random
from typing import cast

import msgspec
import pytest
from msgspec.structs import replace

from escrow_tui.engine.events import EVENTS
from escrow_tui.engine.order import Message, Order
from escrow_tui.engine.terms import Party
from escrow_tui.store.rows import dictionary
from escrow_tui.store.rows.codec import order_body, order_in
from escrow_tui.store.rows.compression import ENTRIES
from tests.given.orders import DELIVERED, given
from tests.store.samples import sample

TEXTS = (b"", b"[]", b"\0" * 20_000, "ünï \x1b[31m".encode() * 3_000, Random(1).randbytes(30_000))


@pytest.mark.parametrize("raw", TEXTS, ids=len)
def test_what_is_packed_comes_back(raw: bytes) -> None:
    """Even what is longer than the dictionary's window; packing it again gives the same bytes."""
    packed = ENTRIES.pack(raw)
    assert ENTRIES.unpack(packed) == raw
    assert ENTRIES.pack(raw) == packed


def test_events_take_less_than_half_of_their_json() -> None:
    """Also those of one entry that holds an event of every kind."""
    raws = [msgspec.json.encode(sample(kind)) for kind in EVENTS.values()]
    assert sum(len(ENTRIES.pack(raw)) for raw in raws) < sum(map(len, raws)) / 2


@pytest.mark.parametrize(("words", "packed"), [(1, False), (200, True)])
def test_an_order_is_stored_as_a_list_and_packed_if_it_is_long(words: int, packed: bool) -> None:
    """Both are read back unchanged."""
    order = replace(given(*DELIVERED).order, messages=(Message(Party.BUYER, "word " * words, 1),))
    body = order_body(order)
    assert ENTRIES.is_packed(body) is packed
    assert order_in(body) == order
    assert len(body) < 600


def test_every_damage_is_an_error() -> None:
    """Cut off, lengthened or with another number: it is never silently read as other text."""
    raw = msgspec.json.encode(cast(Order, sample(Order)))
    packed = ENTRIES.pack(raw)
    for spoilt in (b"", packed[:-1], packed + b"x", b"\x02" + packed[1:], packed[:1]):
        with pytest.raises(ValueError, match=r"."):
            ENTRIES.unpack(spoilt)


def test_a_dictionary_never_changes() -> None:
    """With a changed one, older entries could not be read: a new dictionary gets a new number."""
    sha256 = "99c72777ea3b1f5cc94e0c9999b55886a40950dc8f8fd1f7bf42eae04c50709e"
    assert hashlib.sha256(dictionary.ENTRY.encode()).hexdigest() == sha256
