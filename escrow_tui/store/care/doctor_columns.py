"""Checks that the columns of a row hold values of their types, and names the row."""

from collections.abc import Iterator
from functools import cache

from sqlalchemy import Boolean, Table

from escrow_tui.store.derived.difference import Harm, StoreDifference, stored_text
from escrow_tui.store.rows.link import AnyRow


def mistyped(table: Table, row: AnyRow, market: str, place: str) -> Iterator[StoreDifference]:
    """Yield the columns whose value is of another type than the table declares.

    SQLite stores any type in any column; one flipped bit turns a text into bytes.
    """
    for name, kind, nullable in _kinds(table):
        value = getattr(row, name)
        if isinstance(value, kind) or (value is None and nullable):
            continue
        stored = f"{type(value).__name__} ({stored_text(value)})"
        yield StoreDifference(
            market=market,
            place=place,
            what=name,
            stored=stored,
            right=kind.__name__,
            harm=Harm.KEPT,
            source="its table says",
        )


@cache
def _kinds(table: Table) -> tuple[tuple[str, type, bool], ...]:
    """Return each column's name, the type of its values, and whether it may be NULL."""
    return tuple(
        (
            column.name,
            int if isinstance(column.type, Boolean) else column.type.python_type,
            bool(column.nullable),
        )
        for column in table.columns
    )


def named(table: Table, row: AnyRow) -> str:
    """Return what a row is called within its market."""
    key = [one.name for one in table.primary_key.columns if one.name != "market"]
    return " ".join(str(getattr(row, name)) for name in key)
