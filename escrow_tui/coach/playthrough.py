"""What has been played of an exercise so far: its journal, and the run's log."""

from collections.abc import Mapping

import msgspec

from escrow_tui.engine.entry import Entry
from escrow_tui.engine.order import Order


class Note(msgspec.Struct, frozen=True):
    """A line of the run's log."""

    kind: str
    about: str


class Playthrough(msgspec.Struct, frozen=True, kw_only=True):
    """What happened in a run: the market's journal, orders and balances, and the run's log.

    `floor` is the sequence number of the setup's last entry, before the trainee could act.
    """

    entries: tuple[Entry, ...]
    orders: Mapping[str, Order]
    balances: Mapping[tuple[str, str], int]
    notes: tuple[Note, ...]
    floor: int = 0
