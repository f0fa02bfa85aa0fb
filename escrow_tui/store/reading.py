"""One snapshot of the store: whatever others write meanwhile, it stays as it was."""

from escrow_tui.store.order_reads import OrderReads
from escrow_tui.store.run_reads import RunReads
from escrow_tui.store.seat_reads import SeatReads
from escrow_tui.store.situation_reads import SituationReads


class Reading(SituationReads, OrderReads, SeatReads, RunReads):
    """Everything that can be read, in one transaction."""
