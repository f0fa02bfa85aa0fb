"""The shop: the catalogue, the page of an article, and the cart."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Input, Static

from escrow_tui.ui.ground.actions import key_at
from escrow_tui.ui.ground.list_place import ListPlace
from escrow_tui.ui.messages import Goto
from escrow_tui.ui.safety.text import shown, template
from escrow_tui.ui.widgets.picture_view import PictureView
from escrow_tui.ui.widgets.row_list import ListRow, RowList
from escrow_tui.views.bill import sum_by_currency
from escrow_tui.views.shop import ListingView

COLUMNS = (("", 1), ("Article", 0), ("Price", 11))
SEARCHED = "any words: goods, colour, category …"
NO_SHOPS = "Nothing is on offer in this market: your orders are on the desk (esc)."
NOTHING_FOUND = "No article has these words: esc shows all again."
CART_KEY = key_at("shop", "cart")
EMPTY_CART = f"The cart is empty: {CART_KEY} puts the article in."


class ShopScreen(ListPlace):
    """The buyer's catalogue; the cart lasts as long as the screen."""

    place = "shop"
    from_desk = True
    AUTO_FOCUS = "RowList"
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (72, "-narrow"), (100, "-wide")]  # noqa: RUF012
    DEFAULT_CSS = """
    ShopScreen #halves { height: 1fr; }
    ShopScreen #window, ShopScreen #page {
        border: round $panel; border-title-color: $primary; border-subtitle-color: $text-muted;
        &:focus, &:focus-within { border: round $border; }
    }
    ShopScreen #window { width: 9fr; }
    ShopScreen #page { width: 10fr; padding: 0 1; }
    ShopScreen #goods { height: auto; margin-bottom: 1; }
    ShopScreen.-tiny #goods { layout: vertical; }
    ShopScreen PictureView { width: 18; height: 8; margin-right: 1; }
    ShopScreen.-wide PictureView { width: 28; height: 12; margin-right: 2; }
    ShopScreen #facts { width: 1fr; height: auto; }
    ShopScreen.-tiny #facts { width: 100%; }
    ShopScreen #text { height: auto; }
    ShopScreen #bar { height: 1; background: $panel; }
    ShopScreen #in-cart { width: 1fr; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
    ShopScreen Button { margin-left: 1; }
    """
    listed: tuple[ListingView, ...] = ()

    def on_mount(self) -> None:
        """Start with an empty cart: listings by their ids, in the order of choosing."""
        self.cart: dict[str, ListingView] = {}

    @property
    def place_title(self) -> str:
        """The shop."""
        return "Shop"

    def body(self) -> ComposeResult:
        """The list beside the page, above the cart."""
        with Horizontal(id="halves"):
            with Vertical(id="window") as window:
                window.border_subtitle = "● in the cart"
                yield Input(placeholder=SEARCHED, id="filter", compact=True)
                yield RowList(COLUMNS, empty=NO_SHOPS)
            with VerticalScroll(id="page"):
                with Horizontal(id="goods"):
                    yield PictureView()
                    yield Static("", id="facts")
                yield Static("", id="text")
        with Horizontal(id="bar"):
            yield Static("", id="in-cart")
            yield Button(self.label("cart", "Put in"), id="cart", compact=True)
            yield Button(self.label("checkout"), id="checkout", variant="primary", compact=True)

    def read(self) -> None:
        """Read as many matching articles as were listed before."""
        wanted, listed = len(self.listed), self._shelf()
        while listed and len(listed) < wanted and (more := self._shelf(listed[-1].id)):
            listed += more
        self._show(listed)

    def _shelf(self, after: str = "") -> tuple[ListingView, ...]:
        return self.session.listings(self.actor, self.words, after)

    @on(RowList.NearEnd)
    def _more(self) -> None:
        """Read the next page once the last row is visible."""
        if self.listed and (more := self._shelf(self.listed[-1].id)):
            self._show((*self.listed, *more))

    def _show(self, listed: tuple[ListingView, ...]) -> None:
        self.listed = listed
        words = self.words
        rows = [_row(one, one.id in self.cart) for one in self.listed]
        self.query_one(RowList).show(rows, NOTHING_FOUND if words else NO_SHOPS)
        self.query_one("#window").border_title = shown(f"Articles ({len(rows)})")
        self._page()

    @property
    def chosen(self) -> ListingView | None:
        """The article under the cursor."""
        at = self.query_one(RowList).cursor
        return self.listed[at] if at < len(self.listed) else None

    @on(RowList.Highlighted)
    def _turn(self) -> None:
        """Show another article's page, from its top."""
        self.query_one("#page").scroll_home(animate=False)
        self._page()

    def _page(self) -> None:
        one = self.chosen
        self.query_one("#page").border_title = shown(one.category) if one else "Article"
        self.query_one(PictureView).spec = one.picture if one else ""
        self.query_one("#facts", Static).update(_price_facts(one) if one else Content())
        self.query_one("#text", Static).update(_text(one) if one else Content())
        self._show_cart()

    def _show_cart(self) -> None:
        self.query_one("#in-cart", Static).update(_cart(tuple(self.cart.values())))
        one = self.chosen
        title = "Take out" if one and one.id in self.cart else "Put in"
        self.query_one("#cart", Button).label = self.label("cart", title)
        self.show_buttons()

    # -- actions

    @on(RowList.Chosen)
    def _choose(self) -> None:
        """Put the article into the cart or take it out, or say why not."""
        self.action_do("cart")

    def do_cart(self) -> None:
        """Put the article into the cart, or take it out."""
        one = self.chosen
        assert one is not None
        if self.cart.pop(one.id, None) is None:
            self.cart[one.id] = one
        self.read()

    def can_cart(self) -> str:
        """Only before the end, and only an article."""
        return self.over() or ("" if self.chosen else "There is no article to put in.")

    def do_checkout(self) -> None:
        """Take the cart to the checkout."""
        self.post_message(Goto("checkout", about=",".join(self.cart)))

    def can_checkout(self) -> str:
        """Only with something in the cart."""
        return self.over() or ("" if self.cart else EMPTY_CART)


