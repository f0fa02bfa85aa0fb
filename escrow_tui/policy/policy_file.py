"""A policy as its file tells it: the engine's rows, and for each what it means and its source."""

from collections.abc import Mapping

import msgspec

from escrow_tui.engine.policy import Policy


class ExplainedRow(msgspec.Struct, frozen=True):
    """One row as a person reads it; `value` is text for the screen."""

    name: str
    value: str
    means: str
    source: str


class PolicyFile(msgspec.Struct, frozen=True):
    """A checked policy and the rows that explain it, in the order of Policy's fields.

    `base` is the name of the preset on which its file rests, "" for none.
    """

    name: str
    title: str
    policy: Policy
    rows: tuple[ExplainedRow, ...]
    base: str = ""

    def row(self, name: str) -> ExplainedRow:
        """The row of that name.

        Raises:
            KeyError: no policy has such a row.
        """
        for row in self.rows:
            if row.name == name:
                return row
        raise KeyError(name)


def value_text(value: object) -> str:
    """A row's value as it stands on the screen: `true`, `7`, `15.00 USD`, `BR 120, RU 90`."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping):
        return value_text(tuple(f"{key} {inner}" for key, inner in sorted(value.items())))
    if isinstance(value, tuple):
        return ", ".join(str(item) for item in value) or "none"
    # The one text that may be empty is the price from which something happens.
    return str(value) or "never"
