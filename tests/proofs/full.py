"""A disk that fills up during commands: one sentence, nothing lost, and work goes on."""

import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec

from escrow_tui.desk.desk import Desk
from escrow_tui.store import StoreProblem, open_store
from tests.proofs import hot

_NAME = "store.db"
_MOST_COMMANDS = 20_000
_AFTERWARDS = 20


class Filled(msgspec.Struct):
    """Commands done until the disk was full and once it had room, and what was said between."""

    before: int = 0
    after: int = 0
    said: list[str] = msgspec.field(default_factory=list)
    wrong: list[str] = msgspec.field(default_factory=list)


def filled(path: Path, fill: Callable[[], None], make_room: Callable[[], None]) -> Filled:
    """Give commands until the disk is full, three more in vain, and some once there is room."""
    result = Filled()
    market = hot.made(path)
    fill()
    store = open_store(path)
    desk = Desk(store, market, hot.rules())
    told: list[str] = []
    while len(told) < _MOST_COMMANDS and not result.said:
        _given(desk, hot.name_of("w", len(told)), told, result)
    result.before = len(told)
    for _ in range(3):
        _given(desk, hot.name_of("w", len(told)), told, result)
    with store.reading() as reading:
        there = [one.command_id for one in reading.entries(market) if one.command_id]
    if sorted(there) != sorted(told):
        result.wrong.append(f"{len(told)} were acknowledged and {len(there)} are there")
    make_room()
    for _ in range(_AFTERWARDS):
        hot.submit(desk, hot.name_of("w", len(told)))
        told.append(hot.name_of("w", len(told)))
    result.after = len(told) - result.before
    store.close()
    found = hot.judged(path, market, told)
    result.wrong += [] if found.sound else [str(found)]
    return result


def _given(desk: Desk, command_id: str, told: list[str], result: Filled) -> None:
    try:
        hot.submit(desk, command_id)
    except StoreProblem as problem:
        result.said.append(str(problem))
    else:
        told.append(command_id)


def on_a_small_disk(folder: Path, kilobytes: int) -> Filled:
    """Fill the folder's file system, leaving this many kilobytes free."""
    ballast = folder / "ballast"

    def fill() -> None:
        room = os.statvfs(folder)
        ballast.write_bytes(bytes(room.f_bavail * room.f_bsize - kilobytes * 1024))

    return filled(folder / _NAME, fill, ballast.unlink)


def under_a_limit(folder: Path, kilobytes: int) -> Filled:
    """Let no file of this process grow by more than this many kilobytes."""
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    path = folder / _NAME

    def fill() -> None:
        limit = path.stat().st_size + kilobytes * 1024
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, most))

    return filled(path, fill, lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)))


def in_a_process(kilobytes: int) -> Filled:
    """Run on a disk in memory, which goes away with the process that makes it.

    Raises:
        subprocess.CalledProcessError: the disk cannot be made; that needs root.
    """
    make = 'mount -t tmpfs -o size=16m tmpfs "$1" && exec "$0" -m tests.proofs files'
    command = ["unshare", "--mount", "sh", "-c", f'{make} --inside "$1" --kilobytes "$2"']
    run = subprocess.run(
        [*command, sys.executable, "/mnt", str(kilobytes)], stdout=subprocess.PIPE, check=True
    )
    return msgspec.json.decode(run.stdout, type=Filled)
