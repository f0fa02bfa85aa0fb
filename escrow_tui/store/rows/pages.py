"""Every row of a table, however many: read a page at a time, so that few are held at once."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Select, Table, bindparam, select, tuple_

from escrow_tui.store.rows.link import AnyRow, Link

PAGE = 500

_MARKET: BindParameter[str] = bindparam("market")


def rows_of(
    link: Link, table: Table, market: str = "", by: tuple[str, ...] = ()
) -> Iterator[AnyRow]:
    """Give the rows of a table, of one market where it is named, in the order of a unique key.

    Without `by` the key is the primary one. Pages are read by keys and not on one cursor: a driver
    may fetch all that a cursor would give.
    """
    key = by or tuple(one.name for one in table.primary_key.columns)
    key = tuple(name for name in key if not (market and name == "market"))
    params: dict[str, object] = {"market": market}
    page = link.all(_page(table, key, bool(market), False), params)
    while page:
        yield from page
        if len(page) < PAGE:
            return
        params.update({f"after_{name}": getattr(page[-1], name) for name in key})
        page = link.all(_page(table, key, bool(market), True), params)


@cache
def _page(table: Table, key: tuple[str, ...], of_market: bool, goes_on: bool) -> Select[Any]:
    columns = [table.c[name] for name in key]
    statement = select(table).order_by(*columns).limit(PAGE)
    if of_market:
        statement = statement.where(table.c.market == _MARKET)
    if not goes_on:
        return statement
    marks: list[ColumnElement[Any]] = [
        bindparam(f"after_{column.name}", type_=column.type) for column in columns
    ]
    if len(columns) == 1:
        return statement.where(columns[0] > marks[0])
    return statement.where(tuple_(*columns) > tuple_(*marks))
