"""The line that says who has to act now."""

from textual.widgets import Static

from escrow_tui.ui.safety.text import template


class TurnLine(Static):
    """Whose turn it is, and the status of the order."""

    DEFAULT_CSS = """
    TurnLine { height: auto; max-height: 2; padding: 0 1; }
    """

    def show(self, status: str, *, mine: bool) -> None:
        """Show it; your own turn has its own mark and words."""
        if mine:
            self.update(template("[b $accent]▶ Your turn:[/] $status", status=status))
        else:
            self.update(template("[$text-muted]· Not your turn:[/] $status", status=status))
