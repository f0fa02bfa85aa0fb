"""Every row of a policy has its bounds: a range, an amount, or the words that it knows."""

from enum import StrEnum
from pathlib import Path
from typing import get_args

import msgspec

from escrow_tui.engine.money import Money
from escrow_tui.engine.policy import Policy
from escrow_tui.engine.policy_row import Names
from escrow_tui.files import Faults
from escrow_tui.policy import load_policy
from escrow_tui.policy.row_checks import AMOUNTS, NAMES, NEVER
from escrow_tui.policy.row_values import KINDS, ROWS, TABLES
from tests.each import for_each

TYPES = {field.name: field.type for field in msgspec.structs.fields(Policy)}


def holds_numbers(row: str) -> bool:
    """Whether a row is a whole number, or a list or table of them."""
    kind = KINDS[row]
    return kind is int or int in get_args(kind)


RANGES = {row: (one.low, one.high) for row, one in Policy.rows.items() if holds_numbers(row)}


def test_a_row_is_bounded_in_one_way() -> None:
    """Numbers by a range, amounts by their form, the rest by a closed set of words or names."""
    wrong = []
    for row, declared in Policy.rows.items():
        kind = KINDS[row]
        closed = kind is bool or (isinstance(kind, type) and issubclass(kind, StrEnum))
        named = declared.names is not None and not holds_numbers(row)
        if holds_numbers(row) and not declared.high:
            wrong.append(f"{row} holds numbers: declare it with days, hours or row(low=, high=)")
        elif sum([declared.high > 0, row in AMOUNTS, closed, named]) != 1:
            wrong.append(f"{row} is {KINDS[row]}: declare it with row(names=), or as an enum")
    assert not wrong, "\n".join(wrong)


def test_every_kind_of_names_is_checked() -> None:
    """And the amounts and tables are found by their type."""
    assert set(NAMES) == set(Names)
    assert {row for row in ROWS if Money in (TYPES[row], *get_args(TYPES[row]))} == AMOUNTS
    assert {row for row in ROWS if type(None) in get_args(TYPES[row])} == NEVER
    assert {"protection_days_by_country", "label_payer"} == TABLES


# Where 0 means that there is none of it; in the other rows it would leave no time to act.
MAY_BE_ZERO = frozenset(
    "cancel_answer_hours auto_confirm_days reship_days dispute_earliest_days"
    " dispute_at_once_promised_below_days dispute_after_confirm_days max_disputes return_days"
    " negotiation_days escalate_from_days appeal_window_days return_confirm_days"
    " chargeback_possible_days refund_card_business_days refund_wallet_business_days"
    " refund_bank_business_days commission_bps clearance_business_days review_days".split()
)


def test_no_time_at_all_is_given_only_where_it_means_something() -> None:
    """Nobody could pay, ship, answer, rule or decide in no time."""
    assert {row for row, (low, _) in RANGES.items() if low == 0} == MAY_BE_ZERO


def written(row: str, number: int) -> str:
    """A number as the row's value is written."""
    if row in TABLES:
        return f"{{ DE = {number} }}"
    return f"[{number}]" if row == "warn_days" else str(number)


@for_each("row", RANGES)
def test_a_number_outside_of_its_range_is_refused_on_either_side(row: str, tmp_path: Path) -> None:
    """The bounds themselves are not refused for being out of range."""
    low, high = RANGES[row]
    path = tmp_path / "mine.toml"
    head = 'format = 1\nname = "mine"\ntitle = "Mine"\nbase = "aliexpress"\n'
    for number, fits in ((low - 1, False), (low, True), (high, True), (high + 1, False)):
        value = written(row, number)
        path.write_text(head + f'[{row}]\nvalue = {value}\nsource = "ours: a test"\n')
        try:
            load_policy(path)
            said = ""
        except Faults as faults:
            said = str(faults)
        assert (f"{row} must be from {low:,} to {high:,}, not {number:,}" in said) is not fits
