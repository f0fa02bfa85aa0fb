"""Reading orders as they stand: one, a page of a list, the next deadline, how many."""

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
# As a literal: the index holds these rows alone.
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
    """Orders after their entries, as the journal's transaction left them."""

    def order(self, market: str, order_id: str) -> StoredOrder | None:
        """Return the order with its version."""
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
        """Return a page of orders, the newest first, that follows the key `after`."""
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
        """Return a page of disputes in a phase, what is due first before the others.

        One whose time stands still (a bank has frozen it) comes last. A mediator's are those
        that are his or free; nobody's name stands for all.
        """
        statement = _disputes(bool(mediator), _shape(words), after is not None)
        key = (after.at, after.id) if after else (0, "")
        params = {"market": market, "phase": phase.value, "at": key[0], "id": key[1]}
        whose = {"mediator": mediator, "limit": limit}
        rows = self._link.all(statement, {**params, **whose, **_searched(words)})
        return tuple(codec.order_from(row) for row in rows)

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

    def frozen(self, market: str, seller: str | None = None) -> tuple[StoredOrder, ...]:
        """Return every order that a bank has frozen, of a seller or of all of them."""
        statement = _FROZEN if seller is None else _FROZEN_OF_SELLER
        params = {"market": market, "seller": seller}
        return tuple(codec.order_from(row) for row in self._link.all(statement, params))

    def phase_counts(self, market: str) -> dict[tuple[Phase, DisputePhase | None], int]:
        """Return how many orders stand in each phase, and in each of a running dispute."""
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
        # As a row value: written as AND and OR, a deep page is hundreds of times slower.
        key = tuple_(bindparam("placed_at"), bindparam("id"))
        statement = statement.where(tuple_(*newest) < key)
    return statement.order_by(*(column.desc() for column in newest)).limit(bindparam("limit"))


@cache
def _disputes(of_one: bool, words: tuple[int, ...], goes_on: bool) -> Select[Any]:
    # As a literal: the index holds these rows alone.
    in_phase = (ORDER.c.disputed == true(), ORDER.c.dispute_phase == bindparam("phase"))
    # As the index says it: a page begins where its phase does, and passes over those before it.
    due = (literal_column(DUE, type_=BigInteger()), ORDER.c.id)
    statement = select(*_STORED).where(ORDER.c.market == _MARKET, *in_phase, *_having(words))
    if of_one:
        statement = statement.where(or_(ORDER.c.mediator == "", ORDER.c.mediator == _MEDIATOR))
    if goes_on:
        statement = statement.where(tuple_(*due) > tuple_(bindparam("at"), bindparam("id")))
    return statement.order_by(*due).limit(bindparam("limit"))


def _shape(words: tuple[Word, ...]) -> tuple[int, ...]:
    """Return how many phases each word may stand for: as many parameters has the statement."""
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
