"""The ledger before and after a command, or why the command would be refused."""

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from escrow_tui.ui.safety.text import clean, shown
from escrow_tui.ui.widgets.text_canvas import padded
from escrow_tui.views.money_views import BalanceChange, Preview


class LedgerChange(VerticalScroll, can_focus=False):
    """What a command would do, in sentences and in a table."""

    DEFAULT_CSS = """
    LedgerChange {
        height: auto; max-height: 24; padding: 0 1;
        border: round $border; border-title-color: $primary;
    }
    LedgerChange #says { color: $text; }
    LedgerChange #check { color: $success; }
    LedgerChange #later { color: $warning; }
    LedgerChange.refused #says { color: $error; }
    LedgerChange.refused #table, LedgerChange.refused #check { display: none; }
    LedgerChange.still #table { display: none; }
    """

    def compose(self) -> ComposeResult:
        """Sentences, the table, the sum, and when."""
        self.border_title = "What it would do"
        yield Static("", id="says", markup=False)
        yield Static("", id="table", markup=False)
        yield Static("", id="check", markup=False)
        yield Static("", id="later", markup=False)

    def show(self, preview: Preview, missing: str = "") -> None:
        """Show a preview, and which fields are still missing."""
        if not preview.possible:
            self.refuse(preview.why_not)
            return
        self.remove_class("refused")
        self.set_class(not preview.changes, "still")
        self._say("\n".join(filter(None, preview.says)))
        self.query_one("#table", Static).update(_table(preview.changes))
        self.query_one("#check", Static).update(shown(f"✓ {preview.check}"))
        later = f"It moves {preview.later}." if preview.later else ""
        later = "\n".join(filter(None, [later, missing and f"{missing}."]))
        self.query_one("#later", Static).update(shown(later, multiline=True))

    def wait(self, what: str) -> None:
        """Say what is still missing."""
        self.remove_class("refused")
        self._say(f"{what}.")
        for name in ("#table", "#check", "#later"):
            self.query_one(name, Static).update("")

    def refuse(self, why: str) -> None:
        """Say why the command would be refused, and what would help."""
        self.add_class("refused")
        self._say(f"✗ {why}")
        self.query_one("#later", Static).update("")

    def _say(self, text: str) -> None:
        self.query_one("#says", Static).update(shown(text, 1_000, multiline=True))


def _table(changes: tuple[BalanceChange, ...]) -> Content:
    """Draw the accounts, before and after, in columns."""
    if not changes:
        return Content("")
    rows = [("", "before", "after", "change")]
    rows += [(clean(one.account, 24), one.before, one.after, one.change) for one in changes]
    widths = [max(cell_len(row[column]) for row in rows) for column in range(4)]
    lines = [
        "  ".join(
            padded(cell, width) if column == 0 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    ]
    return Content("\n".join(lines))
