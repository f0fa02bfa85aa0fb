"""The case file: both stories side by side, the proposals, the tracking, the rules that apply."""

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll

from escrow_tui.ui.forms.acts_list import ActsPanel
from escrow_tui.ui.ground.order_place import OrderPlace
from escrow_tui.ui.messages import Goto
from escrow_tui.ui.safety.text import shown
from escrow_tui.ui.screens.case.case_sections import parcels, ruled, story
from escrow_tui.ui.widgets.facts import FactSheet, Section
from escrow_tui.ui.widgets.money_flow import MoneyFlow
from escrow_tui.ui.widgets.proposals import ProposalBoard
from escrow_tui.ui.widgets.sections import (
    chargeback_section,
    deadline_section,
    rule_section,
    sums_section,
)
from escrow_tui.ui.widgets.turn_line import TurnLine
from escrow_tui.views.order_views import MediatorCase

ROOMY = (100, 34)
"""From this width and height on, the whole file is visible; below, it scrolls as one."""


class CaseScreen(OrderPlace):
    """Everything that a mediator may know of a dispute, on one page."""

    place = "case"
    from_desk = True
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (ROOMY[0], "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-short"), (ROOMY[1], "-tall")]  # noqa: RUF012
    DEFAULT_CSS = """
    CaseScreen #file { height: 1fr; }
    CaseScreen TurnLine, CaseScreen MoneyFlow, CaseScreen ProposalBoard { margin: 0 1; }
    CaseScreen TurnLine { padding: 0; }
    CaseScreen #stories, CaseScreen #grounds { width: 100%; height: auto; }
    CaseScreen #grounds { layout: vertical; }
    CaseScreen .panel { width: 1fr; height: auto; border: round $panel; padding: 0 1; }
    CaseScreen .panel { border-title-color: $primary; &:focus { border: round $border; } }
    CaseScreen ActsPanel { width: 100%; height: 10; }
    CaseScreen.-wide.-tall #stories { height: 6fr; }
    CaseScreen.-wide.-tall #grounds { height: 5fr; }
    CaseScreen.-wide.-tall #grounds { layout: horizontal; }
    CaseScreen.-wide.-tall .panel { height: 100%; width: 1fr; }
    CaseScreen.-wide.-tall ActsPanel { width: 32; height: 100%; }
    """
    case: MediatorCase | None = None

    @property
    def place_title(self) -> str:
        """Which case."""
        return f"Case {self.order_id}"

    def body(self) -> ComposeResult:
        """Turn and money, the two stories, the proposals, the parcel and the rules."""
        with VerticalScroll(id="file"):
            yield TurnLine(markup=False)
            yield MoneyFlow()
            with Horizontal(id="stories"):
                yield VerticalScroll(FactSheet(), id="buyer", classes="panel")
                yield VerticalScroll(FactSheet(), id="seller", classes="panel")
            yield ProposalBoard()
            with Horizontal(id="grounds"):
                yield VerticalScroll(FactSheet(), id="parcel", classes="panel")
                yield VerticalScroll(FactSheet(), id="rules", classes="panel")
                yield ActsPanel(id="acts")

    def on_mount(self) -> None:
        """Focus the list of acts, or the whole file if it has to scroll."""
        size = self.app.size
        roomy = size.width >= ROOMY[0] and size.height >= ROOMY[1]
        self.query_one("Acts" if roomy else "#file").focus()

    def read(self) -> None:
        """Read the case again."""
        case = self.session.order(self.actor, self.order_id)
        assert isinstance(case, MediatorCase)
        self.case = case
        self.query_one(TurnLine).show(case.head.status, mine=case.head.mine)
        self.query_one(MoneyFlow).flow = case.flow
        self.query_one(ProposalBoard).proposals = case.dispute.proposals if case.dispute else ()
        self._sheet("buyer", f"Buyer · {case.buyer.name}", story(case, case.buyer, "buyer"))
        self._sheet("seller", f"Seller · {case.seller.name}", story(case, case.seller, "seller"))
        self._sheet("parcel", f"Parcel · {case.head.title}", parcels(case))
        deadlines = Section("", deadline_section(case.head.deadlines).facts)
        frozen, sums = chargeback_section(case.head.chargeback), sums_section(case.head)
        grounds = (frozen, ruled(case), deadlines, sums, rule_section(case.rules))
        self._sheet("rules", "Deadlines, and the rules that apply", grounds)
        self.query_one(ActsPanel).show(case.head.acts)

    def _sheet(self, panel: str, title: str, sections: tuple[Section, ...]) -> None:
        found = self.query_one(f"#{panel}")
        found.border_title = shown(title)
        found.query_one(FactSheet).sections = sections

    # -- actions

    def can_evidence(self) -> str:
        """Only if some was handed in."""
        return "" if self.case and self.case.evidence else "No evidence has been handed in."

    def do_rule(self) -> None:
        """Decide the dispute, or the appeal."""
        verb = self.case.decides_by if self.case else "rule"
        self.post_message(Goto("act", self.order_id, verb))

    def can_rule(self) -> str:
        """As the list of acts says."""
        if self.case is None:
            return "There is no case."
        verb = self.case.decides_by
        return next(act.why_not for act in self.case.head.acts if act.verb == verb)
