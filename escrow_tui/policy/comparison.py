"""The rows in which two policies differ."""

import msgspec

from escrow_tui.policy.policy_file import ExplainedRow, PolicyFile
from escrow_tui.policy.row_values import values_of


class Difference(msgspec.Struct, frozen=True):
    """A row that has another value in one policy than in the other."""

    name: str
    one: ExplainedRow
    other: ExplainedRow


def differing_rows(one: PolicyFile, other: PolicyFile) -> tuple[Difference, ...]:
    """Each row with two values, in the order of the policy; another source is no difference."""
    values, others = values_of(one.policy), values_of(other.policy)
    return tuple(
        Difference(row, one.row(row), other.row(row))
        for row in values
        if values[row] != others[row]
    )
