"""Taking a seat: the code once, then the terminal's own key, which is the user's alone."""

import os
import stat
from pathlib import Path

import pytest
from platformdirs import user_state_path

from escrow_tui.scenarios.seats.admission import (
    GONE,
    MISTYPED,
    NO_SEAT,
    UNKNOWN,
    USED,
    join,
    last_seat,
)
from escrow_tui.scenarios.seats.grants import Given, give, new_market, revoke
from escrow_tui.scenarios.seats.keys import SeatKeys, own_folder
from escrow_tui.scenarios.seats.people import SeatProblem, SeatRequest
from escrow_tui.store import PostgresDatabase, SqliteFile, StoreProblem
from escrow_tui.store.rows.seats import SeatKey
from escrow_tui.store.store import Store

NOW = "2026-01-01T10:00:00Z"
KEY = SeatKey("market-1", "k3m9qd", "the key")


@pytest.fixture
def keys(tmp_path: Path) -> SeatKeys:
    """The keys of a terminal that has none yet."""
    return SeatKeys(SqliteFile(tmp_path / "store.db"), tmp_path / "state" / "seats")


@pytest.fixture
def given(store: Store) -> Given:
    """A seat that waits."""
    return give(store, new_market(store, "", NOW, 7), SeatRequest("buyer"), NOW)


def test_a_code_opens_its_seat_and_the_terminal_goes_on_without_it(
    store: Store, keys: SeatKeys, given: Given
) -> None:
    """In any case and without the dashes."""
    key = join(store, given.code.lower().replace("-", " "), keys, NOW)
    assert key.seat == given.seat.id
    assert last_seat(store, keys) == last_seat(store, keys, key.seat) == key
    with store.reading() as reading:
        seat = reading.seat(key.market, key.seat)
    assert seat is not None
    assert (seat.state, seat.joined) == ("joined", NOW)


def test_each_code_that_opens_nothing_has_its_sentence(
    store: Store, keys: SeatKeys, given: Given
) -> None:
    """Only a code that was once right is told apart from one that never was."""
    told = {}
    tries = {"short": "ABC", "unknown": "AAAA-AAAA-AAAA-AAAA"}
    join(store, given.code, keys, NOW)
    tries["used"] = given.code
    gone = give(store, new_market(store, "", NOW, 7), SeatRequest("buyer"), NOW)
    revoke(store, gone.seat.id)
    tries["revoked"] = gone.code
    for name, code in tries.items():
        with pytest.raises(SeatProblem) as problem:
            join(store, code, keys, NOW)
        told[name] = str(problem.value)
    assert told == {"short": MISTYPED, "unknown": UNKNOWN, "used": USED, "revoked": GONE}
    revoke(store, given.seat.id)
    with pytest.raises(SeatProblem, match="was revoked"):
        join(store, given.code, keys, NOW)


def test_who_comes_second_keeps_no_key(
    store: Store, keys: SeatKeys, given: Given, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If somebody else takes the seat first, their key stays valid."""
    keep = SeatKeys.keep
    first: list[SeatKey] = []

    def overtaken(own: SeatKeys, key: SeatKey) -> Path:
        kept = keep(own, key)
        if not first:
            first.append(key)
            first.append(join(store, given.code, own, NOW))
        return kept

    monkeypatch.setattr(SeatKeys, "keep", overtaken)
    with pytest.raises(SeatProblem, match="has been used"):
        join(store, given.code, keys, NOW)
    assert last_seat(store, keys) == first[1]
    assert len(list(keys.folder.iterdir())) == 1


def test_a_key_that_cannot_be_kept_leaves_the_code_good(
    store: Store, keys: SeatKeys, given: Given, tmp_path: Path
) -> None:
    """A file stands where the folder should be."""
    (tmp_path / "state").write_text("in the way")
    with pytest.raises(StoreProblem, match=r"cannot be kept .* the code is still good"):
        join(store, given.code, keys, NOW)
    (tmp_path / "state").unlink()
    assert join(store, given.code, keys, NOW).seat == given.seat.id


def test_a_terminal_without_a_seat_is_told_so(store: Store, keys: SeatKeys) -> None:
    """Also of a seat that it has not taken, and of keys that open nothing here."""
    keys.keep(KEY)
    for seat in ("", "k3m9qd", "aaaaaa"):
        with pytest.raises(SeatProblem) as problem:
            last_seat(store, keys, seat)
        assert str(problem.value) == NO_SEAT


def test_the_last_seat_is_the_one_that_was_sat_in_last(store: Store, keys: SeatKeys) -> None:
    """To sit in an older one makes it the last; one that was revoked is passed over."""
    market = new_market(store, "", NOW, 7)
    first, second = (
        join(store, give(store, market, SeatRequest("buyer"), NOW).code, keys, NOW)
        for _ in range(2)
    )
    assert last_seat(store, keys, second.seat) == second
    for at, kept in enumerate(reversed(keys.newest())):
        os.utime(kept.path, (at, at))
    assert last_seat(store, keys, first.seat) == first
    assert last_seat(store, keys) == first
    revoke(store, first.seat)
    assert last_seat(store, keys) == second
    revoke(store, second.seat)
    for seat in ("", first.seat):
        with pytest.raises(SeatProblem, match="revoked by the trainer"):
            last_seat(store, keys, seat)


# -- keys


def mode(path: Path) -> int:
    """Return who may read and write it."""
    return stat.S_IMODE(path.stat().st_mode)


def test_a_key_is_for_its_user_alone(keys: SeatKeys) -> None:
    """Whatever mask the shell has, also where the folder was there before."""
    keys.folder.mkdir(parents=True, mode=0o755)
    before = os.umask(0)
    try:
        kept = keys.keep(KEY)
    finally:
        os.umask(before)
    assert (mode(kept), mode(keys.folder), mode(keys.root)) == (0o600, 0o700, 0o700)
    assert [kept.key for kept in keys.newest()] == [KEY]


def test_each_store_has_its_own_keys(tmp_path: Path) -> None:
    """A database is known by where it is, not by who logs in."""
    folder = tmp_path / "seats"
    urls = ("postgresql://anna:secret@host/market", "postgresql://host/market")
    one, same = (SeatKeys(PostgresDatabase(url), folder) for url in urls)
    one.keep(KEY)
    assert [kept.key for kept in same.newest()] == [KEY]
    assert SeatKeys(PostgresDatabase("postgresql://host/other"), folder).newest() == ()
    assert SeatKeys(SqliteFile(tmp_path / "store.db"), folder).newest() == ()
    assert "secret" not in "".join(str(path) for path in folder.rglob("*"))


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff", b"[1]"])
def test_a_key_that_cannot_be_read_is_one_sentence(keys: SeatKeys, content: bytes) -> None:
    """It says what to do."""
    keys.keep(KEY).write_bytes(content)
    with pytest.raises(StoreProblem, match="cannot be read; remove it, ask"):
        keys.newest()


@pytest.mark.parametrize("seat", ["../../x", "*", "a/b", "..", "~"])
def test_a_strangers_store_cannot_name_a_file_elsewhere(keys: SeatKeys, seat: str) -> None:
    """The key is kept in its folder, and a pattern finds nothing."""
    kept = keys.keep(SeatKey("market-1", seat, "the key"))
    assert kept.parent == keys.folder
    assert keys.newest(seat) == ()
    assert [path.parent for path in keys.folder.rglob("*")] == [keys.folder]


def test_keys_are_kept_where_the_platform_says() -> None:
    """In the state of the user."""
    assert own_folder() == user_state_path("escrow-tui", appauthor=False) / "seats"
