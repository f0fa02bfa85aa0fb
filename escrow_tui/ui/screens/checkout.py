"""The checkout: choose how to pay, see what becomes of the money, and only then place the order."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Static

from escrow_tui.desk.command_id import new_command_id
from escrow_tui.desk.session import Purchase, Session
from escrow_tui.engine.answers import Done, Refused
from escrow_tui.engine.commands import Pay
from escrow_tui.engine.roles import Actor
from escrow_tui.ui.ground.actions import bindings
from escrow_tui.ui.ground.place import Place
from escrow_tui.ui.messages import Goto
from escrow_tui.ui.safety.text import clean, shown, template
from escrow_tui.ui.widgets.facts import Fact, FactSheet, Section
from escrow_tui.ui.widgets.money_flow import MoneyFlow
from escrow_tui.ui.widgets.row_list import RowList
from escrow_tui.views.bill import Bill, MethodView, bill, method_views
from escrow_tui.views.shop import QuotePart

METHODS = method_views()
MARKET_CURRENCY = "USD"
HELD = (
    "by the platform, until you confirm receipt, a deadline passes in silence, or a dispute is"
    " decided"
)
EMPTY = "The cart is empty: esc leads back to the shop."


class CheckoutScreen(Place):
    """A purchase in two steps: the choices beside the bill, then the review with its buttons.

    `about` holds the ids of the listings, with commas between them.
    """

    AUTO_FOCUS = "#methods"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 - Textual types it
    DEFAULT_CSS = """
    CheckoutScreen #halves { height: 1fr; }
    CheckoutScreen .panel {
        width: 1fr; height: 100%; border: round $panel; border-title-color: $primary;
        padding: 0 1;
        &:focus, &:focus-within { border: round $border; }
    }
    CheckoutScreen #methods { height: 5; }
    CheckoutScreen #currencies { height: 3; margin-top: 1; }
    CheckoutScreen #rate { height: auto; color: $text-muted; margin-top: 1; }
    CheckoutScreen #review { display: none; }
    CheckoutScreen.-review #review { display: block; }
    CheckoutScreen.-review #choices { display: none; }
    CheckoutScreen #becomes {
        display: none; height: 7; border: round $accent; border-title-color: $accent; padding: 0 1;
    }
    CheckoutScreen.-review #becomes { display: block; }
    CheckoutScreen #bar { height: 1; background: $panel; }
    CheckoutScreen #total { width: 1fr; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
    CheckoutScreen Button { margin-left: 1; }
    CheckoutScreen #place, CheckoutScreen #pay { display: none; }
    CheckoutScreen.-review #place, CheckoutScreen.-review #pay { display: block; }
    CheckoutScreen.-review #see { display: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("checkout", "place_pay", "place")]

    def __init__(self, session: Session, actor: Actor, order_id: str = "", about: str = "") -> None:
        super().__init__(session, actor, order_id, about)
        self.listings = tuple(filter(None, about.split(",")))
        offered = {one.id: one for one in session.listings(actor)}
        own = (offered[one].own_currency for one in self.listings if one in offered)
        self.currencies = tuple(dict.fromkeys((*own, MARKET_CURRENCY)))
        self.method, self.pay_in = METHODS[0].code, self.currencies[0]
        self.quote = session.quote(actor, self.purchase)
        # One id for as long as the screen is open: what is pressed twice is bought once.
        self.command_id = new_command_id()

    @property
    def place_title(self) -> str:
        """Where one is."""
        return "Shop ▸ Checkout"

    @property
    def purchase(self) -> Purchase:
        """What is bought, as it is chosen now."""
        return Purchase(self.listings, self.method, self.pay_in)

    @property
    def reviewing(self) -> bool:
        """Whether the choices are made."""
        return self.has_class("-review")

    def body(self) -> ComposeResult:
        """The bill beside the choices or their review; what becomes of the money; the buttons."""
        with Horizontal(id="halves"):
            with VerticalScroll(id="bill", classes="panel") as listed:
                listed.border_title = "What you buy"
                yield FactSheet(id="parts")
            with VerticalScroll(id="choices", classes="panel", can_focus=False) as choices:
                choices.border_title = "How you pay"
                yield RowList([("", 1), ("Pay by", 13), ("Charged", 0)], id="methods")
                yield RowList([("", 1), ("Pay in", 0)], id="currencies")
                yield Static("", id="rate")
            with VerticalScroll(id="review", classes="panel") as review:
                review.border_title = "Before you confirm"
                yield FactSheet(id="terms")
        with Vertical(id="becomes") as becomes:
            becomes.border_title = "Where the money is, once you have paid"
            yield MoneyFlow()
        with Horizontal(id="bar"):
            yield Static("", id="total")
            yield Button("Review (b)", id="see", variant="primary", compact=True)
            yield Button("Pay later (ctrl+o)", id="place", compact=True)
            yield Button("Place and pay (ctrl+s)", id="pay", variant="primary", compact=True)

    def read(self) -> None:
        """Ask again what it costs."""
        self.quote = self.session.quote(self.actor, self.purchase)
        sums = bill(self.quote)
        self.query_one("#methods", RowList).show(
            [(_mark(one.code == self.method), one.title, one.charged) for one in METHODS]
        )
        self.query_one("#currencies", RowList).show(
            [(_mark(one == self.pay_in), one) for one in self.currencies]
        )
        self.query_one("#parts", FactSheet).sections = _parts(self.quote.parts)
        self.query_one("#rate", Static).update(self._rate())
        self.query_one("#terms", FactSheet).sections = self._terms(sums)
        self.query_one("#total", Static).update(_total(sums))
        self.query_one(MoneyFlow).flow = sums.flow if self.quote.parts else None
        for name in ("#see", "#place", "#pay"):
            self.query_one(name, Button).disabled = bool(self._why_not())

    @property
    def chosen(self) -> MethodView:
        """How it is paid."""
        return next(one for one in METHODS if one.code == self.method)

    def _rate(self) -> Content:
        rate = template("\nRate: $rate.", rate=self.quote.rate) if self.quote.rate else Content("")
        return template("A refund goes $to.", to=self.chosen.refund) + rate

    def _terms(self, sums: Bill) -> tuple[Section, ...]:
        """Say what is chosen, who holds the money and until when, and where the parcel goes."""
        facts = (
            Fact("You pay", f"{sums.paid} by {self.chosen.title.lower()}", "here"),
            Fact("Rate", self.quote.rate),
            Fact("On top", f"{sums.fee} to the agent" if sums.fee else ""),
            Fact("Charged", self.chosen.charged),
            Fact("Refunds", self.chosen.refund),
            Fact("Held", HELD),
            Fact("Parcel to", self._address()),
        )
        return (Section("", tuple(fact for fact in facts if fact.text)),)

    def _address(self) -> str:
        private = self.session.private(self.actor)
        return ", ".join(filter(None, [private.name, private.street])) if private else ""

    def _why_not(self) -> str:
        return self.over() or (EMPTY if not self.quote.parts else self.quote.why_not)

    @on(RowList.Highlighted, "#methods")
    def _choose_method(self, event: RowList.Highlighted) -> None:
        self.method = METHODS[event.index].code
        self.read()

    @on(RowList.Highlighted, "#currencies")
    def _choose_currency(self, event: RowList.Highlighted) -> None:
        self.pay_in = self.currencies[event.index]
        self.read()

    # -- actions

    @on(RowList.Chosen)
    @on(Button.Pressed, "#see")
    def see(self) -> None:
        """Go on to the review, or say why that cannot be."""
        self.action_do("checkout")

    def do_checkout(self) -> None:
        """Go on to the review."""
        self.set_class(True, "-review")
        self.query_one("#review").focus()
        self.refresh_bindings()

    def can_checkout(self) -> str | None:
        """Only before the review."""
        return None if self.reviewing else self._why_not()

    def do_back(self) -> None:
        """From the review to the choices; from there to the shop."""
        if not self.reviewing:
            super().do_back()
            return
        self.set_class(False, "-review")
        self.query_one("#methods").focus()
        self.refresh_bindings()

    @on(Button.Pressed, "#pay")
    def do_place_pay(self) -> None:
        """Place the orders, and pay each."""
        self._buy(pay=True)

    @on(Button.Pressed, "#place")
    def do_place(self) -> None:
        """Place the orders; they wait for the payment."""
        self._buy(pay=False)

    def can_place_pay(self) -> str | None:
        """Only in the review."""
        return self._why_not() if self.reviewing else None

    can_place = can_place_pay

    def _buy(self, *, pay: bool) -> None:
        """Give the commands once, and open the first order that was placed."""
        answers = self.session.buy(self.actor, self.purchase, self.command_id)
        names = self.session.bought(self.actor, self.command_id, len(answers))
        pairs = zip(names, answers, strict=False)
        placed = [name for name, answer in pairs if isinstance(answer, Done)]
        wrong = [one.explanation for one in answers if isinstance(one, Refused)]
        for name in placed if pay else ():
            paid = self.session.submit(self.actor, name, Pay(), f"{self.command_id}.{name}.pay")
            wrong += [paid.explanation] if isinstance(paid, Refused) else []
        for sentence in wrong:
            self.say(sentence, bad=True)
        if placed:
            told = f"{'Placed and paid' if pay else 'Placed'}: {', '.join(placed)}."
            self.app.notify(clean(told), markup=False, timeout=4)
            self.post_message(Goto("order", placed[0]))


