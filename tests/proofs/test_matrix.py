"""Who may ask what, in the places that a short walk reaches; a command checks the whole table."""

import pytest

from tests.engine.rules import OPEN
from tests.proofs.matrix import OPEN_CELL, Cell, cells, market_cells, table

_MOMENTS = 5_000


@pytest.fixture(scope="module")
def found() -> list[Cell]:
    """Let everybody ask everything, once for all tests."""
    return [*cells(_MOMENTS), *market_cells()]


def test_engine_and_rules_agree_in_every_cell(found: list[Cell]) -> None:
    """Open, or refused with the code that the rules give."""
    assert [cell for cell in found if cell.said != cell.right] == []


def test_the_walk_reaches_most_places(found: list[Cell]) -> None:
    """With no places, the test above would always pass."""
    places = {cell.place.partition(",")[0] for cell in found}
    assert len(places) > len(OPEN) * 2 // 3
    assert {cell.said for cell in found} >= {OPEN_CELL, "WRONG_ROLE", "WRONG_PHASE", "NOT_YOURS"}


def test_the_table_has_a_row_for_each_command_that_is_open(found: list[Cell]) -> None:
    """As a trainer reads it: who may pay an order that was placed."""
    lines = list(table(found))
    at = lines.index("\n### AWAITING_PAYMENT\n")
    row = next(line for line in lines[at:] if line.startswith("| pay |"))
    assert row.startswith("| pay | open | NOT_YOURS | WRONG_ROLE |")
