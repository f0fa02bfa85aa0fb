"""One snapshot of the store, unaffected by what others write meanwhile."""

from escrow_tui.engine.policy import Policy
from escrow_tui.store.reads.order_reads import OrderReads
from escrow_tui.store.reads.run_reads import RunReads
from escrow_tui.store.reads.seat_reads import SeatReads
from escrow_tui.store.reads.situation_reads import SituationReads
from escrow_tui.store.records import MarketRow, StoredOrder
from escrow_tui.store.rows.link import Link


class Reading(SituationReads, OrderReads, SeatReads, RunReads):
    """All reads, in one transaction."""


class Snapshot(Reading):
    """A reading for a whole screen: what several parts ask for is read only once."""

    def __init__(self, link: Link, policies: dict[str, Policy]) -> None:
        super().__init__(link, policies)
        self._markets: dict[str, MarketRow | None] = {}
        self._orders: dict[tuple[str, str], StoredOrder | None] = {}
        self._seats: dict[tuple[str, str], str] = {}

    def market(self, market: str) -> MarketRow | None:
        """Return the market, its clock and its last entry's number."""
        if market not in self._markets:
            self._markets[market] = super().market(market)
        return self._markets[market]

    def order(self, market: str, order_id: str) -> StoredOrder | None:
        """Return the order with its version, or None."""
        if (market, order_id) not in self._orders:
            self._orders[market, order_id] = super().order(market, order_id)
        return self._orders[market, order_id]

    def seat_state(self, market: str, seat: str) -> str:
        """Return whether a seat is invited, joined or revoked; "" if there is none."""
        if (market, seat) not in self._seats:
            self._seats[market, seat] = super().seat_state(market, seat)
        return self._seats[market, seat]
