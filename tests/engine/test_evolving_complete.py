"""The chapters of `evolving` are tables that together have one row for each order event."""

from typing import get_args

from escrow_tui.engine import events as e
from escrow_tui.engine.evolve import REWRITES
from escrow_tui.engine.evolving.bank_events import BANK
from escrow_tui.engine.evolving.dispute_events import DISPUTE
from escrow_tui.engine.evolving.money_events import MONEY
from escrow_tui.engine.evolving.parcel_events import PARCEL
from escrow_tui.engine.evolving.payment_events import PAYMENT
from escrow_tui.engine.evolving.return_events import RETURN
from escrow_tui.engine.evolving.word_events import WORDS


def test_every_event_of_an_order_that_stands_has_its_row() -> None:
    """Except for the event that places it, and those of the market."""
    of_none = {e.OrderPlaced, *get_args(e.MarketEvent)}
    assert set(REWRITES) == set(get_args(e.AnyEvent)) - of_none


def test_no_event_stands_in_two_chapters() -> None:
    """The later row would silently replace the earlier one."""
    rows = [kind for kind, _ in (*PAYMENT, *PARCEL, *MONEY, *DISPUTE, *RETURN, *BANK, *WORDS)]
    assert len(rows) == len(set(rows))
