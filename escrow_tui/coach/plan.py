"""What the coach is given: the plan of an exercise, and what has been played of it so far."""

from collections.abc import Mapping

import msgspec

from escrow_tui.coach.values import Ending, Goal, Money, Note, Predicate
from escrow_tui.engine.entry import Entry
from escrow_tui.engine.order import Order
from escrow_tui.engine.roles import Role
from escrow_tui.engine.terms import EvidenceKind, Party


class Exhibited(msgspec.Struct, frozen=True):
    """A piece of evidence that a party can hand in, and, hidden until the debrief, its worth.

    `worth` is "strong", "weak" or "misleading"; `available` tells from which event on it is there
    (empty: from the start).
    """

    owner: Party
    kind: EvidenceKind
    shows: str
    picture: str
    worth: str
    proves: str
    available: str = ""


class Plan(msgspec.Struct, frozen=True):
    """What the coach knows of an exercise; of `done` one predicate is enough.

    `truth`, `evidence`, `goals`, `endings` and `reference` are told by the debrief only.
    """

    id: str
    title: str
    role: Role
    task: str
    objectives: tuple[str, ...]
    hints: tuple[str, ...]
    done: tuple[Predicate, ...]
    truth: str
    evidence: tuple[Exhibited, ...]
    goals: tuple[Goal, ...]
    endings: tuple[Ending, ...]
    reference: Money


class Played(msgspec.Struct, frozen=True):
    """What happened: the market's journal, orders and balances, and the run's log.

    `floor` is the last entry that was there before the trainee sat down.
    """

    entries: tuple[Entry, ...]
    orders: Mapping[str, Order]
    balances: Mapping[tuple[str, str], int]
    notes: tuple[Note, ...]
    floor: int = 0
