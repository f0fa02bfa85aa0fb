"""Every key of the screen beneath, to be searched and run, and a short text about the game."""

import msgspec
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.dom import DOMNode
from textual.screen import Screen
from textual.widgets import Input, Static

from escrow_tui.ui.ground.actions import MARKET, key_at
from escrow_tui.ui.ground.dialog import Dialog
from escrow_tui.ui.ground.keyed_screen import KeyedScreen
from escrow_tui.ui.safety.text import template
from escrow_tui.ui.widgets.row_list import RowList

GAME = template(
    "[b $primary]Where the money is[/]\n"
    "The buyer pays the platform, not the seller. The platform holds the money in escrow until the"
    " buyer confirms, a deadline passes, or a dispute is decided. A dispute moves nothing; what is"
    " decided does. [$accent]$money[/] shows each movement.\n\n"
    "[b $primary]The chairs[/]\n"
    "Buyer, seller, mediator: each sees only what its chair may know. In an exercise you sit in"
    " one, and the others answer. In free play [$accent]$first[/] to [$accent]$last[/] change"
    " chairs; backstage you are the carrier and the bank.\n\n"
    "[b $primary]The clock[/]\n"
    "Time stands still until you move it: [$accent]$hour[/] an hour, [$accent]$day[/] a day,"
    " [$accent]$next[/] to the next deadline. Whoever is silent when a deadline passes has decided"
    " too.\n\n"
    "[b $primary]Mistakes[/]\n"
    "cost nothing. A form shows what it would do before you confirm it; [$accent]$undo[/] takes"
    " your last act back; [$accent]$why[/] says why something cannot be done. Everything is kept:"
    " leave at any time, and go on from the lobby.",
    **{name: key_at(MARKET, name) for name in ("money", "hour", "day", "next", "undo")},
    first=key_at(MARKET, "chair1").upper(),
    last=key_at(MARKET, "chair4").upper(),
    why=key_at("order", "why"),
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


class HelpScreen(Dialog[None]):
    """Shows the keys of `beneath`, and runs one there."""

    place = "help"
    dialog_title = "Help: every key of this screen; Enter runs it"
    AUTO_FOCUS = "RowList"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012 - Textual types it
    DEFAULT_CSS = """
    HelpScreen #dialog {
        width: 96%; max-width: 130; height: 94%; max-height: 100%; padding: 0;
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
    """

    def __init__(self, beneath: Screen[None]) -> None:
        super().__init__()
        self.beneath = beneath
        self.lines: tuple[KeyLine, ...] = ()
        self.listed: tuple[KeyLine, ...] = ()

    def body(self) -> ComposeResult:
        """The keys beside the text; one over the other where it is narrow."""
        with Horizontal(id="halves"):
            with Vertical(id="left"):
                hint = f"{key_at('help', 'search')} filters: any words"
                yield Input(placeholder=hint, id="filter", compact=True)
                columns = [("Key", 9), ("What", 14), ("It does", 0)]
                yield RowList(columns, empty="No key has these words; press Esc, then look.")
                yield Static("", id="detail")
            with VerticalScroll(id="game"):
                yield Static(GAME)

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

    @property
    def chosen(self) -> KeyLine | None:
        """The line under the cursor."""
        at = self.query_one(RowList).cursor
        return self.listed[at] if at < len(self.listed) else None

    @on(RowList.Highlighted)
    def _detail(self) -> None:
        line = self.chosen
        told = template("$title: $reason", title=line.title, reason=line.reason) if line else ""
        self.query_one("#detail", Static).update(told if line and line.reason else "")
        self.show_buttons()

    @on(RowList.Chosen)
    def _choose(self) -> None:
        self.action_do("run")

    def can_run(self) -> str:
        """Only a key that does something now."""
        return line.reason if (line := self.chosen) else "No key is chosen."

    def do_run(self) -> None:
        """Run the action under the cursor."""
        line = self.chosen
        assert line is not None
        self.dismiss()
        # Once this screen is gone: the action is the other's, as if its key had been pressed.
        self.app.call_later(self.app.run_action, line.action, line.node)

    def do_search(self) -> None:
        """Go to the filter."""
        self.query_one(Input).focus()

    @on(Input.Submitted)
    def do_to_list(self) -> None:
        """Go from the filter to what it left."""
        self.query_one(RowList).focus()

    def do_close(self) -> None:
        """Leave the filter; from the list, close."""
        if self.query_one(Input).value:
            self.query_one(Input).value = ""
            self.do_to_list()
        else:
            super().do_close()


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
    if binding.action.startswith("do(") or binding.action in _OF_TEXTUAL:
        return True
    ours = (cls for cls in type(node).__mro__ if cls.__module__.startswith("escrow_tui"))
    own = (one for cls in ours for one in cls.__dict__.get("BINDINGS", ()))
    return any(isinstance(one, Binding) and one.action == binding.action for one in own)


def _reason(beneath: Screen[None], binding: Binding) -> str:
    """Return why an action does nothing now."""
    told = beneath.reason_against(binding.id or "") if isinstance(beneath, KeyedScreen) else ""
    return told or "there is nothing to do it with."
