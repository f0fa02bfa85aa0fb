"""The parts that views are made of; every text in them is ready to print."""

from enum import StrEnum

import msgspec


class StageState(StrEnum):
    """Whether a stage is done, current, still ahead, or a bad end."""

    DONE = "done"
    HERE = "here"
    AHEAD = "ahead"
    FAILED = "failed"


class StageView(msgspec.Struct, frozen=True):
    """One stage on the strip of an order's progress; `note` is its date or what it waits for."""

    title: str
    state: StageState
    note: str = ""


class MarkState(StrEnum):
    """Whether a mark on the timeline is past, present or future."""

    PAST = "past"
    HERE = "here"
    FUTURE = "future"


class Mark(msgspec.Struct, frozen=True):
    """One mark on the timeline: an event, the present, or a deadline to come."""

    title: str
    note: str
    state: MarkState


class Flow(msgspec.Struct, frozen=True, kw_only=True):
    """Where an order's money is: amounts ready to print, and in minor units to draw."""

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
    """A policy row as a trainer reads it: its value, meaning and source."""

    row: str
    value: str
    means: str
    source: str


class DeadlineView(msgspec.Struct, frozen=True, kw_only=True):
    """A running deadline: when it is, what happens then, and the policy row that set it.

    `at` is Unix seconds. `soon` and `urgent` begin with the first and the last warning of the
    policy row `warn_days`.
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
    """A verb of the role: possible now, or why not, what would help, and the policy row."""

    verb: str
    role: str
    possible: bool
    why_not: str = ""


class EventView(msgspec.Struct, frozen=True, kw_only=True):
    """An event as a sentence that the role may read; `by` is the role that caused it."""

    seq: int
    date: str
    name: str
    sentence: str
    by: str


class LineView(msgspec.Struct, frozen=True, kw_only=True):
    """An article of the order, with the picture of its listing.

    `refunded` is empty where nothing was refunded; `left` is what can still be refunded, including
    the line's share of the shipping.
    """

    title: str
    amount: str
    picture: str
    id: str
    refunded: str
    left: str
    left_minor: int


class SumView(msgspec.Struct, frozen=True):
    """A sum of money other than the order's price, with its title."""

    title: str
    amount: str


class ScanView(msgspec.Struct, frozen=True):
    """One line of the tracking record."""

    date: str
    status: str
    place: str
    detail: str


class ParcelView(msgspec.Struct, frozen=True, kw_only=True):
    """A parcel: its tracking number, whether that is well formed, and what the carrier reported.

    `expected` says when it should arrive and is empty once it has; `warning` says what is wrong
    with it and is empty where nothing is.
    """

    tracking: str
    number_check: str
    state: str
    scans: tuple[ScanView, ...]
    expected: str
    warning: str


class EvidenceView(msgspec.Struct, frozen=True, kw_only=True):
    """A piece of evidence; `shows` and `picture` are empty until a mediator opens it."""

    id: str
    owner: str
    kind: str
    date: str
    shows: str
    picture: str
    checksum: str
    opened: bool


class ProposalView(msgspec.Struct, frozen=True, kw_only=True):
    """A proposal of one of the three parties; `amount` is short, `wants` says all of it."""

    by: str
    amount: str
    share: str
    note: str
    accepted_by: str
    wants: str
    return_goods: bool
    replacement: bool


class MessageView(msgspec.Struct, frozen=True):
    """A message between the parties; `off_platform` means it asks to settle elsewhere."""

    by: str
    date: str
    text: str
    off_platform: bool


class ReviewView(msgspec.Struct, frozen=True):
    """The buyer's review of the seller: one to five stars, and a text that may be empty."""

    stars: int
    text: str
    date: str


class RulingView(msgspec.Struct, frozen=True, kw_only=True):
    """A ruling: its outcome, its reasons, and the policy rows behind it.

    `release` is what the seller gets and is empty where a replacement comes first. `goodwill` is
    the platform's own money on top; it is empty where there is none or the role may not know it.
    """

    refund: str
    release: str
    reasons: str
    policy_rows: str
    note: str
    by: str
    says: str
    goodwill: str


class DisputeView(msgspec.Struct, frozen=True, kw_only=True):
    """A dispute, as everybody in it may see it.

    `claim` is short, `wants` says all of it. `asked` names who was asked for evidence and until
    when, `appealed` who appealed and when; each is empty where that has not happened.
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


class ReturnView(msgspec.Struct, frozen=True, kw_only=True):
    """A return: what happens once the goods are back, who pays for the label, and the parcel.

    `fault` says why the seller contested what came back, which ends the return.
    """

    stage: str
    then: str
    agreed: str
    label: str
    parcel: ParcelView | None
    fault: str = ""


class ChargebackView(msgspec.Struct, frozen=True, kw_only=True):
    """What the buyer's bank takes back, and where the order continues if the seller wins.

    `paid` is the amount in the currency paid in, for roles that may know it.
    """

    stage: str
    amount: str
    paid: str
    opened: str
    answered: str
    taken: str
    goes_back_to: str


class PersonView(msgspec.Struct, frozen=True):
    """A person with their public trust figures."""

    id: str
    name: str
    place: str
    trust: str


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """What every role sees of an order: where it stands, what comes next, what can be done.

    `mine` tells whether the order waits for the role to act, and `party` is the party that it
    speaks for in a case.
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
    stages: tuple[StageView, ...]
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
