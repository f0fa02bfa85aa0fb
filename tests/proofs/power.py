"""A disk that records what SQLite writes, truncates, syncs and deletes.

The store itself runs on it, through apsw's own SQLite: the store's connections are replaced.
"""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import apsw

from escrow_tui.store.sqlite import connections
from tests.proofs.platter import Delete, Step, Sync, Truncate, Write

_VFS = "remembering"
Params = Sequence[Any] | Mapping[str, Any]
Row = tuple[Any, ...]


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
    """The part of sqlite3's cursor that the store uses."""

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
    """The part of sqlite3's connection that the store uses."""

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
    """Let every store that is opened write to the recording disk; yield the recording.

    `synchronous` replaces the store's own pragma, to show what the pragma is good for.
    """
    log: list[Step] = []
    disk, theirs = _Disk(log), sqlite3.connect

    def connect(database: Path, **_: object) -> _Connection:
        return _Connection(str(database), synchronous)

    connections.connect = connect  # type: ignore[assignment, attr-defined]
    try:
        yield log
    finally:
        connections.connect = theirs  # type: ignore[attr-defined]
        disk.unregister()
