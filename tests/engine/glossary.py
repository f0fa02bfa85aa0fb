"""Every refusal and every event with its meaning and the test that reaches it, as two tables.

`python -m tests.engine.glossary` prints them; the tests are parametrised over the same rows.
"""

import inspect
import sys
from collections.abc import Callable

from escrow_tui.engine.answers import REFUSALS
from escrow_tui.engine.events import EVENTS
from tests.engine import test_events, test_refusals
from tests.engine.reached import TOLD

Row = tuple[str, str, str]


def refusals() -> list[Row]:
    """Return each refusal's code with its sentence and the test that gets it."""
    reached = test_refusals.test_a_refusal_says_why_and_changes_nothing
    told = test_refusals.test_the_desks_sentences_can_be_told_too
    return [
        (code, sentence, _test(reached if code in test_refusals.CASES else told, code))
        for code, sentence in REFUSALS.items()
    ]


def events() -> list[Row]:
    """Return each event with the first line of its docstring and the test that reaches it."""
    reached = test_events.test_a_story_brings_the_event_to_its_last_field
    told = test_events.test_an_event_is_read_back_from_json_as_it_was
    return [
        (name, _meaning(kind), _test(reached if name in TOLD else told, name))
        for name, kind in EVENTS.items()
    ]


def table(first: str, rows: list[Row]) -> str:
    """Return rows as a Markdown table; a bar inside a cell is escaped, as it would end the cell."""
    cells = [(first, "meaning", "test"), ("---", "---", "---")]
    cells += [(f"`{name}`", meaning, f"`{test}`") for name, meaning, test in rows]
    return "\n".join(
        f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for row in cells
    )


def _meaning(kind: type) -> str:
    return (inspect.getdoc(kind) or "").partition("\n")[0]


def _test(test: Callable[[str], None], case: str) -> str:
    return f"{test.__module__.replace('.', '/')}.py::{test.__name__}[{case}]"


if __name__ == "__main__":
    sys.stdout.write(f"{table('code', refusals())}\n\n{table('event', events())}\n")
