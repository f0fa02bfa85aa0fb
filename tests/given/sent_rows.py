"""Records the SQL statements that the store sends, with their values."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest
from sqlalchemy.sql.base import Executable

from escrow_tui.store.rows.link import Compiled, Link, Params

Sent = tuple[str, tuple[object, ...]]


@contextmanager
def recorded() -> Iterator[list[Sent]]:
    """Yield the statements sent while the block runs, with their values."""
    found: list[Sent] = []
    given = Compiled.given

    def note(compiled: Compiled, params: Params) -> Sequence[object]:
        values = given(compiled, params)
        found.append((compiled.sql, tuple(values)))
        return values

    def note_rows(link: Link, statement: Executable, rows: Sequence[Sequence[object]]) -> None:
        sql = link._statements.compiled(statement).sql
        found.extend((sql, tuple(row)) for row in rows)
        put(link, statement, rows)

    put = Link.put
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Compiled, "given", note)
        patch.setattr(Link, "put", note_rows)
        yield found
