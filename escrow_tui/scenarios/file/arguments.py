"""Reads the arguments of a step: one small function for each kind of argument.

Each reports its faults to the table and returns a stand-in, so that reading can go on.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from typing import TypeVar

import msgspec

from escrow_tui.engine.commands import Exhibit, PlaceOrder
from escrow_tui.engine.money import CURRENCIES, Money, parse_money
from escrow_tui.engine.policy import Policy
from escrow_tui.engine.terms import EvidenceKind
from escrow_tui.engine.tracking import tracking_number
from escrow_tui.files import Reader, did_you_mean
from escrow_tui.pictures import parse_picture

T = TypeVar("T")

# No slash and no colon: ids stand in the paths of `expect` and in the names of accounts.
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}\Z")
_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z\Z")
_WEIGHT = re.compile(r"(?P<whole>[0-9]{1,4})(?:\.(?P<part>[0-9]{1,3}))? kg\Z")

# Deadlines are counted from an instant, and Python's calendar ends with the year 9999.
EARLIEST = int(datetime(2000, 1, 1, tzinfo=UTC).timestamp())
LATEST = int(datetime(2999, 12, 31, tzinfo=UTC).timestamp())


class About(msgspec.Struct, frozen=True):
    """What an argument belongs to: its verb, its order, and the seed of the file."""

    verb: str
    order_id: str
    order: PlaceOrder
    seed: int


ArgumentReader = Callable[[Reader, str, About], object]


def given(table: Reader, key: str, kind: type[T]) -> T | None:
    """Return the value of a key; None if it is left out, or wrong and reported."""
    return table.take(key, kind, None)


def needed(table: Reader, key: str, kind: type[T]) -> T | None:
    """Return the value of a key that must be there; None if a fault was reported."""
    return table.need(key, kind, None)


def unknown_name(word: str, what: str, choices: tuple[str, ...]) -> str:
    """Return the sentence for a name that nothing has, with the one that was perhaps meant."""
    hint = did_you_mean(word, choices) or f"; known are {', '.join(choices)}"
    return f'"{word[:64]}" is no {what}{hint}'


def identifier(table: Reader, key: str, default: str) -> str:
    """Return the id of an order, a person or a command."""
    value = given(table, key, str)
    if value is None:
        return default
    if fault := id_fault(value):
        table.report(key, fault)
    return value


def id_fault(value: str) -> str:
    """Return what is wrong with an id; empty if nothing is."""
    if _ID.match(value):
        return ""
    return f'"{value[:64]}" is no id; write up to 40 letters, digits, ".", "_" or "-"'


def money(table: Reader, key: str, currency: str = "") -> Money | None:
    """Return an amount such as "25.99 USD"; if a currency is given, in that one only."""
    written = given(table, key, str)
    if written is None:
        return None
    try:
        read = parse_money(written, currency)
    except ValueError as error:
        table.report(key, str(error))
        return None
    if currency and read.currency != currency:
        message = f'"{written}" is in {read.currency}; this order is in {currency}, write that'
        table.report(key, message)
    return read


def instant(table: Reader, key: str) -> int | None:
    """Return an instant such as "2026-03-02T09:00:00Z" in Unix seconds."""
    written = given(table, key, str)
    if written is None:
        return None
    try:
        read = datetime.fromisoformat(written) if _INSTANT.match(written) else None
    except ValueError:
        read = None
    seconds = int(read.timestamp()) if read else 0
    if EARLIEST <= seconds <= LATEST:
        return seconds
    right = '"2026-03-02T09:00:00Z", of the years 2000 to 2999'
    table.report(key, f'"{written[:64]}" is no instant; write one like {right}')
    return None


def text(table: Reader, key: str, _about: About) -> str:
    """Return a text as it is written."""
    return given(table, key, str) or ""


def texts(table: Reader, key: str, _about: About) -> tuple[str, ...]:
    """Return a list of texts."""
    return given(table, key, tuple[str, ...]) or ()


def whole(table: Reader, key: str, _about: About) -> int:
    """Return a whole number; the engine decides whether it is possible."""
    return given(table, key, int) or 0


def flag(table: Reader, key: str, _about: About) -> bool:
    """Return true or false."""
    return given(table, key, bool) or False


def amount(table: Reader, key: str, about: About) -> int:
    """Return an amount in the order's currency, in minor units."""
    # An order whose price could not be read has no currency; that fault is enough.
    if not about.order.currency:
        return 0
    read = money(table, key, about.order.currency)
    return read.minor if read else 0


def money_of_any(table: Reader, key: str, about: About) -> Money:
    """Return an amount in the currency that it names, or else in the order's."""
    written = given(table, key, str)
    try:
        read = None if written is None else parse_money(written, about.order.currency)
    except ValueError as error:
        table.report(key, str(error))
        read = None
    return read or Money(0, about.order.currency)


def currency(table: Reader, key: str, _about: About) -> str:
    """Return a currency's three letters."""
    code = given(table, key, str)
    if code is not None and code not in CURRENCIES:
        table.report(key, unknown_name(code, "currency", tuple(sorted(CURRENCIES))))
    return code or ""


def member(words: type[StrEnum]) -> ArgumentReader:
    """Return a reader for one of these words."""

    def read(table: Reader, key: str, _about: About) -> StrEnum | None:
        return given(table, key, words)

    return read


def tracking(table: Reader, key: str, about: About) -> str:
    """Return a tracking number; "auto" makes a valid one from the seed, the order and the verb.

    Its last two letters are the country where the parcel is handed over.
    """
    written = given(table, key, str) or ""
    if written != "auto":
        return written
    source = f"{about.seed}/{about.order_id}/{about.verb}".encode()
    goes_back = about.verb == "ship_return"
    country = about.order.destination if goes_back else about.order.origin
    return tracking_number(int(sha256(source).hexdigest()[:12], 16), country)


def weight(table: Reader, key: str, _about: About) -> int:
    """Return a weight such as "1.20 kg" in grams."""
    written = given(table, key, str)
    if written is None:
        return 0
    found = _WEIGHT.match(written)
    if found is None:
        table.report(key, f'"{written[:64]}" is no weight; write it like "1.20 kg"')
        return 0
    return int(found["whole"]) * 1000 + int((found["part"] or "").ljust(3, "0"))


def picture(table: Reader, key: str, _about: About) -> str:
    """Return a picture's short text, one that can be drawn."""
    written = given(table, key, str) or ""
    try:
        if written:
            parse_picture(written)
    except ValueError as error:
        table.report(key, str(error))
    return written


def exhibits(table: Reader, key: str, about: About) -> tuple[Exhibit, ...]:
    """Return a list of evidence, each `{ kind = "photo", shows = "cracked spout" }`."""
    read = []
    for one in table.tables(key):
        one.only("kind", "shows", "picture")
        kind = needed(one, "kind", EvidenceKind) or EvidenceKind.PHOTO
        shows = needed(one, "shows", str) or ""
        read.append(Exhibit(kind, shows, picture(one, "picture", about)))
    return tuple(read)


def policy_rows(table: Reader, key: str, _about: About) -> tuple[str, ...]:
    """Return a list of names of policy rows."""
    rows = given(table, key, tuple[str, ...]) or ()
    for index, row in enumerate(rows):
        if row not in Policy.__struct_fields__:
            table.report(
                (key, index), unknown_name(row, "row of the policy", Policy.__struct_fields__)
            )
    return rows
