"""The order as a user of a state machine library writes it: mutable, a guard for each refusal.

The libraries decide which move is open and ask the guards; what happens then is plain Python. What
costs every side the same is the engine's own: the values of commands and events, fees, sentences.
"""

from collections.abc import Callable

from escrow_tui.engine import commands as c
from escrow_tui.engine import events as e
from escrow_tui.engine.answers import Refused
from escrow_tui.engine.context import amount_fault, refuse, text_fault
from escrow_tui.engine.evidence import checksum
from escrow_tui.engine.instant import DAY, date_of
from escrow_tui.engine.methods import METHODS, cost_of, fee_of
from escrow_tui.engine.money import CURRENCIES, MOST_MINOR
from escrow_tui.engine.roles import Actor, Role
from escrow_tui.engine.settlement import commission_on
from escrow_tui.engine.terms import Party, ShipmentState
from escrow_tui.engine.tracking import tracking_fault
from tests.benchmarks.peers.moves import MOVES, NOT_PLACED
from tests.benchmarks.story import POLICY_HASH, STORY, Step, Told
from tests.given.orders import POLICY


class Trade:
    """One order; guards store a refusal on it, and bookings store events."""

    def __init__(self) -> None:
        self.state = NOT_PLACED
        self.told: Told = []
        self.refusal: Refused | None = None
        self.buyer = self.seller = self.currency = self.method = ""
        self.price = self.promised_days = self.held = self.released = self.commission = 0
        self.shipped_at = self.completed_at = 0
        self.seen: tuple[str, str, str] | None = None
        self.claims: list[int] = []
        self.reviewed = False

    def _no(self, code: str, **facts: object) -> bool:
        """Store the refusal, and say no."""
        self.refusal = refuse(code, **facts)
        return False

    def _fits(self, refusal: Refused | None) -> bool:
        self.refusal = refusal
        return refusal is None

    def wrong_phase(self, verb: str) -> Refused:
        """Refuse a move that is not open, and say when it would be."""
        sources = " or ".join(move.source for move in MOVES if move.verb == verb)
        return refuse("WRONG_PHASE", phase=self.state, possible=sources.replace("_", " "))

    # -- guards: who asks

    def by_buyer(self, _command: c.AnyCommand, actor: Actor, _at: int) -> bool:
        """Whether the order's buyer asks; the person who places an order becomes its buyer."""
        return self._by(Role.BUYER, actor, self.buyer or actor.person)

    def by_seller(self, _command: c.AnyCommand, actor: Actor, _at: int) -> bool:
        """Whether the order's seller asks."""
        return self._by(Role.SELLER, actor, self.seller)

    def by_mediator(self, _command: c.AnyCommand, actor: Actor, _at: int) -> bool:
        """Whether a mediator asks."""
        return self._by(Role.MEDIATOR, actor, actor.person)

    def by_bank(self, _command: c.AnyCommand, actor: Actor, _at: int) -> bool:
        """Whether a bank asks."""
        return self._by(Role.BANK, actor, actor.person)

    def by_carrier(self, _command: c.AnyCommand, actor: Actor, _at: int) -> bool:
        """Whether a carrier asks."""
        return self._by(Role.CARRIER, actor, actor.person)

    def _by(self, role: Role, actor: Actor, person: str) -> bool:
        if actor.role is not role:
            return self._no("WRONG_ROLE", role=actor.role, allowed=role)
        return actor.person == person or self._no("NOT_YOURS", role=role)

    # -- guards: placing

    def is_of_another(self, command: c.PlaceOrder, _actor: Actor, _at: int) -> bool:
        """Whether seller and buyer are different people."""
        return command.buyer != command.seller or self._no("SAME_PERSON")

    def is_of_oneself(self, command: c.PlaceOrder, actor: Actor, _at: int) -> bool:
        """Whether the buyer orders in their own name."""
        return command.buyer == actor.person or self._no("NOT_YOURS", role=actor.role)

    def has_lines(self, command: c.PlaceOrder, _actor: Actor, _at: int) -> bool:
        """Whether there is something to pay, with no line twice."""
        ids = {line.id for line in command.lines}
        if len(ids) < len(command.lines):
            return self._no("LINE_TWICE", line=command.lines[0].id)
        return bool(ids) or self._no("EMPTY_ORDER")

    def has_known_method(self, command: c.PlaceOrder, _actor: Actor, _at: int) -> bool:
        """Whether the payment method exists."""
        if command.method in METHODS:
            return True
        return self._no("METHOD_UNKNOWN", method=command.method, known=", ".join(METHODS))

    def has_known_currency(self, command: c.PlaceOrder, _actor: Actor, _at: int) -> bool:
        """Whether the currency exists."""
        if command.currency in CURRENCIES:
            return True
        return self._no("CURRENCY_UNKNOWN", currency=command.currency)

    def has_possible_amounts(self, command: c.PlaceOrder, _actor: Actor, _at: int) -> bool:
        """Whether every amount is possible."""
        amounts = [*(line.amount for line in command.lines), price_of(command)]
        for amount in amounts:
            if fault := amount_fault(amount, 1, MOST_MINOR, command.currency):
                return self._fits(fault)
        return self._fits(amount_fault(command.shipping, 0, MOST_MINOR, command.currency))

    # -- guards: shipping and disputing

    def has_right_number(self, command: c.Ship, _actor: Actor, _at: int) -> bool:
        """Whether the tracking number has its form."""
        if not (fault := tracking_fault(command.tracking)):
            return True
        shown = {"tracking": command.tracking, "fault": fault, "example": "RR473124829CN"}
        return self._no("TRACKING_INVALID", **shown)

    def is_in_order(self, command: c.Scan, _actor: Actor, _at: int) -> bool:
        """Whether the scan is the arrival: the story has no other."""
        if command.status is ShipmentState.DELIVERED:
            return True
        return self._no("SCAN_OUT_OF_ORDER", state=ShipmentState.LABEL, status=command.status)

    def is_not_repeated(self, command: c.Scan, _actor: Actor, _at: int) -> bool:
        """Whether the carrier has not reported it before."""
        if self.seen != (command.status, command.city, command.post_code):
            return True
        return self._no("SCAN_REPEATED", status=command.status)

    def has_disputes_left(self, _command: c.OpenDispute, _actor: Actor, _at: int) -> bool:
        """Whether another dispute is allowed."""
        count = len(self.claims)
        return count < POLICY.max_disputes or self._no("DISPUTES_USED_UP", count=count)

    def is_old_enough(self, _command: c.OpenDispute, _actor: Actor, at: int) -> bool:
        """Whether the parcel has been on its way long enough."""
        possible_at = self.shipped_at + POLICY.dispute_earliest_days * DAY
        at_once = self.promised_days < POLICY.dispute_at_once_promised_below_days
        if self.state != "SHIPPED" or at_once or at >= possible_at:
            return True
        return self._no(
            "DISPUTE_TOO_EARLY",
            days=(at - self.shipped_at) // DAY,
            needed=POLICY.dispute_earliest_days,
            date=date_of(possible_at),
        )

    def has_possible_claim(self, command: c.OpenDispute, _actor: Actor, _at: int) -> bool:
        """Whether at most the refundable amount is claimed."""
        return self._fits(amount_fault(command.claim, 1, self.price, self.currency))

    def is_shown(self, command: c.OpenDispute, _actor: Actor, _at: int) -> bool:
        """Whether the reason's evidence is there."""
        needed = command.reason.evidence
        if not needed or needed & {exhibit.kind for exhibit in command.evidence}:
            return True
        kinds = ", ".join(sorted(needed))
        return self._no("EVIDENCE_MISSING", reason=command.reason, kinds=kinds)

    # -- guards: reviewing

    def is_the_first(self, command: c.Review, _actor: Actor, _at: int) -> bool:
        """Whether there is no review yet."""
        return not self.reviewed or self._no("REVIEWED_ALREADY", stars=command.stars)

    def is_in_time(self, _command: c.Review, _actor: Actor, at: int) -> bool:
        """Whether the days to review are not over."""
        until = self.completed_at + POLICY.review_days * DAY
        return at < until or self._no("REVIEW_TOO_LATE", date=date_of(until))

    def has_stars(self, command: c.Review, _actor: Actor, _at: int) -> bool:
        """Whether there are one to five."""
        return 1 <= command.stars <= 5 or self._no("BAD_STARS", stars=command.stars)

    def has_a_text(self, command: c.Review, _actor: Actor, _at: int) -> bool:
        """Whether the text is short enough."""
        return self._fits(text_fault(command.text) if command.text else None)

    # -- bookings

    def book_placed(self, command: c.PlaceOrder, _actor: Actor, _at: int) -> None:
        """Note what was ordered."""
        self.buyer, self.seller, self.currency = command.buyer, command.seller, command.currency
        self.promised_days, self.method = command.promised_days, command.method
        self.price = price_of(command)
        self.told.append(
            e.OrderPlaced(
                buyer=command.buyer,
                seller=command.seller,
                lines=command.lines,
                currency=command.currency,
                goods=self.price - command.shipping,
                shipping=command.shipping,
                origin=command.origin,
                destination=command.destination,
                promised_days=command.promised_days,
                method=command.method,
                policy=POLICY_HASH,
                pay_in="",
                rate="",
                paid_total=self.price,
            )
        )

    def book_captured(self, _command: c.Pay, _actor: Actor, _at: int) -> None:
        """Take the price into escrow."""
        self.held = self.price
        method = METHODS[self.method]
        fee = fee_of(method, self.price, self.currency)
        cost = cost_of(method, self.price, self.currency)
        self.told.append(e.PaymentCaptured(self.price, self.price, fee, cost))

    def book_verified(self, _command: c.VerifyPayment, _actor: Actor, _at: int) -> None:
        """The bank approves the payment."""
        self.told.append(e.PaymentVerified())

    def book_shipped(self, command: c.Ship, _actor: Actor, at: int) -> None:
        """The parcel is on its way."""
        self.shipped_at = at
        self.told.append(e.OrderShipped(command.tracking))

    def book_scanned(self, command: c.Scan, _actor: Actor, _at: int) -> None:
        """The parcel has arrived."""
        self.seen = command.status, command.city, command.post_code
        self.told.append(
            e.ParcelScanned(
                status=command.status,
                city=command.city,
                post_code=command.post_code,
                weight=command.weight,
                signature=command.signature,
            )
        )

    def book_confirmed(self, _command: c.ConfirmReceipt, _actor: Actor, at: int) -> None:
        """Pay the seller."""
        self.completed_at = at
        self.told.append(e.ReceiptConfirmed("confirmed by the buyer"))
        gross = self.held
        self.commission = commission_on(gross, POLICY.commission_bps)
        self.held, self.released = 0, gross
        self.told.append(e.FundsReleased(gross, self.commission, 0, gross - self.commission))

    def book_disputed(self, command: c.OpenDispute, _actor: Actor, _at: int) -> None:
        """Note the claim, and file the evidence."""
        self.claims.append(command.claim)
        self.told.append(
            e.DisputeOpened(number=len(self.claims), reason=command.reason, claim=command.claim)
        )
        self.told.append(e.ProposalMade(by=Party.BUYER, amount=command.claim, note=""))
        for number, one in enumerate(command.evidence, 1):
            self.told.append(
                e.EvidenceAdded(
                    id=f"E{number}",
                    owner=Party.BUYER,
                    kind=one.kind,
                    shows=one.shows,
                    picture=one.picture,
                    checksum=checksum(one),
                )
            )

    def book_reviewed(self, command: c.Review, _actor: Actor, _at: int) -> None:
        """Keep the rating."""
        self.reviewed = True
        self.told.append(e.ReviewWritten(command.stars, command.text))


def price_of(command: c.PlaceOrder) -> int:
    """Return goods and shipping."""
    return sum(line.amount for line in command.lines) + command.shipping


# Ask a library for a move; False if it is not open or a guard said no.
Asking = Callable[[str, c.AnyCommand, Actor, int], bool]


def played(trade: Trade, ask: Asking, story: tuple[Step, ...] = STORY) -> Told:
    """Play a story on a trade; a refusal is recorded by its sentence."""
    for verb, command, actor, at in story:
        trade.refusal = None
        if not ask(verb, command, actor, at):
            trade.told.append((trade.refusal or trade.wrong_phase(verb)).sentence)
    return trade.told
