"""Facts in two columns: labels and texts, under headings."""

from functools import lru_cache

import msgspec
from rich.cells import cell_len
from textual.reactive import reactive

from escrow_tui.ui.safety.text import shown
from escrow_tui.ui.widgets.text_canvas import Drawn, DrawnLine, padded

_LONGEST = 1_200


class Fact(msgspec.Struct, frozen=True):
    """A label and what it says; `look` is a look of `Drawn`."""

    label: str
    text: str
    look: str = "text"


class Section(msgspec.Struct, frozen=True):
    """Facts under a heading; a section without facts is not drawn."""

    title: str
    facts: tuple[Fact, ...]


class FactSheet(Drawn):
    """Sections one below the other; long texts wrap beside their label and are never cut."""

    sections: reactive[tuple[Section, ...]] = reactive((), layout=True)

    def lines(self, width: int) -> tuple[DrawnLine, ...]:
        """Every section at this width."""
        return _laid(self.sections, width)


@lru_cache(maxsize=16)
def _laid(sections: tuple[Section, ...], width: int) -> tuple[DrawnLine, ...]:
    """Lay the sections out, once for all rows: Textual asks for each row separately."""
    drawn: list[DrawnLine] = []
    for section in sections:
        if section.facts:
            drawn += [()] if drawn and section.title else []
            drawn += [((section.title, "frame"),)] if section.title else []
            drawn += _facts(section.facts, width)
    return tuple(drawn)


def _facts(facts: tuple[Fact, ...], width: int) -> list[DrawnLine]:
    labels = [shown(fact.label).plain for fact in facts]
    column = min(max(map(cell_len, labels)), max(8, width * 2 // 5))
    gap = 2 if column else 0
    rows: list[DrawnLine] = []
    for label, fact in zip(labels, facts, strict=True):
        said = shown(fact.text, _LONGEST, multiline=True)
        texts = [line.plain for line in said.wrap(max(8, width - column - gap))]
        for nth, text in enumerate(texts or [""]):
            left = padded(label if nth == 0 else "", column) + " " * gap
            rows.append(((left, "dim" if fact.look == "text" else fact.look), (text, fact.look)))
    return rows
