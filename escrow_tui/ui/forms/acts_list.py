"""What a chair can do with an order now and, dimmed, what it cannot do and why."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from escrow_tui.ui.forms.verb_forms import FORMS
from escrow_tui.ui.safety.text import shown, template
from escrow_tui.views.parts import ActView


class Acts(OptionList):
    """The list itself; j and k move its cursor as the arrows do."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "cursor_down", "Down", show=False),
        Binding("k", "cursor_up", "Up", show=False),
    ]

    def show(self, options: Sequence[Option], at: int) -> None:
        """Replace the options and put the cursor on one, without scrolling."""
        top = self.scroll_offset.y
        self.clear_options()
        self.add_options(options)
        self.highlighted = at if options else None
        self.call_after_refresh(self.scroll_to, y=top, animate=False)

    def on_resize(self) -> None:
        """Keep the cursor visible: a longer explanation leaves fewer rows for the list."""
        self.call_after_refresh(self.scroll_to_highlight)


class ActsPanel(Vertical):
    """The acts over an explanation of the one under the cursor: its meaning, or why not."""

    DEFAULT_CSS = """
    ActsPanel {
        border: round $panel; border-title-color: $primary;
        &:focus-within { border: round $border; }
    }
    ActsPanel Acts {
        height: 1fr; min-height: 3; border: none; padding: 0; background: $background;
    }
    ActsPanel Acts:focus { border: none; background-tint: $foreground 0%; }
    ActsPanel Acts > .option-list--option-highlighted { background: $panel; text-style: none; }
    ActsPanel Acts:focus > .option-list--option-highlighted {
        background: $primary 30%; color: $foreground; text-style: bold;
    }
    ActsPanel #about { height: auto; max-height: 9; padding: 0 1; color: $text-muted; }
    """

    class Chosen(Message):
        """An act was opened by Enter or by a click; `why_not` where it is not possible now."""

        def __init__(self, act: ActView) -> None:
            super().__init__()
            self.act = act

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._acts: tuple[ActView, ...] = ()

    def compose(self) -> ComposeResult:
        """The list over its explanation."""
        self.border_title = "What you can do now"
        yield Acts()
        yield Static("", id="about", markup=False)

    def show(self, acts: Sequence[ActView]) -> None:
        """Show these acts; the cursor stays on its act unless that is no longer possible."""
        if tuple(acts) == self._acts:
            return
        chosen, self._acts = self.act, tuple(acts)
        stays = (nth for nth, act in enumerate(acts) if chosen and act.verb == chosen.verb)
        at = next(stays, 0)
        if chosen and acts and chosen.possible and not acts[at].possible:
            at = 0
        self.query_one(Acts).show([Option(act_prompt(act)) for act in acts], at)
        possible = sum(act.possible for act in acts)
        self.border_title = shown(f"What you can do now ({possible})")
        self._explain()

    @property
    def act(self) -> ActView | None:
        """The act under the cursor."""
        at = self.query_one(Acts).highlighted
        return None if at is None or at >= len(self._acts) else self._acts[at]

    @on(OptionList.OptionHighlighted)
    def _explain(self) -> None:
        """Say what the act means, or why it cannot be done."""
        self.query_one("#about", Static).update(_about(self.act) if self.act else "")

    @on(OptionList.OptionSelected)
    def _choose(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if self.act:
            self.post_message(self.Chosen(self.act))


def act_prompt(act: ActView) -> Content:
    """Return one line; a mark says what is possible, so that no colour is needed."""
    title = FORMS[act.verb].title
    if act.possible:
        return template("[$success]✓[/] $title…", title=title)
    return template("[$text-disabled]✗ $title[/]", title=title)


def _about(act: ActView) -> Content:
    if act.possible:
        return shown(FORMS[act.verb].means)
    return template("[$warning]✗[/] $why", why=act.why_not)
