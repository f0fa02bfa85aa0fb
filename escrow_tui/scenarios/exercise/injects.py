"""What the others do and when. It follows from the journal, so that a run can be resumed."""

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from escrow_tui.coach.playthrough import Playthrough
from escrow_tui.coach.predicates import ANY_ORDER, EventHappens
from escrow_tui.desk.news import order_id_of
from escrow_tui.engine.commands import AnyCommand
from escrow_tui.engine.entry import Entry, order_stream
from escrow_tui.engine.events import name_of
from escrow_tui.engine.order import Order
from escrow_tui.engine.roles import Actor, Role
from escrow_tui.scenarios.file.act_reader import Act
from escrow_tui.scenarios.file.scenario import Inject


class Due(msgspec.Struct, frozen=True):
    """An inject that is due `at` an instant (Unix seconds), about `order` unless that is "".

    `key` is unique in the run; the log keeps it once the inject has passed.
    """

    at: int
    key: str
    order: str
    inject: Inject


class Turn(msgspec.Struct, frozen=True):
    """A command of somebody else; trying the inject again gives it the same id."""

    id: str
    by: Actor
    order: str
    command: AnyCommand


def next_due(
    injects: Sequence[Inject], entries: Sequence[Entry], sat_down: int, passed: frozenset[str]
) -> Due | None:
    """Return the next inject that has not passed; at one instant the order of the file counts.

    `sat_down` is when the trainee sat down (Unix seconds); injects without an event count from it.
    """
    waiting = (due for inject in injects for due in _instances(inject, entries, sat_down))
    return min((one for one in waiting if one.key not in passed), key=_instant, default=None)


def _instant(due: Due) -> int:
    return due.at


def _instances(inject: Inject, entries: Sequence[Entry], sat_down: int) -> Iterator[Due]:
    """Yield an inject once, or once per order if its steps are about any order."""
    if inject.when is None:
        yield Due(sat_down + inject.after, inject.name, "", inject)
        return
    if not _names_any_order(inject):
        trigger = _trigger(inject.when, entries)
        if trigger is not None:
            yield Due(trigger.at + inject.after, inject.name, "", inject)
        return
    for order in filter(None, dict.fromkeys(map(order_id_of, entries))):
        trigger = _trigger(inject.when, tuple(one for one in entries if order_id_of(one) == order))
        if trigger is not None:
            yield Due(trigger.at + inject.after, f"{inject.name}:{order}", order, inject)


def _names_any_order(inject: Inject) -> bool:
    return any(isinstance(step, Act) and step.order == ANY_ORDER for step in inject.steps)


def _trigger(asked: EventHappens, entries: Sequence[Entry]) -> Entry | None:
    """Return the entry whose event sets an inject off, counting as many as it asks for."""
    times = 0
    for entry in entries:
        for event in entry.events:
            if asked.before and name_of(event) == asked.before:
                return None
            times += asked.matches(entry, event)
            if times >= max(1, asked.times_least):
                return entry
    return None


def is_skipped(due: Due, entries: Sequence[Entry]) -> bool:
    """Say whether the event that makes an inject needless has happened, to its order if any."""
    if due.inject.unless is None:
        return False
    stream = order_stream(due.order)
    heard = tuple(one for one in entries if not due.order or one.stream == stream)
    return due.inject.unless.holds_in(Playthrough(entries=heard, orders={}, balances={}, notes=()))


def turns(due: Due, orders: Mapping[str, Order]) -> tuple[Turn, ...]:
    """Return the commands of an inject; steps about any order become steps about its order."""
    acts = (step for step in due.inject.steps if isinstance(step, Act))
    return tuple(_turn(due, number, act, orders) for number, act in enumerate(acts, 1))


def _turn(due: Due, number: int, act: Act, orders: Mapping[str, Order]) -> Turn:
    command_id = f"inject:{due.key}:{number}"
    if act.order != ANY_ORDER:
        return Turn(command_id, act.by, act.order, act.command)
    by, order = act.by, orders.get(due.order)
    # A person who is named in the file stays the same person.
    if order is not None and ":" not in act.written:
        own = {Role.BUYER: order.buyer, Role.SELLER: order.seller}
        by = Actor(by.role, own.get(by.role, by.person))
    return Turn(command_id, by, due.order, act.command)
