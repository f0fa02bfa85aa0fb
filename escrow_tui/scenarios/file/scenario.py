"""A scenario as values: a situation with its truth, its persons' answers, its goals and endings."""

import msgspec

from escrow_tui.coach.plan import Plan
from escrow_tui.coach.predicates import EventHappens
from escrow_tui.policy import PolicyFile
from escrow_tui.scenarios.file.head import ScenarioHead
from escrow_tui.scenarios.file.order_reader import PlacedOrder
from escrow_tui.scenarios.file.step_reader import Step


class Found(msgspec.Struct, frozen=True):
    """What lies in the parcel of an order, as a picture; the order `*` is any that is not named."""

    order: str
    picture: str


class Inject(msgspec.Struct, frozen=True):
    """What somebody else does `after` seconds from an event, or from the start where it is None.

    It is skipped when `unless` has happened by then, and it fires once. Where its steps name the
    order `*`, they are about the order of the event that set it off, its buyer and its seller, and
    it fires once for each such order.
    """

    name: str
    when: EventHappens | None
    after: int
    unless: EventHappens | None
    steps: tuple[Step, ...]


class Solution(msgspec.Struct, frozen=True):
    """Steps of the trainee that reach every goal, and the ending that they lead to."""

    name: str
    ending: str
    steps: tuple[Step, ...]


class MustFail(msgspec.Struct, frozen=True):
    """Steps of the trainee that miss a goal, and the ending that they lead to."""

    name: str
    goal: str
    ending: str
    steps: tuple[Step, ...]


class Scenario(msgspec.Struct, frozen=True):
    """A whole exercise.

    `start` is in Unix seconds; `listings` is the size of the catalogue; `verify` tells that the
    bank verifies each payment at once; `words` must be on no screen before the debrief; an order
    that `found` does not name holds what its listing shows.
    """

    head: ScenarioHead
    plan: Plan
    policy: PolicyFile
    start: int
    seed: int
    listings: int
    verify: bool
    orders: tuple[PlacedOrder, ...]
    setup: tuple[Step, ...]
    words: tuple[str, ...]
    found: tuple[Found, ...]
    injects: tuple[Inject, ...]
    solutions: tuple[Solution, ...]
    must_fails: tuple[MustFail, ...]
