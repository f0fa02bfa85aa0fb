"""The table of contents: the screen of every place inside a market."""

from escrow_tui.ui.ground.dialog import MarketDialog
from escrow_tui.ui.ground.place import PlaceScreen
from escrow_tui.ui.screens.act_screen import ActScreen
from escrow_tui.ui.screens.case.case_screen import CaseScreen
from escrow_tui.ui.screens.checkout.checkout_screen import CheckoutScreen
from escrow_tui.ui.screens.clock_screen import ClockScreen
from escrow_tui.ui.screens.coach_screen import CoachScreen
from escrow_tui.ui.screens.debrief.debrief_screen import DebriefScreen
from escrow_tui.ui.screens.desk.desk_screen import DeskScreen
from escrow_tui.ui.screens.evidence.evidence_screen import EvidenceScreen
from escrow_tui.ui.screens.inspect_screen import InspectScreen
from escrow_tui.ui.screens.money_screen import MoneyScreen
from escrow_tui.ui.screens.order_screen import OrderScreen
from escrow_tui.ui.screens.shop_screen import ShopScreen
from escrow_tui.ui.screens.timeline_screen import TimelineScreen
from escrow_tui.ui.screens.why_screen import WhyScreen

SCREENS: dict[str, type[PlaceScreen | MarketDialog]] = {
    screen.place: screen
    for screen in (
        DeskScreen,
        ShopScreen,
        CheckoutScreen,
        OrderScreen,
        CaseScreen,
        InspectScreen,
        EvidenceScreen,
        ActScreen,
        WhyScreen,
        MoneyScreen,
        TimelineScreen,
        ClockScreen,
        CoachScreen,
        DebriefScreen,
    )
}
