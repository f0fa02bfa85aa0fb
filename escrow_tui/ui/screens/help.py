"""Every key of the screen beneath, to be searched and run, and a short text about the game."""

from typing import ClassVar

import msgspec
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.dom import DOMNode
from textual.screen import ModalScreen, Screen
from textual.widgets import Button, Input, Static

from escrow_tui.ui.ground.actions import ACTIONS, bindings
from escrow_tui.ui.ground.place import Place
from escrow_tui.ui.safety.text import template
from escrow_tui.ui.widgets.row_list import RowList

GAME = Content.from_markup(
    "[b $primary]Where the money is[/]\n"
    "The buyer pays the platform, not the seller. The platform holds the money in escrow until the"
    " buyer confirms, a deadline passes, or a dispute is decided. A dispute moves nothing; what is"
    " decided does. [$accent]m[/] shows each movement.\n\n"
    "[b $primary]The chairs[/]\n"
    "Buyer, seller, mediator: each sees only what its chair may know. In an exercise you sit in"
    " one, and the others answer. In free play [$accent]F1[/] to [$accent]F4[/] change chairs;"
    " backstage you are the carrier and the bank.\n\n"
    "[b $primary]The clock[/]\n"
    "Time stands still until you move it: [$accent]o[/] an hour, [$accent]d[/] a day, [$accent]n[/]"
    " to the next deadline. Whoever is silent when a deadline passes has decided too.\n\n"
    "[b $primary]Mistakes[/]\n"
    "cost nothing. A form shows what it would do before you confirm it; [$accent]u[/] takes your"
    " last act back; [$accent]w[/] says why something cannot be done. Everything is kept: leave at"
    " any time, and go on from the lobby."
)
# Of Textual's own keys these help somebody; the rest would only lengthen the list.
_OF_TEXTUAL = ("app.focus_next", "app.focus_previous", "command_palette", "quit")


class KeyLine(msgspec.Struct, frozen=True):
    """A key of the screen beneath; `reason` says why it does nothing now."""

    key: str
    title: str
    help: str
    reason: str
    action: str
    node: DOMNode

    @property
    def told(self) -> str:
        """What it does, or why it does nothing now."""
        return f"not now: {self.reason}" if self.reason else self.help


