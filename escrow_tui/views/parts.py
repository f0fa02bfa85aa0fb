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
    charged_back: str
    charged_back_minor: int


class RuleText(msgspec.Struct, frozen=True):
    """A policy row as a trainer reads it."""

    row: str
    value: str
    means: str
    source: str


class DeadlineView(msgspec.Struct, frozen=True):
    """A deadline that runs: when, what it brings, and the policy row that set it.

    `soon` from the first of the policy's warnings on, `urgent` from the last.
    """

    name: str
    title: str
    at: int
    date: str
    left: str
    soon: bool
    urgent: bool
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
    """An article of the order, with the picture of its listing.

    `refunded` is what went back of it, "" where nothing did; `left` what still could, with its
    share of the shipping.
    """

    title: str
    amount: str
    picture: str
    id: str
    refunded: str
    left: str
    left_minor: int


class SumView(msgspec.Struct, frozen=True):
    """A sum of money beside the order's price: what it is, and how much."""

    title: str
    amount: str


class ScanView(msgspec.Struct, frozen=True):
    """One line of the tracking record."""

    date: str
    status: str
    place: str
    detail: str


class ParcelView(msgspec.Struct, frozen=True):
    """The parcel: its number, whether that number is well formed, and what the carrier saw.

    `expected` is when it should arrive, "" once it has; `warning` what is wrong with it, "" where
    nothing is.
    """

    tracking: str
    number_check: str
    state: str
    scans: tuple[ScanView, ...]
    expected: str
    warning: str


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
    """One of the three proposals that stand side by side; `wants` says the whole of it."""

    by: str
    amount: str
    share: str
    note: str
    accepted_by: str
    wants: str
    return_goods: bool
    replacement: bool


class MessageView(msgspec.Struct, frozen=True):
    """What one side wrote to the other; `off_platform` where it asks to settle elsewhere."""

    by: str
    date: str
    text: str
    off_platform: bool


class ReviewView(msgspec.Struct, frozen=True):
    """The buyer's review of the seller: one to five stars, and words or none."""

    stars: int
    text: str
    date: str


class RulingView(msgspec.Struct, frozen=True):
    """A ruling: what follows from it, why, and by which policy rows.

    `release` is what the seller gets, "" where a replacement comes first; `goodwill` the platform's
    own money on top, "" where there is none or it is not told.
    """

    refund: str
    release: str
    reasons: str
    policy_rows: str
    note: str
    by: str
    says: str
    goodwill: str


class DisputeView(msgspec.Struct, frozen=True):
    """A dispute, as everybody in it may see it.

    `claim` is short, `wants` the whole of it. `asked` is whose evidence is waited for and until
    when, `appealed` who appealed and when; both are empty where nobody is or has.
    """

    number: int
    stage: str
    reason: str
    claim: str
    claim_minor: int
    opened: str
    proposals: tuple[ProposalView, ...]
    ruling: RulingView | None
    wants: str
    asked: str
    appealed: str


class ReturnView(msgspec.Struct, frozen=True):
    """Goods on their way back: what was agreed for them, who pays the label, and their parcel.

    `fault` is why the seller contested what came back; the return is over then.
    """

    stage: str
    then: str
    agreed: str
    label: str
    parcel: ParcelView | None
    fault: str = ""


class ChargebackView(msgspec.Struct, frozen=True):
    """What the buyer's bank takes back, and where the order goes on when the seller wins.

    `paid` is the amount in the currency paid, for those who may know it.
    """

    stage: str
    amount: str
    paid: str
    opened: str
    answered: str
    taken: str
    goes_back_to: str


class PersonView(msgspec.Struct, frozen=True):
    """A party with the trust figures that go with a name."""

    id: str
    name: str
    place: str
    trust: str


class Head(msgspec.Struct, frozen=True):
    """What every role sees of an order: where it stands, what comes next, what can be done.

    `mine` tells whether the role is the one who is awaited, `party` whom it speaks for in a case.
    """

    id: str
    title: str
    status: str
    mine: bool
    party: str
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
    sums: tuple[SumView, ...]
    return_: ReturnView | None
    chargeback: ChargebackView | None
    review: ReviewView | None
