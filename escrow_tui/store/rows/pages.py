"""Reads all rows of a table a page at a time, so that few are in memory at once."""

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
    """Yield the rows of a table, or of one market in it, in the order of a unique key.

    `by` names the columns of the key; the default is the primary key. Pages are read by key and not
    from one cursor, because a driver may fetch all of a cursor's rows at once.
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
