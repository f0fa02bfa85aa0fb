"""S1 and S2: a durable command at a desk, and a batch of a thousand, against what must be written.

The floor is one fdatasync of as many bytes as a commit appends to the WAL. The peer writes the very
same rows with `sqlite3`; it decides nothing and reads nothing.
"""

import os
import statistics
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import perf_counter, process_time

from escrow_tui.desk.desk import Desk
from escrow_tui.engine.answers import Done
from escrow_tui.store import MarketRow, Store
from tests.benchmarks.peers import by_sqlite3
from tests.benchmarks.store_goals import at_least, at_most, say
from tests.benchmarks.store_story import (
    MARKET,
    RULES,
    Given,
    Listening,
    decided,
    given,
    made,
    rows_in,
)

COMMANDS, BATCH, BATCHES = 4_000, 1_000, 15
# A frame of the WAL: a page and its header.
_FRAME = 4_096 + 24
_FIRST = 50
_BARE = 512


def main(folder: Path) -> list[bool]:
    """Write commands singly, then by the thousand; print each beside its floor, peer and goal."""
    return [*_one_by_one(folder), *_batches(folder)]


def rows_of(path: Path, commands: tuple[Given, ...]) -> list[by_sqlite3.Rows]:
    """Give commands at a desk, and return the rows that each of them wrote."""
    store = Listening(made(path))
    submit_all(store, commands)
    store.close()
    return [by_sqlite3.rows_of(*heard) for heard in store.heard]


def submit_all(store: Store, commands: tuple[Given, ...]) -> None:
    """Give commands, none of which is refused."""
    desk = Desk(store, MARKET, RULES)
    for one in commands:
        answer = desk.submit(*one)
        assert isinstance(answer, Done), answer


def _one_by_one(folder: Path) -> list[bool]:
    """S1: desk, peer and floor in turns, command by command."""
    commands = given(COMMANDS)
    rows = rows_of(folder / "heard.db", commands)
    ours, peer = made(folder / "ours.db"), made(folder / "peer.db")
    peer.close()
    desk, raw = Desk(ours, MARKET, RULES), by_sqlite3.opened(folder / "peer.db")
    # Until SQLite first starts the WAL from its beginning again, the file only grows.
    before = _wal(folder)
    for one, row in zip(commands[:_FIRST], rows, strict=False):
        desk.submit(*one)
        by_sqlite3.write(raw, [row])
    frames = (_wal(folder) - before) / _FIRST / _FRAME
    appended = Appending(folder / "frames", int(frames * _FRAME))
    bare = Appending(folder / "bare", _BARE)
    taken: list[tuple[float, ...]] = []
    for one, row in zip(commands[_FIRST:], rows[_FIRST:], strict=True):
        command = partial(desk.submit, *one), partial(by_sqlite3.write, raw, [row])
        taken.append(tuple(_seconds(do) for do in (*command, appended.append, bare.append)))
    ours.close()
    raw.close()
    assert rows_in(folder / "ours.db") == rows_in(folder / "peer.db")
    mine, theirs, floor, least = (statistics.median(of) for of in zip(*taken, strict=True))
    say(f"S1 a durable command      {mine * 1e6:7,.0f} us, the median of {len(taken):,}")
    say(f"   sqlite3, the same rows {theirs * 1e6:7,.0f}")
    say(f"   an fdatasync of {frames:4.1f} frames of the WAL {floor * 1e6:,.0f}")
    say(f"   an fdatasync of {_BARE} bytes {least * 1e6:,.0f}")
    return [
        at_most("S1", "fdatasyncs of what a commit appends", mine / floor, 1.5),
        at_most("S1", "of raw sqlite3", mine / theirs, 1.5),
    ]


def _batches(folder: Path) -> list[bool]:
    """S2: deciding and writing a batch, and writing its commands' rows alone, in turns."""
    ours, peer = made(folder / "batches.db"), made(folder / "peers.db")
    peer.close()
    raw = by_sqlite3.opened(folder / "peers.db")
    taken: list[tuple[float, ...]] = []
    for number in range(BATCHES):
        commands = given(BATCH, f"batch{number}")
        market = market_of(ours)
        rows = by_sqlite3.one_by_one(market, decided(commands, market))
        turns = (
            partial(write_batch, ours, commands, market),
            partial(by_sqlite3.write, raw, rows),
            partial(decided, commands, market),
        )
        taken.append(tuple(_seconds(do, process_time) for do in turns))
    ours.close()
    raw.close()
    assert rows_in(folder / "batches.db") == rows_in(folder / "peers.db")
    mine, theirs, deciding = (statistics.median(of) for of in zip(*taken, strict=True))
    say(f"S2 {BATCH:,} commands, decided and written as one batch {mine * 1e3:5.1f} ms")
    say(f"   sqlite3, the rows of one after the other {theirs * 1e3:13.1f}")
    say(f"   deciding them alone {deciding * 1e3:34.1f}")
    say(f"   the batch has {theirs / mine:.2f} of the speed of one who need not decide (no goal)")
    return [at_least("S2", "of raw sqlite3's, deciding too", (deciding + theirs) / mine, 0.8)]


def market_of(store: Store) -> MarketRow:
    """Return the market as it stands."""
    with store.reading() as reading:
        market = reading.market(MARKET)
    assert market is not None
    return market


def write_batch(store: Store, commands: tuple[Given, ...], market: MarketRow) -> None:
    """Decide these commands, and write them as one batch."""
    batch = decided(commands, market)
    with store.writing(MARKET) as writing:
        writing.write(batch)


class Appending:
    """A file to which the same bytes are appended and synced each time."""

    def __init__(self, path: Path, size: int) -> None:
        self._bytes = os.urandom(size)
        self._file = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_APPEND)

    def append(self) -> None:
        """Append them once more."""
        os.write(self._file, self._bytes)
        os.fdatasync(self._file)


def _wal(folder: Path) -> int:
    return (folder / "peer.db-wal").stat().st_size


def _seconds(do: Callable[[], object], clock: Callable[[], float] = perf_counter) -> float:
    began = clock()
    do()
    return clock() - began
