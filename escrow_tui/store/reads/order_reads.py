"""Reads of orders as they stand: single orders, pages of lists, deadlines and counts."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    Select,
    String,
    bindparam,
    literal_column,
    or_,
    select,
    true,
    tuple_,
)

from escrow_tui.engine.terms import DisputePhase, Phase
from escrow_tui.store.reads.search import containing
from escrow_tui.store.records import DueKey, OrderKey, StoredOrder, Word
from escrow_tui.store.rows import codec
from escrow_tui.store.rows.content import word_of
from escrow_tui.store.rows.link_queries import Queries
from escrow_tui.store.schema import COUNT, DUE, ORDER

_MARKET: BindParameter[str] = bindparam("market")
_MEDIATOR: BindParameter[str] = bindparam("mediator")
_STORED = (ORDER.c.body, ORDER.c.version, ORDER.c.next_deadline)
_ORDER = select(*_STORED).where(ORDER.c.market == _MARKET, ORDER.c.id == bindparam("id"))
_COMING = (
    select(ORDER.c.next_deadline, ORDER.c.id)
    .where(ORDER.c.market == _MARKET, ORDER.c.next_deadline.is_not(None))
    .order_by(ORDER.c.next_deadline, ORDER.c.id)
)
_DUE = _COMING.where(ORDER.c.next_deadline <= bindparam("until")).limit(1)
# A literal, because the index holds only these rows.
_FROZEN = (
    select(*_STORED)
    .where(ORDER.c.market == _MARKET, ORDER.c.phase == literal_column("'FROZEN'"))
    .order_by(ORDER.c.seller, ORDER.c.id)
)
_FROZEN_OF_SELLER = _FROZEN.where(ORDER.c.seller == bindparam("seller"))
_COUNTS = select(COUNT.c.phase, COUNT.c.dispute_phase, COUNT.c.orders).where(
    COUNT.c.market == _MARKET
)


class OrderReads(Queries):
    """Orders as their entries leave them, stored in the transaction that wrote those."""

    def order(self, market: str, order_id: str) -> StoredOrder | None:
        """Return the order with its version, or None."""
        row = self._link.first(_ORDER, {"market": market, "id": order_id})
        return None if row is None else codec.order_from(row)

    def orders(
        self,
        market: str,
        *,
        buyer: str | None = None,
        seller: str | None = None,
        phase: Phase | None = None,
        words: tuple[Word, ...] = (),
        after: OrderKey | None = None,
        limit: int = 50,
    ) -> tuple[StoredOrder, ...]:
        """Return a page of orders, the newest first, following the key `after`."""
        filters = {"buyer": buyer, "seller": seller, "phase": phase.value if phase else None}
        given = tuple(name for name, value in filters.items() if value is not None)
        statement = _page(given, _shape(words), after is not None)
        key = (after.placed_at, after.id) if after else (0, "")
        params = {"market": market, **filters, "placed_at": key[0], "id": key[1], "limit": limit}
        rows = self._link.all(statement, {**params, **_searched(words)})
        return tuple(codec.order_from(row) for row in rows)

    def disputes(
        self,
        market: str,
        phase: DisputePhase,
        *,
        mediator: str = "",
        words: tuple[Word, ...] = (),
        after: DueKey | None = None,
        limit: int = 50,
    ) -> tuple[StoredOrder, ...]:
        """Return a page of disputes in a phase, the first due first.

        Disputes without a running deadline (a bank has frozen the order) come last. With a
        `mediator`, only the cases that are theirs or free; "" means all.
        """
        statement = _disputes(bool(mediator), _shape(words), after is not None)
        key = (after.at, after.id) if after else (0, "")
        params = {"market": market, "phase": phase.value, "at": key[0], "id": key[1]}
        whose = {"mediator": mediator, "limit": limit}
        rows = self._link.all(statement, {**params, **whose, **_searched(words)})
        return tuple(codec.order_from(row) for row in rows)

    def next_due(self, market: str, until: int) -> tuple[int, str] | None:
        """Return the first deadline up to `until` (both Unix seconds) and its order's id."""
        row = self._link.first(_DUE, {"market": market, "until": until})
        return None if row is None else (row[0], row[1])

    def coming(self, market: str) -> Iterator[tuple[int, str]]:
        """Yield each order's next deadline (Unix seconds) and id, the first due first.

        Rows are read one by one, so a caller who stops early reads no more than needed.
        """
        for row in self._link.each(_COMING, {"market": market}):
            yield row[0], row[1]

    def frozen(self, market: str, seller: str | None = None) -> tuple[StoredOrder, ...]:
        """Return every order that a bank has frozen, of one seller or of all."""
        statement = _FROZEN if seller is None else _FROZEN_OF_SELLER
        params = {"market": market, "seller": seller}
        return tuple(codec.order_from(row) for row in self._link.all(statement, params))

    def phase_counts(self, market: str) -> dict[tuple[Phase, DisputePhase | None], int]:
        """Return the number of orders by phase and phase of the running dispute."""
        return {
            (word_of(Phase, phase), word_of(DisputePhase, dispute) if dispute else None): orders
            for phase, dispute, orders in self._link.all(_COUNTS, {"market": market})
        }


@cache
def _page(given: tuple[str, ...], words: tuple[int, ...], goes_on: bool) -> Select[Any]:
    newest = (ORDER.c.placed_at, ORDER.c.id)
    statement = select(*_STORED).where(ORDER.c.market == _MARKET, *_having(words))
    for name in given:
        statement = statement.where(ORDER.c[name] == bindparam(name))
    if goes_on:
        # A row value: with AND and OR instead, a deep page is hundreds of times slower.
        key = tuple_(bindparam("placed_at"), bindparam("id"))
        statement = statement.where(tuple_(*newest) < key)
    return statement.order_by(*(column.desc() for column in newest)).limit(bindparam("limit"))


@cache
def _disputes(of_one: bool, words: tuple[int, ...], goes_on: bool) -> Select[Any]:
    # A literal, because the index holds only these rows.
    in_phase = (ORDER.c.disputed == true(), ORDER.c.dispute_phase == bindparam("phase"))
    # The same expression as in the index, so that a page starts at its key without a scan.
    due = (literal_column(DUE, type_=BigInteger()), ORDER.c.id)
    statement = select(*_STORED).where(ORDER.c.market == _MARKET, *in_phase, *_having(words))
    if of_one:
        statement = statement.where(or_(ORDER.c.mediator == "", ORDER.c.mediator == _MEDIATOR))
    if goes_on:
        statement = statement.where(tuple_(*due) > tuple_(bindparam("at"), bindparam("id")))
    return statement.order_by(*due).limit(bindparam("limit"))


def _shape(words: tuple[Word, ...]) -> tuple[int, ...]:
    """Return the number of phases of each word, since each phase is a parameter."""
    return tuple(len(word.phases) for word in words)


def _having(words: tuple[int, ...]) -> list[ColumnElement[bool]]:
    found = []
    for n, phases in enumerate(words):
        named = [bindparam(f"phase_{n}_{m}", type_=String) for m in range(phases)]
        places = (place == one for one in named for place in (ORDER.c.phase, ORDER.c.dispute_phase))
        text = ORDER.c.words.like(bindparam(f"word_{n}"), escape="/")
        found.append(or_(text, *places))
    return found


def _searched(words: tuple[Word, ...]) -> dict[str, object]:
    found: dict[str, object] = {}
    for n, word in enumerate(words):
        found[f"word_{n}"] = containing(word.text)
        found |= {f"phase_{n}_{m}": phase for m, phase in enumerate(word.phases)}
    return found
