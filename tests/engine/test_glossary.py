"""The printed glossary is complete, and every test that it names exists."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from escrow_tui.engine.answers import REFUSALS
from escrow_tui.engine.events import EVENTS
from tests.engine import test_refusals
from tests.engine.glossary import Row, events, refusals, table
from tests.engine.reached import OF_THE_DESK, TOLD

ROOT = Path(__file__).parents[2]


def test_every_code_and_every_event_has_its_row() -> None:
    """In the order of their tables, each with a sentence."""
    assert [row[:2] for row in refusals()] == list(REFUSALS.items())
    assert [name for name, _, _ in events()] == list(EVENTS)
    assert all(meaning for _, meaning, _ in events())


@pytest.mark.parametrize("rows", [refusals(), events()], ids=["refusals", "events"])
def test_the_tests_that_are_named_exist_and_take_the_case(rows: list[Row]) -> None:
    """The file has a test of that name, parametrised over the names in the table."""
    for name, _, test in rows:
        path, _, called = test.partition("::")
        functions = {
            node.name
            for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8")))
            if isinstance(node, ast.FunctionDef)
        }
        assert called == f"{called.partition('[')[0]}[{name}]"
        assert called.partition("[")[0] in functions


def test_what_the_desk_gives_is_named_by_another_test() -> None:
    """No engine story reaches it, so its row names another test."""
    by_code = {name: test for name, _, test in refusals()}
    by_event = {name: test for name, _, test in events()}
    assert all("desks_sentences" in by_code[code] for code in test_refusals.OF_THE_DESK)
    assert all("changes_nothing" in by_code[code] for code in test_refusals.CASES)
    assert all("read_back" in by_event[name] for name in OF_THE_DESK)
    assert all("last_field" in by_event[name] for name in TOLD)


def test_a_table_is_markdown() -> None:
    """Three columns, a line of dashes, and no bar inside a cell."""
    assert table("code", [("A", "one | two", "t.py::t[A]")]) == (
        "| code | meaning | test |\n| --- | --- | --- |\n| `A` | one \\| two | `t.py::t[A]` |"
    )


def test_the_module_prints_both_tables() -> None:
    """As a program it needs only the tests' own tables."""
    run = subprocess.run(
        [sys.executable, "-m", "tests.engine.glossary"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout == f"{table('code', refusals())}\n\n{table('event', events())}\n"
