"""The pieces that views are made of; every text in them is ready to print."""

from enum import StrEnum

import msgspec


class StageState(StrEnum):
    """Where a stage of an order stands."""

    DONE = "done"
    HERE = "here"
    AHEAD = "ahead"
    FAILED = "failed"


class Stage(msgspec.Struct, frozen=True):
    """One stage of the strip that an order walks along; the note is its date or what is awaited."""

    title: str
    state: StageState
    note: str = ""


class MarkState(StrEnum):
    """Whether a mark of the timeline has been, is now, or is to come."""

    PAST = "past"
    HERE = "here"
    FUTURE = "future"


class Mark(msgspec.Struct, frozen=True):
    """One mark of the timeline: an event, the present, or a deadline to come."""

    title: str
    note: str
    state: MarkState


class Flow(msgspec.Struct, frozen=True):
    """Where an order's money is: amounts ready to print, and in minor units for drawing."""

    buyer_title: str
    escrow_title: str
    seller_title: str
    paid: str
    held: str
    to_seller: str
    refunded: str
    commission: str
    paid_minor: int
    held_minor: int
    to_seller_minor: int
    refunded_minor: int
    commission_minor: int
    note: str


class RuleText(msgspec.Struct, frozen=True):
    """A policy row as a trainer reads it."""

    row: str
    value: str
    means: str
    source: str


class DeadlineView(msgspec.Struct, frozen=True):
    """A deadline that runs: when, what it brings, and the policy row that set it."""

    name: str
    title: str
    at: int
    date: str
    left: str
    soon: bool
    brings: str
    rule: RuleText


class ActView(msgspec.Struct, frozen=True):
    """A verb of the role: possible now, or why not and what would help."""

    verb: str
    role: str
    possible: bool
    why_not: str = ""


class EventView(msgspec.Struct, frozen=True):
    """What happened, in a sentence that the role may read."""

    seq: int
    date: str
    name: str
    sentence: str
    by: str


class LineView(msgspec.Struct, frozen=True):
    """An article of the order, with the picture of its listing."""

    title: str
    amount: str
    picture: str


class ScanView(msgspec.Struct, frozen=True):
    """One line of the tracking record."""

    date: str
    status: str
    place: str
    detail: str


class ParcelView(msgspec.Struct, frozen=True):
    """The parcel: its number, whether that number is well formed, and what the carrier saw."""

    tracking: str
    number_check: str
    state: str
    scans: tuple[ScanView, ...]


class EvidenceView(msgspec.Struct, frozen=True):
    """A piece of evidence; a mediator has to open it before it says what it shows."""

    id: str
    owner: str
    kind: str
    date: str
    shows: str
    picture: str
    checksum: str
    opened: bool


class ProposalView(msgspec.Struct, frozen=True):
    """One of the three proposals that stand side by side."""

    by: str
    amount: str
    share: str
    note: str
    accepted_by: str


class MessageView(msgspec.Struct, frozen=True):
    """What one side wrote to the other."""

    by: str
    date: str
    text: str


class RulingView(msgspec.Struct, frozen=True):
    """A ruling: what goes back, why, and by which policy rows."""

    refund: str
    release: str
    reasons: str
    policy_rows: str
    note: str
    by: str


class DisputeView(msgspec.Struct, frozen=True):
    """A dispute, as everybody in it may see it."""

    number: int
    stage: str
    reason: str
    claim: str
    claim_minor: int
    opened: str
    proposals: tuple[ProposalView, ...]
    ruling: RulingView | None


class PersonView(msgspec.Struct, frozen=True):
    """A party with the trust figures that go with a name."""

    id: str
    name: str
    place: str
    trust: str


class Head(msgspec.Struct, frozen=True):
    """What every role sees of an order: where it stands, what comes next, what can be done.

    `mine` tells whether the role is the one who is awaited.
    """

    id: str
    title: str
    status: str
    mine: bool
    phase: str
    price: str
    currency: str
    outstanding_minor: int
    now: str
    stages: tuple[Stage, ...]
    marks: tuple[Mark, ...]
    deadlines: tuple[DeadlineView, ...]
    acts: tuple[ActView, ...]
    events: tuple[EventView, ...]
    lines: tuple[LineView, ...]
    messages: tuple[MessageView, ...]
