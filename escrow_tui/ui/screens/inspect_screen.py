"""The inspection: what was promised beside what came, without a word of judgement."""

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Button

from escrow_tui.desk.session import Session
from escrow_tui.engine.roles import Actor
from escrow_tui.ui.ground.actions import key_at
from escrow_tui.ui.ground.place import PlaceScreen
from escrow_tui.ui.safety.text import shown
from escrow_tui.ui.widgets.closed_parcel import ClosedParcel
from escrow_tui.ui.widgets.facts import Fact, FactSheet, Section
from escrow_tui.ui.widgets.picture_view import PictureView
from escrow_tui.views.order_views import BuyerOrder
from escrow_tui.views.parts import ParcelView

NO_PICTURE = "there is no picture"
_UNPACK = key_at("inspect", "unpack")


class InspectScreen(PlaceScreen):
    """Two pictures of the same size, and below them what was said and what was weighed."""

    place = "inspect"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (116, "-wide")]  # noqa: RUF012 - Textual types it
    VERTICAL_BREAKPOINTS = [(0, "-short"), (23, "-middle"), (36, "-tall")]  # noqa: RUF012
    DEFAULT_CSS = """
    InspectScreen .pair { width: 100%; height: 1fr; }
    InspectScreen #pictures { height: 14; }
    InspectScreen.-short #pictures { height: 10; }
    InspectScreen.-wide.-tall #pictures { height: 26; }
    InspectScreen .panel {
        width: 1fr; height: 100%; border: round $panel; border-title-color: $primary;
        &:focus { border: round $border; }
    }
    InspectScreen #pictures .panel { border: round $primary; border-title-style: bold; }
    InspectScreen .text { padding: 0 1; }
    InspectScreen PictureView, InspectScreen ClosedParcel { width: 100%; height: 100%; }
    InspectScreen #found { display: none; }
    InspectScreen.-opened #found { display: block; }
    InspectScreen.-opened ClosedParcel { display: none; }
    InspectScreen #bar { height: 1; background: $panel; }
    InspectScreen Button { margin-right: 1; }
    """

    def __init__(self, session: Session, actor: Actor, order_id: str = "", about: str = "") -> None:
        super().__init__(session, actor, order_id, about)
        self.view = self._order()
        self.in_words = False

    @property
    def place_title(self) -> str:
        """Which parcel."""
        return f"Order {self.order_id} ▸ Inspection"

    def body(self) -> ComposeResult:
        """The pictures, the texts below them, the buttons."""
        with Horizontal(id="pictures", classes="pair"):
            with Vertical(classes="panel") as listing:
                listing.border_title = "The listing"
                yield PictureView(id="listed")
            with Vertical(classes="panel") as held:
                held.border_title = "What you hold"
                yield PictureView(id="found")
                yield ClosedParcel()
        with Horizontal(classes="pair"):
            with VerticalScroll(classes="panel text") as says:
                says.border_title = "What the listing says"
                yield FactSheet(id="says")
            with VerticalScroll(id="noted", classes="panel text"):
                yield FactSheet(id="record")
        with Horizontal(id="bar"):
            unpack = self.label("unpack", "Open the parcel…")
            yield Button(unpack, id="unpack", variant="primary", compact=True)
            yield Button(self.label("confirm", "Confirm receipt…"), id="confirm", compact=True)
            yield Button(self.label("dispute", "Dispute…"), id="dispute", compact=True)
            yield Button(self.label("words"), id="words", compact=True)

    def read(self) -> None:
        """Look again at the order."""
        view = self.view = self._order()
        self.set_class(view.opened, "-opened")
        self._picture("#listed", view.head.lines[0].picture if view.head.lines else "")
        self._picture("#found", view.found)
        waits = f"not opened yet: {_UNPACK} opens it"
        self.query_one(ClosedParcel).word = waits if view.delivered else "it has not arrived yet"
        self.query_one("#says", FactSheet).sections = (Section("", self._says()),)
        title = "What you hold, and what" if self.in_words else "What"
        self.query_one("#noted").border_title = shown(f"{title} the carrier wrote down")
        self.query_one("#record", FactSheet).sections = (Section("", self._record()),)
        self.show_buttons()

    def _order(self) -> BuyerOrder:
        view = self.session.order(self.actor, self.order_id)
        assert isinstance(view, BuyerOrder)
        return view

    def _picture(self, name: str, spec: str) -> None:
        picture = self.query_one(name, PictureView)
        picture.spec, picture.caption = spec, "" if spec else NO_PICTURE

    def _says(self) -> tuple[Fact, ...]:
        """Return each article with its price and the listing's own words."""
        facts = list(self._seen("#listed", NO_PICTURE))
        for line in self.view.head.lines:
            facts.append(Fact("Article", line.title, "here"))
            offered = self.session.listings(self.actor, line.title)
            said = next((one.text for one in offered if one.title == line.title), "")
            facts += [Fact("Says", said)] if said else []
            facts.append(Fact("Price", line.amount))
        return (*facts, Fact("Promised", self.view.promised))

    def _record(self) -> tuple[Fact, ...]:
        held = NO_PICTURE if self.view.opened else "a closed parcel"
        return (*self._seen("#found", held), *_recorded(self.view.parcel))

    def _seen(self, picture: str, nothing: str) -> tuple[Fact, ...]:
        """Describe a picture in words, if that is turned on."""
        if not self.in_words:
            return ()
        return (Fact("Picture", self.query_one(picture, PictureView).description or nothing),)

    def _against(self, name: str) -> str:
        """Return why an act is not possible now, in the words of the order's list of acts."""
        acts = {act.verb: act.why_not for act in self.view.head.acts}
        return self.over() or acts.get(self.actions[name].about, "")

    # -- actions

    def can_unpack(self) -> str | None:
        """Once, after it has arrived."""
        return None if self.view.opened else self._against("unpack")

    def can_confirm(self) -> str:
        """As the order's phase allows."""
        return self._against("confirm")

    def can_dispute(self) -> str:
        """As the order's phase allows."""
        return self._against("dispute")

    def do_words(self) -> None:
        """Turn the descriptions in words on or off."""
        self.in_words = not self.in_words
        self.read()

    def can_evidence(self) -> str:
        """Only if some was handed in."""
        return "" if self.view.evidence else "No evidence has been handed in."


def _recorded(parcel: ParcelView | None) -> tuple[Fact, ...]:
    """Return the number, and every scan with a weight or a signature."""
    if parcel is None:
        return (Fact("", "Nothing yet: the parcel has not been shipped.", "dim"),)
    noted = [
        Fact(one.date[5:10], f"{one.status}: {one.detail}") for one in parcel.scans if one.detail
    ]
    return (
        Fact("Parcel", parcel.state, "here"),
        *(noted or [Fact("Noted", "no weight, no signature")]),
        Fact("Number", f"{parcel.tracking} ({parcel.number_check})"),
    )
