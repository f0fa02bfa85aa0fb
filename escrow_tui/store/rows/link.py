"""A connection of the database's own driver, and statements compiled for it once.

SQLAlchemy only builds the statements. They run on the driver's cursor: executing one through
SQLAlchemy takes longer than SQLite takes for a whole command.
"""

from collections import namedtuple
from collections.abc import Callable, Generator, Mapping, Sequence
from operator import itemgetter
from typing import Any

import msgspec
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.base import Executable

AnyRow = Any
Params = Mapping[str, object]


class Compiled(msgspec.Struct):
    """A statement's text, how to order its parameters, and how to name the columns of its rows.

    `values` are the parameters that are part of the statement. `named` is set by the first read.
    """

    sql: str
    take: Callable[[Params], Sequence[object]]
    values: dict[str, object]
    named: Callable[[Sequence[Any]], AnyRow] | None = None

    def given(self, params: Params) -> Sequence[object]:
        """Return the parameters by position."""
        return self.take({**self.values, **params} if self.values else params)


def _taking(names: Sequence[str]) -> Callable[[Params], Sequence[object]]:
    """Return a function that picks these parameters in order, without a loop in Python."""
    if len(names) > 1:
        return itemgetter(*names)
    return lambda params: [params[name] for name in names]


class Statements:
    """The statements compiled for one kind of database.

    The cache is bounded by the number of statements in the program, which are built once; it does
    not grow with their parameters.
    """

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect
        self._compiled: dict[Executable, Compiled] = {}

    def compiled(self, statement: Executable) -> Compiled:
        """Return the statement compiled for this database."""
        found = self._compiled.get(statement)
        if found is None:
            made = statement.compile(dialect=self.dialect)  # type: ignore[attr-defined]
            own = {name: value for name, value in made.params.items() if value is not None}
            found = Compiled(str(made), _taking(made.positiontup or ()), own)
            self._compiled[statement] = found
        return found


class Link:
    """A borrowed connection; the lender begins and ends its transaction."""

    def __init__(self, connection: Any, statements: Statements) -> None:  # noqa: ANN401 - a driver's own
        self.connection = connection
        self.cursor = connection.cursor()
        self._statements = statements

    def all(self, statement: Executable, params: Params) -> list[AnyRow]:
        """Return every row."""
        compiled = self._run(statement, params)
        rows = self.cursor.fetchall()
        if not rows:
            return []
        named = self._naming(compiled)
        return [named(row) for row in rows]

    def first(self, statement: Executable, params: Params) -> AnyRow | None:
        """Return the first row, or None."""
        compiled = self._run(statement, params)
        row = self.cursor.fetchone()
        return None if row is None else self._naming(compiled)(row)

    def row(self, statement: Executable, params: Params) -> Sequence[Any] | None:
        """Return the first row by position, or None."""
        self._run(statement, params)
        found: Sequence[Any] | None = self.cursor.fetchone()
        return found

    def said(self, statement: Executable, params: Params) -> tuple[str, Sequence[object]]:
        """Return a statement as the driver takes it: its text and its parameters by position."""
        compiled = self._statements.compiled(statement)
        return compiled.sql, compiled.given(params)

    def each(self, statement: Executable, params: Params) -> Generator[AnyRow, None, None]:
        """Yield the rows one by one, on a cursor of their own: other statements may run between."""
        compiled = self._statements.compiled(statement)
        own = Link(self.connection, self._statements)
        own.cursor.execute(compiled.sql, compiled.given(params))
        named = own._naming(compiled)
        try:
            for row in own.cursor:
                yield named(row)
        finally:
            own.cursor.close()

    def run(self, statement: Executable, params: Params) -> int:
        """Run a statement that returns no rows; return how many rows it changed."""
        self._run(statement, params)
        return int(self.cursor.rowcount)

    def many(self, statement: Executable, rows: Sequence[Params]) -> None:
        """Run the same statement for each of these rows, given by name."""
        if rows:
            compiled = self._statements.compiled(statement)
            self.cursor.executemany(compiled.sql, [compiled.given(row) for row in rows])

    def put(self, statement: Executable, rows: Sequence[Sequence[object]]) -> None:
        """Run the same statement for each of these rows, given by position."""
        if rows:
            self.cursor.executemany(self._statements.compiled(statement).sql, rows)

    def plain(self, sql: str) -> Any:  # noqa: ANN401 - a number, a text or nothing
        """Run SQL as it is, without parameters; return the first value, if any."""
        self.cursor.execute(sql)
        row = self.cursor.fetchone() if self.cursor.description else None
        return None if row is None else row[0]

    def _run(self, statement: Executable, params: Params) -> Compiled:
        compiled = self._statements.compiled(statement)
        self.cursor.execute(compiled.sql, compiled.given(params))
        return compiled

    def _naming(self, compiled: Compiled) -> Callable[[Sequence[Any]], AnyRow]:
        if compiled.named is None:
            names = [column[0] for column in self.cursor.description]
            row: Any = namedtuple("Row", names, rename=True)  # type: ignore[misc]
            compiled.named = row._make
        return compiled.named
