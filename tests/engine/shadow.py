"""An order told a second time from the plan's words, without the engine: phases, timers, money.

Timers are kept as instants and, while a dispute runs, as the seconds that remain; money is kept
as what was paid, kept and given back. Nothing of the engine but its policy's numbers is used.
"""

from escrow_tui.engine.policy import Policy

DAY = 86_400


def business_days_after(at: int, days: int) -> int:
    """Count business days with a weekend of Saturday and Sunday, the time of day kept."""
    while days:
        at += DAY
        days -= (at // DAY + 3) % 7 < 5  # the first day of 1970 was a Thursday
    return at


class Purse:
    """A seller's money in one currency; a clawback takes it in the order of the fields."""

    def __init__(self) -> None:
        self.pending = self.available = self.deposit = self.debt = 0

    def pay(self, net: int) -> int:
        """Give what a release brings, a debt first; return what became pending."""
        repaid = min(self.debt, net)
        self.debt -= repaid
        self.pending += net - repaid
        return net - repaid

    def take(self, owed: int) -> int:
        """Claw back; return what came out of pending."""
        pending = min(owed, self.pending)
        available = min(owed - pending, self.available)
        deposit = min(owed - pending - available, self.deposit)
        self.pending -= pending
        self.available -= available
        self.deposit -= deposit
        self.debt += owed - pending - available - deposit
        return pending


class Shadow:
    """One order as the rules tell it."""

    def __init__(
        self, policy: Policy, purse: Purse, price: int, foreign: int, by_cash: bool, now: int
    ) -> None:
        self.policy, self.purse, self.price, self.foreign = policy, purse, price, foreign
        self.by_cash = by_cash
        self.phase, self.dispute = "AWAITING_PAYMENT", ""
        self.paid = self.back = self.kept = self.arrived = self.uncleared = 0
        self.due = {"payment_due": now + policy.payment_due_days * DAY}
        self.left: dict[str, int] = {}
        self.money_due: dict[str, int] = {}
        self.owed: dict[str, int] = {}
        self.claim = self.ruled = self.opened = self.refunds = 0
        self.offers: dict[str, tuple[int, set[str]]] = {}

    # -- money

    def commission(self) -> int:
        """Take the commission on the whole part that the seller keeps, rounded down."""
        return self.kept * self.policy.commission_bps // 10_000

    def held(self) -> int:
        """What was paid and is neither kept nor on its way back."""
        return self.paid - self.kept - self.back

    def paid_back(self) -> int:
        """What has arrived, in the currency paid."""
        return self.foreign * self.arrived // self.price

    def release(self, now: int) -> None:
        """Pay the seller all that is held."""
        before = self.kept - self.commission()
        self.kept += self.held()
        self.uncleared = self.purse.pay(self.kept - self.commission() - before)
        if self.uncleared:
            self.money_due["clearance"] = business_days_after(
                now, self.policy.clearance_business_days
            )

    def give_back(self, amount: int, now: int) -> None:
        """Book a refund: out of escrow, or clawed back together with its commission."""
        if self.kept:
            before = self.kept - self.commission()
            self.kept -= amount
            from_pending = self.purse.take(before - (self.kept - self.commission()))
            self.uncleared = max(0, self.uncleared - from_pending)
            if not self.uncleared:
                self.money_due.pop("clearance", None)
        self.back += amount
        self.refunds += 1
        days = 0 if self.by_cash else self.policy.refund_card_business_days
        self.money_due[f"refund {self.refunds}"] = business_days_after(now, days)
        self.owed[f"refund {self.refunds}"] = amount

    def settle(self, name: str) -> None:
        """Let one refund arrive."""
        self.arrived += self.owed.pop(name)
        del self.money_due[name]

    # -- where the order stands

    def become(self, phase: str, now: int) -> None:
        """Enter a phase of the order, with its timer; in a dispute it waits with its whole time."""
        lengths = {
            "VERIFYING": ("verification", self.policy.verification_hours * 3_600),
            "AWAITING_SHIPMENT": ("processing", self.policy.processing_days * DAY),
            "SHIPPED": ("protection", self.policy.protection_days * DAY),
            "RETURNED_TO_SENDER": ("reship", self.policy.reship_days * DAY),
            "DELIVERED": ("auto_confirm", self.policy.auto_confirm_days * DAY),
            "COMPLETED": ("after_sales", self.policy.dispute_after_confirm_days * DAY),
        }
        self.phase = phase
        timer = lengths.get(phase)
        if self.dispute and timer:
            self.left = {timer[0]: timer[1]}
        else:
            self.due = {timer[0]: now + timer[1]} if timer else {}

    def call_off(self, now: int) -> None:
        """End an order that was not shipped."""
        if self.phase == "AWAITING_PAYMENT":
            return self.become("EXPIRED", now)
        if self.held():
            self.give_back(self.held(), now)
        return self.become("CANCELLED", now)

    def complete(self, now: int) -> None:
        """Pay the seller; the after-sales time runs."""
        self.release(now)
        self.become("COMPLETED", now)

    def argue(self, stage: str, timer: str, until: int) -> None:
        """Enter a phase of the dispute, with its timer."""
        self.dispute, self.due = stage, {timer: until}

    def execute(self, amount: int, now: int) -> None:
        """End the dispute with a refund; the seller gets what is still held."""
        self.dispute, self.left, self.offers = "", {}, {}
        if amount:
            self.give_back(amount, now)
        if self.held():
            self.release(now)
        self.become("REFUNDED" if self.back == self.paid else "CLOSED", now)

    def deadlines(self) -> set[tuple[int, str]]:
        """Every timer that runs, with its instant."""
        return {(at, name) for name, at in (self.due | self.money_due).items()}

    # -- what happens

    def rang(self, name: str, now: int) -> None:
        """A deadline was due."""
        self.due.pop(name, None)
        if name.startswith("refund "):
            self.settle(name)
        elif name == "clearance":
            cleared = min(self.uncleared, self.purse.pending)
            self.purse.pending -= cleared
            self.purse.available += cleared
            self.uncleared = 0
            del self.money_due[name]
        elif name in ("payment_due", "verification", "processing"):
            self.call_off(now)
        elif name in ("protection", "auto_confirm"):
            self.complete(now)
        elif name == "reship":
            self.give_back(self.held(), now)
            self.become("REFUNDED", now)
        elif name == "after_sales":
            self.become("CLOSED", now)
        elif name == "seller_answer":
            self.execute(self.claim, now)
        elif name == "negotiation":
            self.to_mediation(now)
        elif name == "mediator_silence":
            whole = self.paid - self.back
            self.execute(
                {"refund": whole, "seller": 0, "split": whole // 2}[self.policy.mediator_silence],
                now,
            )
        elif name == "appeal_window":
            self.execute(self.ruled, now)
        else:
            raise AssertionError(name)

    def to_mediation(self, now: int) -> None:
        """The platform steps in."""
        until = now + self.policy.mediator_silence_days * DAY
        self.argue("MEDIATION", "mediator_silence", until)

    def to_negotiation(self) -> None:
        """The seller has answered; the time to agree counts from the opening."""
        until = self.opened + self.policy.negotiation_days * DAY
        self.argue("NEGOTIATING", "negotiation", until)

    def open_dispute(self, claim: int, now: int) -> None:
        """Stop the order's timers and wait for the seller."""
        self.left = {name: at - now for name, at in self.due.items()}
        self.claim, self.opened = claim, now
        self.offers = {"buyer": (claim, {"buyer"})}
        late = self.phase == "COMPLETED"
        row = "seller_answer_after_sales_days" if late else "seller_answer_days"
        self.argue("AWAITING_SELLER", "seller_answer", now + int(getattr(self.policy, row)) * DAY)

    def propose(self, party: str, amount: int) -> None:
        """Set one of the three offers; the seller's first is his answer."""
        self.offers[party] = (amount, {party})
        if party == "seller" and self.dispute == "AWAITING_SELLER":
            self.to_negotiation()

    def accept(self, of: str, party: str, now: int) -> None:
        """Accept an offer; agreed by buyer and seller, it is executed."""
        amount, friends = self.offers[of]
        friends.add(party)
        if {"buyer", "seller"} <= friends:
            self.execute(amount, now)

    def rule(self, refund: int, now: int) -> None:
        """Decide; the ruling waits for the appeal window unless the policy is in a hurry."""
        self.ruled = refund
        if self.policy.ruling_executed == "at_once":
            return self.execute(refund, now)
        until = now + self.policy.appeal_window_days * DAY
        return self.argue("APPEAL_WINDOW", "appeal_window", until)

    def withdraw(self, now: int) -> None:
        """No dispute any more: the order's timers go on with the time that remained."""
        self.dispute, self.offers = "", {}
        self.due = {name: now + left for name, left in self.left.items()}
        self.left = {}
