"""The total of a purchase, and the ways to pay for it."""

from collections.abc import Iterable

import msgspec

from escrow_tui.engine.methods import METHODS, Method
from escrow_tui.engine.money import Money
from escrow_tui.views.parts import Flow
from escrow_tui.views.shop import Quote


class Bill(msgspec.Struct, frozen=True):
    """The totals of a purchase, and where its money would be once it is paid."""

    total: str
    paid: str
    fee: str
    flow: Flow


def bill(quote: Quote) -> Bill:
    """Add up a quote."""
    held = sum_by_currency(part.held for part in quote.parts)
    minor = sum(part.held.minor for part in quote.parts)
    fee = sum_by_currency(part.agent_fee for part in quote.parts if part.agent_fee.minor)
    nothing = sum_by_currency(Money(0, part.held.currency) for part in quote.parts)
    flow = Flow(
        buyer_title="You",
        escrow_title="Escrow",
        seller_title="Seller" if len(quote.parts) == 1 else f"{len(quote.parts)} sellers",
        paid=held,
        held=held,
        to_seller=nothing,
        refunded=nothing,
        commission=nothing,
        paid_minor=minor,
        held_minor=minor,
        to_seller_minor=0,
        refunded_minor=0,
        commission_minor=0,
        note=METHODS[quote.method].held,
        charged_back=nothing,
        charged_back_minor=0,
    )
    return Bill(held, sum_by_currency(part.charged for part in quote.parts), fee, flow)


def sum_by_currency(amounts: Iterable[Money]) -> str:
    """Add amounts up by currency and write the sums: `12.00 USD + 3.50 EUR`."""
    by_currency: dict[str, int] = {}
    for one in amounts:
        by_currency[one.currency] = by_currency.get(one.currency, 0) + one.minor
    return " + ".join(str(Money(minor, currency)) for currency, minor in by_currency.items())


class MethodView(msgspec.Struct, frozen=True):
    """A payment method as a buyer sees it: when they are charged, and where a refund goes."""

    code: str
    title: str
    charged: str
    refund: str


def method_views() -> tuple[MethodView, ...]:
    """Return every payment method."""
    return tuple(_method(method) for method in METHODS.values())


def _method(method: Method) -> MethodView:
    return MethodView(method.code, method.title, method.charged, f"to the {method.refund_to}")
