"""Policies as text of eighty columns: a list, a whole policy, a comparison."""

from collections.abc import Iterable
from textwrap import wrap

from escrow_tui.files.fault import visible
from escrow_tui.policy.comparison import Difference, differing_rows
from escrow_tui.policy.policy_file import ExplainedRow, PolicyFile
from escrow_tui.policy.shelf import Checked, Shelved

COLUMNS = 80

TextLines = list[str]


def printed_list(shelf: Iterable[Shelved]) -> str:
    """Write a line for each policy: its name, how far it differs from its base, its title."""
    rows = [("policy", "differs", "title")]
    rows += [(one.name, _differs(one), one.title) for one in shelf]
    widths = [max(len(row[column]) for row in rows) for column in range(2)]
    return "\n".join(line for row in rows for line in _listed(row, widths))


def printed_policy(file: PolicyFile) -> str:
    """Write a policy with each row's value, meaning and source."""
    resting = f", on the base of {file.base}" if file.base else ""
    head = _wrapped(f"{file.name}: {file.title}; {len(file.rows)} rows{resting}")
    return _apart([head, *map(_row, file.rows)])


def printed_check(checked: Checked) -> str:
    """Write that a file is fine; faults are printed elsewhere."""
    return visible(f"{checked.file}: fine, {checked.rows} rows")


def printed_difference(one: PolicyFile, other: PolicyFile) -> str:
    """Write the rows in which two policies differ, with both values and both sources."""
    found = differing_rows(one, other)
    count = f"{len(found)} of {len(one.rows)} rows differ" if found else "no row differs"
    head = _wrapped(f"{one.name} and {other.name}: {count}")
    return _apart([head, *(_difference(each, one.name, other.name) for each in found)])


def _wrapped(text: str, first: str = "", rest: str = "") -> TextLines:
    """Wrap a text to the page's width, with control characters made visible."""
    first = visible(first)
    lines = wrap(
        visible(text),
        COLUMNS,
        initial_indent=first,
        subsequent_indent=rest,
        break_on_hyphens=False,
    )
    return lines or [first.rstrip()]


def _listed(row: tuple[str, str, str], widths: list[int]) -> TextLines:
    name, differs, title = row
    first = f"{name:{widths[0]}}  {differs:{widths[1]}}  "
    return _wrapped(title, first, " " * len(first))


def _differs(one: Shelved) -> str:
    if not one.base:
        return "-"
    count = len(one.differs)
    return f"from {one.base} in {count} {'row' if count == 1 else 'rows'}"


def _row(row: ExplainedRow) -> TextLines:
    return [
        *_wrapped(f"{row.name} = {row.value}", rest="    "),
        *_wrapped(row.means, "    ", "    "),
        *_wrapped(row.source, "    from: ", "          "),
    ]


def _difference(each: Difference, name: str, other: str) -> TextLines:
    return [each.name, *_side(name, each.one), *_side(other, each.other)]


def _side(name: str, row: ExplainedRow) -> TextLines:
    return [
        *_wrapped(f"{name}: {row.value}", "  ", "    "),
        *_wrapped(row.source, "    from: ", "          "),
    ]


def _apart(parts: Iterable[TextLines]) -> str:
    return "\n\n".join("\n".join(lines) for lines in parts)
