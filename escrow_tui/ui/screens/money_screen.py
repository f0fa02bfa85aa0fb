"""Where the money is: the flow, every movement of the ledger, and what each account holds."""

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Sparkline, Static

from escrow_tui.ui.ground.place import PlaceScreen
from escrow_tui.ui.widgets.money_flow import MoneyFlow
from escrow_tui.ui.widgets.row_list import RowList
from escrow_tui.views.money_views import totals


class MoneyScreen(PlaceScreen):
    """An order's money, as far as the chair may see it."""

    place = "money"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 - Textual types it
    DEFAULT_CSS = """
    MoneyScreen #flow { height: 5; margin: 0 1; }
    MoneyScreen #halves { width: 100%; }
    MoneyScreen #ledger { width: 2fr; }
    MoneyScreen #accounts { width: 1fr; }
    MoneyScreen.-narrow #halves { layout: vertical; }
    MoneyScreen.-narrow #ledger { width: 100%; height: 2fr; }
    MoneyScreen.-narrow #accounts { width: 100%; height: 1fr; }
    MoneyScreen.-narrow #over-time, MoneyScreen.-narrow #held { display: none; }
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
            with Vertical(id="ledger", classes="panel") as ledger:
                ledger.border_title = "Ledger: every movement, oldest first; + arrives, - leaves"
                columns = [("Date (UTC)", 16), ("What happened, account by account", 0)]
                empty = "No money has moved yet: it moves when the order is paid."
                yield RowList([*columns, ("Amount", 14)], empty=empty, id="movements")
            with Vertical(id="accounts", classes="panel") as accounts:
                accounts.border_title = "What this order moved"
                yield RowList([("Account", 0), ("Sum", 14)], id="sums")
                yield Static("Held in escrow over time", id="over-time")
                yield Sparkline([], id="held")

    def read(self) -> None:
        """Read the flow, the movements, and add up the accounts."""
        view = self.session.order(self.actor, self.order_id)
        self.query_one(MoneyFlow).flow = view.flow
        moved = self.session.movements(self.actor, self.order_id)
        rows: list[tuple[str, str, str]] = []
        for movement in moved:
            rows.append((movement.date, movement.sentence, ""))
            rows += [("", f"  {line.account}", line.amount.rjust(14)) for line in movement.lines]
        self.query_one("#movements", RowList).show(rows)
        sums = [(one.account, one.amount.rjust(14)) for one in totals(moved)]
        self.query_one("#sums", RowList).show(sums)
        held, series = 0, [0]
        for movement in moved:
            held += sum(one.minor for one in movement.lines if one.account.startswith("Escrow"))
            series.append(held)
        self.query_one(Sparkline).data = series
