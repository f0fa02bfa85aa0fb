"""The form of a verb: choose, see the ledger before and after with its sum, confirm."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Select, Static

from escrow_tui.desk.command_id import new_command_id
from escrow_tui.desk.session import News, Session
from escrow_tui.engine.answers import Refused
from escrow_tui.engine.commands import AnyCommand
from escrow_tui.engine.roles import BANK, CARRIER, Actor
from escrow_tui.ui.forms.fields import Asked, FieldRow, MissingError
from escrow_tui.ui.forms.form import Field, Kind, build
from escrow_tui.ui.forms.verb_forms import FORMS, MARKET_FORMS
from escrow_tui.ui.running.meanwhile import meanwhile
from escrow_tui.ui.running.store_trouble import Minding
from escrow_tui.ui.safety.text import clean, shown
from escrow_tui.ui.widgets.checks import Checks
from escrow_tui.ui.widgets.ledger_change import LedgerChange
from escrow_tui.views.choices import OrderView, choices_of, kind_choices, screenshots
from escrow_tui.views.roles import BackstageOrder, BuyerOrder, SellerOrder

# What the carrier and the bank do is done from one chair.
_BACKSTAGE = {
    "scan": CARRIER,
    "verify_payment": BANK,
    "decline_payment": BANK,
    "settle_refund": BANK,
    "open_chargeback": BANK,
    "decide_chargeback": BANK,
    "set_rate": BANK,
}


class ActScreen(Minding, ModalScreen[None]):
    """A command, asked for field by field; it is given once, whatever is pressed twice.

    What is asked of the market is about no order; the one under the cursor only tells whose shop
    is meant, where one chair is several.

    Raises:
        KeyError: there is no such verb.
    """

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 - Textual types it
    DEFAULT_CSS = """
    ActScreen { align: center middle; background: $background 70%; }
    ActScreen #dialog {
        width: 92%; max-width: 116; height: auto; max-height: 94%;
        border: round $primary; background: $surface; padding: 0 1;
    }
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
    ActScreen #buttons { height: 1; align-horizontal: right; }
    ActScreen Button { margin-left: 2; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "confirm", "Confirm", tooltip="Give the command"),
        Binding("escape", "leave", "Keep looking", tooltip="Go back; nothing was done"),
    ]

    def __init__(self, session: Session, actor: Actor, order_id: str = "", about: str = "") -> None:
        super().__init__()
        self.session = session
        self.order_id = order_id
        self.verb = about
        self.actor = _BACKSTAGE.get(about, actor)
        of_market = about in MARKET_FORMS
        self.form = MARKET_FORMS[about] if of_market else FORMS[about]
        self.view: OrderView | None = None if of_market else session.order(actor, order_id)
        self.opened = session.point()
        self.asked = {field.name: self._asked(field) for field in self.form.fields}
        # One id for as long as the form is open: a command pressed twice has its effect once.
        self.command_id = new_command_id()

    def compose(self) -> ComposeResult:
        """The fields beside the ledger, and two buttons."""
        with Vertical(id="dialog") as dialog:
            dialog.border_title = shown(self._title())
            yield Static(shown(self.form.means), id="means")
            yield Static("", id="meanwhile", markup=False)
            with Horizontal(id="halves"):
                if self.form.fields:
                    with VerticalScroll(id="fields", can_focus=False):
                        for field in self.form.fields:
                            yield FieldRow(field, self.asked[field.name])
                yield LedgerChange(id="ledger")
            with Horizontal(id="buttons"):
                yield Button("Keep looking (esc)", id="leave", compact=True)
                yield Button("Confirm (ctrl+s)", id="confirm", variant="primary", compact=True)

    def _title(self) -> str:
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
            if field.kind in (Kind.EXHIBITS, Kind.EXHIBIT)
            else ()
        )
        return Asked(
            choices_of(self.verb, field.name, self.view),
            exhibits,
            kind_choices(),
            _first(field, self.view),
            head.outstanding_minor,
            head.currency,
        )

    def _first_of_market(self, field: Field) -> str:
        """Return all that could be withdrawn, or the currency of most buyers abroad."""
        if self.verb == "withdraw_money":
            account = self.session.account(self.actor)
            return f"{account.available} {account.currency}"
        if self.verb == "withdraw_wallet":
            return next((one.amount for one in self.session.wallet(self.actor)), "")
        return {"currency": "EUR"}.get(field.name, "")

    def on_mount(self) -> None:
        """Start where there is something to fill in, else on the safe button."""
        target = next(iter(self.query("#fields Input, #fields Select, #fields Checks")), None)
        (target or self.query_one("#confirm")).focus()
        self.preview()

    def renew(self, news: tuple[News, ...]) -> tuple[News, ...]:
        """Keep what is typed, say what happened meanwhile, and preview the command again."""
        if self.is_mounted and self.is_attached:
            self._say_meanwhile()
            self.preview()
        return tuple(one for one in news if one.order != self.order_id)

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
        """Return the values, the rows where one is missing, and the first that is wrong."""
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

    @on(Button.Pressed, "#confirm")
    def action_confirm(self) -> None:
        """Give the command, and go back where it was done."""
        values, missing, wrong = self._given()
        command = self._build(values)
        if missing or wrong or isinstance(command, str):
            self.query_one(LedgerChange).wait(wrong or _still(missing))
            return
        answer = self.session.submit(self.actor, self.order_id, command, self.command_id)
        if isinstance(answer, Refused):
            said = filter(None, (self._say_meanwhile(), answer.sentence))
            self.query_one(LedgerChange).refuse("\n".join(said))
            return
        self.app.notify(clean(f"{self.form.title}: done."), markup=False, timeout=4)
        self.dismiss()

    @on(Button.Pressed, "#leave")
    def action_leave(self) -> None:
        """Go back; nothing was done."""
        self.dismiss()


def _still(missing: list[FieldRow]) -> str:
    names = ", ".join(row.field.title.lower() for row in missing)
    return f"Still needed: {names}"


def _first(field: Field, view: OrderView) -> str:
    """Return a sensible first value."""
    if field.name == "tracking":
        return view.label_number if isinstance(view, BuyerOrder | SellerOrder) else ""
    if field.name == "of" and isinstance(view, BackstageOrder):
        back = view.head.return_
        return "return" if back and back.parcel else "order"
    return {"days": "7"}.get(field.name, "")
