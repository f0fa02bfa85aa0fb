"""A journal entry: one command and the events that it caused, in one stream of one market."""

import msgspec

from escrow_tui.engine.commands import AnyCommand
from escrow_tui.engine.events import AnyEvent
from escrow_tui.engine.roles import Actor

CLOCK_STREAM = "clock"


class Entry(msgspec.Struct, frozen=True):
    """What the journal keeps: `command` is None where a deadline or the clock itself acted.

    `seq` counts within the market, `version` within the stream; `at` is Unix seconds.
    """

    market: str
    seq: int
    stream: str
    version: int
    at: int
    actor: Actor
    command_id: str
    command: AnyCommand | None
    events: tuple[AnyEvent, ...]


def order_stream(order_id: str) -> str:
    """Name the stream of an order."""
    return f"order:{order_id}"


def account_stream(party: str) -> str:
    """Name the stream of a party's account."""
    return f"account:{party}"
