"""A disk that remembers: what SQLite writes, truncates, syncs and deletes, and what a cut leaves.

The store itself runs on it, through apsw's own SQLite: its connections are swapped beneath it.
"""

import sqlite3.dbapi2
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any, Literal

import apsw
import msgspec

SECTOR = 512
_VFS = "remembering"
# The first sync of such a file that is new syncs its folder too, as SQLite does on Unix.
_SYNC_FOLDER = ("-journal", "-wal")
Params = Sequence[Any] | Mapping[str, Any]
Row = tuple[Any, ...]


class Write(msgspec.Struct, frozen=True):
    """Bytes that were handed to the disk; they are safe at the file's next sync."""

    file: str
    offset: int
    content: bytes


class Truncate(msgspec.Struct, frozen=True):
    """A file was cut off at a size."""

    file: str
    size: int


class Delete(msgspec.Struct, frozen=True):
    """A file was taken away; `synced` says that its folder was synced too."""

    file: str
    synced: bool


class Sync(msgspec.Struct, frozen=True):
    """Everything that was written to the file before is safe."""

    file: str


class Acknowledged(msgspec.Struct, frozen=True):
    """The store has told somebody that a command is done."""

    command_id: str


Change = Write | Truncate | Delete
Step = Change | Sync | Acknowledged


class _File(apsw.VFSFile):
    def __init__(self, filename: str | apsw.URIFilename, flags: list[int], log: list[Step]) -> None:
        super().__init__("", filename, flags)
        name = filename if isinstance(filename, str) else filename.filename()
        self._name, self._log = Path(name).name, log

    def xWrite(self, data: Any, offset: int) -> None:  # noqa: ANN401, N802 - apsw calls it so
        super().xWrite(data, offset)
        self._log.append(Write(self._name, offset, bytes(data)))

    def xTruncate(self, newsize: int) -> None:  # noqa: N802
        super().xTruncate(newsize)
        self._log.append(Truncate(self._name, newsize))

    def xSync(self, flags: int) -> None:  # noqa: N802
        super().xSync(flags)
        self._log.append(Sync(self._name))


class _Disk(apsw.VFS):
    def __init__(self, log: list[Step]) -> None:
        super().__init__(_VFS, "")
        self._log = log

    def xOpen(  # noqa: N802
        self, name: str | apsw.URIFilename | None, flags: list[int]
    ) -> apsw.VFSFile:
        return apsw.VFSFile("", name, flags) if name is None else _File(name, flags, self._log)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802
        super().xDelete(filename, syncdir)
        self._log.append(Delete(Path(filename).name, syncdir))


class _Cursor:
    """The part of sqlite3's cursor that the store's libraries use."""

    def __init__(self, connection: apsw.Connection, synchronous: str) -> None:
        self._connection, self._synchronous = connection, synchronous
        self._cursor = connection.cursor()
        self._cursor.exec_trace = self._described
        self.description: tuple[Any, ...] | None = None
        self.rowcount = self.lastrowid = -1
        self.arraysize = 1
        self._rows: Iterator[Row] = iter(())

    def _described(self, cursor: apsw.Cursor, _sql: str, _params: object) -> bool:
        found = cursor.get_description()
        self.description = tuple((name, *[None] * 6) for name, _ in found) or None
        return True

    def execute(self, sql: str, params: Params = ()) -> "_Cursor":
        if sql.casefold().startswith("pragma synchronous"):
            sql = f"PRAGMA synchronous = {self._synchronous}"
        before = self._connection.total_changes()
        self._rows = iter(list(self._cursor.execute(sql, params)))
        self._counted(before)
        return self

    def executemany(self, sql: str, params: Sequence[Params]) -> "_Cursor":
        before = self._connection.total_changes()
        self._rows = iter(list(self._cursor.executemany(sql, params)))
        self._counted(before)
        return self

    def _counted(self, before: int) -> None:
        changed = self._connection.total_changes() - before
        self.rowcount = changed if self.description is None else -1
        self.lastrowid = self._connection.last_insert_rowid()

    def __iter__(self) -> Iterator[Row]:
        return self._rows

    def fetchone(self) -> Row | None:
        return next(self._rows, None)

    def fetchmany(self, size: int = 1) -> list[Row]:
        return [row for _, row in zip(range(size), self._rows, strict=False)]

    def fetchall(self) -> list[Row]:
        return list(self._rows)

    def close(self) -> None:
        self._rows = iter(())


class _Connection:
    """The part of sqlite3's connection that the store's libraries use."""

    def __init__(self, path: str, synchronous: str) -> None:
        self._own = apsw.Connection(path, vfs=_VFS)
        self._synchronous = synchronous
        self.isolation_level = None

    @property
    def in_transaction(self) -> bool:
        return self._own.in_transaction

    def cursor(self) -> _Cursor:
        return _Cursor(self._own, self._synchronous)

    def execute(self, sql: str, params: Params = ()) -> _Cursor:
        return self.cursor().execute(sql, params)

    def executemany(self, sql: str, params: Sequence[Params]) -> _Cursor:
        return self.cursor().executemany(sql, params)

    def create_function(self, *_args: object, **_options: object) -> None:
        """The one function that SQLAlchemy adds is in no statement of ours."""

    def commit(self) -> None:
        if self._own.in_transaction:
            self._own.execute("COMMIT")

    def rollback(self) -> None:
        if self._own.in_transaction:
            self._own.execute("ROLLBACK")

    def close(self) -> None:
        self._own.close()


@contextmanager
def remembering(synchronous: str = "FULL") -> Iterator[list[Step]]:
    """Let every store that is opened write to the disk that remembers; give what it remembers.

    `synchronous` takes the place of the store's own pragma, to see what it is good for.
    """
    log: list[Step] = []
    disk, theirs = _Disk(log), sqlite3.dbapi2.connect

    def connect(database: str, *_args: object, **_options: object) -> _Connection:
        return _Connection(database, synchronous)

    sqlite3.dbapi2.connect = connect  # type: ignore[assignment]
    try:
        yield log
    finally:
        sqlite3.dbapi2.connect = theirs
        disk.unregister()


Mode = Literal["kept", "dropped", "any of them", "torn", "reordered"]
MODES: tuple[Mode, ...] = ("kept", "dropped", "any of them", "torn", "reordered")


class Platter:
    """What is safe on the disk, and what was written since and may be lost."""

    def __init__(self) -> None:
        self.safe: dict[str, bytearray] = {}
        self.pending: list[Change] = []

    def take(self, step: Step) -> None:
        """Let the next thing happen."""
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
        """Every file that was taken away is gone for good, with what was written to it."""
        last = {one.file: at for at, one in enumerate(self.pending) if isinstance(one, Delete)}
        for file in last:
            self.safe.pop(file, None)
        self.pending = [one for at, one in enumerate(self.pending) if at > last.get(one.file, -1)]

    def after_cut(self, mode: Mode, chance: Random) -> dict[str, bytes]:
        """Return the files as they may be found when the power is cut now."""
        files = {name: bytearray(content) for name, content in self.safe.items()}
        for change in _left(self.pending, mode, chance):
            _apply(files, change)
        return {name: bytes(content) for name, content in files.items()}


def _left(pending: Sequence[Change], mode: Mode, chance: Random) -> list[Change]:
    """Say which changes that were not synced are there all the same, and in which order."""
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
    """Say which files are gone, and what may be left of the one before or the one after it."""
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
    """Cut a write where a sector ends."""
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
