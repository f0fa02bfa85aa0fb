"""The debrief: how it ended, why, what was reached, the money, the truth, what to try instead."""

from typing import ClassVar

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Static

from escrow_tui.coach.values import Debrief, EvidenceLine, GoalLine, MoneyRow
from escrow_tui.ui.actions import bindings
from escrow_tui.ui.messages import Back, Goto, Play
from escrow_tui.ui.place import Place
from escrow_tui.ui.safety.text import clean, shown, template
from escrow_tui.ui.widgets.drawn import Drawn, Line, padded

# The market stands still: what moves it, and what leads here, is not offered.
_OVER = frozenset({"next", "day", "hour", "undo", "coach", "hint", "finish"})
_LONG = 2_000
_WORTH = {"strong": "▲ strong", "weak": "△ weak", "misleading": "▼ misleading"}


class DebriefScreen(Place):
    """Ends the exercise, after asking where it is not decided yet, and tells how it went."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 - Textual types it
    DEFAULT_CSS = """
    DebriefScreen #page { height: 1fr; }
    DebriefScreen #verdict {
        height: auto; border: heavy $error; padding: 0 1; background: $surface;
    }
    DebriefScreen #verdict.passed { border: heavy $success; }
    DebriefScreen #halves { height: auto; }
    DebriefScreen .half { width: 1fr; height: auto; }
    DebriefScreen.-narrow #halves { layout: vertical; }
    DebriefScreen.-narrow .half { width: 100%; }
    DebriefScreen .section {
        height: auto; border: round $border-blurred; border-title-color: $primary;
        padding: 0 1; background: $surface;
    }
    DebriefScreen #buttons { height: 1; padding: 0 1; background: $panel; }
    DebriefScreen Button { margin-right: 2; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("anew"),
        Binding("j,down", "read(1)", "Down", show=False),
        Binding("k,up", "read(-1)", "Up", show=False),
    ]

    debrief: Debrief | None = None
    asking = False

    @property
    def place_title(self) -> str:
        """Where one is."""
        return "Debrief"

    def body(self) -> ComposeResult:
        """The verdict, two columns of sections, and what one can do next."""
        with VerticalScroll(id="page"):
            with Vertical(id="verdict"):
                yield Static("", id="ending")
                yield ScoreBar(id="score")
            with Horizontal(id="halves"):
                with Vertical(classes="half"):
                    yield _section("why", "Why it ended so")
                    yield _section("goals", "What was to be reached")
                    yield _section("instead", "What to try instead")
                    yield _section("did", "What you did")
                with Vertical(classes="half"):
                    yield _section("money", "The money, when the market has run to its end")
                    yield _section("truth", "What really happened")
                    yield _section("evidence", "What the evidence was worth")
        with Horizontal(id="buttons"):
            yield Button("Play again (x)", id="anew", variant="primary", compact=True)
            yield Button("Lobby (l)", id="lobby", compact=True)
            yield Button("Look at the market (esc)", id="back", compact=True)

    def read(self) -> None:
        """Tell how it went; ask first where acts are left that cannot be made up for."""
        if self.debrief is not None or self.asking:
            return
        coach = self.session.coach()
        if self.session.finished or (coach is not None and coach.decided):
            self._finish()
            return
        self.asking = True
        self.query_one("#body").display = False
        self.app.push_screen(EndScreen(), self._answered)

    def _answered(self, end: bool | None) -> None:
        self.asking = False
        if end:
            self.query_one("#body").display = True
            self._finish()
        else:
            self.post_message(Back())

    def _finish(self) -> None:
        self.debrief = told = self.session.finish()
        if told is None:
            self.post_message(Back())
            return
        self._tell("ending", _verdict(told))
        self.query_one("#verdict").set_class(told.passed, "passed")
        self.query_one(ScoreBar).tell(told.score, passed=told.passed)
        self._tell("why", _why(told))
        self._tell("goals", _lines([_goal(goal) for goal in told.goals]))
        self._tell("instead", shown(told.instead, _LONG, multiline=True))
        self._tell("did", _did(told))
        self._tell("money", _money(told.money))
        self._tell("truth", shown(told.truth, _LONG, multiline=True))
        self._tell("evidence", _evidence(told.evidence))
        self.query_one("#page").focus()
        self.read_all()  # the head, too, is another one now

    def _tell(self, name: str, content: Content) -> None:
        self.query_one(f"#{name}", Static).update(content)

    def reason_against(self, name: str) -> str | None:
        """Hide what moves a market that stands still."""
        return None if name in _OVER else super().reason_against(name)

    def action_read(self, by: int) -> None:
        """Scroll."""
        self.query_one("#page").scroll_relative(y=by, animate=False)

    @on(Button.Pressed, "#anew")
    def do_anew(self) -> None:
        """Play it again."""
        if self.debrief is not None:
            self.post_message(Play(self.debrief.exercise))

    @on(Button.Pressed, "#lobby")
    def _to_lobby(self) -> None:
        self.post_message(Goto("lobby"))

    @on(Button.Pressed, "#back")
    def _to_market(self) -> None:
        self.post_message(Back())


