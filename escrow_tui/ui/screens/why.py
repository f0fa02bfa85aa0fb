"""What can be done with an order now, and why not the rest, with what would help."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, OptionList, Static
from textual.widgets.option_list import Option

from escrow_tui.desk.session import News, Session
from escrow_tui.engine.roles import Actor
from escrow_tui.ui.forms.acts_list import Acts
from escrow_tui.ui.forms.verb_forms import FORMS
from escrow_tui.ui.messages import Goto
from escrow_tui.ui.running.store_trouble import Minding
from escrow_tui.ui.safety.text import clean, shown, template
from escrow_tui.views.parts import ActView


class WhyScreen(Minding, ModalScreen[None]):
    """Every act of the chair; Enter on one that is possible opens its form."""

    DEFAULT_CSS = """
    WhyScreen { align: center middle; background: $background 70%; }
    WhyScreen #dialog {
        width: 92%; max-width: 96; height: 94%;
        border: round $primary; background: $surface; padding: 0 1;
    }
    WhyScreen #status { margin-bottom: 1; }
    WhyScreen OptionList { height: 1fr; max-height: 100%; border: none; padding: 0; }
    WhyScreen OptionList:focus { border: none; background-tint: $foreground 0%; }
    WhyScreen OptionList > .option-list--option-highlighted,
    WhyScreen OptionList:focus > .option-list--option-highlighted {
        background: $primary 25%; color: $foreground; text-style: none;
    }
    WhyScreen #clock { color: $text-muted; margin-top: 1; }
    WhyScreen #buttons { height: 1; align-horizontal: right; }
    WhyScreen Button { margin-left: 2; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,w", "leave", "Go back", tooltip="Back to the order"),
    ]

    def __init__(self, session: Session, actor: Actor, order_id: str = "", about: str = "") -> None:
        super().__init__()
        self.session = session
        self.actor = actor
        self.order_id = order_id
        self._read()

    def _read(self) -> None:
        self.head = self.session.order(self.actor, self.order_id).head
        self.due = self.session.next_deadline()

    def compose(self) -> ComposeResult:
        """Where the order stands, its acts, and what the clock will bring."""
        with Vertical(id="dialog") as dialog:
            dialog.border_title = shown(f"What can be done · order {self.order_id}")
            yield Static(self._status(), id="status")
            yield Acts(*[Option(_act_lines(act)) for act in self.head.acts])
            yield Static(self._clock(), id="clock")
            with Horizontal(id="buttons"):
                yield Button("Go back (esc)", id="leave", compact=True)
                yield Button("Open (enter)", id="open", variant="primary", compact=True)

    def renew(self, news: tuple[News, ...]) -> tuple[News, ...]:
        """Tell anew what can be done; the cursor stays on its act."""
        if not (self.is_mounted and self.is_attached):
            return news
        acts, before = self.query_one(Acts), self.head.acts
        chosen = None if acts.highlighted is None else before[acts.highlighted].verb
        self._read()
        self.query_one("#status", Static).update(self._status())
        self.query_one("#clock", Static).update(self._clock())
        if self.head.acts != before:
            acts.show([Option(_act_lines(act)) for act in self.head.acts], self._at(chosen))
        return news

    def _at(self, verb: str | None) -> int:
        verbs = [act.verb for act in self.head.acts]
        return verbs.index(verb) if verb in verbs else 0

    def _status(self) -> Content:
        phase, status = self.head.phase, self.head.status
        return template("[b]$phase.[/] $status", phase=phase, status=status)

    def _clock(self) -> Content:
        if self.due is None:
            return Content("No deadline runs: nothing happens by itself.")
        return template(
            "By itself, in $left: $title of order $order. n moves the clock there.",
            left=self.due.left,
            title=self.due.title,
            order=self.due.order,
        )

    def on_mount(self) -> None:
        """Stand on the first act."""
        acts = self.query_one(Acts)
        acts.highlighted = 0 if self.head.acts else None
        acts.focus()

    @on(OptionList.OptionHighlighted)
    def _dim(self, event: OptionList.OptionHighlighted) -> None:
        self.query_one("#open", Button).disabled = not self.head.acts[event.option_index].possible

    @on(OptionList.OptionSelected)
    def _choose(self, event: OptionList.OptionSelected) -> None:
        self._open(event.option_index)

    @on(Button.Pressed, "#open")
    def _press(self) -> None:
        at = self.query_one(Acts).highlighted
        if at is not None:
            self._open(at)

    def _open(self, at: int) -> None:
        act = self.head.acts[at]
        if not act.possible:
            told = f"{_title(act)}: {act.why_not}"
            self.notify(clean(told), severity="warning", markup=False, timeout=6)
            return
        self.dismiss()
        # The form lies on the order's page, so that one comes back to that.
        self.app.post_message(Goto("act", self.order_id, act.verb))

    @on(Button.Pressed, "#leave")
    def action_leave(self) -> None:
        """Go back to the order."""
        self.dismiss()


def _title(act: ActView) -> str:
    return FORMS[act.verb].title


def _act_lines(act: ActView) -> Content:
    """Two lines: the act, and what it means or why it cannot be done."""
    if act.possible:
        markup = "[$success]✓[/] [b]$title…[/b]\n[$text-muted]$means[/]"
        return template(markup, title=_title(act), means=FORMS[act.verb].means)
    markup = "[$text-disabled]✗ $title[/]\n[$text-muted]$why[/]"
    return template(markup, title=_title(act), why=act.why_not)
