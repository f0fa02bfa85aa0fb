"""Runs an upgrade's plain SQL on a driver's cursor; who began the transaction ends it."""

from collections.abc import Callable, Sequence
from typing import Any

Rows = list[tuple[Any, ...]]

# Told each statement before it is run: a proof ends the process there.
Before = Callable[[str], None]


class Steps:
    """One upgrade at work; `dialect` is `sqlite` or `postgresql`."""

    def __init__(self, cursor: Any, dialect: str, before: Before) -> None:  # noqa: ANN401 - a driver's
        self.dialect = dialect
        self._cursor = cursor
        self._before = before

    def execute(self, sql: str, params: Sequence[object] = ()) -> Rows:
        """Run a statement, and return its rows."""
        self._before(sql)
        self._cursor.execute(sql, params)
        return list(self._cursor.fetchall()) if self._cursor.description else []

    def many(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        """Run a statement for each of these rows."""
        self._before(sql)
        self._cursor.executemany(sql, rows)