class EndScreen(ModalScreen[bool]):
    """Asks whether the exercise is to end here."""

    DEFAULT_CSS = """
    EndScreen { align: center middle; background: $background 70%; }
    EndScreen #dialog {
        width: 90%; max-width: 72; height: auto;
        border: round $warning; background: $surface; padding: 0 1;
    }
    EndScreen #buttons { height: 1; align-horizontal: right; margin-top: 1; }
    EndScreen Button { margin-left: 2; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", "End it", tooltip="Open the debrief"),
        Binding("escape,n", "answer(False)", "Go on", tooltip="Back to the exercise"),
    ]

    def compose(self) -> ComposeResult:
        """What ending means, and two buttons."""
        with Vertical(id="dialog") as dialog:
            dialog.border_title = "End the exercise?"
            yield Static(
                "There is still something to do for you. The market runs on to its end without"
                " you: every deadline passes, the others act. You can undo nothing afterwards;"
                " you can play it again."
            )
            with Horizontal(id="buttons"):
                yield Button("Go on playing (esc)", id="go-on", compact=True)
                yield Button("End it (y)", id="end", variant="warning", compact=True)

    def on_mount(self) -> None:
        """Enter goes on playing: ending cannot be taken back."""
        self.query_one("#go-on").focus()

    def action_answer(self, end: bool) -> None:
        """Answer by a key."""
        self.dismiss(end)

    @on(Button.Pressed)
    def _press(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id == "end")


class ScoreBar(Drawn):
    """The score in words and as a bar of its share of 100."""

    score = 0
    passed = False

    def tell(self, score: int, *, passed: bool) -> None:
        """Draw this score."""
        self.score, self.passed = score, passed
        self.refresh()

    def lines(self, width: int) -> tuple[Line, ...]:
        """One row."""
        words = f"Score {self.score} of 100  "
        cells = max(10, min(50, width - cell_len(words)))
        full = round(cells * self.score / 100)
        look = "done" if self.passed else "failed"
        return (((words, "text"), ("■" * full, look), ("□" * (cells - full), "dim")),)


def _section(name: str, title: str) -> Static:
    section = Static("", id=name, classes="section", markup=False)
    section.border_title = Content(title)
    return section


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
    missed = shown(f"\n  {goal.sentence}", _LONG, multiline=True)
    return template("[b $error]✗ $text[/]", text=goal.text) + missed


def _did(told: Debrief) -> Content:
    lines = [shown(one) for one in told.did] or [shown("Nothing: you let the time pass.")]
    lines += [template("[$warning]! refused: $what[/]", what=one) for one in told.tries_refused]
    return _lines(lines)


def _evidence(pieces: tuple[EvidenceLine, ...]) -> Content:
    if not pieces:
        return Content("This exercise has none.")
    return _lines([_piece(one) for one in pieces])


def _piece(one: EvidenceLine) -> Content:
    looked = "✓ you looked at it" if one.opened else "– you did not look at it"
    worth = _WORTH.get(one.worth, one.worth)
    head = template("[b $accent]$worth[/]  $what\n", worth=worth, what=one.what)
    proves = shown(f"  {one.proves}\n", _LONG, multiline=True)
    return head + proves + template("[$text-muted]  $looked[/]", looked=looked)


def _money(rows: tuple[MoneyRow, ...]) -> Content:
    """Draw a table: yours beside the reference's; a row that differs is marked."""
    cells = [("", "", "you", "reference", "difference")]
    for row in rows:
        same = row.yours == row.reference
        mark = "✓" if same else "≠"
        difference = "–" if same else row.difference
        cells.append((mark, clean(row.party, 12), row.yours, row.reference, difference))
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
