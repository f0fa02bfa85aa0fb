"""A policy as read from its file: the engine's Policy, and each row's meaning and source."""

from collections.abc import Mapping

import msgspec

from escrow_tui.engine.policy import Policy


class ExplainedRow(msgspec.Struct, frozen=True):
    """A row as people read it: its value as text, what it means, and where it comes from."""

    name: str
    value: str
    means: str
    source: str


class PolicyFile(msgspec.Struct, frozen=True, kw_only=True):
    """A checked policy and its explained rows, in the order of Policy's fields.

    `base` is the name of the preset that the file builds on, "" for none.
    """

    name: str
    title: str
    policy: Policy
    rows: tuple[ExplainedRow, ...]
    base: str = ""

    def row(self, name: str) -> ExplainedRow:
        """Return the row of that name.

        Raises:
            KeyError: no policy has such a row.
        """
        for row in self.rows:
            if row.name == name:
                return row
        raise KeyError(name)


def value_text(value: object) -> str:
    """Return a row's value as text: `true`, `7`, `15.00 USD`, `BR 120, RU 90`."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping):
        return value_text(tuple(f"{key} {inner}" for key, inner in sorted(value.items())))
    if isinstance(value, tuple):
        return ", ".join(str(item) for item in value) or "none"
    # Only an amount may be an empty text: the price from which something applies.
    return str(value) or "never"
