"""The evidence: each piece with its owner's words, beside the listing, and the scans."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Button

from escrow_tui.desk.command_id import new_command_id
from escrow_tui.engine.answers import Done
from escrow_tui.engine.commands import OpenEvidence
from escrow_tui.ui.ground.actions import key_at
from escrow_tui.ui.ground.place import PlaceScreen
from escrow_tui.ui.safety.text import shown
from escrow_tui.ui.screens.evidence.pieces import (
    counted,
    parcel_sections,
    piece_caption,
    piece_row,
    piece_title,
    same_file,
)
from escrow_tui.ui.widgets.facts import Fact, FactSheet, Section
from escrow_tui.ui.widgets.picture_view import PictureView
from escrow_tui.ui.widgets.row_list import RowList
from escrow_tui.views.choices import OrderView
from escrow_tui.views.order_views import BackstageOrder, MediatorCase
from escrow_tui.views.parts import EvidenceView

PIECES = (("", 1), ("#", 3), ("Owner", 6), ("Kind", 0), ("Day", 5), ("File", 10))
_BY_HAND = key_at("evidence", "hand_in")
NO_PIECES = f"None yet: it comes with a dispute, with its answer, and later by hand ({_BY_HAND})."
SEALED = "not opened yet: Enter opens it, and the case keeps that you did"
RECORDED = "Opened. The case keeps which pieces you opened before you ruled."


class EvidenceScreen(PlaceScreen):
    """Pieces and scans above the chosen piece; a mediator has to open a piece to read it."""

    place = "evidence"
    AUTO_FOCUS = "#pieces"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide"), (170, "-broad")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-short"), (44, "-tall")]  # noqa: RUF012 - Textual types it
    DEFAULT_CSS = """
    EvidenceScreen #lists { height: 1fr; }
    EvidenceScreen .panel {
        border: round $panel; border-title-color: $primary; border-subtitle-color: $text-muted;
        &:focus, &:focus-within { border: round $border; }
    }
    EvidenceScreen #handed-in { width: 3fr; height: 100%; }
    EvidenceScreen #track { width: 2fr; height: 100%; padding: 0 1; }
    EvidenceScreen #viewer { height: 11; border: round $primary; border-title-style: bold; }
    EvidenceScreen PictureView { width: 18; height: 9; margin-right: 1; }
    EvidenceScreen.-wide #viewer { height: 15; }
    EvidenceScreen.-wide PictureView { width: 28; height: 13; }
    EvidenceScreen.-broad #viewer { height: 15; }
    EvidenceScreen.-broad PictureView { width: 28; height: 13; }
    EvidenceScreen.-broad.-tall #viewer { height: 27; }
    EvidenceScreen.-broad.-tall PictureView { width: 56; height: 25; }
    EvidenceScreen #told { width: 1fr; height: 100%; }
    EvidenceScreen #bar { height: 1; background: $panel; }
    EvidenceScreen Button { margin-right: 1; }
    """
    view: OrderView | None = None
    pieces: tuple[EvidenceView, ...] = ()
    in_words = False

    def on_mount(self) -> None:
        """Start with no piece looked at."""
        self.looked: set[str] = set()
        self.told_once = False

    @property
    def place_title(self) -> str:
        """Which order's evidence."""
        return f"Order {self.order_id} ▸ Evidence"

    def body(self) -> ComposeResult:
        """The two lists over the viewer, and the acts."""
        with Horizontal(id="lists"):
            with Vertical(id="handed-in", classes="panel"):
                yield RowList(PIECES, empty=NO_PIECES, id="pieces")
            with VerticalScroll(id="track", classes="panel") as track:
                track.border_title = "Tracking"
                yield FactSheet(id="scans")
        with Horizontal(id="viewer", classes="panel"):
            yield PictureView(id="piece")
            yield PictureView(id="listing")
            with VerticalScroll(id="told"):
                yield FactSheet(id="facts")
        with Horizontal(id="bar"):
            yield Button(self.label("open"), id="open", variant="primary", compact=True)
            yield Button(self.label("hand_in", "Hand in…"), id="hand_in", compact=True)
            yield Button(self.label("words"), id="words", compact=True)

    def read(self) -> None:
        """Read pieces and scans again."""
        view = self.view = self.session.order(self.actor, self.order_id)
        self.pieces = () if isinstance(view, BackstageOrder) else view.evidence
        listed = [piece_row(one, self.pieces, sealing=self.judging) for one in self.pieces]
        self.query_one("#pieces", RowList).show(listed)
        self.query_one("#handed-in").border_title = shown(f"Handed in ({counted(self.pieces)})")
        if self.judging:
            self.query_one("#handed-in").border_subtitle = "■ opened   □ not yet"
        self.query_one("#scans", FactSheet).sections = parcel_sections(view)
        self._show_piece()

    @property
    def judging(self) -> bool:
        """Whether pieces have to be opened: only for a mediator."""
        return isinstance(self.view, MediatorCase)

    @property
    def chosen(self) -> EvidenceView | None:
        """The piece under the cursor."""
        at = self.query_one("#pieces", RowList).cursor
        return self.pieces[at] if at < len(self.pieces) else None

    @on(RowList.Highlighted, "#pieces")
    def _show_piece(self) -> None:
        """Show the chosen piece beside the listing, and note that it was looked at."""
        one, view = self.chosen, self.view
        lines = view.head.lines if view else ()
        listed = lines[0].picture if lines else ""
        self._picture("#listing", listed, "the listing" if listed else "the listing: no picture")
        self._picture("#piece", one.picture if one else "", piece_caption(one))
        self.query_one("#facts", FactSheet).sections = (Section("", self._told(one)),)
        self.query_one("#viewer").border_title = shown(piece_title(one))
        self._note_looked_at(one)
        self.show_buttons()

    def _picture(self, name: str, spec: str, caption: str) -> None:
        picture = self.query_one(name, PictureView)
        picture.spec, picture.caption = spec, caption

    def _told(self, one: EvidenceView | None) -> tuple[Fact, ...]:
        """Say who handed it in, what they say it shows, and whether the file was seen before."""
        if one is None:
            return (Fact("", NO_PIECES, "dim"),)
        said = f"“{one.shows}”" if one.opened else SEALED
        same = same_file(one, self.pieces)
        file = f"{one.checksum}, the same file as {same}" if same else one.checksum
        facts = [
            Fact("Says", said, "text" if one.opened else "here"),
            Fact("From", f"the {one.owner}, {one.date}"),
            Fact("Checksum", file, "here" if same else "text"),
        ]
        if self.in_words:
            facts = [*self._in_words(), *facts]
        return tuple(facts)

    def _in_words(self) -> list[Fact]:
        """Describe the two pictures in words."""
        piece, listing = (self.query_one(name, PictureView) for name in ("#piece", "#listing"))
        pairs = (("Picture", piece.description), ("Listing", listing.description))
        return [Fact(label, said or "no picture") for label, said in pairs]

    def _note_looked_at(self, one: EvidenceView | None) -> None:
        """Note what a buyer or a seller looked at; what a mediator opens is in the journal."""
        if one and not self.judging and one.id not in self.looked:
            self.looked.add(one.id)
            self.session.note("evidence", one.id)

    # -- actions

    @on(RowList.Chosen, "#pieces")
    def _choose(self) -> None:
        """Open the piece."""
        self.action_do("open")

    def do_open(self) -> None:
        """Open the piece; say once that the case records it."""
        one = self.chosen
        assert one is not None
        answer = self.session.submit(
            self.actor, self.order_id, OpenEvidence(one.id), new_command_id()
        )
        if isinstance(answer, Done) and not self.told_once:
            self.told_once = True
            self.say(RECORDED)
        self.answered(answer)

    def can_open(self) -> str | None:
        """Only a mediator, once per piece, while the case is theirs to decide."""
        if not self.judging:
            return None
        one = self.chosen
        if one is None:
            return "There is nothing to open."
        if one.opened:
            return f"{one.id} is open: you are looking at it."
        return self._against("open_evidence")

    def can_hand_in(self) -> str | None:
        """Only buyer and seller, during a dispute."""
        verbs = {act.verb for act in self.view.head.acts} if self.view else set()
        return self._against("add_evidence") if "add_evidence" in verbs else None

    def _against(self, verb: str) -> str:
        acts = self.view.head.acts if self.view else ()
        why_not = next((act.why_not for act in acts if act.verb == verb), "")
        return self.over() or why_not

    def do_words(self) -> None:
        """Turn the descriptions in words on or off."""
        self.in_words = not self.in_words
        self._show_piece()
