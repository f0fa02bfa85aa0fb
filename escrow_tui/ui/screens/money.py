"""Where the money is: the flow, every movement of the ledger, and what each account holds."""

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Sparkline, Static

from escrow_tui.ui.looking import order_view
from escrow_tui.ui.place import Place
from escrow_tui.ui.safety.text import shown
from escrow_tui.ui.widgets.money_flow import MoneyFlow
from escrow_tui.ui.widgets.row_list import RowList
from escrow_tui.views.money import totals


class MoneyScreen(Place):
    """An order's money, as far as the chair may see it."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 - Textual types it
    DEFAULT_CSS = """
    MoneyScreen #flow { height: 5; margin: 0 1; }
    MoneyScreen #ledger { width: 2fr; border: round $panel; }
    MoneyScreen #accounts { width: 1fr; border: round $panel; padding: 0 1; }
    MoneyScreen.-narrow #halves { layout: vertical; }
    MoneyScreen.-narrow #ledger { width: 100%; height: 2fr; }
    MoneyScreen.-narrow #accounts { width: 100%; height: 1fr; }
    MoneyScreen Sparkline { height: 2; margin-top: 1; }
    """

    @property
    def place_title(self) -> str:
        """Which order's money."""
        return f"Order {self.order_id} ▸ Money"

    def body(self) -> ComposeResult:
        """The flow over the ledger and the accounts."""
        yield MoneyFlow(id="flow")
        with Horizontal(id="halves"):
            with Vertical(id="ledger") as ledger:
                ledger.border_title = "Ledger: every movement, oldest first; + arrives, - leaves"
                columns = [("Date", 16), ("What happened", 0), ("Account", 22), ("Amount", 14)]
                yield RowList(columns, empty="No money has moved yet: it moves when it is paid.")
            with VerticalScroll(id="accounts", can_focus=False) as accounts:
                accounts.border_title = "What this order moved"
                yield Static("", id="balances", markup=False)
                yield Static("Held in escrow over time", id="over-time")
                yield Sparkline([], id="held")

    def read(self) -> None:
        """Read the flow, the movements, and add up the accounts."""
        view = order_view(self.session, self.actor, self.order_id)
        self.query_one(MoneyFlow).flow = view.flow
        moved = self.session.movements(self.actor, self.order_id)
        rows = [
            (
                movement.date if nth == 0 else "",
                movement.sentence if nth == 0 else "",
                line.account,
                line.amount.rjust(14),
            )
            for movement in moved
            for nth, line in enumerate(movement.lines)
        ]
        self.query_one(RowList).show(rows)
        text = "\n".join(f"{one.account:<24}{one.amount:>16}" for one in totals(moved))
        self.query_one("#balances", Static).update(shown(text, 2_000, multiline=True))
        held, series = 0, [0]
        for movement in moved:
            held += sum(one.minor for one in movement.lines if one.account.startswith("Escrow"))
            series.append(held)
        self.query_one(Sparkline).data = series

    def can_money(self) -> str | None:
        """It is here."""
        return None
