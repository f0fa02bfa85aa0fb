"""Every key of the screen below, which can be searched and run, and a text about the game."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import Screen
from textual.widgets import Input, Static

from escrow_tui.ui.ground.actions import key_at
from escrow_tui.ui.ground.dialog import Dialog
from escrow_tui.ui.safety.text import template
from escrow_tui.ui.screens.help.game import GAME
from escrow_tui.ui.screens.help.key_lines import KeyLine, key_lines
from escrow_tui.ui.widgets.row_list import RowList


class HelpScreen(Dialog[None]):
    """Lists the keys of the screen `beneath`, and runs the chosen one there."""

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
        """The keys beside the text, or above it on a narrow terminal."""
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
        # After this screen has gone: the action runs below as if its key had been pressed.
        self.app.call_later(self.app.run_action, line.action, line.node)

    def do_search(self) -> None:
        """Go to the filter."""
        self.query_one(Input).focus()

    @on(Input.Submitted)
    def do_to_list(self) -> None:
        """Go from the filter to the list."""
        self.query_one(RowList).focus()

    def do_close(self) -> None:
        """Clear the filter, or close if it is empty."""
        if self.query_one(Input).value:
            self.query_one(Input).value = ""
            self.do_to_list()
        else:
            super().do_close()
