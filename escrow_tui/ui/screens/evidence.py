"""The evidence: every piece with what its owner says of it, the listing beside it, the scans."""

from collections import Counter
from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Button

from escrow_tui.desk.command_id import new_command_id
from escrow_tui.engine.answers import Done
from escrow_tui.engine.commands import OpenEvidence
from escrow_tui.ui.ground.actions import bindings
from escrow_tui.ui.ground.looking import order_view
from escrow_tui.ui.ground.place import Place
from escrow_tui.ui.messages import Goto
from escrow_tui.ui.safety.text import shown
from escrow_tui.ui.widgets.facts import Fact, FactSheet, Section
from escrow_tui.ui.widgets.picture_view import PictureView
from escrow_tui.ui.widgets.row_list import Row, RowList
from escrow_tui.views.choices import OrderView
from escrow_tui.views.order_views import BackstageOrder, MediatorCase
from escrow_tui.views.parts import EvidenceView, ParcelView

PIECES = (("", 1), ("#", 3), ("Owner", 6), ("Kind", 0), ("Day", 5), ("File", 10))
NO_PIECES = "None yet: it comes with a dispute, with its answer, and later by hand (+)."
NOT_SHIPPED = "Nothing was shipped yet: there is no number and no scan."
NOT_SCANNED = "The carrier has not seen the parcel yet."
SEALED = "not opened yet: Enter opens it, and the case keeps that you did"
RECORDED = "Opened. The case keeps which pieces you opened before you ruled."


class EvidenceScreen(Place):
    """Pieces and scans over the piece under the cursor; a mediator's piece is silent at first."""

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
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("open", "hand_in", "words", "why")]

    view: OrderView | None = None
    pieces: tuple[EvidenceView, ...] = ()
    in_words = False

    def on_mount(self) -> None:
        """Nothing was looked at yet."""
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
            yield Button("Open (enter)", id="open", variant="primary", compact=True)
            yield Button("Hand in… (+)", id="hand_in", compact=True)
            yield Button("In words (v)", id="words", compact=True)

    def read(self) -> None:
        """Read pieces and scans again."""
        view = self.view = order_view(self.session, self.actor, self.order_id)
        self.pieces = () if isinstance(view, BackstageOrder) else view.evidence
        listed = [_piece_row(one, self.pieces, sealing=self.judging) for one in self.pieces]
        self.query_one("#pieces", RowList).show(listed)
        self.query_one("#handed-in").border_title = shown(f"Handed in ({_counted(self.pieces)})")
        if self.judging:
            self.query_one("#handed-in").border_subtitle = "■ opened   □ not yet"
        self.query_one("#scans", FactSheet).sections = _parcels(view)
        self._show_piece()

    @property
    def judging(self) -> bool:
        """Whether a piece has to be opened before it speaks."""
        return isinstance(self.view, MediatorCase)

    @property
    def chosen(self) -> EvidenceView | None:
        """The piece under the cursor."""
        at = self.query_one("#pieces", RowList).cursor
        return self.pieces[at] if at < len(self.pieces) else None

    @on(RowList.Highlighted, "#pieces")
    def _show_piece(self) -> None:
        """Show the piece under the cursor beside the listing; keep that it was looked at."""
        one, view = self.chosen, self.view
        lines = view.head.lines if view else ()
        listed = lines[0].picture if lines else ""
        self._picture("#listing", listed, "the listing" if listed else "the listing: no picture")
        self._picture("#piece", one.picture if one else "", _caption(one))
        self.query_one("#facts", FactSheet).sections = (Section("", self._told(one)),)
        self.query_one("#viewer").border_title = shown(_title(one))
        self._keep_looking(one)
        self._show_acts()

    def _picture(self, name: str, spec: str, caption: str) -> None:
        picture = self.query_one(name, PictureView)
        picture.spec, picture.caption = spec, caption

    def _told(self, one: EvidenceView | None) -> tuple[Fact, ...]:
        """Tell who handed it in, what he says that it shows, and whether the file is known."""
        if one is None:
            return (Fact("", NO_PIECES, "dim"),)
        said = f"“{one.shows}”" if one.opened else SEALED
        same = _same(one, self.pieces)
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
        """Say in words what the two pictures show, for those who ask."""
        piece, listing = (self.query_one(name, PictureView) for name in ("#piece", "#listing"))
        pairs = (("Picture", piece.description), ("Listing", listing.description))
        return [Fact(label, said or "no picture") for label, said in pairs]

    def _keep_looking(self, one: EvidenceView | None) -> None:
        """Keep that a buyer or a seller saw a piece; what a mediator opens is in the journal."""
        if one and not self.judging and one.id not in self.looked:
            self.looked.add(one.id)
            self.session.note("evidence", one.id)

    def _show_acts(self) -> None:
        for name in ("open", "hand_in"):
            reason, button = self.reason_against(name), self.query_one(f"#{name}", Button)
            button.display = reason is not None
            button.disabled = bool(reason)
            button.tooltip = shown(reason) if reason else None
        self.refresh_bindings()

    # -- actions

    @on(RowList.Chosen, "#pieces")
    def _choose(self) -> None:
        """Open the piece, where it is silent."""
        self.action_do("open")

    @on(Button.Pressed)
    def _press(self, event: Button.Pressed) -> None:
        """Do what the button is named after."""
        self.action_do(event.button.id or "")

    def do_open(self) -> None:
        """Open a silent piece; that it is recorded is said once."""
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
        """Only a mediator, once a piece, while the case is his to decide."""
        if not self.judging:
            return None
        one = self.chosen
        if one is None:
            return "There is nothing to open."
        if one.opened:
            return f"{one.id} is open: you are looking at it."
        return self._against("open_evidence")

    def do_hand_in(self) -> None:
        """Hand in one more piece, in a form."""
        self.post_message(Goto("act", self.order_id, "add_evidence"))

    def can_hand_in(self) -> str | None:
        """Only buyer and seller, while they dispute."""
        verbs = {act.verb for act in self.view.head.acts} if self.view else set()
        return self._against("add_evidence") if "add_evidence" in verbs else None

    def _against(self, verb: str) -> str:
        acts = self.view.head.acts if self.view else ()
        why_not = next((act.why_not for act in acts if act.verb == verb), "")
        return self.over() or why_not

    def do_words(self) -> None:
        """Say in words what the pictures show, or no longer."""
        self.in_words = not self.in_words
        self._show_piece()

    def do_why(self) -> None:
        """See what can be done, and why not the rest."""
        self.post_message(Goto("why", self.order_id))


