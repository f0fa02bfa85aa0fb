"""What the coach knows about an exercise: its plan, and the evidence that can be handed in."""

import msgspec

from escrow_tui.coach.predicates import Predicate
from escrow_tui.coach.values import Ending, Goal, MoneyByParty
from escrow_tui.engine.roles import Role
from escrow_tui.engine.terms import EvidenceKind, Party


class PlannedExhibit(msgspec.Struct, frozen=True, kw_only=True):
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


class Plan(msgspec.Struct, frozen=True, kw_only=True):
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
