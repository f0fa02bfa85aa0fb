"""The rows in which two policies differ."""

import msgspec

from escrow_tui.policy.policy_file import ExplainedRow, PolicyFile
from escrow_tui.policy.row_values import values_of


class Difference(msgspec.Struct, frozen=True):
    """A row whose value differs between two policies."""

    name: str
    one: ExplainedRow
    other: ExplainedRow


def differing_rows(one: PolicyFile, other: PolicyFile) -> tuple[Difference, ...]:
    """Return the rows whose values differ, in the policy's order, whatever their sources."""
    values, others = values_of(one.policy), values_of(other.policy)
    return tuple(
        Difference(row, one.row(row), other.row(row))
        for row in values
        if values[row] != others[row]
    )
