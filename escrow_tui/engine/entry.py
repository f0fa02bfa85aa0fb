"""A journal entry: one command and the events that it caused, in one stream of one market."""

import hashlib
from collections.abc import Iterable

import msgspec

from escrow_tui.engine.commands import AnyCommand
from escrow_tui.engine.events import AnyEvent
from escrow_tui.engine.roles import Actor

CLOCK_STREAM = "clock"
RATES_STREAM = "rates"


class Entry(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """What the journal keeps; `command` is None where a deadline or the clock itself acted.

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


class JournalDigest:
    """The SHA-256 of a journal whose entries are added one by one, in order."""

    def __init__(self) -> None:
        self._digest = hashlib.sha256()
        self._encode = msgspec.json.Encoder(order="sorted").encode

    def add(self, entry: Entry) -> None:
        """Add an entry, whatever its market."""
        anywhere = msgspec.structs.replace(entry, market="") if entry.market else entry
        self._digest.update(self._encode(anywhere) + b"\n")

    def hexdigest(self) -> str:
        """Return the digest of what was added."""
        return self._digest.hexdigest()


def journal_sha256(entries: Iterable[Entry]) -> str:
    """Return a journal's SHA-256: the same in any process, and for a copy in another market.

    It is printed and never stored, because it changes when an event gets one more field.
    """
    digest = JournalDigest()
    for entry in entries:
        digest.add(entry)
    return digest.hexdigest()
