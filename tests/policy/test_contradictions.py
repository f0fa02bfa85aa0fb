"""Rows that cannot hold together are found, whatever file or story brings them."""

from pathlib import Path

import pytest

from escrow_tui.files import Faults
from escrow_tui.policy import load_policy
from escrow_tui.policy.contradictions import CONTRADICTIONS, contradictions
from escrow_tui.policy.values import values_of

HEAD = 'format = 1\nname = "mine"\ntitle = "Mine"\nbase = "aliexpress"\n'
BASE = load_policy("aliexpress")

AT_ODDS = [
    {"negotiation_days": 7, "escalate_from_days": 8},
]
AT_PEACE = [
    {"negotiation_days": 7, "escalate_from_days": 7},
]


def text_of(rows: dict[str, object]) -> str:
    """A policy file with these rows over the preset."""
    return HEAD + "".join(
        f'[{row}]\nvalue = {value}\nsource = "ours: a test"\n' for row, value in rows.items()
    )


@pytest.mark.parametrize(("rows", "each"), zip(AT_ODDS, CONTRADICTIONS, strict=True))
def test_each_contradiction_is_found_at_the_last_of_its_rows(
    rows: dict[str, object], each: object, tmp_path: Path
) -> None:
    """One example for each row of the table, and only that contradiction."""
    assert list(contradictions(values_of(BASE.policy) | rows)) == [each]
    path = tmp_path / "mine.toml"
    path.write_text(text_of(rows), encoding="utf-8")
    with pytest.raises(Faults) as error:
        load_policy(path)
    (fault,) = error.value.faults
    assert fault.excerpt.startswith("value = ")
    assert fault.column == 9


@pytest.mark.parametrize("rows", AT_PEACE)
def test_the_edge_is_no_contradiction(rows: dict[str, object], tmp_path: Path) -> None:
    """As long is long enough."""
    path = tmp_path / "mine.toml"
    path.write_text(text_of(rows), encoding="utf-8")
    assert load_policy(path).policy.negotiation_days == rows["negotiation_days"]


def test_every_row_of_the_table_is_a_row_of_the_policy() -> None:
    """A renamed row would switch its contradictions off."""
    assert {row for each in CONTRADICTIONS for row in each.rows} <= values_of(BASE.policy).keys()
