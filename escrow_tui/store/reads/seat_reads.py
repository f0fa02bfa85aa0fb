"""Reads of seats, and of the deadlines of the person in one."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Select, bindparam, select, true

from escrow_tui.engine.roles import Actor, Role
from escrow_tui.store.rows.link_queries import Queries
from escrow_tui.store.rows.seats import SeatRow
from escrow_tui.store.schema import ORDER, SEAT

_MARKET: BindParameter[str] = bindparam("market")
_SEAT = select(*(SEAT.c[name] for name in SeatRow.__struct_fields__))
_EVERY = _SEAT.order_by(SEAT.c.created, SEAT.c.market, SEAT.c.id)
_OF_MARKET = _EVERY.where(SEAT.c.market == _MARKET)
_ONE = _SEAT.where(SEAT.c.market == _MARKET, SEAT.c.id == bindparam("id"))
_STATE = select(SEAT.c.state).where(SEAT.c.market == _MARKET, SEAT.c.id == bindparam("id"))


class SeatReads(Queries):
    """Who was given which seat."""

    def seats(self, market: str | None = None) -> tuple[SeatRow, ...]:
        """Return the seats of a market, or of the whole store, the oldest first."""
        statement = _EVERY if market is None else _OF_MARKET
        return tuple(SeatRow(*row) for row in self._link.all(statement, {"market": market}))

    def seat(self, market: str, seat: str) -> SeatRow | None:
        """Return one seat, or None."""
        row = self._link.first(_ONE, {"market": market, "id": seat})
        return None if row is None else SeatRow(*row)

    def seat_state(self, market: str, seat: str) -> str:
        """Return whether a seat is invited, joined or revoked; "" if there is none."""
        row = self._link.first(_STATE, {"market": market, "id": seat})
        return "" if row is None else str(row[0])

    def coming_to(self, market: str, actor: Actor) -> Iterator[tuple[int, str]]:
        """Yield the next deadline (Unix seconds) and id of each order of a party, by deadline.

        For a mediator, of each disputed order. Rows are read one by one.
        """
        for row in self._link.each(_coming(actor.role), {"market": market, "who": actor.person}):
            yield row[0], row[1]


@cache
def _coming(role: Role) -> Select[Any]:
    by_time = (ORDER.c.next_deadline, ORDER.c.id)
    own = {
        Role.BUYER: ORDER.c.buyer == bindparam("who"),
        Role.SELLER: ORDER.c.seller == bindparam("who"),
        Role.MEDIATOR: ORDER.c.disputed == true(),
    }
    running = ORDER.c.next_deadline.is_not(None)
    return select(*by_time).where(ORDER.c.market == _MARKET, own[role], running).order_by(*by_time)
