"""Reads an order that a file places: in [[order]], or by a step `place_order`."""

import re

import msgspec

from escrow_tui.engine.commands import Line, PlaceOrder
from escrow_tui.engine.methods import METHODS
from escrow_tui.engine.money import CURRENCIES, Money
from escrow_tui.files import Place, Reader
from escrow_tui.scenarios.file.arguments import (
    given,
    id_fault,
    identifier,
    instant,
    money,
    needed,
    unknown_name,
)

ORDER_KEYS = (
    "price",
    "shipping",
    "lines",
    "buyer",
    "seller",
    "from",
    "to",
    "promised_days",
    "method",
    "pay_in",
    "rate",
    "card_expires",
)
BUYER, SELLER = "buyer-1", "seller-1"
MOST_PROMISED_DAYS = 365

_COUNTRY = re.compile(r"[A-Z]{2}\Z")


class PlacedOrder(msgspec.Struct, frozen=True):
    """An order that a file places, and its place in the file."""

    place: Place
    id: str
    command: PlaceOrder


def read_orders(tables: tuple[Reader, ...]) -> tuple[PlacedOrder, ...]:
    """Read the orders of [[order]], each with an id of its own."""
    read: dict[str, PlacedOrder] = {}
    for table in tables:
        table.only("id", *ORDER_KEYS)
        order_id = needed_id(table, "id")
        if order_id in read:
            table.report("id", f'order "{order_id}" stands here twice; give one another id')
        read[order_id] = PlacedOrder(table.place, order_id, read_order(table))
    return tuple(read.values())


def needed_id(table: Reader, key: str) -> str:
    """Return the id under a key that must be there; empty if it is missing."""
    value = needed(table, key, str)
    if value is not None and (fault := id_fault(value)):
        table.report(key, fault)
    return value or ""


def read_order(table: Reader, buyer: str = BUYER) -> PlaceOrder:
    """Read the order of a table; its currency is empty if its price cannot be read."""
    needed(table, "price", str)
    price = money(table, "price") if isinstance(table.values.get("price"), str) else None
    currency = price.currency if price else ""
    shipping = money(table, "shipping", currency)
    pay_in, rate = _abroad(table, currency)
    return PlaceOrder(
        buyer=identifier(table, "buyer", buyer),
        seller=identifier(table, "seller", SELLER),
        lines=_lines(table, price),
        currency=currency,
        shipping=shipping.minor if shipping else 0,
        origin=_country(table, "from", "CN"),
        destination=_country(table, "to", "DE"),
        promised_days=_promised_days(table),
        method=_method(table),
        pay_in=pay_in,
        rate=rate,
        card_expires=instant(table, "card_expires") or 0,
    )


def _lines(table: Reader, price: Money | None) -> tuple[Line, ...]:
    whole = Line("goods", price.minor if price else 0, "Goods")
    if "lines" not in table.values:
        return (whole,)
    currency = price.currency if price else ""
    lines = tuple(_line(line, currency) for line in table.tables("lines"))
    _report_twice(table, lines)
    total = sum(line.amount for line in lines)
    if price and total != price.minor:
        together = Money(total, currency)
        table.report("lines", f"the lines make {together}, and the price is {price}; make it so")
    return lines


def _line(table: Reader, currency: str) -> Line:
    table.only("id", "amount", "title", "picture")
    needed(table, "amount", str)
    read = money(table, "amount", currency) if "amount" in table.values else None
    title, picture = given(table, "title", str), given(table, "picture", str)
    return Line(needed_id(table, "id"), read.minor if read else 0, title or "", picture or "")


def _report_twice(table: Reader, lines: tuple[Line, ...]) -> None:
    seen: set[str] = set()
    for index, line in enumerate(lines):
        if line.id in seen:
            table.report(("lines", index, "id"), f'line "{line.id}" stands here twice')
        seen.add(line.id)


def _country(table: Reader, key: str, default: str) -> str:
    value = given(table, key, str)
    if value is None or _COUNTRY.match(value):
        return value or default
    table.report(key, f'a country is two capital letters such as "DE", not "{value[:64]}"')
    return default


def _promised_days(table: Reader) -> int:
    days = table.take("promised_days", int, 30)
    if not 1 <= days <= MOST_PROMISED_DAYS:
        table.report("promised_days", f"promised_days must be from 1 to {MOST_PROMISED_DAYS}")
    return days


def _method(table: Reader) -> str:
    method = table.take("method", str, "credit_card")
    if method not in METHODS:
        table.report("method", unknown_name(method, "payment method", tuple(METHODS)))
    return method


def _abroad(table: Reader, currency: str) -> tuple[str, str]:
    """Return the currency that the buyer pays in, and its rate; each needs the other."""
    pay_in, rate = given(table, "pay_in", str), given(table, "rate", str)
    if pay_in is not None and pay_in not in CURRENCIES:
        table.report("pay_in", unknown_name(pay_in, "currency", tuple(sorted(CURRENCIES))))
    if "pay_in" in table.values and pay_in != currency and "rate" not in table.values:
        units = f"{pay_in or 'EUR'} for one {currency or 'USD'}"
        table.report("pay_in", f'"rate" is missing; write how many {units}, as rate = "0.92"')
    if "rate" in table.values and "pay_in" not in table.values:
        table.report("rate", 'rate belongs to a buyer abroad; write pay_in = "EUR" with it')
    return pay_in or "", rate or ""
