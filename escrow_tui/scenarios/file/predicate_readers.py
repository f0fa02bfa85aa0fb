"""Reads the predicates of goals, endings and injects: one row of `READERS` for each."""

from collections.abc import Callable
from enum import StrEnum

import msgspec

from escrow_tui.coach.event_fields import fields_of
from escrow_tui.coach.predicates import (
    ANY_ORDER,
    BalanceIs,
    EventHappens,
    Noted,
    OrderEnds,
    Predicate,
)
from escrow_tui.engine.events import EVENTS
from escrow_tui.engine.money import MOST_MINOR, parse_money
from escrow_tui.engine.policy import Policy
from escrow_tui.engine.roles import Role
from escrow_tui.engine.terms import Phase
from escrow_tui.files import Reader
from escrow_tui.scenarios.file.arguments import given, needed, unknown_name

# Whole numbers in events that are not amounts of money.
_COUNTS = frozenset("days weight confidence number promised_days to stars card_expires".split())
_BOUNDS = ("least", "most")
_EVENT_KEYS = ("event", "by", "where", *_BOUNDS, "times_least", "times_most", "before")
NOTES = ("hint", "screen", "evidence", "refused")


class Known(msgspec.Struct, frozen=True):
    """What predicates can refer to: the orders of the file, and the currency of amounts."""

    orders: tuple[str, ...]
    currency: str


def read_predicates(tables: tuple[Reader, ...], known: Known) -> tuple[Predicate, ...]:
    """Read a list of predicates, as `reader.tables("when")` gives it."""
    read = (read_predicate(table, known) for table in tables)
    return tuple(one for one in read if one is not None)


def read_predicate(table: Reader, known: Known) -> Predicate | None:
    """Read one predicate; None if a fault was reported that leaves nothing to ask."""
    keys = [key for key in READERS if key in table.values]
    if len(keys) != 1:
        table.report((), "write one of " + ", ".join(f'{key} = "..."' for key in READERS))
        return None
    return READERS[keys[0]](table, known)


def read_event(table: Reader, known: Known) -> EventHappens | None:
    """Read a predicate on one event."""
    table.only(*_EVENT_KEYS)
    name = event_name(table, "event", need=True)
    before = event_name(table, "before")
    least, most = _times(table)
    by = _by(table)
    if not name:
        return None
    return EventHappens(
        event=name,
        by=by,
        where=_where(table.table("where"), name),
        least=_numbers(table.table("least"), name, known.currency),
        most=_numbers(table.table("most"), name, known.currency),
        times_least=least,
        times_most=most,
        before=before,
    )


def event_name(table: Reader, key: str, *, need: bool = False) -> str:
    """Return the name of an event; empty if it is left out, or wrong and reported."""
    name = (needed if need else given)(table, key, str) or ""
    if name and name not in EVENTS:
        table.report(key, unknown_name(name, "event", tuple(EVENTS)))
        return ""
    return name


def _by(table: Reader) -> str:
    by = given(table, "by", str) or ""
    role = by.partition(":")[0]
    if by and role not in tuple(Role):
        table.report("by", unknown_name(role, "role", tuple(Role)))
    return by


def _times(table: Reader) -> tuple[int, int]:
    least = table.take("times_least", int, 0 if "times_most" in table.values else 1)
    most = table.take("times_most", int, -1)
    if "times_most" in table.values and not 0 <= least <= most:
        table.report("times_most", "times_most must not be less than times_least, or than 0")
    return least, most


def _known_field(table: Reader, name: str, field: str) -> bool:
    fields = tuple(fields_of(EVENTS[name]))
    if field not in fields:
        table.report(field, unknown_name(field, f"field of {name}", fields), at="key")
    return field in fields


def _where(table: Reader, name: str) -> tuple[tuple[str, str], ...]:
    read = []
    for field in table.values:
        word = given(table, field, str)
        if word is not None and _known_field(table, name, field):
            if (choices := _choices(name, field)) and word not in choices:
                table.report(field, unknown_name(word, field.replace("_", " "), choices))
            read.append((field, word))
    return tuple(read)


def _choices(name: str, field: str) -> tuple[str, ...]:
    """Return the words that a field can hold; empty if it can hold any."""
    kind = fields_of(EVENTS[name])[field]
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return tuple(member.value for member in kind)
    return Policy.__struct_fields__ if field == "policy_rows" else ()


def _numbers(table: Reader, name: str, currency: str) -> tuple[tuple[str, int], ...]:
    read = []
    for field in table.values:
        if not _known_field(table, name, field):
            continue
        kind = fields_of(EVENTS[name])[field]
        if kind in (str, bool) or (isinstance(kind, type) and issubclass(kind, StrEnum)):
            table.report(field, f"{field} is no number; ask for it under where", at="key")
        elif kind is int and field not in _COUNTS:
            read.append((field, signed_amount(table, field, currency)))
        else:
            read.append((field, table.take(field, int, 0)))
    return tuple(read)


def signed_amount(table: Reader, key: str, currency: str, default: int = 0) -> int:
    """Return an amount in a currency, in minor units; it may be below zero."""
    written = given(table, key, str)
    if written is None:
        return default
    positive = written.strip().removeprefix("-")
    try:
        read = parse_money(positive, currency)
    except ValueError as error:
        table.report(key, str(error))
        return default
    if read.currency != currency:
        table.report(key, f'"{written}" is in {read.currency}; this exercise is in {currency}')
    return -read.minor if positive != written.strip() else read.minor


def _read_order_ends(table: Reader, known: Known) -> OrderEnds:
    table.only("order", "phase")
    order = needed(table, "order", str) or ANY_ORDER
    if order not in (*known.orders, ANY_ORDER):
        table.report("order", unknown_name(order, "order", (*known.orders, ANY_ORDER)))
    phases = needed(table, "phase", tuple[Phase, ...]) or ()
    return OrderEnds(order, tuple(phase.value for phase in phases))


def _read_balance(table: Reader, known: Known) -> BalanceIs:
    table.only("balance", "currency", *_BOUNDS)
    if not any(bound in table.values for bound in _BOUNDS):
        table.report((), 'say how much: least = "0.00", most = "0.00", or both')
    currency = table.take("currency", str, known.currency)
    least = signed_amount(table, "least", currency, -MOST_MINOR)
    most = signed_amount(table, "most", currency, MOST_MINOR)
    return BalanceIs(needed(table, "balance", str) or "", currency, least, most)


def _read_note(table: Reader, _known: Known) -> Noted:
    table.only("noted", "about", "times_least", "times_most")
    kind = needed(table, "noted", str) or ""
    if kind not in NOTES:
        table.report("noted", unknown_name(kind, "note", NOTES))
    return Noted(kind, table.take("about", str, ""), *_times(table))


# One row a predicate, by the key that a file writes. The class that a reader returns stands in
# coach/predicates.py, and tells whether it holds.
READERS: dict[str, Callable[[Reader, Known], Predicate | None]] = {
    "event": read_event,
    "order": _read_order_ends,
    "balance": _read_balance,
    "noted": _read_note,
}
