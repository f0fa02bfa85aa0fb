"""A scenario as values: a situation, its truth, what the others do, and how it can end."""

import msgspec

from escrow_tui.coach.plan import Plan
from escrow_tui.coach.predicates import EventHappens
from escrow_tui.policy import PolicyFile
from escrow_tui.scenarios.file.head import ScenarioHead
from escrow_tui.scenarios.file.order_reader import PlacedOrder
from escrow_tui.scenarios.file.step_reader import Step


class Found(msgspec.Struct, frozen=True):
    """The picture of what is in an order's parcel; the order `*` is any that is not named."""

    order: str
    picture: str


class Inject(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody else does `after` seconds from the event `when`, or from the start if None.

    It fires once, and is skipped if `unless` has happened by then. If its steps name the order
    `*`, they are about the order of the event that triggered it, with that order's buyer and
    seller, and it fires once for each such order.
    """

    name: str
    when: EventHappens | None
    after: int
    unless: EventHappens | None
    steps: tuple[Step, ...]


class Solution(msgspec.Struct, frozen=True):
    """Steps of the trainee that reach every goal, and the ending that they reach."""

    name: str
    ending: str
    steps: tuple[Step, ...]


class MustFail(msgspec.Struct, frozen=True):
    """Steps of the trainee that miss a goal, and the ending that they reach."""

    name: str
    goal: str
    ending: str
    steps: tuple[Step, ...]


class Scenario(msgspec.Struct, frozen=True, kw_only=True):
    """A whole exercise.

    `start` is in Unix seconds; `listings` is the number of articles in the shop. If `verify` is
    set, the bank verifies each payment at once. No screen may show `words` before the debrief. A
    parcel that `found` does not name holds what the listing shows.
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
