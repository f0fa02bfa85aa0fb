"""The store that is open: it hands out transactions to read and to write in."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine

from escrow_tui.engine.policy import Policy
from escrow_tui.store.address import PostgresDatabase, SqliteFile, Where
from escrow_tui.store.connection import engine_of, make_tables, transaction, writer_of
from escrow_tui.store.probe import probe
from escrow_tui.store.reading import Reading
from escrow_tui.store.writing import Writing


def open_checked(where: Where) -> "Store":
    """Look first; then open it, made if it is not there.

    Raises:
        StoreProblem: it cannot be used; it is as it was.
    """
    if isinstance(where, PostgresDatabase):
        raise NotImplementedError
    path = where.path if isinstance(where, SqliteFile) else where
    there = probe(path)
    engine = engine_of(path)
    if not there:
        make_tables(engine)
    return Store(engine)


class Store:
    """One SQLite file; it may be used by several threads and several processes at once."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._writer = writer_of(engine)
        self._policies: dict[str, Policy] = {}

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """Read one snapshot: what others write meanwhile is not seen.

        Raises:
            StoreProblem: the file failed.
        """
        with transaction(self._engine) as connection:
            yield Reading(connection, self._policies)

    @contextmanager
    def writing(self) -> Iterator[Writing]:
        """Write as the only one: durable at the block's end, undone if the block raises.

        Raises:
            StoreProblem: the file failed, or another held it too long; nothing is written.
        """
        with transaction(self._writer) as connection:
            yield Writing(connection, self._policies)

    def close(self) -> None:
        """Let go of the file; what was written stands in it alone, with nothing beside it."""
        self._engine.dispose()
