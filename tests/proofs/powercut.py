"""The power is cut at any instant: what was not synced is kept, lost, torn or reordered.

The store's own statements run on a disk that records every write, truncate and sync. For many
instants its files are rebuilt as a cut may leave them, and opened like any store. With a weaker
`synchronous` the same cuts must lose something, or they could not see a loss.
"""

import argparse
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

import msgspec

from escrow_tui.desk.desk import Desk
from escrow_tui.store import SqliteFile, StoreProblem, open_store
from escrow_tui.store.care.examination import examine
from tests.proofs import hot
from tests.proofs.platter import MODES, Acknowledged, Mode, Platter, Step, Sync
from tests.proofs.power import remembering
from tests.proofs.verdict import Progress, say, verdict

HELP = "cuts of the power at any instant: nothing acknowledged is lost, the file is sound"
CUTS = 4_400
_NAME = "store.db"
# A recording is short, so that the store of each cut is small, and is checked in full.
COMMANDS, CUTS_A_RECORDING, COMMANDS_A_SITTING = 240, 440, 80
MAKING_STEPS = 60


class Recorded(msgspec.Struct):
    """What the disk recorded during the commands, and the ids of these in order."""

    market: str
    steps: list[Step]
    given: list[str]


class Cut(msgspec.Struct):
    """What the cuts did: cuts by mode, changes in doubt, commands lost, files that are unsound."""

    modes: Counter[str] = msgspec.field(default_factory=Counter)
    commands: int = 0
    steps: int = 0
    in_doubt: int = 0
    lost: int = 0
    cuts_that_lost: int = 0
    unsound: list[str] = msgspec.field(default_factory=list)


def recorded(folder: Path, commands: int, synchronous: str = "FULL") -> Recorded:
    """Give this many commands to a store that is made, closed and opened on the way."""
    path = folder / _NAME
    given: list[str] = []
    with remembering(synchronous) as steps:
        market = hot.made(path)
        for first in range(0, commands, COMMANDS_A_SITTING):
            store = open_store(path)
            desk = Desk(store, market, hot.rules())
            for number in range(first, min(commands, first + COMMANDS_A_SITTING)):
                given.append(hot.name_of("w", number))
                hot.submit(desk, given[-1])
                steps.append(Acknowledged(given[-1]))
            store.close()
        return Recorded(market, list(steps), given)


def cut(recording: Recorded, folder: Path, cuts: int, chance: Random, result: Cut) -> None:
    """Cut this many times, each in the next mode, and judge what is left."""
    platter, acknowledged = Platter(), 0
    wanted = Counter(_instants(recording.steps, cuts, chance))
    for at, step in enumerate(recording.steps):
        for _ in range(wanted[at]):
            mode = MODES[result.modes.total() % len(MODES)]
            result.modes[mode] += 1
            result.in_doubt += len(platter.pending)
            judge(recording, acknowledged, platter, mode, folder, chance, result)
        platter.take(step)
        acknowledged += isinstance(step, Acknowledged)
    result.commands += len(recording.given)
    result.steps += len(recording.steps)


def _instants(steps: list[Step], cuts: int, chance: Random) -> Iterator[int]:
    """Choose instants: at a sync, where most is in doubt; anywhere; while the store is made."""
    syncs = [at for at, step in enumerate(steps) if isinstance(step, Sync)]
    for number in range(cuts):
        if number % 4 == 0:
            yield chance.randrange(MAKING_STEPS)
        else:
            yield chance.randrange(len(steps)) if number % 4 == 1 else chance.choice(syncs)


def judge(
    recording: Recorded,
    acknowledged: int,
    platter: Platter,
    mode: Mode,
    folder: Path,
    chance: Random,
    result: Cut,
) -> None:
    """Build the files as a cut leaves them, and open them."""
    with tempfile.TemporaryDirectory(dir=folder) as place:
        for name, content in platter.after_cut(mode, chance).items():
            (Path(place) / name).write_bytes(content)
        try:
            there = _there(Path(place) / _NAME, recording)
        except (StoreProblem, sqlite3.Error, ValueError) as fault:
            result.unsound.append(f"{mode}: {fault}")
            return
    lost = max(0, acknowledged - there)
    result.lost += lost
    result.cuts_that_lost += bool(lost)


def _there(path: Path, recording: Recorded) -> int:
    """Return how many commands a store holds, which must be the first ones, whole and in order.

    Raises:
        StoreProblem: it cannot be opened.
        ValueError: it is not sound.
    """
    store = open_store(path)
    try:
        with store.reading() as reading:
            if reading.market(recording.market) is None:
                return 0
            entries = reading.entries(recording.market)
            given = [entry.command_id for entry in entries if entry.command_id]
            wrong = hot.out_of_line(reading, recording.market)
            wrong += hot.without_effect(reading, recording.market, given)
    finally:
        store.close()
    if difference := examine(SqliteFile(path)):
        wrong.append(str(difference))
    if given != recording.given[: len(given)]:
        wrong.append("a command is there without the one before it")
    if wrong:
        raise ValueError("; ".join(wrong))
    return len(given)


def run(cuts: int, seed: int, synchronous: str = "FULL") -> Cut:
    """Record and cut until there were this many cuts."""
    chance, result = Random(seed), Cut()
    progress = Progress(f"powercut {synchronous}")
    while (left := cuts - result.modes.total()) > 0:
        with tempfile.TemporaryDirectory() as folder:
            recording = recorded(Path(folder), COMMANDS, synchronous)
            cut(recording, Path(folder), min(left, CUTS_A_RECORDING), chance, result)
        progress.tell(f"{result.modes.total()} cuts")
    return result


def told(result: Cut) -> str:
    """Say what the cuts did."""
    return (
        f"{result.modes.total():,} cuts: {result.lost} acknowledged commands lost at"
        f" {result.cuts_that_lost} of them, {len(result.unsound)} files unsound"
    )


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the number of cuts and the seed."""
    parser.add_argument("--cuts", type=int, default=CUTS)
    parser.add_argument("--seed", type=int, default=1)


def main(options: argparse.Namespace) -> int:
    """Cut, with the store's own pragma and with weaker ones."""
    result = run(options.cuts, options.seed)
    for fault in sorted(set(result.unsound)):
        say(f"{result.unsound.count(fault)} times {fault}")
    say(
        f"{result.commands:,} commands, {result.steps:,} writes, truncates and syncs;"
        f" {result.in_doubt:,} changes in doubt; "
        + ", ".join(f"{mode} {count:,}" for mode, count in result.modes.items())
    )
    weaker = {how: run(options.cuts // 10, options.seed, how) for how in ("NORMAL", "OFF")}
    for how, seen in weaker.items():
        say(f"with synchronous = {how}: {told(seen)}")
    blind = [how for how, seen in weaker.items() if not (seen.lost or seen.unsound)]
    for how in blind:
        say(f"the cuts do not see what synchronous = {how} loses")
    return verdict("powercut", not (result.lost or result.unsound or blind), told(result))
