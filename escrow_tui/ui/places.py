"""The table of contents: every place inside a market, and the screen that shows it."""

from collections.abc import Callable

from textual.screen import Screen

from escrow_tui.desk.session import Session
from escrow_tui.engine.roles import Actor
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

SCREENS: dict[str, Callable[[Session, Actor, str, str], Screen[None]]] = {
    "desk": DeskScreen,
    "shop": ShopScreen,
    "checkout": CheckoutScreen,
    "order": OrderScreen,
    "case": CaseScreen,
    "inspect": InspectScreen,
    "evidence": EvidenceScreen,
    "act": ActScreen,
    "why": WhyScreen,
    "money": MoneyScreen,
    "timeline": TimelineScreen,
    "clock": ClockScreen,
    "coach": CoachScreen,
    "debrief": DebriefScreen,
}
