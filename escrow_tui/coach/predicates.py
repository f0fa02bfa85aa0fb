"""What a goal, an ending or an inject can ask of a playthrough; each predicate answers itself.

Which words of a file ask it stands in `scenarios/file/predicate_readers.py`.
"""

from typing import Protocol

import msgspec

from escrow_tui.coach.event_fields import field_number, field_words
from escrow_tui.coach.playthrough import Playthrough
from escrow_tui.engine.entry import Entry
from escrow_tui.engine.events import Event, name_of

NO_BOUND = -1
ANY_ORDER = "*"


class Predicate(Protocol):
    """A question about a playthrough."""

    def holds_in(self, played: Playthrough) -> bool:
        """Tell whether the answer is yes."""


class EventHappens(msgspec.Struct, frozen=True, kw_only=True):
    """An event is in the journal, at least `times_least` and at most `times_most` times.

    `where` compares a field's text, `least` and `most` its whole number (amounts in minor units).
    A `times_most` of -1 is no bound. `before` names an event: only what came before it counts.
    """

    event: str
    by: str = ""
    where: tuple[tuple[str, str], ...] = ()
    least: tuple[tuple[str, int], ...] = ()
    most: tuple[tuple[str, int], ...] = ()
    times_least: int = 1
    times_most: int = NO_BOUND
    before: str = ""

    def holds_in(self, played: Playthrough) -> bool:
        """Tell whether the event happened as often as asked."""
        times = 0
        for entry in played.entries:
            for event in entry.events:
                if self.before and name_of(event) == self.before:
                    return _is_within(times, self.times_least, self.times_most)
                times += self.matches(entry, event)
        return _is_within(times, self.times_least, self.times_most)

    def matches(self, entry: Entry, event: Event) -> bool:
        """Tell whether this event of this entry is of the kind asked for, however often it came."""
        return (
            name_of(event) == self.event
            and self.by in ("", entry.actor.role, str(entry.actor))
            and all(word in field_words(event, field) for field, word in self.where)
            and all(field_number(event, field) >= least for field, least in self.least)
            and all(field_number(event, field) <= most for field, most in self.most)
        )


class OrderEnds(msgspec.Struct, frozen=True):
    """The order is in one of these phases; the order may be `*` for any."""

    order: str
    phases: tuple[str, ...]

    def holds_in(self, played: Playthrough) -> bool:
        """Tell whether the order, or one of all, is there and in one of the phases."""
        asked = tuple(played.orders) if self.order == ANY_ORDER else (self.order,)
        found = (played.orders[one] for one in asked if one in played.orders)
        return any(order.phase in self.phases for order in found)


class BalanceIs(msgspec.Struct, frozen=True):
    """An account's balance is between two bounds, both included, in minor units."""

    account: str
    currency: str
    least: int
    most: int

    def holds_in(self, played: Playthrough) -> bool:
        """Tell whether the balance is within the bounds; an account never used holds 0."""
        minor = played.balances.get((self.account, self.currency), 0)
        return self.least <= minor <= self.most


class Noted(msgspec.Struct, frozen=True):
    """The run's log holds a note: a screen opened, a hint taken, a try refused.

    An empty `about` asks for notes about anything.
    """

    kind: str
    about: str = ""
    times_least: int = 1
    times_most: int = NO_BOUND

    def holds_in(self, played: Playthrough) -> bool:
        """Tell whether the log holds as many of these notes as asked."""
        notes = (one for one in played.notes if one.kind == self.kind)
        times = sum(self.about in ("", one.about) for one in notes)
        return _is_within(times, self.times_least, self.times_most)


def _is_within(times: int, least: int, most: int) -> bool:
    return least <= times and (most == NO_BOUND or times <= most)


def all_hold(predicates: tuple[Predicate, ...], played: Playthrough) -> bool:
    """Tell whether every predicate holds; with none, the answer is yes."""
    return all(one.holds_in(played) for one in predicates)
