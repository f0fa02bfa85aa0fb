"""An order as its buyer, its seller, or backstage sees it, and what each can do."""

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Static

from escrow_tui.engine.roles import Role
from escrow_tui.ui.forms.acts_list import ActsPanel
from escrow_tui.ui.ground.order_place import OrderPlace
from escrow_tui.ui.safety.text import shown
from escrow_tui.ui.widgets.facts import Fact, FactSheet, Section
from escrow_tui.ui.widgets.money_flow import MoneyFlow
from escrow_tui.ui.widgets.picture_view import PictureView
from escrow_tui.ui.widgets.sections import (
    chargeback_section,
    deadline_section,
    dispute_section,
    evidence_section,
    line_facts,
    message_section,
    return_section,
    sums_section,
    tracking_section,
)
from escrow_tui.ui.widgets.stages import StageStrip
from escrow_tui.ui.widgets.timeline_bar import TimelineBar
from escrow_tui.ui.widgets.turn_line import TurnLine
from escrow_tui.views.choices import OrderView
from escrow_tui.views.order_views import BackstageOrder, BuyerOrder, SellerOrder


class OrderScreen(OrderPlace):
    """Stages, money and time as drawings; the facts for the role; what can be done now."""

    place = "order"
    from_desk = True
    AUTO_FOCUS = "Acts"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 - Textual types it
    VERTICAL_BREAKPOINTS = [(0, "-short"), (30, "-tall")]  # noqa: RUF012 - Textual types it
    DEFAULT_CSS = """
    OrderScreen StageStrip, OrderScreen MoneyFlow, OrderScreen TimelineBar { margin: 0 1; }
    OrderScreen.-short TimelineBar { display: none; }
    OrderScreen #halves { width: 100%; height: 1fr; }
    OrderScreen #goods { width: 22; border: round $panel; padding: 0 1; display: none; }
    OrderScreen #goods { border-title-color: $primary; }
    OrderScreen #goods PictureView { height: 8; margin-bottom: 1; }
    OrderScreen #articles { height: auto; color: $text-muted; }
    OrderScreen.-wide #goods.-pictured { display: block; }
    OrderScreen #facts {
        width: 1fr; border: round $panel; border-title-color: $primary; padding: 0 1;
        &:focus { border: round $border; }
    }
    OrderScreen ActsPanel { width: 36; }
    OrderScreen.-narrow ActsPanel { width: 44%; }
    """
    view: OrderView | None = None

    @property
    def place_title(self) -> str:
        """Which order."""
        return f"Order {self.order_id}"

    def body(self) -> ComposeResult:
        """The drawings above the facts and the list of acts."""
        yield TurnLine(markup=False)
        yield StageStrip()
        yield MoneyFlow()
        yield TimelineBar()
        with Horizontal(id="halves"):
            with Vertical(id="goods") as goods:
                goods.border_title = "The listing"
                yield PictureView()
                yield Static("", id="articles", markup=False)
            with VerticalScroll(id="facts"):
                yield FactSheet()
            yield ActsPanel(id="acts")

    def read(self) -> None:
        """Read the order again."""
        view = self.session.order(self.actor, self.order_id)
        self.view, head = view, view.head
        self.query_one(TurnLine).show(head.status, mine=head.mine)
        self.query_one(StageStrip).stages = head.stages
        self.query_one(MoneyFlow).flow = view.flow
        self.query_one(TimelineBar).marks = head.marks
        self.query_one("#facts").border_title = shown(f"{head.price} · {head.title}")
        self.query_one(FactSheet).sections = sections_of(view)
        picture = head.lines[0].picture if head.lines else ""
        self.query_one("#goods").set_class(bool(picture), "-pictured")
        self.query_one(PictureView).spec = picture
        articles = "\n".join(f"{line.title}, {line.amount}" for line in head.lines)
        self.query_one("#articles", Static).update(shown(articles, multiline=True))
        self.query_one(ActsPanel).show(head.acts)

    # -- actions

    def can_inspect(self) -> str | None:
        """Only a buyer inspects, and only what has arrived."""
        if self.actor.role is not Role.BUYER:
            return None
        arrived = isinstance(self.view, BuyerOrder) and self.view.delivered
        return "" if arrived else "The parcel has not arrived yet: there is nothing to look at."

    def can_evidence(self) -> str | None:
        """Only buyer and seller, and only if some was handed in."""
        if not isinstance(self.view, BuyerOrder | SellerOrder):
            return None
        return "" if self.view.evidence else "No evidence has been handed in."


def sections_of(view: OrderView) -> tuple[Section, ...]:
    """Return what the role may know, most pressing first."""
    head = view.head
    frozen, back = chargeback_section(head.chargeback), return_section(head.return_)
    deadlines, tracking = deadline_section(head.deadlines), tracking_section(view.parcel)
    if isinstance(view, BackstageOrder):
        return (frozen, _verified(view), back, tracking, deadlines, sums_section(head))
    parts = (frozen, back, dispute_section(view.dispute), deadlines)
    said = (message_section(head.messages), evidence_section(view.evidence), sums_section(head))
    if isinstance(view, BuyerOrder):
        return (*parts, tracking, *said, _seller(view), _bought(view))
    label = (_label(view),) if isinstance(view, SellerOrder) else ()
    return (*parts, *label, tracking, *said, _sold(view))


def _seller(view: BuyerOrder) -> Section:
    shop = ", ".join(filter(None, [view.seller.name, view.seller.place]))
    return Section("Seller", (Fact("Shop", shop), Fact("Trust", view.seller.trust)))


def _bought(view: BuyerOrder) -> Section:
    facts = (
        *line_facts(view.head.lines),
        Fact("Goods", view.goods),
        Fact("Shipping", view.shipping),
        Fact("Total", f"{view.paid} by {view.method.lower()}"),
        Fact("Promised", view.promised),
    )
    return Section("What you ordered", facts)


def _label(view: SellerOrder) -> Section:
    facts = [Fact("To", view.label.name), Fact("", view.label.place)]
    facts += [Fact("Address", view.address)] if view.address else []
    if view.parcel is None:
        facts.append(Fact("Number", f"{view.label_number}, once you ship"))
    return Section("Label", tuple(facts))


def _sold(view: OrderView) -> Section:
    return Section("What was ordered", tuple(line_facts(view.head.lines)))


def _verified(view: BackstageOrder) -> Section:
    codes = ", ".join(code.replace("_", " ") for code in view.decline_codes)
    facts = (Fact("Payment", view.payment), Fact("Can fail for", codes))
    return Section("For the bank", facts)
