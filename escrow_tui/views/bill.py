"""What a purchase adds up to, and the ways to pay it."""

from collections.abc import Iterable

import msgspec

from escrow_tui.engine.methods import METHODS, Method
from escrow_tui.engine.money import Money
from escrow_tui.views.parts import Flow
from escrow_tui.views.shop import Quote


class Bill(msgspec.Struct, frozen=True):
    """A whole purchase in sums, and where its money would be once it is paid."""

    total: str
    paid: str
    fee: str
    flow: Flow


def bill(quote: Quote) -> Bill:
    """Add up a quote."""
    held = sums(part.held for part in quote.parts)
    minor = sum(part.held.minor for part in quote.parts)
    fee = sums(part.agent_fee for part in quote.parts if part.agent_fee.minor)
    nothing = sums(Money(0, part.held.currency) for part in quote.parts)
    flow = Flow(
        "You",
        "Escrow",
        "Seller" if len(quote.parts) == 1 else f"{len(quote.parts)} sellers",
        held,
        held,
        nothing,
        nothing,
        nothing,
        minor,
        minor,
        0,
        0,
        0,
        METHODS[quote.method].held,
        nothing,
        0,
    )
    return Bill(held, sums(part.charged for part in quote.parts), fee, flow)


def sums(amounts: Iterable[Money]) -> str:
    """Write the sum of amounts, one a currency: `12.00 USD + 3.50 EUR`."""
    by_currency: dict[str, int] = {}
    for one in amounts:
        by_currency[one.currency] = by_currency.get(one.currency, 0) + one.minor
    return " + ".join(str(Money(minor, currency)) for currency, minor in by_currency.items())


class MethodView(msgspec.Struct, frozen=True):
    """A way to pay, as the buyer chooses it: when he is charged, and where a refund goes."""

    code: str
    title: str
    charged: str
    refund: str


def method_views() -> tuple[MethodView, ...]:
    """Return the ways to pay."""
    return tuple(_method(method) for method in METHODS.values())


def _method(method: Method) -> MethodView:
    return MethodView(method.code, method.title, method.charged, f"to the {method.refund_to}")
