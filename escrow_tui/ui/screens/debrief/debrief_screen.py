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

from escrow_tui.coach.values import Debrief
from escrow_tui.ui.ground.actions import bindings
from escrow_tui.ui.ground.place import Place
from escrow_tui.ui.messages import Back, Goto, Play
from escrow_tui.ui.screens.debrief.sections import parts
from escrow_tui.ui.widgets.text_canvas import Drawn, Line

# The market stands still: what moves it, and what leads here, is not offered.
_OVER = frozenset({"next", "day", "hour", "undo", "coach", "hint", "finish"})


class DebriefScreen(Place):
    """Ends the exercise, after asking where it is not decided yet, and tells how it went."""

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
            Button("Play again (x)", id="anew", variant="primary", compact=True),
            Button("Lobby (l)", id="lobby", compact=True),
            Button("The market (esc)", id="back", compact=True),
            id="buttons",
        )

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
        if not end:
            # Still asking: the screen is resumed before it is left, and must not ask again.
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
        self.read_all()  # the head, too, is another one now

    def _made_of(self, told: Debrief) -> str:
        """Say what the score comes from."""
        reached = sum(goal.reached for goal in told.goals)
        coach = self.session.coach()
        hints = len(coach.hints) if coach else 0
        return f"{reached} of {len(told.goals)} goals, {hints} hint{'' if hints == 1 else 's'}"

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
    """The score in words, as a bar of its share of 100, and what it is made of."""

    score = 0
    made_of = ""
    passed = False

    def tell(self, score: int, made_of: str, *, passed: bool) -> None:
        """Draw this score."""
        self.score, self.made_of, self.passed = score, made_of, passed
        self.refresh()

    def lines(self, width: int) -> tuple[Line, ...]:
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
