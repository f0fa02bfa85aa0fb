"""What happened to an order, where it is now, and the deadlines to come with their rules."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Static

from escrow_tui.ui.ground.place import PlaceScreen
from escrow_tui.ui.safety.text import shown
from escrow_tui.ui.widgets.facts import Fact, FactSheet, Section
from escrow_tui.ui.widgets.row_list import RowList
from escrow_tui.ui.widgets.sections import mark_of
from escrow_tui.ui.widgets.timeline_bar import TimelineBar
from escrow_tui.views.parts import DeadlineView, EventView


class TimelineScreen(PlaceScreen):
    """Events on the left, deadlines to come on the right."""

    place = "timeline"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 - Textual types it
    DEFAULT_CSS = """
    TimelineScreen #bar { height: 3; margin: 0 1; }
    TimelineScreen #halves { width: 100%; }
    TimelineScreen #events { width: 2fr; }
    TimelineScreen #to-come { width: 1fr; padding: 0 1; }
    TimelineScreen #said { height: auto; max-height: 3; color: $text-muted; }
    TimelineScreen.-narrow #halves { layout: vertical; }
    TimelineScreen.-narrow #events { width: 100%; height: 3fr; }
    TimelineScreen.-narrow #to-come { width: 100%; height: 2fr; }
    """

    happened: tuple[EventView, ...] = ()

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
                yield Static("", id="said", markup=False)
            with VerticalScroll(id="to-come", classes="panel") as to_come:
                to_come.border_title = "Deadlines to come"
                yield FactSheet(id="deadlines")

    def read(self) -> None:
        """Read the order's head again."""
        head = self.session.order(self.actor, self.order_id).head
        self.query_one(TimelineBar).marks = head.marks
        listed, known = self.query_one(RowList), len(self.happened)
        self.happened = tuple(event for event in head.events if event.sentence)
        rows = [(str(one.seq), one.date, one.by, one.sentence) for one in self.happened]
        listed.show(rows)
        if not known:
            listed.cursor = len(rows) - 1
        self._say_whole()
        none = (Section("", (Fact("", "None: this order is at its end.", "dim"),)),)
        self.query_one(FactSheet).sections = tuple(map(_told, head.deadlines)) or none

    @on(RowList.Highlighted)
    def _say_whole(self) -> None:
        """Show the whole sentence below the list: it may be too long for a row."""
        at = self.query_one(RowList).cursor
        said = self.happened[at].sentence if at < len(self.happened) else ""
        self.query_one("#said", Static).update(shown(said))


def _told(one: DeadlineView) -> Section:
    """Return when it passes, what it brings, and the rule that set it."""
    facts = (
        Fact("Due", f"{one.date}, in {one.left}", "here" if one.soon else "text"),
        Fact("Silence", f"when nobody acts, {one.brings}"),
        Fact("Rule", f"{one.rule.row} = {one.rule.value}: {one.rule.means}"),
        Fact("Source", one.rule.source),
    )
    return Section(f"{mark_of(one)} {one.title}", facts)
