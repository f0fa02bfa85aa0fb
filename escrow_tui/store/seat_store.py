"""The store as a seat uses it: every transaction checks that the seat is still taken."""

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
    """A store that reads and writes only while the seat is taken.

    The seat is read in the same transaction, so a seat revoked before its start stops it.
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
        """Write as a market's only writer.

        Raises:
            SeatRevokedError: the seat was revoked.
        """
        with super().writing(market) as writing:
            self._look(writing)
            yield writing

    def transact(self, ask: Ask, decide: Decide) -> Balances:
        """Read, decide and write; the situation says whether the seat is still open."""
        return super().transact(replace(ask, seat=self.seat.id), decide)

    def _look(self, reading: Reading) -> None:
        if reading.seat_state(self.seat.market, self.seat.id) != JOINED:
            raise SeatRevokedError
