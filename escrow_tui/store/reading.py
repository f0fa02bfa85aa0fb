"""One snapshot of the store: whatever others write meanwhile, it stays as it was."""

from escrow_tui.store.journal_reads import JournalReads
from escrow_tui.store.market_reads import MarketReads
from escrow_tui.store.order_reads import OrderReads
from escrow_tui.store.run_reads import RunReads
from escrow_tui.store.seat_reads import SeatReads


class Reading(MarketReads, OrderReads, JournalReads, SeatReads, RunReads):
    """Everything that can be read, in one transaction."""