def _mark(chosen: bool) -> str:
    return "◉" if chosen else "○"


def _parts(parts: Sequence[QuotePart]) -> tuple[Section, ...]:
    """Tell each order: its seller, its articles, its sums."""
    return tuple(_part(one) for one in parts) or (Section("", (Fact("", EMPTY),)),)


def _part(one: QuotePart) -> Section:
    facts = [
        Fact("From", one.seller),
        *(fact for line in one.lines for fact in _article(line)),
        Fact("Shipping", one.shipping),
        Fact("Total", one.total, "here"),
        Fact("Delivery", one.delivery),
    ]
    if one.fee:
        facts.append(Fact("On top", f"{one.fee} to the agent"))
    return Section(f"Order {one.order}", tuple(facts))


def _article(line: str) -> tuple[Fact, Fact]:
    """Put the amount on a line of its own, where it is not torn apart."""
    title, _, amount = line.rpartition("  ")
    return Fact("Article", title), Fact("", amount)


def _total(sums: Bill) -> Content:
    if not sums.total:
        return shown(EMPTY)
    said = template("[b]Total[/b]  [b $accent]$paid[/]", paid=sums.paid)
    if sums.paid != sums.total:
        said += template("  [$text-muted]($total)[/]", total=sums.total)
    return said + (template("  + $fee fee", fee=sums.fee) if sums.fee else Content(""))
