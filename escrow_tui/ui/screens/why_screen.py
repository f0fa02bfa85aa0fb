"""What can be done with an order now, why not the rest, and what would help."""

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from escrow_tui.desk.session import Session
from escrow_tui.engine.roles import Actor
from escrow_tui.ui.forms.acts_list import Acts
from escrow_tui.ui.forms.verb_forms import FORMS
from escrow_tui.ui.ground.actions import MARKET, key_at
from escrow_tui.ui.ground.dialog import MarketDialog
from escrow_tui.ui.messages import Goto
from escrow_tui.ui.safety.text import template
from escrow_tui.views.parts import ActView


class WhyScreen(MarketDialog):
    """Every act of the chair; Enter opens the form of one that is possible."""

    place = "why"
    AUTO_FOCUS = "Acts"
    DEFAULT_CSS = """
    WhyScreen #dialog { height: 94%; }
    WhyScreen #status { margin-bottom: 1; }
    WhyScreen OptionList { height: 1fr; max-height: 100%; border: none; padding: 0; }
    WhyScreen OptionList:focus { border: none; background-tint: $foreground 0%; }
    WhyScreen OptionList > .option-list--option-highlighted,
    WhyScreen OptionList:focus > .option-list--option-highlighted {
        background: $primary 25%; color: $foreground; text-style: none;
    }
    WhyScreen #clock { color: $text-muted; margin-top: 1; }
    """

    def __init__(self, session: Session, actor: Actor, order_id: str = "", about: str = "") -> None:
        super().__init__(session, actor, order_id, about)
        self._ask()

    def _ask(self) -> None:
        self.head = self.session.order(self.actor, self.order_id).head
        self.due = self.session.next_deadline()

    @property
    def dialog_title(self) -> str:
        """Which order."""
        return f"What can be done · order {self.order_id}"

    def body(self) -> ComposeResult:
        """Where the order stands, its acts, and what the clock will bring."""
        yield Static(self._status(), id="status")
        yield Acts(*[Option(_act_lines(act)) for act in self.head.acts])
        yield Static(self._clock(), id="clock")

    def read(self) -> None:
        """List again what can be done; the cursor stays on its act."""
        acts, before = self.query_one(Acts), self.head.acts
        chosen = None if acts.highlighted is None else before[acts.highlighted].verb
        self._ask()
        self.query_one("#status", Static).update(self._status())
        self.query_one("#clock", Static).update(self._clock())
        if self.head.acts != before:
            acts.show([Option(_act_lines(act)) for act in self.head.acts], self._at(chosen))

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
            "By itself, in $left: $title of order $order. $key moves the clock there.",
            left=self.due.left,
            title=self.due.title,
            order=self.due.order,
            key=key_at(MARKET, "next"),
        )

    def on_mount(self) -> None:
        """Put the cursor on the first act."""
        self.query_one(Acts).highlighted = 0 if self.head.acts else None

    @property
    def chosen(self) -> ActView | None:
        """The act under the cursor."""
        at = self.query_one(Acts).highlighted
        return None if at is None else self.head.acts[at]

    @on(OptionList.OptionHighlighted)
    def _dim(self) -> None:
        self.show_buttons()

    @on(OptionList.OptionSelected)
    def _choose(self) -> None:
        self.action_do("open")

    def do_open(self) -> None:
        """Open the form of the act over the order's page, to which it returns."""
        act = self.chosen
        assert act is not None
        self.dismiss()
        self.app.post_message(Goto("act", self.order_id, act.verb))

    def can_open(self) -> str | None:
        """Only an act that is possible now."""
        if (act := self.chosen) is None:
            return None
        return "" if act.possible else f"{_title(act)}: {act.why_not}"


def _title(act: ActView) -> str:
    return FORMS[act.verb].title


def _act_lines(act: ActView) -> Content:
    """Two lines: the act, and what it means or why it cannot be done."""
    if act.possible:
        markup = "[$success]✓[/] [b]$title…[/b]\n[$text-muted]$means[/]"
        return template(markup, title=_title(act), means=FORMS[act.verb].means)
    markup = "[$text-disabled]✗ $title[/]\n[$text-muted]$why[/]"
    return template(markup, title=_title(act), why=act.why_not)
