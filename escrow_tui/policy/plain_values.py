"""Policies as plain values for JSON: amounts as texts and pairs as tables, as in a file."""

import msgspec

from escrow_tui.policy.comparison import differing_rows
from escrow_tui.policy.policy_file import PolicyFile
from escrow_tui.policy.row_values import values_of


class ToldRow(msgspec.Struct, frozen=True):
    """One row, its value as written in a file."""

    name: str
    value: object
    means: str
    source: str


class ToldPolicy(msgspec.Struct, frozen=True):
    """A policy with all its rows; `base` is "" for one without a base."""

    name: str
    title: str
    base: str
    rows: tuple[ToldRow, ...]


class ToldDifference(msgspec.Struct, frozen=True):
    """A row whose value differs, with the value and source of each policy in order."""

    name: str
    values: tuple[object, object]
    sources: tuple[str, str]


class ToldDifferences(msgspec.Struct, frozen=True):
    """The names of two policies and the rows in which they differ."""

    policies: tuple[str, str]
    rows: tuple[ToldDifference, ...]


def told_policy(file: PolicyFile) -> ToldPolicy:
    """Return a whole policy as plain values."""
    values = values_of(file.policy)
    rows = tuple(ToldRow(row.name, values[row.name], row.means, row.source) for row in file.rows)
    return ToldPolicy(file.name, file.title, file.base, rows)


def told_difference(one: PolicyFile, other: PolicyFile) -> ToldDifferences:
    """Return the differing rows of two policies as plain values."""
    values, others = values_of(one.policy), values_of(other.policy)
    rows = tuple(
        ToldDifference(
            each.name,
            (values[each.name], others[each.name]),
            (each.one.source, each.other.source),
        )
        for each in differing_rows(one, other)
    )
    return ToldDifferences((one.name, other.name), rows)


def json_text(value: object) -> str:
    """Return a value as JSON that is safe on a terminal: control characters are escaped."""
    text = msgspec.json.format(msgspec.json.encode(value), indent=2).decode()
    return "".join(char if char.isprintable() or char == "\n" else _escape(char) for char in text)


def _escape(char: str) -> str:
    units = char.encode("utf-16-be").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))
