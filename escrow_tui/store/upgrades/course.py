"""Which way an upgrade takes, and where it led."""

from collections.abc import Mapping
from pathlib import Path

import msgspec

from escrow_tui.store.identity import SCHEMA
from escrow_tui.store.upgrades import UPGRADES, Upgrade
from escrow_tui.store.upgrades.steps import Before


def _go_on(_statement: str) -> None:
    """Nothing stands between a statement and its run."""


class Course(msgspec.Struct, frozen=True):
    """Which upgrades there are, up to which schema, and who is told of each statement."""

    upgrades: Mapping[int, Upgrade] = msgspec.field(default_factory=lambda: UPGRADES)
    schema: int = SCHEMA
    before: Before = _go_on


class Upgraded(msgspec.Struct, frozen=True):
    """From which schema to which a store was brought; `backup` is what was kept of the first."""

    was: int
    is_now: int
    backup: Path | None
