"""A batch to be written together: entries of a market, with what follows from each."""

from collections.abc import Sequence

import msgspec

from escrow_tui.engine.commands import AnyCommand
from escrow_tui.engine.events import AnyEvent
from escrow_tui.engine.invariants import Balances
from escrow_tui.engine.ledger import TransferLine
from escrow_tui.engine.roles import Actor
from escrow_tui.engine.trust import TrustChange
from escrow_tui.store.records import StoredOrder


class Append(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """An entry to append at `at` (Unix seconds) after the stream's `version`.

    `lines` are the ledger lines of these events and `trust` the changes of people's figures.
    `before` and `after` are the stream's order, None if it has none.
    """

    stream: str
    version: int
    at: int
    actor: Actor
    events: tuple[AnyEvent, ...]
    command_id: str = ""
    command: AnyCommand | None = None
    lines: tuple[TransferLine, ...] = ()
    trust: tuple[TrustChange, ...] = ()
    before: StoredOrder | None = None
    after: StoredOrder | None = None


class Batch(msgspec.Struct, frozen=True):
    """Entries of one market in order, decided when its clock stood at `now` (Unix seconds).

    `expected` are the balances they were decided on: if one has changed, nothing is written.
    """

    market: str
    now: int
    appends: Sequence[Append]
    expected: Balances = msgspec.field(default_factory=dict)
