"""The table of contents: every place inside a market, and the screen that shows it."""

from escrow_tui.ui.ground.dialog import MarketDialog
from escrow_tui.ui.ground.place import Place
from escrow_tui.ui.screens.act import ActScreen
from escrow_tui.ui.screens.case import CaseScreen
from escrow_tui.ui.screens.checkout import CheckoutScreen
from escrow_tui.ui.screens.clock import ClockScreen
from escrow_tui.ui.screens.coach import CoachScreen
from escrow_tui.ui.screens.debrief.debrief_screen import DebriefScreen
from escrow_tui.ui.screens.desk import DeskScreen
from escrow_tui.ui.screens.evidence import EvidenceScreen
from escrow_tui.ui.screens.inspect import InspectScreen
from escrow_tui.ui.screens.money import MoneyScreen
from escrow_tui.ui.screens.order import OrderScreen
from escrow_tui.ui.screens.shop import ShopScreen
from escrow_tui.ui.screens.timeline import TimelineScreen
from escrow_tui.ui.screens.why import WhyScreen

SCREENS: dict[str, type[Place | MarketDialog]] = {
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
