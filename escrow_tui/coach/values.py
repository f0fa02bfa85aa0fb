"""The coach's values: goals and endings, and the views of coach and debrief."""

import msgspec

from escrow_tui.coach.predicates import Predicate


class Goal(msgspec.Struct, frozen=True):
    """Something to reach; `missed` is the sentence for a trainee who did not reach it."""

    id: str
    text: str
    missed: str
    holds: tuple[Predicate, ...]


class Ending(msgspec.Struct, frozen=True, kw_only=True):
    """One way in which the exercise can end; the first whose predicates all hold is the one.

    `rule` is the policy row or rule that decided, `source` where it comes from.
    """

    id: str
    title: str
    when: tuple[Predicate, ...]
    why: str
    rule: str
    source: str
    instead: str


class MoneyByParty(msgspec.Struct, frozen=True):
    """What each party has once the market has run to its end, in minor units."""

    currency: str
    buyer: int
    seller: int
    platform: int


class MoneyRow(msgspec.Struct, frozen=True):
    """One party's money in the debrief: yours, and the reference solution's."""

    party: str
    yours: str
    reference: str
    difference: str


class GoalLine(msgspec.Struct, frozen=True):
    """A goal in the debrief; `sentence` says why missing it matters, and is empty if reached."""

    text: str
    reached: bool
    sentence: str


class EvidenceLine(msgspec.Struct, frozen=True):
    """What a piece of evidence was worth; only the debrief shows it."""

    what: str
    worth: str
    proves: str
    opened: bool


class Debrief(msgspec.Struct, frozen=True, kw_only=True):
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


class CoachView(msgspec.Struct, frozen=True, kw_only=True):
    """What the coach shows while the exercise runs: neither the truth nor the solution.

    `hint_cost` is how many points the next hint costs, 0 if there is none left. `decided` means
    that the trainee has nothing left to do but open the debrief.
    """

    exercise: str
    title: str
    task: str
    objectives: tuple[str, ...]
    hints: tuple[str, ...]
    hint_cost: int
    decided: bool