class HelpScreen(ModalScreen[None]):
    """Shows the keys of `beneath`, and runs one there."""

    AUTO_FOCUS = "RowList"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012 - Textual types it
    DEFAULT_CSS = """
    HelpScreen { align: center middle; background: $background 70%; }
    HelpScreen #dialog {
        width: 96%; max-width: 130; height: 94%;
        border: round $primary; background: $surface;
    }
    HelpScreen.-narrow #dialog { width: 100%; height: 100%; }
    HelpScreen #halves { height: 1fr; }
    HelpScreen.-narrow #halves { layout: vertical; }
    HelpScreen #left { width: 2fr; }
    HelpScreen.-narrow #left { width: 100%; height: 1fr; }
    HelpScreen #detail { height: auto; max-height: 3; padding: 0 1; color: $warning; }
    HelpScreen #game { width: 1fr; padding: 0 1; border-left: solid $panel; }
    HelpScreen.-narrow #game {
        width: 100%; height: 7; border-left: none; border-top: solid $border-blurred;
    }
    HelpScreen #buttons { height: 1; align-horizontal: right; }
    HelpScreen Button { margin-left: 2; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("search"),
        Binding("escape,question_mark", "leave", "Close", tooltip="Back to the screen beneath"),
        Binding("down", "to_list", "To the list", show=False),
    ]

    def __init__(self, beneath: Screen[None]) -> None:
        super().__init__()
        self.beneath = beneath
        self.lines: tuple[KeyLine, ...] = ()
        self.listed: tuple[KeyLine, ...] = ()

    def compose(self) -> ComposeResult:
        """The keys beside the text; one over the other where it is narrow."""
        with Vertical(id="dialog") as dialog:
            dialog.border_title = "Help: every key of this screen; Enter runs it"
            with Horizontal(id="halves"):
                with Vertical(id="left"):
                    yield Input(placeholder="/ filters: any words", id="filter", compact=True)
                    columns = [("Key", 9), ("What", 14), ("It does", 0)]
                    yield RowList(columns, empty="No key has these words; press Esc, then look.")
                    yield Static("", id="detail")
                with VerticalScroll(id="game"):
                    yield Static(GAME)
            with Horizontal(id="buttons"):
                yield Button("Close (esc)", id="leave", compact=True)
                yield Button("Run (enter)", id="run", variant="primary", compact=True)

    def on_mount(self) -> None:
        """List the keys as they are now."""
        self.lines = key_lines(self.beneath)
        self._list()

    @on(Input.Changed)
    def _list(self) -> None:
        words = self.query_one(Input).value.casefold().split()
        self.listed = tuple(
            line
            for line in self.lines
            if all(word in f"{line.key} {line.title} {line.help}".casefold() for word in words)
        )
        rows = [(line.key, line.title, line.told) for line in self.listed]
        self.query_one(RowList).show(rows)
        self._detail()

    @on(RowList.Highlighted)
    def _detail(self) -> None:
        at = self.query_one(RowList).cursor
        line = self.listed[at] if at < len(self.listed) else None
        told = template("$title: $reason", title=line.title, reason=line.reason) if line else ""
        self.query_one("#detail", Static).update(told if line and line.reason else "")
        self.query_one("#run", Button).disabled = line is None or bool(line.reason)

    @on(RowList.Chosen)
    @on(Button.Pressed, "#run")
    async def _run(self) -> None:
        line = self.listed[self.query_one(RowList).cursor]
        if line.reason:
            self.notify(line.reason, severity="warning", markup=False, timeout=6)
            return
        self.dismiss()
        # Once this screen is gone: the action is the other's, as if its key had been pressed.
        self.app.call_later(self.app.run_action, line.action, line.node)

    def action_do(self, name: str) -> None:
        """Search: of the registry's actions this screen has no other."""
        assert name == "search"
        self.query_one(Input).focus()

    @on(Input.Submitted)
    def action_to_list(self) -> None:
        """Go from the filter to what it left."""
        self.query_one(RowList).focus()

    @on(Button.Pressed, "#leave")
    def action_leave(self) -> None:
        """Leave the filter; from the list, close."""
        if self.query_one(Input).value:
            self.query_one(Input).value = ""
            self.action_to_list()
        else:
            self.dismiss()


def key_lines(beneath: Screen[None]) -> tuple[KeyLine, ...]:
    """Return the keys of a screen, one line an action: those of the registry first."""
    found: dict[str, KeyLine] = {}
    for node, binding, enabled, tooltip in beneath.active_bindings.values():
        if not binding.description or not _helps(node, binding):
            continue
        key = beneath.app.get_key_display(binding)
        line = found.get(binding.action) or KeyLine(
            "",
            binding.description,
            tooltip or binding.description,
            "" if enabled else _reason(beneath, binding),
            binding.action,
            node,
        )
        both = f"{line.key} {key}".strip()
        found[binding.action] = msgspec.structs.replace(line, key=both)
    return tuple(sorted(found.values(), key=lambda line: not line.action.startswith("do(")))


def _helps(node: DOMNode, binding: Binding) -> bool:
    """Say whether a key is ours, or one of Textual's that is worth a line."""
    if binding.id in ACTIONS or binding.action in _OF_TEXTUAL:
        return True
    ours = (cls for cls in type(node).__mro__ if cls.__module__.startswith("escrow_tui"))
    own = (one for cls in ours for one in cls.__dict__.get("BINDINGS", ()))
    return any(isinstance(one, Binding) and one.action == binding.action for one in own)


def _reason(beneath: Screen[None], binding: Binding) -> str:
    """Return why an action does nothing now."""
    told = beneath.reason_against(binding.id or "") if isinstance(beneath, Place) else ""
    return told or "there is nothing to do it with."
