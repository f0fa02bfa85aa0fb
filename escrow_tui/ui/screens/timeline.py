"""What happened to an order, where one stands, and the deadlines to come with their rules."""

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Static

from escrow_tui.ui.looking import order_view
from escrow_tui.ui.place import Place
from escrow_tui.ui.safety.text import shown
from escrow_tui.ui.widgets.row_list import RowList
from escrow_tui.ui.widgets.timeline import TimelineBar
from escrow_tui.views.parts import DeadlineView


class TimelineScreen(Place):
    """Events on the left, deadlines to come on the right."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 - Textual types it
    DEFAULT_CSS = """
    TimelineScreen #bar { height: 3; margin: 0 1; }
    TimelineScreen #events { width: 3fr; }
    TimelineScreen #to-come { width: 2fr; padding: 0 1; }
    TimelineScreen.-narrow #halves { layout: vertical; }
    TimelineScreen.-narrow #events { width: 100%; height: 3fr; }
    TimelineScreen.-narrow #to-come { width: 100%; height: 2fr; }
    """

    @property
    def place_title(self) -> str:
        """Which order's time."""
        return f"Order {self.order_id} ▸ Timeline"

    def body(self) -> ComposeResult:
        """The bar over the events and the deadlines."""
        yield TimelineBar(id="bar")
        with Horizontal(id="halves"):
            with Vertical(id="events", classes="panel") as events:
                events.border_title = "What happened"
                yield RowList([("#", 4), ("Date (UTC)", 16), ("By", 9), ("Event", 0)])
            with VerticalScroll(id="to-come", classes="panel") as to_come:
                to_come.border_title = "Deadlines to come"
                yield Static("", id="deadlines", markup=False)

    def read(self) -> None:
        """Read the order's head again."""
        head = order_view(self.session, self.actor, self.order_id).head
        self.query_one(TimelineBar).marks = head.marks
        rows = [
            (str(event.seq), event.date, event.by, event.sentence)
            for event in head.events
            if event.sentence
        ]
        listed = self.query_one(RowList)
        listed.show(rows)
        listed.cursor = len(rows) - 1
        text = "\n\n".join(map(_said, head.deadlines)) or "None: this order is at its end."
        self.query_one("#deadlines", Static).update(shown(text, 4_000, multiline=True))

    def can_timeline(self) -> str | None:
        """It is here."""
        return None


def _said(one: DeadlineView) -> str:
    mark = "!" if one.soon else "○"
    return (
        f"{mark} {one.title}: {one.date} (in {one.left})\n"
        f"  When nobody acts, {one.brings}.\n"
        f"  {one.rule.row} = {one.rule.value}: {one.rule.means}\n"
        f"  Source: {one.rule.source}"
    )
