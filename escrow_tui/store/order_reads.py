"""Reading orders as they stand: one, a page of a list, the next deadline, how many."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Select, bindparam, select, true, tuple_

from escrow_tui.engine.terms import DisputePhase, Phase
from escrow_tui.store import codec
from escrow_tui.store.rows import Rows
from escrow_tui.store.tables import COUNT, ORDER
from escrow_tui.store.values import OrderKey, StoredOrder

_MARKET: BindParameter[str] = bindparam("market")
_STORED = (ORDER.c.body, ORDER.c.version, ORDER.c.next_deadline)
_ORDER = select(*_STORED).where(ORDER.c.market == _MARKET, ORDER.c.id == bindparam("id"))
_COMING = (
    select(ORDER.c.next_deadline, ORDER.c.id)
    .where(ORDER.c.market == _MARKET, ORDER.c.next_deadline.is_not(None))
    .order_by(ORDER.c.next_deadline, ORDER.c.id)
)
_DUE = _COMING.where(ORDER.c.next_deadline <= bindparam("until")).limit(1)
_COUNTS = select(COUNT.c.phase, COUNT.c.dispute_phase, COUNT.c.orders).where(
    COUNT.c.market == _MARKET
)


class OrderReads(Rows):
    """Orders after their entries, as the journal's transaction left them."""

    def order(self, market: str, order_id: str) -> StoredOrder | None:
        """Return the order with its version."""
        row = self._link.first(_ORDER, {"market": market, "id": order_id})
        return None if row is None else codec.order_of(row)

    def orders(
        self,
        market: str,
        *,
        buyer: str | None = None,
        seller: str | None = None,
        mediator: str | None = None,
        phase: Phase | None = None,
        disputed: bool = False,
        after: OrderKey | None = None,
        limit: int = 50,
    ) -> tuple[StoredOrder, ...]:
        """Return a page of orders, the newest first, that follows the key `after`.

        `disputed` asks for those with a running dispute; so does `mediator`, for the cases of one.
        """
        filters = {
            "buyer": buyer,
            "seller": seller,
            "phase": phase.value if phase else None,
            "mediator": mediator,
        }
        given = tuple(name for name, value in filters.items() if value is not None)
        # A mediator's cases are disputed ones: said too, it is their index that is read.
        statement = _page(given, disputed or mediator is not None, after is not None)
        key = (after.placed_at, after.id) if after else (0, "")
        params = {"market": market, **filters, "placed_at": key[0], "id": key[1], "limit": limit}
        return tuple(codec.order_of(row) for row in self._link.all(statement, params))

    def next_due(self, market: str, until: int) -> tuple[int, str] | None:
        """Return the first deadline due up to `until` (Unix seconds), and its order's id."""
        row = self._link.first(_DUE, {"market": market, "until": until})
        return None if row is None else (row[0], row[1])

    def coming(self, market: str) -> Iterator[tuple[int, str]]:
        """Give the first deadline of each order and the order's id, the first due first.

        They are read one by one: who stops at the first has read no more.
        """
        for row in self._link.each(_COMING, {"market": market}):
            yield row[0], row[1]

    def phase_counts(self, market: str) -> dict[tuple[Phase, DisputePhase | None], int]:
        """Return how many orders stand in each phase, and in each of a running dispute."""
        return {
            (Phase(phase), DisputePhase(dispute) if dispute else None): orders
            for phase, dispute, orders in self._link.all(_COUNTS, {"market": market})
        }


@cache
def _page(given: tuple[str, ...], disputed: bool, goes_on: bool) -> Select[Any]:
    newest = (ORDER.c.placed_at, ORDER.c.id)
    statement = select(*_STORED).where(ORDER.c.market == _MARKET)
    for name in given:
        statement = statement.where(ORDER.c[name] == bindparam(name))
    if disputed:
        # As a literal: the index holds these rows alone.
        statement = statement.where(ORDER.c.disputed == true())
    if goes_on:
        # As a row value: written as AND and OR, a deep page is hundreds of times slower.
        key = tuple_(bindparam("placed_at"), bindparam("id"))
        statement = statement.where(tuple_(*newest) < key)
    return statement.order_by(*(column.desc() for column in newest)).limit(bindparam("limit"))
