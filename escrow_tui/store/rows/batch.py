"""What is to be written together: entries of a market, and what each leads to."""

from collections.abc import Sequence

import msgspec

from escrow_tui.engine.commands import AnyCommand
from escrow_tui.engine.events import AnyEvent
from escrow_tui.engine.invariants import Balances
from escrow_tui.engine.ledger import TransferLine
from escrow_tui.engine.roles import Actor
from escrow_tui.engine.trust import TrustChange
from escrow_tui.store.records import StoredOrder


class Append(msgspec.Struct, frozen=True, gc=False):
    """What happened at `at` (Unix seconds) after the stream's `version`, and what follows from it.

    `lines` are the ledger's for these events, `trust` what they change of a person's figures;
    `before` and `after` are the stream's order, None where the stream has none.
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
    """Entries of one market in their order, decided when its clock stood at `now`.

    `expected` are the balances that they were decided on: where one is another by now, nothing is
    written.
    """

    market: str
    now: int
    appends: Sequence[Append]
    expected: Balances = msgspec.field(default_factory=dict)
