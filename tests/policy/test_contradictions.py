"""Rows that cannot hold together are found, whatever file or story brings them."""

import json
from pathlib import Path

import pytest

from escrow_tui.files import Faults
from escrow_tui.policy import load_policy
from escrow_tui.policy.contradictions import CONTRADICTIONS, contradictions
from escrow_tui.policy.row_values import values_of

HEAD = 'format = 1\nname = "mine"\ntitle = "Mine"\nbase = "aliexpress"\n'
BASE = load_policy("aliexpress")

Rows = dict[str, object]

# One example for each row of the table, in its order.
AT_ODDS: list[Rows] = [
    {"negotiation_days": 7, "escalate_from_days": 8},
    {"mediator_silence_days": 4, "evidence_days": 5},
    {"partial_refunds": False, "mediator_silence": "split"},
    {"protection_days": 80, "dispute_earliest_days": 80},
    {
        "dispute_before_delivery": False,
        "auto_confirm_days": 0,
        "dispute_after_confirm_days": 0,
    },
]
AT_PEACE: list[Rows] = [
    {"negotiation_days": 7, "escalate_from_days": 7},
    {"mediator_silence_days": 5, "evidence_days": 5},
    {"partial_refunds": False, "mediator_silence": "seller"},
    {"partial_refunds": True, "mediator_silence": "split"},
    {"protection_days": 80, "dispute_earliest_days": 79},
    {"protection_days": 80, "dispute_earliest_days": 80, "dispute_before_delivery": False},
    {"dispute_before_delivery": False, "auto_confirm_days": 0, "dispute_after_confirm_days": 1},
    {"dispute_before_delivery": False, "auto_confirm_days": 1, "dispute_after_confirm_days": 0},
    {"auto_confirm_days": 0, "dispute_after_confirm_days": 0},
    {
        "max_disputes": 0,
        "dispute_before_delivery": False,
        "auto_confirm_days": 0,
        "dispute_after_confirm_days": 0,
    },
    # A delivery that nobody signed for stays open to a dispute.
    {
        "signature_from": "1.00 USD",
        "dispute_before_delivery": False,
        "auto_confirm_days": 0,
        "dispute_after_confirm_days": 0,
    },
]


def text_of(rows: Rows) -> str:
    """A policy file with these rows over the preset."""
    return HEAD + "".join(
        f'[{row}]\nvalue = {json.dumps(value)}\nsource = "ours: a test"\n'
        for row, value in rows.items()
    )


@pytest.mark.parametrize(("rows", "each"), zip(AT_ODDS, CONTRADICTIONS, strict=True))
def test_each_contradiction_is_found_at_the_last_of_its_rows(
    rows: Rows, each: object, tmp_path: Path
) -> None:
    """And only that contradiction."""
    assert list(contradictions(values_of(BASE.policy) | rows)) == [each]
    path = tmp_path / "mine.toml"
    path.write_text(text_of(rows), encoding="utf-8")
    with pytest.raises(Faults) as error:
        load_policy(path)
    (fault,) = error.value.faults
    assert fault.excerpt.startswith("value = ")
    assert fault.column == 9


@pytest.mark.parametrize("rows", AT_PEACE)
def test_the_edge_is_no_contradiction(rows: Rows, tmp_path: Path) -> None:
    """As long is long enough."""
    path = tmp_path / "mine.toml"
    path.write_text(text_of(rows), encoding="utf-8")
    values = values_of(load_policy(path).policy)
    assert {row: values[row] for row in rows} == rows


def test_the_shortest_protection_counts() -> None:
    """Also that of one country alone."""
    values = values_of(BASE.policy) | {"protection_days_by_country": {"DE": 10, "RU": 90}}
    (each,) = contradictions(values)
    assert "shortest protection" in each.message
    assert not list(contradictions(values | {"dispute_earliest_days": 9}))


def test_every_row_of_the_table_is_a_row_of_the_policy() -> None:
    """A renamed row would switch its contradictions off."""
    assert {row for each in CONTRADICTIONS for row in each.rows} <= values_of(BASE.policy).keys()
