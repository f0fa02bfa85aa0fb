"""An upgrade is killed at each of its statements and between them: it is done whole, or not at all.

A process that upgrades a file of the oldest schema kills itself with SIGKILL before its n-th step,
for every n: a step is a statement, a hundred instructions within a long one, or a file that is
opened, renamed or deleted. What is left must be the old store or the new one, whole; each backup
must be the old store; and a second upgrade must end like one that was not disturbed.
"""

import argparse
import os
import shutil
import signal
import sqlite3
import sys
import tempfile
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from multiprocessing.connection import Connection
from pathlib import Path

import msgspec

from escrow_tui import cli
from tests.proofs.clients import FORKS
from tests.proofs.dump import Dump, apart, dumped
from tests.proofs.verdict import Progress, say, verdict

HELP = "an upgrade killed at every statement: never a half one, and the backup is sound"
OLDEST = Path(__file__).parents[1] / "store" / "fixtures" / "schema-1.sqlite"
# An upgrade has at least this many statements; fewer would only look at the file.
LEAST_STATEMENTS = 30
_INSTRUCTIONS = 100
_NAME = "store.db"
_BESIDE = ("-wal", "-shm", "-journal", "-turn", ".part")
_FILES = ("os.rename", "os.remove", "os.link", "open")


class Fatal:
    """Counts the steps of an upgrade, and dies before one of them (0: never)."""

    def __init__(self, deadly: int) -> None:
        self.steps = self.statements = 0
        self._deadly = deadly

    def step(self) -> None:
        """Count; die if this is the step."""
        self.steps += 1
        if self.steps == self._deadly:
            os.kill(os.getpid(), signal.SIGKILL)

    def watch(self, folder: Path) -> None:
        """Count what is done with files in a folder, and on every connection from now on."""
        connect = sqlite3.connect

        def watched(*args: object, **options: object) -> sqlite3.Connection:
            connection: sqlite3.Connection = connect(*args, **options)  # type: ignore[call-overload]
            connection.set_trace_callback(self._statement)
            connection.set_progress_handler(self.step, _INSTRUCTIONS)
            return connection

        def heard(event: str, args: tuple[object, ...]) -> None:
            if event in _FILES and str(folder) in str(args[0]):
                self.step()

        sqlite3.connect = watched  # type: ignore[assignment]
        sys.addaudithook(heard)

    def _statement(self, _sql: str) -> None:
        self.statements += 1
        self.step()


class Counted(msgspec.Struct, frozen=True):
    """How an undisturbed upgrade ended, and how many steps and statements it took."""

    code: int
    steps: int
    statements: int
    said: str


class Upgraded(msgspec.Struct):
    """What came of the kills: how many left the old store or the new one, and what was wrong."""

    steps: int = 0
    statements: int = 0
    kills: int = 0
    old: int = 0
    new: int = 0
    backups: int = 0
    wrong: list[str] = msgspec.field(default_factory=list)


def upgrade(path: Path, deadly: int, wire: Connection) -> None:
    """Upgrade the file, and die before the step with this number."""
    fatal, out = Fatal(deadly), StringIO()
    fatal.watch(path.parent)
    with redirect_stdout(out), redirect_stderr(out):
        code = cli.main(["store", "upgrade", "--store", str(path)])
    fatal.step()
    counted = Counted(code, fatal.steps, fatal.statements, out.getvalue())
    wire.send_bytes(msgspec.json.encode(counted))


def upgraded(path: Path, deadly: int = 0) -> Counted | None:
    """Upgrade the file in a process of its own; return nothing if it died."""
    here, there = FORKS.Pipe(duplex=False)
    process = FORKS.Process(target=upgrade, args=(path, deadly, there), daemon=True)
    process.start()
    there.close()
    try:
        return msgspec.json.decode(here.recv_bytes(), type=Counted)
    except EOFError:
        return None
    finally:
        process.join()
        here.close()


def killed(every: int) -> Upgraded:
    """Kill an upgrade at every n-th of its steps, and at the last."""
    result, progress = Upgraded(), Progress("upgrades")
    with tempfile.TemporaryDirectory() as folder:
        old, new = _undisturbed(Path(folder), result)
        for deadly in sorted({*range(1, result.steps, every), result.steps}):
            place = Path(folder) / str(deadly) / _NAME
            place.parent.mkdir()
            shutil.copy(OLDEST, place)
            if upgraded(place, deadly) is None:
                result.kills += 1
                result.wrong += [
                    f"step {deadly}: {one}" for one in _judged(place, old, new, result)
                ]
            progress.tell(f"{deadly} of {result.steps} steps")
            shutil.rmtree(place.parent)
    return result


def _undisturbed(folder: Path, result: Upgraded) -> tuple[Dump, Dump]:
    """Upgrade once without a kill; return the store before and after."""
    place = folder / "whole" / _NAME
    place.parent.mkdir()
    shutil.copy(OLDEST, place)
    old = dumped(OLDEST, alone=True)
    counted = upgraded(place)
    assert counted is not None
    assert counted.code == 0, counted.said
    result.steps, result.statements = counted.steps, counted.statements
    return old, dumped(place)


def _judged(place: Path, old: Dump, new: Dump, result: Upgraded) -> list[str]:
    """Name what is wrong with what a killed upgrade left, and with the upgrade after it."""
    wrong = []
    left = dumped(place)
    is_old, is_new = not apart(left, old), not apart(left, new)
    result.old, result.new = result.old + is_old, result.new + is_new
    if not (is_old or is_new):
        wrong.append(f"a half store: {', '.join(apart(left, new))}")
    backups = [one for one in place.parent.iterdir() if _is_backup(one)]
    result.backups += len(backups)
    wrong += [f"an unsound backup {one.name}" for one in backups if not _same(one, old)]
    if is_new and not backups:
        wrong.append("a new store without a backup of the old one")
    again = upgraded(place)
    if again is None or again.code or apart(dumped(place), new):
        wrong.append(f"the next upgrade: {again}")
    return wrong


def _is_backup(path: Path) -> bool:
    return path.name != _NAME and not path.name.endswith(_BESIDE)


def _same(path: Path, old: Dump) -> bool:
    try:
        return not apart(dumped(path, alone=True), old)
    except sqlite3.Error:
        return False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the option to kill at only some of the steps."""
    parser.add_argument("--every", type=int, default=1, help="kill at every so-manieth step alone")


def main(options: argparse.Namespace) -> int:
    """Kill, and print what was left half done."""
    result = killed(options.every)
    for line in result.wrong:
        say(line)
    return verdict(
        "upgrades",
        not result.wrong
        and result.old > 0
        and result.new > 0
        and result.statements >= LEAST_STATEMENTS,
        f"{result.kills} kills at {result.steps} steps, {result.statements} of them statements:"
        f" {result.old} left the old store, {result.new} the new one,"
        f" {result.kills - result.old - result.new} a half one; {result.backups} backups;"
        f" {len(result.wrong)} faults",
    )
