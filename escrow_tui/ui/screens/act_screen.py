"""The form of a verb: choose, see the ledger before and after with its sum, confirm."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Button, Input, Select, Static

from escrow_tui.desk.command_id import new_command_id
from escrow_tui.desk.session import News, Session
from escrow_tui.engine.answers import Refused
from escrow_tui.engine.commands import AnyCommand
from escrow_tui.engine.roles import BANK, CARRIER, Actor
from escrow_tui.ui.forms.fields import Asked, FieldRow, MissingError
from escrow_tui.ui.forms.form import Field, FieldKind, build
from escrow_tui.ui.forms.verb_forms import FORMS, MARKET_FORMS
from escrow_tui.ui.ground.dialog import MarketDialog
from escrow_tui.ui.running.meanwhile import meanwhile
from escrow_tui.ui.safety.text import clean, shown
from escrow_tui.ui.widgets.check_boxes import Checks
from escrow_tui.ui.widgets.ledger_change import LedgerChange
from escrow_tui.views.choices import OrderView, choices_of, kind_choices, screenshots
from escrow_tui.views.order_views import BackstageOrder, BuyerOrder, SellerOrder

# The backstage chair acts as the carrier or as the bank.
_BACKSTAGE = {
    "scan": CARRIER,
    "verify_payment": BANK,
    "decline_payment": BANK,
    "settle_refund": BANK,
    "open_chargeback": BANK,
    "decide_chargeback": BANK,
    "set_rate": BANK,
}


class ActScreen(MarketDialog):
    """Asks for a command field by field; it is given once, even if a key is pressed twice.

    A command to the market concerns no order; the order under the cursor only tells which shop
    is meant, if the chair has several.

    Raises:
        KeyError: there is no such verb.
    """

    place = "act"
    DEFAULT_CSS = """
    ActScreen #dialog { max-width: 116; }
    ActScreen #means { color: $text-muted; }
    ActScreen.-wide #means { margin-bottom: 1; }
    ActScreen #meanwhile { color: $warning; height: auto; max-height: 2; display: none; }
    ActScreen.-overtaken #meanwhile { display: block; }
    ActScreen.-wide #buttons { margin-top: 1; }
    ActScreen #halves { height: auto; max-height: 100%; }
    ActScreen.-narrow #halves { layout: vertical; }
    ActScreen #fields { width: 1fr; height: auto; max-height: 26; padding-right: 1; }
    ActScreen.-narrow #fields { width: 100%; max-height: 8; padding: 0; }
    ActScreen #ledger { width: 1fr; height: auto; }
    ActScreen.-narrow #ledger {
        width: 100%; max-height: 10; border: none; border-top: solid $border; padding: 0;
    }
    """

    def __init__(self, session: Session, actor: Actor, order_id: str = "", about: str = "") -> None:
        super().__init__(session, _BACKSTAGE.get(about, actor), order_id, about)
        self.verb = about
        of_market = about in MARKET_FORMS
        self.form = MARKET_FORMS[about] if of_market else FORMS[about]
        self.view: OrderView | None = None if of_market else session.order(actor, order_id)
        self.opened = session.point()
        self.asked = {field.name: self._asked(field) for field in self.form.fields}
        # One id for as long as the form is open, so that a command given twice has one effect.
        self.command_id = new_command_id()

    def body(self) -> ComposeResult:
        """What the verb means, and the fields beside the ledger."""
        yield Static(shown(self.form.means), id="means")
        yield Static("", id="meanwhile", markup=False)
        with Horizontal(id="halves"):
            if self.form.fields:
                with VerticalScroll(id="fields", can_focus=False):
                    for field in self.form.fields:
                        yield FieldRow(field, self.asked[field.name])
            yield LedgerChange(id="ledger")

    @property
    def dialog_title(self) -> str:
        """The verb, and what it is about."""
        if self.view is not None:
            return f"{self.form.title} · order {self.order_id}"
        of_shop = self.verb == "withdraw_money" and self.order_id
        return f"{self.form.title} · shop of order {self.order_id}" if of_shop else self.form.title

    def _asked(self, field: Field) -> Asked:
        if self.view is None:
            return Asked(first=self._first_of_market(field))
        head = self.view.head
        exhibits = (
            (*self.session.exhibits(self.actor, self.order_id), *screenshots(self.view))
            if field.kind in (FieldKind.EXHIBITS, FieldKind.EXHIBIT)
            else ()
        )
        return Asked(
            choices=choices_of(self.verb, field.name, self.view),
            exhibits=exhibits,
            kinds=kind_choices(),
            first=_first(field, self.view),
            whole_minor=head.outstanding_minor,
            currency=head.currency,
        )

    def _first_of_market(self, field: Field) -> str:
        """Return everything that could be withdrawn, or the currency of most foreign buyers."""
        if self.verb == "withdraw_money":
            account = self.session.account(self.actor)
            return f"{account.available} {account.currency}"
        if self.verb == "withdraw_wallet":
            return next((one.amount for one in self.session.wallet(self.actor)), "")
        return {"currency": "EUR"}.get(field.name, "")

    def on_mount(self) -> None:
        """Focus the first field, or the confirm button if there is none."""
        target = next(iter(self.query("#fields Input, #fields Select, #fields Checks")), None)
        (target or self.query_one("#confirm")).focus()
        self.preview()

    def renew(self, news: tuple[News, ...]) -> tuple[News, ...]:
        """Return the news of other orders: the form itself tells those of its own."""
        return tuple(one for one in super().renew(news) if one.order != self.order_id)

    def read(self) -> None:
        """Say what happened meanwhile, and preview the command again; what was typed stays."""
        self._say_meanwhile()
        self.preview()

    def _say_meanwhile(self) -> str:
        """Say what others did to the order since the form was opened."""
        heard = self.session.heard(self.actor, self.opened)
        said = meanwhile([one for one in heard if one.order == self.order_id])
        self.query_one("#meanwhile", Static).update(shown(said, 600))
        self.set_class(bool(said), "-overtaken")
        return said

    @on(Input.Changed)
    @on(Select.Changed)
    @on(Checks.SelectedChanged)
    def preview(self) -> None:
        """Show what the command would do as it stands."""
        values, missing, wrong = self._given()
        confirm, ledger = self.query_one("#confirm", Button), self.query_one(LedgerChange)
        confirm.disabled = True
        if wrong:
            ledger.wait(wrong)
            return
        stood_in = {row.field.name: row.field.stand_in for row in missing}
        if None in stood_in.values():
            ledger.wait(_still(missing))
            return
        command = self._build({**values, **stood_in})
        if isinstance(command, str):
            ledger.wait(command)
            return
        seen = self.session.preview(self.actor, self.order_id, command)
        ledger.show(seen, _still(missing) if missing else "")
        confirm.disabled = bool(missing) or not seen.possible

    def _given(self) -> tuple[dict[str, object], list[FieldRow], str]:
        """Return the values, the rows that lack one, and the first error."""
        values: dict[str, object] = {}
        missing: list[FieldRow] = []
        first_wrong = ""
        for row in self.query(FieldRow):
            wrong = ""
            try:
                value = row.value()
                if value is not None:
                    values[row.field.name] = value
            except MissingError:
                missing.append(row)
            except ValueError as error:
                wrong = str(error)
            row.tell(wrong)
            first_wrong = first_wrong or wrong
        moneyless = [row for row in missing if values.get(row.field.without)]
        values |= dict.fromkeys((row.field.name for row in moneyless), 0)
        return values, [row for row in missing if row not in moneyless], first_wrong

    def _build(self, values: dict[str, object]) -> AnyCommand | str:
        try:
            return build(self.verb, values)
        except ValueError as error:
            return str(error)

    def do_confirm(self) -> None:
        """Give the command, and close the form if it was done."""
        values, missing, wrong = self._given()
        command = self._build(values)
        if missing or wrong or isinstance(command, str):
            self.query_one(LedgerChange).wait(wrong or _still(missing))
            return
        answer = self.session.submit(self.actor, self.order_id, command, self.command_id)
        if isinstance(answer, Refused):
            said = filter(None, (self._say_meanwhile(), answer.explanation))
            self.query_one(LedgerChange).refuse("\n".join(said))
            return
        self.app.notify(clean(f"{self.form.title}: done."), markup=False, timeout=4)
        self.dismiss()


def _still(missing: list[FieldRow]) -> str:
    names = ", ".join(row.field.title.lower() for row in missing)
    return f"Still needed: {names}"


def _first(field: Field, view: OrderView) -> str:
    """Return a suggested value for a field."""
    if field.name == "tracking":
        return view.label_number if isinstance(view, BuyerOrder | SellerOrder) else ""
    if field.name == "of" and isinstance(view, BackstageOrder):
        back = view.head.return_
        return "return" if back and back.parcel else "order"
    return {"days": "7"}.get(field.name, "")
