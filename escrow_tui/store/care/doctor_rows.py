"""Checks the derived rows of a market against its journal."""

from collections.abc import Callable, Iterator

import msgspec
from sqlalchemy import Table

from escrow_tui.engine.invariants import account_violations
from escrow_tui.engine.order import Order
from escrow_tui.store.care.doctor_columns import mistyped, named
from escrow_tui.store.derived.difference import (
    Harm,
    StoreDifference,
    by_name,
    first_apart,
    stored_text,
)
from escrow_tui.store.derived.replay import PolicyOf, Replay, Sums, Untrue
from escrow_tui.store.records import StoredOrder
from escrow_tui.store.rows import codec
from escrow_tui.store.rows.content import ContentProblem
from escrow_tui.store.rows.link import AnyRow, Link
from escrow_tui.store.rows.pages import rows_of
from escrow_tui.store.schema import BALANCE, COUNT, ORDER, TRUST


def derived_differences(
    link: Link, market: str, policy_of: PolicyOf, tick: Callable[[], None]
) -> Iterator[StoreDifference]:
    """Yield what does not follow from a market's journal: orders by id, then the sums."""
    replay = Replay(link, market, policy_of)
    stored = _typed(ORDER, rows_of(link, ORDER, market), market)
    try:
        yield from _of_orders(market, stored, replay.orders(tick))
        for broken in account_violations(replay.balances):
            yield StoreDifference(
                market=market, place="the books", what=f"they break rule {broken}", harm=Harm.KEPT
            )
        yield from _of_sums(link, BALANCE, market, replay.balances)
        yield from _of_sums(link, COUNT, market, replay.counts)
        yield from _of_sums(link, TRUST, market, replay.trust)
    except Untrue as untrue:
        yield untrue.difference


def _typed(table: Table, rows: Iterator[AnyRow], market: str) -> Iterator[AnyRow]:
    """Yield rows up to one with a value of the wrong type, which could not be compared.

    Raises:
        Untrue: at that row.
    """
    for row in rows:
        for wrong in mistyped(table, row, market, f"the {table.name} {named(table, row)}"):
            raise Untrue(msgspec.structs.replace(wrong, harm=Harm.DERIVED))
        yield row


def _of_orders(
    market: str, rows: Iterator[AnyRow], orders: Iterator[StoredOrder]
) -> Iterator[StoreDifference]:
    """Compare stored rows and replayed orders, both sorted by id."""
    row = next(rows, None)
    for order in orders:
        order_id = order.order.id
        while row is not None and row.id < order_id:
            yield _stray(market, row.id)
            row = next(rows, None)
        if row is None or row.id != order_id:
            yield StoreDifference(
                market=market,
                place=f"order {order_id}",
                what="it",
                stored="no row at all",
                right="that it was placed",
            )
            continue
        yield from _of_order(market, row, order)
        row = next(rows, None)
    while row is not None:
        yield _stray(market, row.id)
        row = next(rows, None)


def _stray(market: str, order_id: str) -> StoreDifference:
    return StoreDifference(
        market=market,
        place=f"order {order_id}",
        what="it",
        stored="an order",
        right="nothing of it",
    )


def _of_order(market: str, row: AnyRow, order: StoredOrder) -> Iterator[StoreDifference]:
    place = f"order {order.order.id}"
    for column, value in zip(ORDER.c, codec.stored_order_row(market, order), strict=True):
        stored = getattr(row, column.name)
        if stored == value:
            continue
        if column.name == "body":
            yield from _in_body(market, place, stored, order.order)
        else:
            yield StoreDifference(
                market=market,
                place=place,
                what=column.name,
                stored=stored_text(stored),
                right=stored_text(value),
            )


def _in_body(market: str, place: str, body: bytes, right: Order) -> Iterator[StoreDifference]:
    """Yield the first value that differs. Different bytes may hold the same order: zlibs vary."""
    try:
        held = codec.order_in(body)
    except ContentProblem as problem:
        yield StoreDifference(
            market=market,
            place=place,
            what="body",
            stored=f"what {problem.why}",
            right="what it is",
        )
        return
    if held != right:
        path, one, other = first_apart(by_name(held), by_name(right))
        yield StoreDifference(
            market=market, place=place, what=path, stored=stored_text(one), right=stored_text(other)
        )


_SUMS = {
    BALANCE.name: (("account", "currency"), "minor", "the balance of {} in {}"),
    COUNT.name: (("phase", "dispute_phase"), "orders", "the number of orders in {} {}"),
    TRUST.name: (("person", "figure"), "count", "of {}, the figure {}"),
}


def _of_sums(link: Link, table: Table, market: str, right: Sums) -> Iterator[StoreDifference]:
    """Compare the rows of a table of sums with the sums of the journal.

    An account that was ever touched has a row, even if its balance is 0.
    """
    key, column, told = _SUMS[table.name]
    for row in _typed(table, rows_of(link, table, market), market):
        names, stored = (getattr(row, key[0]), getattr(row, key[1])), getattr(row, column)
        said = right.pop(names, None)
        if stored != said:
            yield StoreDifference(
                market=market,
                place=told.format(*names).strip(),
                what="it",
                stored=stored_text(stored),
                right=stored_text(said),
            )
    for names, said in right.items():
        yield StoreDifference(
            market=market,
            place=told.format(*names).strip(),
            what="it",
            stored=stored_text(None),
            right=stored_text(said),
        )
