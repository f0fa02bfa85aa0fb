"""Seats in the store: secrets are kept only as hashes, and a code opens a seat once."""

import math
import subprocess
import sys
from collections.abc import Callable

import pytest

from escrow_tui.store.postgres.server_backend import PostgresBackend
from escrow_tui.store.reads.situation import Ask, Situation
from escrow_tui.store.rows.seat_codes import (
    LENGTH,
    LETTERS,
    code_of,
    hash_of,
    is_same,
    new_code,
    new_key,
    new_seat,
)
from escrow_tui.store.rows.seats import INVITED, JOINED, REVOKED, SeatKey, SeatRevokedError, SeatRow
from escrow_tui.store.seat_store import SeatStore
from escrow_tui.store.sqlite.file_backend import SqliteBackend
from escrow_tui.store.store import Store
from tests.given.sent_rows import recorded
from tests.given.store_world import MARKET

CODE, KEY, NOW = "H7KP-3WQA-9DNM-X4TE", "the key", "2026-01-01T10:00:00Z"
SEAT = SeatRow(
    MARKET,
    "k3m9qd",
    "buyer",
    "buyer-1",
    "Anna",
    hash_of(CODE.replace("-", "")),
    "",
    INVITED,
    NOW,
    "",
)


def with_seat(store: Store) -> None:
    """Give a seat."""
    with store.writing(MARKET) as writing:
        writing.add_seat(SEAT)


def join(store: Store, key: str = KEY) -> bool:
    """Take the seat."""
    with store.writing(MARKET) as writing:
        return writing.join_seat(MARKET, SEAT.id, hash_of(key), NOW)


def revoke(store: Store) -> bool:
    """Revoke the seat."""
    with store.writing(MARKET) as writing:
        return writing.revoke_seat(MARKET, SEAT.id)


def state(store: Store) -> str:
    """Return the seat's state."""
    with store.reading() as reading:
        return reading.seat_state(MARKET, SEAT.id)


# -- codes


def test_a_code_has_at_least_75_bits_and_no_ambiguous_letter() -> None:
    """Four groups of four; a key is far longer, and a seat's id opens nothing."""
    assert LENGTH * math.log2(len(LETTERS)) >= 75
    assert len(set(LETTERS)) == len(LETTERS)
    assert not set("01BILOSZ") & set(LETTERS)
    code = new_code()
    assert [len(group) for group in code.split("-")] == [4] * 4
    assert set(code) <= {*LETTERS, "-"}
    assert len({make() for make in (new_code, new_key, new_seat) for _ in range(100)}) == 300


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (CODE, "H7KP3WQA9DNMX4TE"),
        (" h7kp 3wqa\t9dnm-x4te ", "H7KP3WQA9DNMX4TE"),
        ("H7KP3WQA9DNMX4TE", "H7KP3WQA9DNMX4TE"),
        ("SBZA-AAAA-AAAA-AAAA", "582AAAAAAAAAAAAA"),
        ("H7KP-3WQA-9DNM-X4T", ""),
        ("H7KP-3WQA-9DNM-X4TEE", ""),
        ("H7KP-3WQA-9DNM-X4T1", ""),
        ("H7KP-3WQA-9DNM-X4T\N{CYRILLIC CAPITAL LETTER IE}", ""),
        ("", ""),
    ],
)
def test_a_code_is_read_as_people_type_it(typed: str, read: str) -> None:
    """A look-alike that codes avoid is read as the letter that was meant, or not at all."""
    assert code_of(typed) == read


def test_a_new_code_is_read_back() -> None:
    """Whatever was drawn."""
    assert all(code_of(code) == code.replace("-", "") for code in (new_code() for _ in range(200)))


def test_a_secret_is_compared_with_its_hash() -> None:
    """Giving the hash itself does not open the seat."""
    kept = hash_of(KEY)
    assert is_same(kept, KEY)
    assert not is_same(kept, kept)
    assert not is_same("", "")


def test_a_key_is_not_printed() -> None:
    """A traceback may show values."""
    assert KEY not in repr(SeatKey(MARKET, SEAT.id, KEY))


# -- rows


def test_a_seat_is_read_back_and_lists_are_of_one_market_or_of_all(store: Store) -> None:
    """No other seat is listed."""
    with_seat(store)
    with store.reading() as reading:
        assert reading.seats() == reading.seats(MARKET) == (SEAT,)
        assert reading.seats("other") == ()
        assert reading.seat(MARKET, SEAT.id) == SEAT
        assert reading.seat("other", SEAT.id) is None
        assert reading.seat_state(MARKET, "other") == ""


