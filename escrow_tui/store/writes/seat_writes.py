"""Writes of seats: given, taken once, and revoked."""

from msgspec.structs import asdict
from sqlalchemy import Update, bindparam, insert, update

from escrow_tui.store.rows.link import Params
from escrow_tui.store.rows.link_queries import Queries
from escrow_tui.store.rows.seals import reseal, sealed
from escrow_tui.store.rows.seats import INVITED, JOINED, REVOKED, SeatRow
from escrow_tui.store.schema import SEAT

_ADD = insert(SEAT)
_SEAT = (SEAT.c.market == bindparam("of_market"), SEAT.c.id == bindparam("seat"))
_JOIN = (
    update(SEAT)
    .where(*_SEAT, SEAT.c.state == INVITED)
    .values(state=JOINED, key_hash=bindparam("hashed"), joined=bindparam("at"))
)
_REVOKE = update(SEAT).where(*_SEAT, SEAT.c.state != REVOKED).values(state=REVOKED)


class SeatWrites(Queries):
    """Writes of seats. Each change is one statement, so that of two at once only one succeeds."""

    def add_seat(self, seat: SeatRow) -> None:
        """Add a new seat."""
        self._link.run(_ADD, sealed(SEAT, asdict(seat)))

    def join_seat(self, market: str, seat: str, key_hash: str, at: str) -> bool:
        """Take an invited seat; return False if it is not, or no longer, free."""
        params = {"of_market": market, "seat": seat, "hashed": key_hash, "at": at}
        return self._changed(_JOIN, market, seat, params)

    def revoke_seat(self, market: str, seat: str) -> bool:
        """Revoke a seat, taken or not; return False if there is none, or it was revoked before."""
        params = {"of_market": market, "seat": seat}
        return self._changed(_REVOKE, market, seat, params)

    def _changed(self, statement: Update, market: str, seat: str, params: Params) -> bool:
        changed = self._link.run(statement, params) == 1
        reseal(self._link, SEAT, market, seat)
        return changed
