"""The debrief: how the exercise ended, and why; the goals, the money, the truth."""

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Static

from escrow_tui.coach.values import Debrief
from escrow_tui.ui.ground.dialog import Dialog
from escrow_tui.ui.ground.place import PlaceScreen
from escrow_tui.ui.messages import Back, Play
from escrow_tui.ui.screens.debrief.debrief_sections import parts
from escrow_tui.ui.widgets.text_canvas import Drawn, DrawnLine

# The exercise is over: nothing that moves its market, or leads here, is offered.
_OVER = frozenset({"next", "day", "hour", "undo", "coach", "hint", "finish"})


class DebriefScreen(PlaceScreen):
    """Ends the exercise and tells how it went; asks first if something can still be done."""

    place = "debrief"
    from_desk = True
    AUTO_FOCUS = "#page"
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
    debrief: Debrief | None = None
    asking = False

    @property
    def place_title(self) -> str:
        """The debrief."""
        return "Debrief"

    def body(self) -> ComposeResult:
        """The verdict, two columns of sections, and what can be done next."""
        left = (
            _section("why", "Why it ended so"),
            _section("goals", "What was to be reached"),
            _section("instead", "What to try instead"),
        )
        right = (
            _section("money", "The money, when the market has run to its end"),
            _section("truth", "What really happened"),
            _section("evidence", "What the evidence was worth"),
            _section("did", "What you did"),
        )
        yield VerticalScroll(
            Vertical(Static("", id="ending"), ScoreBar(id="score"), id="verdict"),
            Horizontal(
                Vertical(*left, classes="half"), Vertical(*right, classes="half"), id="halves"
            ),
            id="page",
        )
        yield Horizontal(
            Button(self.label("anew", "Play again"), id="anew", variant="primary", compact=True),
            Button(self.label("lobby"), id="lobby", compact=True),
            Button(self.label("back", "The market"), id="back", compact=True),
            id="buttons",
        )

    def read(self) -> None:
        """Tell how it went; ask first if something is left to do."""
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
        if not end:
            # `asking` stays set: the screen resumes before it is left, and must not ask again.
            self.post_message(Back())
            return
        self.asking = False
        self.query_one("#body").display = True
        self._finish()

    def _finish(self) -> None:
        self.debrief = told = self.session.finish()
        if told is None:
            self.post_message(Back())
            return
        for name, content in parts(told).items():
            self._tell(name, content)
        self.query_one("#verdict").set_class(told.passed, "passed")
        self.query_one(ScoreBar).tell(told.score, self._made_of(told), passed=told.passed)
        self.query_one("#page").focus()
        self.read_all()  # the head has changed too

    def _made_of(self, told: Debrief) -> str:
        """Say what the score comes from."""
        reached = sum(goal.reached for goal in told.goals)
        coach = self.session.coach()
        hints = len(coach.hints) if coach else 0
        return f"{reached} of {len(told.goals)} goals, {hints} hint{'' if hints == 1 else 's'}"

    def _tell(self, name: str, content: Content) -> None:
        self.query_one(f"#{name}", Static).update(content)

    def reason_against(self, name: str) -> str | None:
        """Hide what cannot be done after the end."""
        return None if name in _OVER else super().reason_against(name)

    def do_down(self) -> None:
        """Scroll down."""
        self.query_one("#page").scroll_relative(y=1, animate=False)

    def do_up(self) -> None:
        """Scroll up."""
        self.query_one("#page").scroll_relative(y=-1, animate=False)

    def do_anew(self) -> None:
        """Play it again."""
        if self.debrief is not None:
            self.post_message(Play(self.debrief.exercise))


class EndScreen(Dialog[bool]):
    """Asks whether to end the exercise; Enter goes on, because the end cannot be undone."""

    place = "end"
    AUTO_FOCUS = "#close"
    DEFAULT_CLASSES = "question"
    chief = "warning"
    dialog_title = "End the exercise?"

    def body(self) -> ComposeResult:
        """What ending means."""
        yield Static(
            "There is still something to do for you. The market runs on to its end without"
            " you: every deadline passes, the others act. You can undo nothing afterwards;"
            " you can play it again."
        )

    def do_end(self) -> None:
        """End it."""
        self.dismiss(True)


class ScoreBar(Drawn):
    """The score in words, as a bar out of 100, and what it consists of."""

    score = 0
    made_of = ""
    passed = False

    def tell(self, score: int, made_of: str, *, passed: bool) -> None:
        """Draw this score."""
        self.score, self.made_of, self.passed = score, made_of, passed
        self.refresh()

    def lines(self, width: int) -> tuple[DrawnLine, ...]:
        """One row."""
        words, rest = f"Score {self.score} of 100  ", f"  {self.made_of}"
        cells = max(10, min(40, width - cell_len(words) - cell_len(rest)))
        full = round(cells * self.score / 100)
        look = "done" if self.passed else "failed"
        bar = (("■" * full, look), ("□" * (cells - full), "dim"))
        return (((words, "text"), *bar, (rest, "dim")),)


def _section(name: str, title: str) -> Static:
    section = Static("", id=name, classes="section", markup=False)
    section.border_title = Content(title)
    return section