def _parcels(view: OrderView) -> tuple[Section, ...]:
    """Tell of the parcel that goes back, where there is one, over the order's own."""
    back = view.head.return_
    if back is None or back.parcel is None:
        return (Section("", _scanned(view.parcel)),)
    return (
        Section("On the way back", _scanned(back.parcel)),
        Section("The order's parcel", _scanned(view.parcel)),
    )


def _scanned(parcel: ParcelView | None) -> tuple[Fact, ...]:
    """Tell the number with its check, then what the carrier saw, the latest first."""
    if parcel is None:
        return (Fact("", NOT_SHIPPED, "dim"),)
    scans = [
        Fact(one.date[5:10], ", ".join(filter(None, [one.status, one.place, one.detail])))
        for one in reversed(parcel.scans)
    ]
    warning = [Fact("! Warning", parcel.warning, "here")] if parcel.warning else []
    number = Fact("Number", f"{parcel.tracking} ({parcel.number_check})")
    return (*warning, number, *(scans or [Fact("", NOT_SCANNED, "dim")]))


def _piece_row(one: EvidenceView, every: Sequence[EvidenceView], *, sealing: bool) -> Row:
    mark = ("■" if one.opened else "□") if sealing else ""
    same = _same(one, every)
    file = f"same as {same}" if same else one.checksum
    return (mark, one.id, one.owner, one.kind, one.date[5:10], file)


def _same(one: EvidenceView, every: Sequence[EvidenceView]) -> str:
    """Return the first other piece with the same checksum, "" where there is none."""
    alike = (other.id for other in every if other.checksum == one.checksum)
    return next((id for id in alike if id != one.id), "")


def _counted(pieces: Sequence[EvidenceView]) -> str:
    counts = Counter(one.owner for one in pieces)
    return ", ".join(f"{owner} {count}" for owner, count in counts.items()) or "nothing"


def _title(one: EvidenceView | None) -> str:
    return f"{one.id}: {one.kind} of the {one.owner}" if one else "No evidence"


def _caption(one: EvidenceView | None) -> str:
    if one is None:
        return ""
    if not one.opened:
        return f"{one.id}: not opened"
    return one.id if one.picture else f"{one.id}: no picture"
