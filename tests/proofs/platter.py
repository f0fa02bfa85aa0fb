"""A disk after a power cut: what is safe on it, and what else may be found there."""

from collections.abc import Sequence
from itertools import pairwise
from random import Random
from typing import Literal

import msgspec

SECTOR = 512
# The first sync of a new file with such a name also syncs its folder, as SQLite does on Unix.
_SYNC_FOLDER = ("-journal", "-wal")


class Write(msgspec.Struct, frozen=True):
    """Bytes that were given to the disk; they are safe after the file's next sync."""

    file: str
    offset: int
    content: bytes


class Truncate(msgspec.Struct, frozen=True):
    """A file was cut off at a size."""

    file: str
    size: int


class Delete(msgspec.Struct, frozen=True):
    """A file was deleted; `synced` says that its folder was synced too."""

    file: str
    synced: bool


class Sync(msgspec.Struct, frozen=True):
    """Everything written to the file before is safe."""

    file: str


class Acknowledged(msgspec.Struct, frozen=True):
    """The store has said that a command is done."""

    command_id: str


Change = Write | Truncate | Delete
Step = Change | Sync | Acknowledged


Mode = Literal["kept", "dropped", "any of them", "torn", "reordered"]
MODES: tuple[Mode, ...] = ("kept", "dropped", "any of them", "torn", "reordered")


class Platter:
    """What is safe on the disk, and what has been written since and may be lost."""

    def __init__(self) -> None:
        self.safe: dict[str, bytearray] = {}
        self.pending: list[Change] = []

    def take(self, step: Step) -> None:
        """Take in the next step."""
        if isinstance(step, Sync):
            if step.file.endswith(_SYNC_FOLDER) and step.file not in self.safe:
                self._sync_folder()
            self._sync(step.file)
        elif not isinstance(step, Acknowledged):
            self.pending.append(step)
            if isinstance(step, Delete) and step.synced:
                self._sync_folder()

    def _sync(self, file: str) -> None:
        for change in self.pending:
            if change.file == file:
                _apply(self.safe, change)
        self.pending = [one for one in self.pending if one.file != file]
        self.safe.setdefault(file, bytearray())

    def _sync_folder(self) -> None:
        """Make every pending deletion final, along with the writes before it."""
        last = {one.file: at for at, one in enumerate(self.pending) if isinstance(one, Delete)}
        for file in last:
            self.safe.pop(file, None)
        self.pending = [one for at, one in enumerate(self.pending) if at > last.get(one.file, -1)]

    def after_cut(self, mode: Mode, chance: Random) -> dict[str, bytes]:
        """Return files as they may be found if the power is cut now."""
        files = {name: bytearray(content) for name, content in self.safe.items()}
        for change in _left(self.pending, mode, chance):
            _apply(files, change)
        return {name: bytes(content) for name, content in files.items()}


def _left(pending: Sequence[Change], mode: Mode, chance: Random) -> list[Change]:
    """Choose which unsynced changes reach the disk, and in which order."""
    if mode == "dropped":
        return []
    if mode == "kept":
        return list(pending)
    ends, parts = _of_one_life(pending, chance)
    if mode != "any of them":
        parts = [part for one in parts for part in _torn(one)]
    likely = chance.random()
    left = [part for part in parts if chance.random() < likely]
    if mode == "reordered":
        chance.shuffle(left)
    return [*ends, *left]


def _of_one_life(pending: Sequence[Change], chance: Random) -> tuple[list[Change], list[Change]]:
    """Choose which deletions happen, and return them with the changes that may remain."""
    last = {one.file: at for at, one in enumerate(pending) if isinstance(one, Delete)}
    gone = {file for file in last if chance.random() < 0.5}
    parts = [
        one
        for at, one in enumerate(pending)
        if one.file not in last
        or (not isinstance(one, Delete) and (at > last[one.file]) == (one.file in gone))
    ]
    return [pending[last[file]] for file in sorted(gone)], parts


def _torn(change: Change) -> list[Change]:
    """Split a write at the sector boundaries."""
    if not isinstance(change, Write):
        return [change]
    first, end = change.offset, change.offset + len(change.content)
    edges = [first, *range(first - first % SECTOR + SECTOR, end, SECTOR), end]
    return [
        Write(change.file, low, change.content[low - first : high - first])
        for low, high in pairwise(edges)
    ]


def _apply(files: dict[str, bytearray], change: Change) -> None:
    if isinstance(change, Delete):
        files.pop(change.file, None)
        return
    content = files.setdefault(change.file, bytearray())
    if isinstance(change, Truncate):
        del content[change.size :]
        return
    end = change.offset + len(change.content)
    content.extend(bytes(max(0, end - len(content))))
    content[change.offset : end] = change.content
