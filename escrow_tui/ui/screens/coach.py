"""The coach: the task, what is practised, the hints so far, and what the next one costs."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Static

from escrow_tui.coach.values import CoachView
from escrow_tui.desk.session import Session
from escrow_tui.engine.roles import Actor
from escrow_tui.ui.running.store_trouble import Minding
from escrow_tui.ui.safety.text import shown, template


class CoachScreen(Minding, ModalScreen[None]):
    """Opened `about` a hint, it stands on the button that takes it; else on the one that closes."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 - Textual types it
    DEFAULT_CSS = """
    CoachScreen { align: center middle; background: $background 70%; }
    CoachScreen #dialog {
        width: 92%; max-width: 96; height: auto; max-height: 94%;
        border: round $primary; background: $surface; padding: 0 1;
    }
    CoachScreen #told { height: auto; max-height: 66vh; }
    CoachScreen #told Static { margin-bottom: 1; }
    CoachScreen #hints { border-left: thick $accent; padding-left: 1; }
    CoachScreen #next { border-top: solid $panel; }
    CoachScreen #buttons { height: 1; align-horizontal: right; }
    CoachScreen Button { margin-left: 2; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "take", "Take the hint", tooltip="It costs what stands above"),
        Binding("escape", "leave", "Go on", tooltip="Back to the exercise"),
        Binding("j", "read(1)", "Down", show=False),
        Binding("k", "read(-1)", "Up", show=False),
    ]

    def __init__(self, session: Session, actor: Actor, order_id: str = "", about: str = "") -> None:
        super().__init__()
        self.session = session
        self.about = about

    def compose(self) -> ComposeResult:
        """The task and the hints, and under them the next hint with its cost."""
        with Vertical(id="dialog") as dialog:
            dialog.border_title = "Coach"
            with VerticalScroll(id="told"):
                yield Static("", id="task")
                yield Static("", id="objectives")
                yield Static("", id="hints")
            yield Static("", id="next")
            with Horizontal(id="buttons"):
                yield Button("Go on (esc)", id="leave", compact=True)
                yield Button("Take the hint (y)", id="take", variant="primary", compact=True)

    def on_mount(self) -> None:
        """Show what the coach says now."""
        self._show()
        take = self.query_one("#take", Button)
        (take if self.about == "hint" and take.display else self.query_one("#leave")).focus()

    @property
    def _coach(self) -> CoachView:
        view = self.session.coach()
        assert view is not None, "there is a coach in an exercise only"
        return view

    def _show(self) -> None:
        view = self._coach
        self.query_one("#dialog").border_title = shown(f"Coach · {view.title}")
        task = Content.from_markup("[b $primary]Your task[/]\n")
        self.query_one("#task", Static).update(task + shown(view.task, 2_000, multiline=True))
        self.query_one("#objectives", Static).update(_objectives(view))
        hints = self.query_one("#hints", Static)
        hints.update(_hints(view))
        hints.display = bool(view.hints)
        self.query_one("#next", Static).update(self._next(view))
        self.query_one("#take").display = self._may_take(view)
        self.refresh_bindings()

    def _may_take(self, view: CoachView) -> bool:
        return bool(view.hint_cost) and not self.session.finished

    def _next(self, view: CoachView) -> Content:
        if self.session.finished:
            return Content.from_markup("The exercise is over; [$accent]f[/] opens its debrief.")
        if view.decided:
            told = "[$success]✓ Nothing is left for you to do:[/] [$accent]f[/] opens the debrief."
            return Content.from_markup(told)
        if not view.hint_cost:
            return Content.from_markup("[$text-muted]There are no more hints.[/]")
        return template(
            "[$warning]Hint $nth costs $cost points of your score.[/] Take it?",
            nth=len(view.hints) + 1,
            cost=view.hint_cost,
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide the hint where there is none."""
        return action != "take" or not self.is_mounted or self._may_take(self._coach)

    def action_read(self, by: int) -> None:
        """Scroll what is told."""
        self.query_one("#told").scroll_relative(y=by, animate=False)

    @on(Button.Pressed, "#take")
    def action_take(self) -> None:
        """Take the hint, show it, and move off the button: the next one costs again."""
        self.session.hint()
        self._show()
        self.query_one("#leave").focus()
        self.query_one("#told").scroll_end(animate=False)

    @on(Button.Pressed, "#leave")
    def action_leave(self) -> None:
        """Go back to the exercise."""
        self.dismiss()


def _objectives(view: CoachView) -> Content:
    lines = (template("\n○ $objective", objective=objective) for objective in view.objectives)
    return Content("").join([Content.from_markup("[b $primary]You practise[/]"), *lines])


def _hints(view: CoachView) -> Content:
    lines = [
        template("[b $accent]Hint $nth[/]  ", nth=nth) + shown(hint, 1_000, multiline=True)
        for nth, hint in enumerate(view.hints, 1)
    ]
    return Content("\n").join(lines)
