"""Whether a predicate holds, which goals were reached, and the score."""

from typing import assert_never

import msgspec

from escrow_tui.coach.plan import Plan, Playthrough
from escrow_tui.coach.values import (
    BalanceIs,
    CoachView,
    Ending,
    EventHappens,
    GoalLine,
    Noted,
    OrderEnds,
    Predicate,
)
from escrow_tui.engine.entry import Entry
from escrow_tui.engine.events import Event, name_of
from escrow_tui.engine.terms import ENDED

HINT_COST = 5
NO_BOUND = -1
ANY_ORDER = "*"
HINT = "hint"


def holds(predicate: Predicate, played: Playthrough) -> bool:
    """Tell whether one predicate holds."""
    match predicate:
        case EventHappens():
            return _within(_times(predicate, played), predicate)
        case OrderEnds():
            orders = played.orders
            asked = tuple(orders) if predicate.order == ANY_ORDER else (predicate.order,)
            return any(one in orders and orders[one].phase in predicate.phases for one in asked)
        case BalanceIs():
            minor = played.balances.get((predicate.account, predicate.currency), 0)
            return predicate.least <= minor <= predicate.most
        case Noted():
            about = predicate.about
            found = (one for one in played.notes if one.kind == predicate.kind)
            return _within(sum(about in ("", one.about) for one in found), predicate)
        case _:
            assert_never(predicate)


def all_hold(predicates: tuple[Predicate, ...], played: Playthrough) -> bool:
    """Tell whether every predicate holds; with none, the answer is yes."""
    return all(holds(one, played) for one in predicates)


def _within(times: int, bounds: EventHappens | Noted) -> bool:
    most = times if bounds.times_most == NO_BOUND else bounds.times_most
    return bounds.times_least <= times <= most


def _times(asked: EventHappens, played: Playthrough) -> int:
    times = 0
    for entry in played.entries:
        for event in entry.events:
            if asked.before and name_of(event) == asked.before:
                return times
            times += matches(asked, entry, event)
    return times


def matches(asked: EventHappens, entry: Entry, event: Event) -> bool:
    """Tell whether this event of this entry is of the kind asked for, regardless of how often."""
    return (
        name_of(event) == asked.event
        and asked.by in ("", entry.actor.role, str(entry.actor))
        and all(word in _words(event, field) for field, word in asked.where)
        and all(_number(event, field) >= least for field, least in asked.least)
        and all(_number(event, field) <= most for field, most in asked.most)
    )


def fields_of(kind: type[Event]) -> dict[str, object]:
    """Return the type of every field of an event by name.

    The fields of a struct inside it count as its own: `sources.debt` of a refund is `debt` here.
    """
    types: dict[str, object] = {}
    for field in msgspec.structs.fields(kind):
        if isinstance(field.type, type) and issubclass(field.type, msgspec.Struct):
            types |= {one.name: one.type for one in msgspec.structs.fields(field.type)}
        else:
            types[field.name] = field.type
    return types


def _value(event: Event, field: str) -> object:
    if field in event.__struct_fields__:
        return getattr(event, field)
    within = (getattr(event, name) for name in event.__struct_fields__)
    return next(getattr(one, field) for one in within if hasattr(one, field))


def _words(event: Event, field: str) -> tuple[str, ...]:
    """Return a field's value as text, one for each item of a list."""
    value = _value(event, field)
    return tuple(_word(one) for one in (value if isinstance(value, tuple) else (value,)))


def _word(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _number(event: Event, field: str) -> int:
    """Return a field's whole number, or the length of a list."""
    value = _value(event, field)
    if isinstance(value, tuple):
        return len(value)
    assert isinstance(value, int)
    return value


def goal_lines(plan: Plan, played: Playthrough) -> tuple[GoalLine, ...]:
    """Return for each goal whether it was reached, and if not, why that matters."""
    reached = (all_hold(goal.holds, played) for goal in plan.goals)
    return tuple(
        GoalLine(goal.text, yes, "" if yes else goal.missed)
        for goal, yes in zip(plan.goals, reached, strict=True)
    )


def ending_of(plan: Plan, played: Playthrough) -> Ending:
    """Return the first ending whose predicates all hold; the last one always does."""
    return next(one for one in plan.endings if all_hold(one.when, played))


def hints_taken(played: Playthrough) -> int:
    """Return how many hints the run's log records."""
    return sum(note.kind == HINT for note in played.notes)


def score(lines: tuple[GoalLine, ...], hints: int) -> int:
    """Return 0 to 100: the percentage of goals reached, less `HINT_COST` for each hint."""
    return max(0, 100 * sum(line.reached for line in lines) // len(lines) - HINT_COST * hints)


def coach_view(plan: Plan, played: Playthrough) -> CoachView:
    """Return what the coach shows while the exercise runs."""
    taken = plan.hints[: hints_taken(played)]
    left = len(plan.hints) - len(taken)
    ended = bool(played.orders) and all(one.phase in ENDED for one in played.orders.values())
    decided = ended or any(holds(one, played) for one in plan.done)
    cost = HINT_COST if left else 0
    return CoachView(plan.id, plan.title, plan.task, plan.objectives, taken, cost, decided)
