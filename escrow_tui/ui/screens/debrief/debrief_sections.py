"""The text of each part of a debrief."""

from rich.cells import cell_len
from textual.content import Content

from escrow_tui.coach.values import Debrief, EvidenceLine, GoalLine, MoneyRow
from escrow_tui.ui.safety.text import clean, shown, template
from escrow_tui.ui.widgets.text_canvas import padded

_LONG = 2_000
_WORTH = {"strong": "▲ strong", "weak": "△ weak", "misleading": "▼ misleading"}


def parts(told: Debrief) -> dict[str, Content]:
    """Return the content of each section, by its name."""
    return {
        "ending": _verdict(told),
        "why": _why(told),
        "goals": _lines([_goal(goal) for goal in told.goals]),
        "instead": shown(told.instead, _LONG, multiline=True),
        "did": _did(told),
        "money": _money(told.money),
        "truth": shown(told.truth, _LONG, multiline=True),
        "evidence": _evidence(told.evidence),
    }


def _lines(lines: list[Content]) -> Content:
    return Content("\n").join(lines)


def _verdict(told: Debrief) -> Content:
    if told.passed:
        return template("[b $success]✓ PASSED[/]   [b]$ending[/b]", ending=told.ending)
    return template("[b $error]✗ NOT YET[/]   [b]$ending[/b]", ending=told.ending)


def _why(told: Debrief) -> Content:
    rule = Content.from_markup("\n\n[b $accent]The rule that decided[/]\n")
    source = Content.from_markup("\n[$text-muted]Where it comes from: [/]")
    why = shown(told.why, _LONG, multiline=True)
    return why + rule + shown(told.rule, _LONG, multiline=True) + source + shown(told.source)


def _goal(goal: GoalLine) -> Content:
    if goal.reached:
        return template("[$success]✓ $text[/]", text=goal.text)
    missed = shown(f"\n{goal.sentence}", _LONG, multiline=True)
    return template("[b $error]✗ $text[/]", text=goal.text) + missed


def _did(told: Debrief) -> Content:
    lines = [shown(one) for one in told.did] or [shown("Nothing: you let the time pass.")]
    lines += [template("[$warning]! refused: $what[/]", what=one) for one in told.tries_refused]
    return _lines(lines)


def _evidence(pieces: tuple[EvidenceLine, ...]) -> Content:
    if not pieces:
        return Content("This exercise has none.")
    return Content("\n\n").join([_piece(one) for one in pieces])


def _piece(one: EvidenceLine) -> Content:
    looked = "✓ you looked at it" if one.opened else "– you did not look at it"
    worth = _WORTH.get(one.worth, one.worth)
    head = template("[b $accent]$worth[/]  $what\n", worth=worth, what=one.what)
    proves = shown(f"{one.proves}\n", _LONG, multiline=True)
    return head + proves + template("[$text-muted]$looked[/]", looked=looked)


def _money(rows: tuple[MoneyRow, ...]) -> Content:
    """Draw a table of your sums beside the reference's; rows that differ are marked."""
    cells = [("", "", "you", "reference", "difference")]
    for row in rows:
        mark = "✓" if row.yours == row.reference else "≠"
        cells.append((mark, clean(row.party, 12), row.yours, row.reference, row.difference))
    widths = [max(cell_len(row[at]) for row in cells) for at in range(5)]
    return _lines(
        [
            Content(
                "  ".join(
                    padded(cell, width) if at < 2 else cell.rjust(width)
                    for at, (cell, width) in enumerate(zip(row, widths, strict=True))
                )
            )
            for row in cells
        ]
    )