def test_no_statement_holds_a_code_or_a_key(store: Store) -> None:
    """Neither in its text nor among its values."""
    with recorded() as sent:
        with_seat(store)
        assert join(store)
    assert len(sent) >= 2
    assert not [one for one in sent if KEY in repr(one) or CODE.replace("-", "") in repr(one)]


STEPS: dict[str, tuple[tuple[Callable[[Store], bool], ...], tuple[bool, ...], str]] = {
    "taken": ((join,), (True,), JOINED),
    "taken twice": ((join, join), (True, False), JOINED),
    "revoked": ((revoke,), (True,), REVOKED),
    "revoked before it is taken": ((revoke, join), (True, False), REVOKED),
    "revoked afterwards": ((join, revoke), (True, True), REVOKED),
    "revoked twice": ((revoke, revoke), (True, False), REVOKED),
}


@pytest.mark.parametrize("name", STEPS)
def test_a_seat_is_taken_once_and_revoked_for_good(store: Store, name: str) -> None:
    """Each call says whether it succeeded."""
    steps, answers, left = STEPS[name]
    with_seat(store)
    assert tuple(step(store) for step in steps) == answers
    assert state(store) == left


def test_a_missing_seat_is_neither_taken_nor_revoked(store: Store) -> None:
    """Nothing is made of it."""
    assert not join(store)
    assert not revoke(store)
    with store.reading() as reading:
        assert reading.seats() == ()


_JOIN = """
import sys
from escrow_tui.store import address_of, open_store
from escrow_tui.store.rows.seat_codes import hash_of
market, seat, key = sys.argv[2:5]
store = open_store(address_of(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
with store.writing(market) as writing:
    print(writing.join_seat(market, seat, hash_of(key), "now"))
store.close()
"""


def place_of(store: Store) -> str:
    """Return what names the store for another process."""
    if isinstance(store.backend, SqliteBackend):
        return str(store.backend.path)
    assert isinstance(store.backend, PostgresBackend)
    return store.backend.where.url


def at_the_door(store: Store, key: str) -> subprocess.Popen[str]:
    """Start a process that opens the store, and joins when it is told to."""
    door = subprocess.Popen(
        [sys.executable, "-c", _JOIN, place_of(store), MARKET, SEAT.id, key],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert door.stdout is not None
    assert door.stdout.readline() == "ready\n"
    return door


def test_exactly_one_of_several_terminals_that_join_at_once_gets_the_seat(store: Store) -> None:
    """Processes with the store open join at the same moment; the winner's key fits the seat."""
    with_seat(store)
    keys = [f"key-{number}" for number in range(4)]
    doors = [at_the_door(store, key) for key in keys]
    for door in doors:
        assert door.stdin is not None
        door.stdin.write("go\n")
        door.stdin.flush()
    said = [door.communicate()[0].strip() for door in doors]
    assert sorted(said) == ["False"] * 3 + ["True"]
    with store.reading() as reading:
        seat = reading.seat(MARKET, SEAT.id)
    assert seat is not None
    assert is_same(seat.key_hash, keys[said.index("True")])


# -- the store as a seat has it


def test_a_seats_store_reads_and_writes_while_it_is_taken(store: Store) -> None:
    """Once it is revoked, it does neither."""
    with_seat(store)
    own = SeatStore(store, SEAT)
    join(store)
    with own.reading() as reading:
        assert reading.market(MARKET) is not None
    with own.writing(MARKET) as writing:
        assert writing.market(MARKET) is not None
    assert asked(own).seat_open
    revoke(store)
    with pytest.raises(SeatRevokedError, match="revoked by the trainer"), own.reading():
        pass
    with pytest.raises(SeatRevokedError), own.writing(MARKET):
        pass
    assert not asked(own).seat_open
    assert asked(store).seat_open


def asked(store: Store) -> Situation:
    """Return the situation that a command would be decided on."""
    found: list[Situation] = []
    store.transact(Ask(market=MARKET), found.append)
    return found[-1]


def test_a_seat_that_is_only_invited_reads_nothing(store: Store) -> None:
    """Its code alone is not enough."""
    with_seat(store)
    with pytest.raises(SeatRevokedError), SeatStore(store, SEAT).reading():
        pass
