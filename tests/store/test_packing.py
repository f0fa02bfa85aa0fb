"""Orders and entries are packed: what comes out is what went in, and damage is noticed."""

import hashlib
from random import Random
from typing import cast

import msgspec
import pytest

from escrow_tui.engine.events import EVENTS
from escrow_tui.engine.order import Order
from escrow_tui.store import dictionary
from escrow_tui.store.packing import ENTRIES, ORDERS, Packing
from tests.store.samples import sample

BOTH = (ORDERS, ENTRIES)
TEXTS = (b"", b"[]", b"\0" * 20_000, "ünï \x1b[31m".encode() * 3_000, Random(1).randbytes(30_000))


@pytest.mark.parametrize("packing", BOTH)
@pytest.mark.parametrize("raw", TEXTS, ids=len)
def test_what_is_packed_comes_back(packing: Packing, raw: bytes) -> None:
    """Whatever it is, and longer than the dictionary's window too; twice it is the same."""
    packed = packing.pack(raw)
    assert packing.unpack(packed) == raw
    assert packing.pack(raw) == packed


def test_an_order_takes_a_fifth_of_its_json() -> None:
    """The dictionary knows the names of its fields."""
    raw = msgspec.json.encode(cast(Order, sample(Order)))
    assert len(ORDERS.pack(raw)) < len(raw) / 5


def test_events_take_less_than_half_of_their_json() -> None:
    """So do those of an entry, of every kind together."""
    raws = [msgspec.json.encode(sample(kind)) for kind in EVENTS.values()]
    assert sum(len(ENTRIES.pack(raw)) for raw in raws) < sum(map(len, raws)) / 2


def test_every_damage_is_an_error() -> None:
    """Cut off, lengthened, of another number, or with another bit: never other text in silence."""
    raw = msgspec.json.encode(cast(Order, sample(Order)))
    packed = ORDERS.pack(raw)
    for spoilt in (b"", packed[:-1], packed + b"x", b"\x02" + packed[1:], packed[:1]):
        with pytest.raises(ValueError, match=r"."):
            ORDERS.unpack(spoilt)


@pytest.mark.parametrize(
    ("words", "sha256"),
    [
        (dictionary.ORDER, "46978279cf21e2f12860b756ba25f99858818f07cbeb43e3aa69efd24c58f2f1"),
        (dictionary.ENTRY, "99c72777ea3b1f5cc94e0c9999b55886a40950dc8f8fd1f7bf42eae04c50709e"),
    ],
    ids=["orders", "entries"],
)
def test_a_dictionary_never_changes(words: str, sha256: str) -> None:
    """What was packed with it could not be read any more: another one gets another number."""
    assert hashlib.sha256(words.encode()).hexdigest() == sha256
