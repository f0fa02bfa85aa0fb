"""The checkout: choose how to pay, see where the money goes, then place the order."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Static

from escrow_tui.desk.command_id import new_command_id
from escrow_tui.desk.session import Purchase, Session
from escrow_tui.engine.answers import Done, Refused
from escrow_tui.engine.commands import Pay
from escrow_tui.engine.roles import Actor
from escrow_tui.ui.ground.place import PlaceScreen
from escrow_tui.ui.messages import Goto
from escrow_tui.ui.safety.text import clean, template
from escrow_tui.ui.screens.checkout.bill_sections import (
    EMPTY_CHECKOUT,
    order_sections,
    total_words,
)
from escrow_tui.ui.widgets.facts import Fact, FactSheet, Section
from escrow_tui.ui.widgets.money_flow import MoneyFlow
from escrow_tui.ui.widgets.row_list import RowList
from escrow_tui.views.bill import Bill, MethodView, bill, method_views

METHODS = method_views()
MARKET_CURRENCY = "USD"
HELD = (
    "by the platform, until you confirm receipt, a deadline passes in silence, or a dispute is"
    " decided"
)


class CheckoutScreen(PlaceScreen):
    """A purchase in two steps: the choices beside the bill, then the review with its buttons.

    `about` holds the ids of the listings, separated by commas.
    """

    place = "checkout"
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
    """

    def __init__(self, session: Session, actor: Actor, order_id: str = "", about: str = "") -> None:
        super().__init__(session, actor, order_id, about)
        self.listings = tuple(filter(None, about.split(",")))
        offered = {one.id: one for one in session.listings(actor)}
        own = (offered[one].own_currency for one in self.listings if one in offered)
        self.currencies = tuple(dict.fromkeys((*own, MARKET_CURRENCY)))
        self.method, self.pay_in = METHODS[0].code, self.currencies[0]
        self.quote = session.quote(actor, self.purchase)
        # One id for as long as the screen is open, so that nothing is bought twice.
        self.command_id = new_command_id()

    @property
    def place_title(self) -> str:
        """The checkout, inside the shop."""
        return "Shop ▸ Checkout"

    @property
    def purchase(self) -> Purchase:
        """What is bought, as chosen now."""
        return Purchase(self.listings, self.method, self.pay_in)

    @property
    def reviewing(self) -> bool:
        """Whether the review is open."""
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
            go_on = self.label("checkout", "Review")
            yield Button(go_on, id="checkout", variant="primary", compact=True)
            yield Button(self.label("place"), id="place", compact=True)
            place_pay = self.label("place_pay")
            yield Button(place_pay, id="place_pay", variant="primary", compact=True)

    def read(self) -> None:
        """Ask for the quote again."""
        self.quote = self.session.quote(self.actor, self.purchase)
        sums = bill(self.quote)
        self.query_one("#methods", RowList).show(
            [(_mark(one.code == self.method), one.title, one.charged) for one in METHODS]
        )
        self.query_one("#currencies", RowList).show(
            [(_mark(one == self.pay_in), one) for one in self.currencies]
        )
        self.query_one("#parts", FactSheet).sections = order_sections(self.quote.parts)
        self.query_one("#rate", Static).update(self._rate())
        self.query_one("#terms", FactSheet).sections = self._terms(sums)
        self.query_one("#total", Static).update(total_words(sums))
        self.query_one(MoneyFlow).flow = sums.flow if self.quote.parts else None
        self.show_buttons()

    @property
    def chosen(self) -> MethodView:
        """The chosen payment method."""
        return next(one for one in METHODS if one.code == self.method)

    def _rate(self) -> Content:
        rate = template("\nRate: $rate.", rate=self.quote.rate) if self.quote.rate else Content("")
        return template("A refund goes $to.", to=self.chosen.refund) + rate

    def _terms(self, sums: Bill) -> tuple[Section, ...]:
        """Say what was chosen, who holds the money and how long, and where the parcel goes."""
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
        return self.over() or (EMPTY_CHECKOUT if not self.quote.parts else self.quote.why_not)

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
    def _review(self) -> None:
        """Go on to the review, or say why not."""
        self.action_do("checkout")

    def do_checkout(self) -> None:
        """Go on to the review."""
        self.set_class(True, "-review")
        self.query_one("#review").focus()
        self.show_buttons()

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
        self.show_buttons()

    def do_place_pay(self) -> None:
        """Place the orders, and pay each."""
        self._buy(pay=True)

    def do_place(self) -> None:
        """Place the orders; they wait for the payment."""
        self._buy(pay=False)

    def can_place_pay(self) -> str | None:
        """Only in the review."""
        return self._why_not() if self.reviewing else None

    can_place = can_place_pay

    def _buy(self, *, pay: bool) -> None:
        """Place the orders, pay them if asked to, and open the first one."""
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