def _row(one: ListingView, in_cart: bool) -> ListRow:
    return ("●" if in_cart else "", one.title, one.price.rjust(11))


def _price_facts(one: ListingView) -> Content:
    """Return the words beside the picture: what it is, what it costs, when it comes."""
    parts = [
        template("[b]$title[/b]\n\n[b $accent]$price[/]\n", title=one.title, price=one.price),
        template("about $own for you\n", own=one.own_price) if one.own_price else Content(""),
        template("[$text-muted]+ $shipping shipping[/]\n", shipping=one.shipping),
        template("[$text-muted]$delivery[/]", delivery=one.delivery),
    ]
    return Content("").join(parts)


def _text(one: ListingView) -> Content:
    """Return the seller's text, who the seller is, and what buyers wrote."""
    seller = ", ".join(filter(None, [one.seller.name, one.seller.place]))
    parts = [
        shown(one.text, 2_000, multiline=True),
        template("\n\n[b $primary]Seller[/]  $seller\n", seller=seller),
        template("[$text-muted]$trust[/]\n\n", trust=one.seller.trust),
        template("[b $primary]Reviews[/]  $stars", stars=one.stars),
        *(_review(line) for line in one.reviews),
    ]
    return Content("").join(parts)


def _review(line: str) -> Content:
    return template("\n[$accent]$stars[/] $said", stars=line[:5], said=line[6:])


def _cart(listings: tuple[ListingView, ...]) -> Content:
    if not listings:
        markup = "[b]Cart[/b]  [$text-muted]empty: $key puts the article in[/]"
        return template(markup, key=CART_KEY)
    count = f"{len(listings)} article{'s' if len(listings) > 1 else ''}"
    whole = sum_by_currency(one.whole for one in listings)
    markup = "[b]Cart[/b]  $count, [b $accent]$whole[/] with shipping"
    return template(markup, count=count, whole=whole)
