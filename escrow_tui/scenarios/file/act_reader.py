"""Reads a step that is a command: who gives it, about which order, with which arguments."""

from collections.abc import Collection, Mapping
from typing import cast

import msgspec

from escrow_tui.engine.answers import REFUSALS
from escrow_tui.engine.commands import COMMANDS, AnyCommand, PlaceOrder
from escrow_tui.engine.money import Money
from escrow_tui.engine.process import MARKET_VERBS
from escrow_tui.engine.roles import BANK, CARRIER, CLOCK, FIRST_MEDIATOR, Actor, Role
from escrow_tui.files import Place, Reader
from escrow_tui.scenarios.file import grammar
from escrow_tui.scenarios.file.arguments import (
    About,
    given,
    id_fault,
    identifier,
    needed,
    unknown_name,
)
from escrow_tui.scenarios.file.order_reader import BUYER, ORDER_KEYS, SELLER, PlacedOrder

_KEYS = ("by", "do", "order", "id", "refused")
_ALONE = {one.role: one.person for one in (FIRST_MEDIATOR, CARRIER, BANK, CLOCK)}

# Stands in for an order that a file names but never places, so that reading can go on.
_STRANGE = PlaceOrder(buyer=BUYER, seller=SELLER, lines=(), currency="")


class Act(msgspec.Struct, frozen=True, kw_only=True):
    """A command; `written` is who gives it, as the file says it.

    `refused` is the refusal's code that the file expects: True for any refusal, False for none.
    """

    place: Place
    written: str
    by: Actor
    verb: str
    order: str
    command: AnyCommand
    id: str
    refused: str | bool


def read_act(
    table: Reader,
    verb: str | None,
    known: Mapping[str, PlaceOrder],
    placed: PlacedOrder | None,
    seed: int,
) -> Act | None:
    """Read a command; `known` are the orders by id, `placed` the one that this step places.

    Returns None if a fault leaves nothing to build a command from.
    """
    of_market = verb in MARKET_VERBS
    order_id = placed.id if placed else _order_id(table, known, of_market=of_market)
    order = placed.command if placed else known.get(order_id, _STRANGE)
    if of_market and not order_id:
        order = _agreed(tuple(known.values()))
    by = _actor(table, order)
    command_id, refused = identifier(table, "id", ""), read_refused(table)
    if verb is None or not _knows(table, verb):
        return None
    command = placed.command if placed else _command(table, About(verb, order_id, order, seed))
    if command is None or by is None:
        return None
    written = str(table.values["by"])
    return Act(
        place=table.place,
        written=written,
        by=by,
        verb=verb,
        order=order_id,
        command=command,
        id=command_id,
        refused=refused,
    )


def _order_id(table: Reader, known: Mapping[str, PlaceOrder], *, of_market: bool) -> str:
    """Return the order that is named, or the only one; a command on the market needs none."""
    named = given(table, "order", str)
    if "order" in table.values:
        if named is not None and named not in known:
            table.report("order", _no_order(named, tuple(known)))
        return named or ""
    if len(known) == 1:
        return next(iter(known))
    if of_market:
        return ""
    table.report((), '"order" is missing; ' + _which(tuple(known)))
    return next(iter(known), "")


def _agreed(orders: Collection[PlaceOrder]) -> PlaceOrder:
    """Return what all orders have in common, for a command that is about none of them."""
    if not orders:
        return _STRANGE

    def agreed(field: str) -> str:
        values = {str(getattr(order, field)) for order in orders}
        return values.pop() if len(values) == 1 else ""

    return PlaceOrder(
        buyer=agreed("buyer"), seller=agreed("seller"), lines=(), currency=agreed("currency")
    )


def _no_order(named: str, known: tuple[str, ...]) -> str:
    if not known:
        return f'"{named[:64]}" is no order; none is placed'
    return unknown_name(named, "order", known)


def _which(known: tuple[str, ...]) -> str:
    return f"name one of {', '.join(known)}" if known else "no order is placed; write [[order]]"


def _actor(table: Reader, order: PlaceOrder) -> Actor | None:
    """Return who gives the command; a buyer or seller without a name is the order's own."""
    written = needed(table, "by", str)
    if written is None:
        return None
    role, colon, person = written.partition(":")
    roles = tuple(Role)
    if role in grammar.LATER_ROLES:
        table.report("by", grammar.not_built(role, roles))
        return None
    if role not in roles:
        table.report("by", unknown_name(role, "role", roles))
        return None
    if colon and (fault := id_fault(person)):
        table.report("by", fault)
    own = {Role.BUYER: order.buyer, Role.SELLER: order.seller, **_ALONE}
    person = person or own[Role(role)]
    if not person and not colon:
        table.report("by", f'which {role}? name an order, or the person, as "{role}:{role}-1"')
    return Actor(Role(role), person)


def read_refused(table: Reader) -> str | bool:
    """Return the refusal's code that the file expects: True for any refusal, False for none."""
    value = table.values.get("refused", False)
    if isinstance(value, bool):
        return value
    code = given(table, "refused", str)
    if code is not None and code not in REFUSALS:
        table.report("refused", unknown_name(code, "refusal's code", tuple(REFUSALS)))
    return code or False


def _knows(table: Reader, verb: str) -> bool:
    """Tell whether there is such a verb, and report every key that does not belong to it."""
    if verb not in grammar.VERBS:
        table.report("do", unknown_name(verb, "verb", grammar.DO))
        return False
    names = ORDER_KEYS if verb == grammar.PLACE_ORDER else tuple(grammar.VERBS[verb])
    table.only(*_KEYS, *names)
    return True


def _command(table: Reader, about: About) -> AnyCommand | None:
    """Return a verb's command with its arguments; None if one that it needs is missing."""
    kind = COMMANDS[about.verb]
    arguments = grammar.VERBS[about.verb]
    missing = False
    for field in msgspec.structs.fields(kind):
        name = field.encode_name
        if field.required and name not in table.values:
            table.report(name, f'"{name}" is missing; write {name} = ...')
            missing = True
    names = {field.encode_name: field.name for field in msgspec.structs.fields(kind)}
    read: dict[str, object] = {}
    for name, read_argument in arguments.items():
        if name in table.values:
            read |= _given(names[name], read_argument(table, name, about))
    # COMMANDS holds only classes of the union AnyCommand.
    return None if missing else cast(AnyCommand, kind(**read))


def _given(field: str, value: object) -> dict[str, object]:
    """Return the fields that an argument fills; an amount of any currency also fills `currency`."""
    if isinstance(value, Money):
        return {field: value.minor, "currency": value.currency}
    return {field: value}
