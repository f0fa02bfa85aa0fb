"""Policies as values for a program: amounts as texts, pairs as tables, as a file has them."""

import msgspec

from escrow_tui.policy.comparison import differing_rows
from escrow_tui.policy.policy_file import PolicyFile
from escrow_tui.policy.row_values import values_of


class ToldRow(msgspec.Struct, frozen=True):
    """One row with its value as a file writes it."""

    name: str
    value: object
    means: str
    source: str


class ToldPolicy(msgspec.Struct, frozen=True):
    """A policy with all of its rows; `base` is "" for one that rests on no other."""

    name: str
    title: str
    base: str
    rows: tuple[ToldRow, ...]


class ToldDifference(msgspec.Struct, frozen=True):
    """A row that has another value in each of two policies, in their order."""

    name: str
    values: tuple[object, object]
    sources: tuple[str, str]


class ToldDifferences(msgspec.Struct, frozen=True):
    """Two policies by name, and the rows in which they differ."""

    policies: tuple[str, str]
    rows: tuple[ToldDifference, ...]


def told_policy(file: PolicyFile) -> ToldPolicy:
    """Tell a policy whole."""
    values = values_of(file.policy)
    rows = tuple(ToldRow(row.name, values[row.name], row.means, row.source) for row in file.rows)
    return ToldPolicy(file.name, file.title, file.base, rows)


def told_difference(one: PolicyFile, other: PolicyFile) -> ToldDifferences:
    """Tell in which rows two policies differ."""
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
    """Write a value as JSON that a terminal can show: what would steer it is an escape."""
    text = msgspec.json.format(msgspec.json.encode(value), indent=2).decode()
    return "".join(char if char.isprintable() or char == "\n" else _escape(char) for char in text)


def _escape(char: str) -> str:
    units = char.encode("utf-16-be").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))
