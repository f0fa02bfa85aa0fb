"""What the coach works from: the plan of an exercise, and what has been played so far."""

from collections.abc import Mapping

import msgspec

from escrow_tui.coach.values import Ending, Goal, MoneyByParty, Note, Predicate
from escrow_tui.engine.entry import Entry
from escrow_tui.engine.order import Order
from escrow_tui.engine.roles import Role
from escrow_tui.engine.terms import EvidenceKind, Party


class PlannedExhibit(msgspec.Struct, frozen=True):
    """A piece of evidence that a party can hand in; its worth is hidden until the debrief.

    `worth` is "strong", "weak" or "misleading". `available` names the event after which it can be
    handed in; it is empty if that is possible from the start.
    """

    owner: Party
    kind: EvidenceKind
    shows: str
    picture: str
    worth: str
    proves: str
    available: str = ""


class Plan(msgspec.Struct, frozen=True):
    """What the coach knows about an exercise; one predicate of `done` is enough to be done.

    Only the debrief shows `truth`, `evidence`, `goals`, `endings` and `reference`.
    """

    id: str
    title: str
    role: Role
    task: str
    objectives: tuple[str, ...]
    hints: tuple[str, ...]
    done: tuple[Predicate, ...]
    truth: str
    evidence: tuple[PlannedExhibit, ...]
    goals: tuple[Goal, ...]
    endings: tuple[Ending, ...]
    reference: MoneyByParty


class Playthrough(msgspec.Struct, frozen=True):
    """What happened in a run: the market's journal, orders and balances, and the run's log.

    `floor` is the sequence number of the setup's last entry, before the trainee could act.
    """

    entries: tuple[Entry, ...]
    orders: Mapping[str, Order]
    balances: Mapping[tuple[str, str], int]
    notes: tuple[Note, ...]
    floor: int = 0
