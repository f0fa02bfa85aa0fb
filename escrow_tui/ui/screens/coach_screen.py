"""The coach: the task, what it practises, the hints so far, and the cost of the next."""

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Button, Static

from escrow_tui.coach.values import CoachView
from escrow_tui.ui.ground.actions import MARKET, key_at
from escrow_tui.ui.ground.dialog import MarketDialog
from escrow_tui.ui.safety.text import shown, template

_DEBRIEF = key_at(MARKET, "finish")


class CoachScreen(MarketDialog):
    """If `about` is a hint, the button that takes it has the focus, otherwise the one to close."""

    place = "coach"
    dialog_title = "Coach"
    DEFAULT_CSS = """
    CoachScreen #told { height: auto; max-height: 66vh; }
    CoachScreen #told Static { margin-bottom: 1; }
    CoachScreen #hints { border-left: thick $accent; padding-left: 1; }
    CoachScreen #next { border-top: solid $panel; }
    """

    def body(self) -> ComposeResult:
        """The task and the hints, and below them the cost of the next hint."""
        with VerticalScroll(id="told"):
            yield Static("", id="task")
            yield Static("", id="objectives")
            yield Static("", id="hints")
        yield Static("", id="next")

    def on_mount(self) -> None:
        """Show what the coach says now."""
        self.read()
        take = self.query_one("#take", Button)
        (take if self.about == "hint" and take.display else self.query_one("#close")).focus()

    @property
    def _coach(self) -> CoachView:
        view = self.session.coach()
        assert view is not None, "there is a coach in an exercise only"
        return view

    def read(self) -> None:
        """Show the task, the hints, and what the next one costs."""
        view = self._coach
        self.query_one("#dialog").border_title = shown(f"Coach · {view.title}")
        task = Content.from_markup("[b $primary]Your task[/]\n")
        self.query_one("#task", Static).update(task + shown(view.task, 2_000, multiline=True))
        self.query_one("#objectives", Static).update(_objectives(view))
        hints = self.query_one("#hints", Static)
        hints.update(_hints(view))
        hints.display = bool(view.hints)
        self.query_one("#next", Static).update(self._next(view))
        self.show_buttons()

    def _next(self, view: CoachView) -> Content:
        if self.session.finished:
            return template(
                "The exercise is over; [$accent]$key[/] opens its debrief.", key=_DEBRIEF
            )
        if view.decided:
            done = (
                "[$success]✓ Nothing is left for you to do:[/] [$accent]$key[/] opens the debrief."
            )
            return template(done, key=_DEBRIEF)
        if not view.hint_cost:
            return Content.from_markup("[$text-muted]There are no more hints.[/]")
        return template(
            "[$warning]Hint $nth costs $cost points of your score.[/] Take it?",
            nth=len(view.hints) + 1,
            cost=view.hint_cost,
        )

    def do_down(self) -> None:
        """Scroll down."""
        self.query_one("#told").scroll_relative(y=1, animate=False)

    def do_up(self) -> None:
        """Scroll up."""
        self.query_one("#told").scroll_relative(y=-1, animate=False)

    def do_take(self) -> None:
        """Take the hint and move the focus off the button, because the next hint costs again."""
        self.session.hint()
        self.read()
        self.query_one("#close").focus()
        self.query_one("#told").scroll_end(animate=False)

    def can_take(self) -> str | None:
        """Only while there is a hint, and the exercise is not over."""
        return "" if self._coach.hint_cost and not self.session.finished else None


def _objectives(view: CoachView) -> Content:
    lines = (template("\n○ $objective", objective=objective) for objective in view.objectives)
    return Content("").join([Content.from_markup("[b $primary]You practise[/]"), *lines])


def _hints(view: CoachView) -> Content:
    lines = [
        template("[b $accent]Hint $nth[/]  ", nth=nth) + shown(hint, 1_000, multiline=True)
        for nth, hint in enumerate(view.hints, 1)
    ]
    return Content("\n").join(lines)
