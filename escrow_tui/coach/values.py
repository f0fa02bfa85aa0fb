"""What a coach knows of an exercise, and what it says: predicates, goals, endings, the debrief."""

import msgspec


class EventHappens(msgspec.Struct, frozen=True):
    """An event is in the journal, so many times; a market runs on to its end before it is asked.

    `where` compares a field's text, `least` and `most` its whole number (amounts in minor units).
    `times` are bounds, `times_most` of -1 is none. `before` names an event that must not have
    come earlier.
    """

    event: str
    by: str = ""
    where: tuple[tuple[str, str], ...] = ()
    least: tuple[tuple[str, int], ...] = ()
    most: tuple[tuple[str, int], ...] = ()
    times_least: int = 1
    times_most: int = -1
    before: str = ""


class OrderEnds(msgspec.Struct, frozen=True):
    """The order stands in one of these phases at the end."""

    order: str
    phases: tuple[str, ...]


class BalanceIs(msgspec.Struct, frozen=True):
    """An account's balance at the end lies between two bounds, in minor units."""

    account: str
    currency: str
    least: int
    most: int


class Noted(msgspec.Struct, frozen=True):
    """The run's log holds a note: a screen opened, a hint taken, a try refused."""

    kind: str
    about: str = ""
    times_least: int = 1
    times_most: int = -1


Predicate = EventHappens | OrderEnds | BalanceIs | Noted


class Goal(msgspec.Struct, frozen=True):
    """What has to be reached; `missed` is the sentence for somebody who did not."""

    id: str
    text: str
    missed: str
    holds: tuple[Predicate, ...]


class Ending(msgspec.Struct, frozen=True):
    """One way in which the exercise can end; the first whose predicates all hold is told.

    `rule` is the policy row or rule that decided, `source` where it comes from.
    """

    id: str
    title: str
    when: tuple[Predicate, ...]
    why: str
    rule: str
    source: str
    instead: str


class Money(msgspec.Struct, frozen=True):
    """What each has at the end of the market, in minor units."""

    currency: str
    buyer: int
    seller: int
    platform: int


class Note(msgspec.Struct, frozen=True):
    """A line of the run's log."""

    kind: str
    about: str


class MoneyRow(msgspec.Struct, frozen=True):
    """One party's money in the debrief: yours beside the reference's."""

    party: str
    yours: str
    reference: str
    difference: str


class GoalLine(msgspec.Struct, frozen=True):
    """A goal in the debrief: reached, or the sentence that says why not."""

    text: str
    reached: bool
    sentence: str


class EvidenceLine(msgspec.Struct, frozen=True):
    """What a piece of evidence was worth, told only now."""

    what: str
    worth: str
    proves: str
    opened: bool


class Debrief(msgspec.Struct, frozen=True):
    """What was supposed to happen, what happened, why, and what to try instead."""

    exercise: str
    title: str
    ending: str
    passed: bool
    score: int
    why: str
    rule: str
    source: str
    instead: str
    truth: str
    did: tuple[str, ...]
    money: tuple[MoneyRow, ...]
    goals: tuple[GoalLine, ...]
    evidence: tuple[EvidenceLine, ...]
    tries_refused: tuple[str, ...]


class CoachView(msgspec.Struct, frozen=True):
    """What the coach shows while the exercise runs: never the truth, never the answer.

    `hint_cost` is what the next hint takes off the score, 0 where there is none left.
    `decided` tells that nothing is left for the trainee to do but to open the debrief.
    """

    exercise: str
    title: str
    task: str
    objectives: tuple[str, ...]
    hints: tuple[str, ...]
    hint_cost: int
    decided: bool
