"""The store as a seat has it: whatever is read or written, the seat is looked up with it."""

from collections.abc import Iterator
from contextlib import contextmanager

from msgspec.structs import replace

from escrow_tui.engine.invariants import Balances
from escrow_tui.store.backend import Decide
from escrow_tui.store.reads.situation import Ask
from escrow_tui.store.reads.snapshot import Reading
from escrow_tui.store.rows.seats import JOINED, SeatRevokedError, SeatRow
from escrow_tui.store.store import Store
from escrow_tui.store.writes.write_transaction import Writing


class SeatStore(Store):
    """Reads and writes while the seat is taken; once it is revoked, nothing any more.

    The seat is read in the same transaction: what was revoked before it began stops it.
    """

    def __init__(self, store: Store, seat: SeatRow) -> None:
        super().__init__(store.backend)
        self.seat = seat

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """Read one snapshot.

        Raises:
            SeatRevokedError: the seat was revoked.
        """
        with super().reading() as reading:
            self._look(reading)
            yield reading

    @contextmanager
    def writing(self, market: str = "") -> Iterator[Writing]:
        """Write as the only one in a market.

        Raises:
            SeatRevokedError: the seat was revoked.
        """
        with super().writing(market) as writing:
            self._look(writing)
            yield writing

    def transact(self, ask: Ask, decide: Decide) -> Balances:
        """Read what is asked and decide on it; the situation tells that the seat was revoked."""
        return super().transact(replace(ask, seat=self.seat.id), decide)

    def _look(self, reading: Reading) -> None:
        if reading.seat_state(self.seat.market, self.seat.id) != JOINED:
            raise SeatRevokedError
