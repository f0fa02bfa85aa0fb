"""A policy with a story's own rows in place of some of its rows."""

import msgspec

from escrow_tui.files import Reader
from escrow_tui.policy.contradictions import contradictions
from escrow_tui.policy.policy_file import ExplainedRow, PolicyFile, value_text
from escrow_tui.policy.row_values import ROWS, policy_of, read_value, values_of


def with_overrides(base: PolicyFile, overrides: Reader) -> PolicyFile:
    """Return the policy with the rows of a table `row = value`, as read by `reader.table`.

    Unknown rows, wrong values and contradictions are reported in the reader at their place; those
    rows stay as they were.
    """
    overrides.only(*ROWS)
    given = [row for row in ROWS if row in overrides.values]
    read = {row: read_value(overrides, row, row) for row in given}
    changed = {row: value for row, value in read.items() if value is not None}
    values = values_of(base.policy) | changed
    at_odds = tuple(contradictions(values))
    for each in at_odds:
        here = [row for row in each.rows if row in changed]
        overrides.report(here[-1] if here else (), each.message)
    if at_odds or not changed:
        return base
    rows = tuple(_overridden(row, changed.get(row.name), overrides) for row in base.rows)
    return msgspec.structs.replace(base, policy=policy_of(values), rows=rows)


def _overridden(row: ExplainedRow, value: object, overrides: Reader) -> ExplainedRow:
    if value is None:
        return row
    # A screen need not reveal folders, so the file's name is enough.
    file = overrides.document.name.replace("\\", "/").rsplit("/", 1)[-1]
    source = f"ours: set in {file} in place of {row.value}"
    return msgspec.structs.replace(row, value=value_text(value), source=source)
