"""Where a chair starts: its orders, who has to act in each, and a preview of one."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Container, Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Static

from escrow_tui.engine.roles import Role
from escrow_tui.ui.forms.verb_forms import FORMS
from escrow_tui.ui.ground.actions import key_at
from escrow_tui.ui.ground.list_place import ListPlace
from escrow_tui.ui.messages import Goto
from escrow_tui.ui.safety.text import shown, template
from escrow_tui.ui.screens.desk.order_list import OrderList, case_cells, order_cells
from escrow_tui.ui.widgets.account_panel import AccountPanel
from escrow_tui.ui.widgets.money_flow import MoneyFlow
from escrow_tui.ui.widgets.picture_view import PictureView
from escrow_tui.ui.widgets.row_list import RowList
from escrow_tui.ui.widgets.stages import StageStrip
from escrow_tui.ui.widgets.turn_line import TurnLine
from escrow_tui.views.order_row import OrderRow
from escrow_tui.views.parts import Head

TITLES: dict[Role, str] = {
    Role.BUYER: "Your orders",
    Role.SELLER: "Orders of your shop",
    Role.MEDIATOR: "Disputes, the most urgent first",
}
_SHOP = key_at("desk", "shop")
EMPTY: dict[Role, str] = {
    Role.BUYER: f"You have not ordered anything yet: press {_SHOP} to open the shop.",
    Role.SELLER: "Nobody has ordered yet: an order stands here once a buyer has placed it.",
    Role.MEDIATOR: "No dispute runs: one stands here once a buyer has opened it.",
}
BACKSTAGE_TITLE = "Parcels and payments"
BACKSTAGE_EMPTY = "Nothing to carry and nothing to verify: an order stands here once it is placed."
LEGEND = "▶ your turn   ! soon due"
SEARCHED = "any words: an order, a person, goods, where it stands …"
NOTHING_FOUND = "No order has these words: esc shows all again."
WITHDRAWALS: dict[Role, str] = {Role.BUYER: "withdraw_wallet", Role.SELLER: "withdraw_money"}


class DeskScreen(ListPlace):
    """A chair's orders above a preview of one, or beside it on a broad screen."""

    place = "desk"
    AUTO_FOCUS = "OrderList"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide"), (150, "-broad")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (22, "-short"), (30, "-tall")]  # noqa: RUF012 - Textual types it
    DEFAULT_CSS = """
    DeskScreen #account, DeskScreen #preview {
        height: auto; border: round $panel; padding: 0 1;
        border-title-color: $primary; border-subtitle-color: $text-muted;
    }
    DeskScreen.-short #account, DeskScreen.-tiny #account { border: none; }
    DeskScreen.-short.-seller StageStrip, DeskScreen.-tiny StageStrip { display: none; }
    DeskScreen.-tiny #next { display: none; }
    DeskScreen #halves { layout: vertical; height: 1fr; }
    DeskScreen.-broad #halves { layout: horizontal; }
    DeskScreen #list {
        height: 1fr; min-height: 5; border: round $panel; border-title-color: $primary;
        &:focus-within { border: round $border; }
    }
    DeskScreen.-broad #list { width: 3fr; }
    DeskScreen.-broad #preview { width: 2fr; height: 1fr; }
    DeskScreen #preview.-empty { display: none; }
    DeskScreen #goods { width: 20; height: 11; display: none; padding-right: 2; }
    DeskScreen.-wide #goods.-pictured, DeskScreen.-broad #goods.-pictured { display: block; }
    DeskScreen #order { height: auto; }
    DeskScreen #drawn { width: 1fr; height: auto; }
    DeskScreen.-broad #order { layout: vertical; }
    DeskScreen #preview TurnLine { padding: 0; margin-bottom: 1; }
    DeskScreen.-narrow #preview TurnLine { margin-bottom: 0; }
    DeskScreen #next {
        height: auto; color: $text-muted; text-wrap: nowrap; text-overflow: ellipsis;
    }
    """
    listed: tuple[OrderRow, ...] = ()

    @property
    def place_title(self) -> str:
        """The name of the chair's desk."""
        titles = {Role.BUYER: "Orders", Role.SELLER: "Seller's desk", Role.MEDIATOR: "Queue"}
        return titles.get(self.actor.role, "Backstage")

    def body(self) -> ComposeResult:
        """A seller's balances or a buyer's wallet, the list, the preview."""
        role = self.actor.role
        self.set_class(role is Role.SELLER, "-seller")
        yield AccountPanel(id="account", markup=False)
        with Container(id="halves"):
            with Vertical(id="list") as listed:
                listed.border_subtitle = LEGEND
                yield Input(placeholder=SEARCHED, id="filter", compact=True)
                empty = EMPTY.get(role, BACKSTAGE_EMPTY)
                yield OrderList(empty=empty, disputes=role is Role.MEDIATOR)
            with Vertical(id="preview"):
                yield TurnLine(markup=False)
                with Horizontal(id="order"):
                    yield PictureView(id="goods")
                    with Vertical(id="drawn"):
                        yield StageStrip()
                        yield MoneyFlow()
                        yield Static("", id="next", markup=False)

    def read(self) -> None:
        """Read as many rows as were listed before, the balances, and the order under the cursor."""
        wanted, rows = len(self.listed), self._page()
        while rows and len(rows) < wanted:
            more = self._page(rows[-1].id)
            if not more:
                break
            rows += more
        self._list(rows)
        account = self.query_one(AccountPanel)
        if self.actor.role is Role.SELLER:
            me = self.session.person(self.actor.person)
            account.show_shop(me, self.session.account(self.actor))
        elif self.actor.role is Role.BUYER:
            account.show_wallet(self.session.wallet(self.actor), key_at(self.place, "withdraw"))

    def _page(self, after: str = "") -> tuple[OrderRow, ...]:
        return self.session.rows(self.actor, after, self.words)

    def _list(self, rows: tuple[OrderRow, ...]) -> None:
        """Show rows; the cursor stays on its order when others come before it."""
        chosen, listed = self.order_id, self.query_one(OrderList)
        self.listed = rows
        searched = bool(self.words)
        empty = EMPTY.get(self.actor.role, BACKSTAGE_EMPTY)
        row_of = case_cells if self.actor.role is Role.MEDIATOR else order_cells
        listed.show([row_of(row) for row in rows], NOTHING_FOUND if searched else empty)
        listed.cursor = next((at for at, row in enumerate(rows) if row.id == chosen), listed.cursor)
        self._title(searched)
        # On this widget alone: a class of the screen would make Textual restyle every widget.
        self.query_one("#preview").set_class(not rows, "-empty")
        self._preview()

    def _title(self, searched: bool) -> None:
        """Say how many orders are listed, and of how many if there are more."""
        count = f"{len(self.listed)}"
        every = None if searched else self.session.tally(self.actor)
        legend = LEGEND
        if every is not None and every.total > len(self.listed):
            count = f"{count} of {every.total:,}"
            legend = f"{every.said}   {LEGEND}"
        mine = sum(row.mine for row in self.listed)
        title = TITLES.get(self.actor.role, BACKSTAGE_TITLE)
        awaited = f", {mine} waiting for you" if mine else ""
        listed = self.query_one("#list")
        listed.border_title = shown(f"{title} ({count}{awaited})")
        listed.border_subtitle = shown(legend)

    @property
    def chosen(self) -> OrderRow | None:
        """The row under the cursor."""
        at = self.query_one(OrderList).cursor
        return self.listed[at] if at < len(self.listed) else None

    @on(RowList.Highlighted)
    def _move(self) -> None:
        """Show the order under the cursor."""
        self._preview()

    @on(RowList.NearEnd)
    def _more(self) -> None:
        """Read the next page once the last row is visible."""
        if not self.listed:
            return
        more = self._page(self.listed[-1].id)
        known = {row.id for row in self.listed}
        if added := tuple(row for row in more if row.id not in known):
            self._list((*self.listed, *added))

    def _preview(self) -> None:
        row = self.chosen
        self.order_id = row.id if row else ""
        self.refresh_bindings()
        if row is None:
            return
        view = self.session.order(self.actor, row.id)
        head = view.head
        picture = head.lines[0].picture if head.lines else ""
        goods = self.query_one("#goods", PictureView)
        goods.set_class(bool(picture), "-pictured")
        goods.spec = picture
        self.query_one("#preview").border_title = shown(f"{row.id} · {row.title} · {row.price}")
        self.query_one(TurnLine).show(head.status, mine=row.mine)
        self.query_one(StageStrip).stages = head.stages
        self.query_one(MoneyFlow).flow = view.flow
        self.query_one("#next", Static).update(next_words(head))

    # -- actions

    @on(RowList.Chosen)
    def do_open(self) -> None:
        """Open the order under the cursor."""
        place = "case" if self.actor.role is Role.MEDIATOR else "order"
        if row := self.chosen:
            self.post_message(Goto(place, row.id))

    def can_open(self) -> str:
        """Only if there is one."""
        return "" if self.chosen else EMPTY.get(self.actor.role, BACKSTAGE_EMPTY)

    def can_search(self) -> str | None:
        """Only if there is something to choose from."""
        return "" if len(self.listed) > 1 or self.words else None

    def can_shop(self) -> str | None:
        """Only a buyer shops."""
        return "" if self.actor.role is Role.BUYER else None

    def do_withdraw(self) -> None:
        """Take money to the bank: out of the shop's account, or out of the buyer's wallet."""
        self.post_message(Goto("act", self.order_id, WITHDRAWALS[self.actor.role]))

    def can_withdraw(self) -> str | None:
        """Only with money here: a shop may always look, but a buyer's wallet is mostly empty."""
        if self.actor.role not in WITHDRAWALS:
            return None
        empty = self.actor.role is Role.BUYER and not self.session.wallet(self.actor)
        return self.over() or ("Your wallet is empty." if empty else "")

    def can_rate(self) -> str | None:
        """Only backstage, where the bank sits."""
        return self.over() if self.actor.role in (Role.CARRIER, Role.BANK) else None


def next_words(head: Head) -> Content:
    """The next deadline with what it brings, and what can be done."""
    first = next(iter(head.deadlines), None)
    can = [FORMS[act.verb].title.lower() for act in head.acts if act.possible]
    if first is None:
        return template(
            "[$text-muted]No deadline runs.[/] You can: $can", can=", ".join(can) or "–"
        )
    return template(
        "$mark [b]$title[/b] in $left: when nobody acts, $brings.\nYou can: $can",
        mark="!" if first.soon else "○",
        title=first.title,
        left=first.left,
        brings=first.brings,
        can=", ".join(can) or "nothing now",
    )
