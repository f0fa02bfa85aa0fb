"""The bill of a purchase: its orders with their articles and sums, and the total."""

from collections.abc import Sequence

from textual.content import Content

from escrow_tui.ui.ground.actions import MARKET, key_at
from escrow_tui.ui.safety.text import shown, template
from escrow_tui.ui.widgets.facts import Fact, Section
from escrow_tui.views.bill import Bill
from escrow_tui.views.shop import QuotePart

EMPTY_CHECKOUT = f"The cart is empty: {key_at(MARKET, 'back')} leads back to the shop."


def order_sections(parts: Sequence[QuotePart]) -> tuple[Section, ...]:
    """Return a section per order: its seller, its articles, its sums."""
    return tuple(_part(one) for one in parts) or (Section("", (Fact("", EMPTY_CHECKOUT),)),)


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
    """Put the amount on a line of its own, so that it is not broken."""
    title, _, amount = line.rpartition("  ")
    return Fact("Article", title), Fact("", amount)


def total_words(sums: Bill) -> Content:
    """Say what is paid, in the price's own currency too, and what comes on top."""
    if not sums.total:
        return shown(EMPTY_CHECKOUT)
    said = template("[b]Total[/b]  [b $accent]$paid[/]", paid=sums.paid)
    if sums.paid != sums.total:
        said += template("  [$text-muted]($total)[/]", total=sums.total)
    return said + (template("  + $fee fee", fee=sums.fee) if sums.fee else Content(""))
