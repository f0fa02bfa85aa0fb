"""One order as the rules tell it: where it stands, what it holds, what runs."""

from dataclasses import dataclass, field
from typing import NamedTuple

from escrow_tui.engine.commands import PlaceOrder
from escrow_tui.engine.policy import Policy
from tests.proofs.model.books import Books
from tests.proofs.model.numbers import (
    DAY,
    METHODS,
    business_days_after,
    exchanged,
    split,
)
from tests.proofs.model.timers import Timers

ENDS = ("EXPIRED", "CANCELLED", "REFUNDED", "CLOSED", "CHARGED_BACK")


class Result(NamedTuple):
    """What a claim, a proposal and a ruling ask for alike."""

    amount: int
    back: bool = False
    again: bool = False


@dataclass
class Box:
    """A parcel: the carrier's last word, the last scan's place, and whether it seems a lie."""

    state: str = "label"
    last: tuple[str, str, str] | None = None
    false: bool = False


@dataclass
class Quarrel:
    """A dispute: the claim, what each would have and who agrees, who judges, what was ruled."""

    number: int
    reason: str
    claim: Result
    opened: int
    agree_until: int
    stage: str = "AWAITING_SELLER"
    offers: dict[str, tuple[Result, set[str]]] = field(default_factory=dict)
    last_word: str = ""
    judge: str = ""
    reviewer: str = ""
    seen: set[str] = field(default_factory=set)
    asked: str = ""
    ruled: Result | None = None
    gift: int = 0


@dataclass
class Way:
    """Goods on their way back: what happens when they are there, and the dispute before it."""

    wanted: Result
    of: Quarrel
    stage: str = "AWAITING_RETURN"
    box: Box | None = None


class Charge(NamedTuple):
    """What the buyer's bank takes back, also in the currency paid, and whether it has it."""

    amount: int
    paid: int
    taken: bool


class Life:
    """An order from its placing; amounts in minor units, times in Unix seconds."""

    def __init__(
        self, name: str, order: PlaceOrder, policy: Policy, books: Books, now: int
    ) -> None:
        self.id, self.policy, self.books = name, policy, books
        self.buyer, self.seller = order.buyer, order.seller
        self.currency, self.method = order.currency, METHODS[order.method]
        self.goods = sum(line.amount for line in order.lines)
        self.price = self.goods + order.shipping
        self.pay_in = order.pay_in if order.pay_in != order.currency else ""
        self.foreign = self.price
        if self.pay_in:
            self.foreign = exchanged(self.price, self.currency, self.pay_in, order.rate)
        self.country, self.promised = order.destination, order.promised_days
        self.card_ends = order.card_expires
        self.lines = {line.id: line.amount for line in order.lines}
        self.phase = "AWAITING_PAYMENT"
        self.paid = self.back = self.kept = self.lost = 0
        self.uncleared = self.settled = self.paid_back = 0
        self.line_left = split(self.price, list(self.lines.values()))
        self.refunds: dict[int, tuple[int, str, bool]] = {}
        self.refund_count = 0
        self.paid_at = self.completed_at = self.ended_at = self.delivered_at = self.sent_at = 0
        self.unproven = self.opened = self.reviewed = False
        self.box: Box | None = None
        self.quarrel: Quarrel | None = None
        self.way: Way | None = None
        self.charge: Charge | None = None
        self.bank_stage = self.before = ""
        self.frozen_at = 0
        self.quarrels = 0
        self.appealed = self.replaced = self.went_back = self.charged = False
        self.evidence: list[tuple[str, int]] = []
        self.timers = Timers()
        self.timers.start("order", "payment_due", policy.payment_due_days * DAY, now)

    @property
    def outstanding(self) -> int:
        """What was paid and is neither given back nor taken back."""
        return self.paid - self.back - self.lost

    @property
    def held(self) -> int:
        """What is outstanding and not the seller's yet."""
        return self.outstanding - self.kept

    @property
    def commission(self) -> int:
        """What the platform takes of all that the seller keeps, rounded down."""
        return self.kept * self.policy.commission_bps // 10_000

    @property
    def stage(self) -> str:
        """Where the dispute or the return stands."""
        if self.quarrel:
            return self.quarrel.stage
        return self.way.stage if self.way else ""

    @property
    def cell(self) -> str:
        """Name the place in the process: the order's phase, with a slash the part's."""
        stage = self.bank_stage or self.stage
        return f"{self.phase}/{stage}" if stage else self.phase

    @property
    def cell_beneath(self) -> str:
        """Name the place that a chargeback holds; empty without one."""
        if not self.charge:
            return ""
        return f"{self.before}/{self.stage}" if self.stage else self.before

    def business_days(self, days: int, now: int) -> int:
        """Return the seconds until so many business days from now have passed."""
        weekend, holidays = self.policy.weekend, self.policy.holidays
        return business_days_after(now, days, weekend, holidays) - now

    def become(self, phase: str) -> None:
        """Enter a phase, beneath a chargeback too; the timers of the one before are over."""
        self.timers.clear("order")
        if self.charge:
            self.before = phase
        else:
            self.phase = phase

    def end(self, phase: str, now: int) -> None:
        """End: nothing of the order or its parts runs on; money on its way does."""
        self.become(phase)
        self.part_is_over(now)
        self.ended_at = now

    def part_is_over(self, now: int) -> None:
        """Neither dispute nor return: the order's timers go on."""
        self.quarrel = self.way = None
        self.timers.clear("case")
        self.timers.go_on("order", "case", now)
