"""A small market for given/when/then tests of the engine; it keeps its own books."""

from functools import partial
from typing import Self, cast

from escrow_tui.engine.account import AskAccount, SellerAccount
from escrow_tui.engine.answers import Answer, Done, Refused
from escrow_tui.engine.commands import (
    AcceptClaim,
    AnswerChargeback,
    AnyCommand,
    Appeal,
    ConfirmReceipt,
    Escalate,
    Exhibit,
    Line,
    MarketCommand,
    OpenChargeback,
    OpenDispute,
    Pay,
    PlaceOrder,
    RejectClaim,
    RequestCancel,
    Rule,
    Scan,
    Ship,
    ShipReturn,
    VerifyPayment,
    verb_of,
)
from escrow_tui.engine.deadlines import Deadline, deadlines
from escrow_tui.engine.decide import decide, expire
from escrow_tui.engine.events import AnyEvent, RateSet, name_of
from escrow_tui.engine.evolve import evolve
from escrow_tui.engine.instant import DAY
from escrow_tui.engine.invariants import (
    account_violations,
    fires_wrongly,
    order_violations,
    unbalanced,
)
from escrow_tui.engine.ledger import TransferLine, transfer
from escrow_tui.engine.money import Money
from escrow_tui.engine.order import Order
from escrow_tui.engine.policy import Policy, policy_hash
from escrow_tui.engine.policy_switches import (
    ChargebackMoney,
    DayCount,
    Escalation,
    EvidenceEdits,
    FxRefund,
    MediatorSilence,
    Proposals,
    RulingExecuted,
)
from escrow_tui.engine.roles import BANK, CARRIER, CLOCK, FIRST_MEDIATOR, Actor, Role
from escrow_tui.engine.terms import EvidenceKind, Parcel, Reason, ShipmentState
from escrow_tui.engine.treasury import decide_market

START = 1_772_442_000  # Monday 2026-03-02T09:00:00Z
YEAR = 365 * DAY
TRACKING = "RR473124829CN"  # the serial number of the UPU's example
BUYER = Actor(Role.BUYER, "buyer-1")
OTHER_BUYER = Actor(Role.BUYER, "buyer-2")
SELLER = Actor(Role.SELLER, "seller-1")
OTHER_SELLER = Actor(Role.SELLER, "seller-2")
MEDIATOR = FIRST_MEDIATOR
OTHER_MEDIATOR = Actor(Role.MEDIATOR, "2")
THIRD_MEDIATOR = Actor(Role.MEDIATOR, "3")
# For each role, the person in the stories, and one with no part in them.
PEOPLE: dict[Role, tuple[Actor, ...]] = {
    Role.BUYER: (BUYER, OTHER_BUYER),
    Role.SELLER: (SELLER, OTHER_SELLER),
    Role.MEDIATOR: (MEDIATOR, OTHER_MEDIATOR),
    Role.CARRIER: (CARRIER,),
    Role.BANK: (BANK,),
    Role.CLOCK: (CLOCK,),
}
ACTORS = tuple(person for people in PEOPLE.values() for person in people)

# The numbers of the plan's table, written out a second time: no file is read here.
POLICY = Policy(
    payment_due_days=20,
    verification_hours=24,
    processing_days=7,
    cancel_answer_hours=48,
    false_shipment_days=5,
    protection_days=60,
    protection_days_by_country=(("BR", 120), ("RU", 90)),
    auto_confirm_days=7,
    signature_from=None,
    reship_days=10,
    dispute_earliest_days=10,
    dispute_at_once_promised_below_days=5,
    dispute_after_confirm_days=15,
    dispute_before_delivery=True,
    max_disputes=2,
    return_days=15,
    seller_answer_days=5,
    seller_answer_after_sales_days=3,
    seller_answer_counts=DayCount.DAYS,
    negotiation_days=7,
    proposals=Proposals.FREE,
    partial_refunds=True,
    escalation=Escalation.AUTOMATIC,
    escalate_from_days=0,
    evidence_days=3,
    evidence_edits=EvidenceEdits.UNTIL_CLOSED,
    mediator_silence_days=30,
    mediator_silence=MediatorSilence.REFUND,
    appeal_window_days=7,
    appeal_review_days=10,
    ruling_executed=RulingExecuted.AFTER_APPEAL_WINDOW,
    return_ship_days=10,
    return_transit_days=30,
    return_confirm_days=10,
    return_label_cost=Money(0, "USD"),
    label_payer=(("change_of_mind", "buyer"),),
    replacement_allowed=True,
    replacement_ship_days=7,
    counterfeit_multiple=1,
    chargeback_possible_days=180,
    chargeback_answer_days=10,
    chargeback_bank_days=75,
    chargeback_money=ChargebackMoney.DEBITED,
    chargeback_fee=Money(1_500, "USD"),
    refund_card_business_days=10,
    refund_wallet_business_days=0,
    refund_bank_business_days=8,
    fx_refund=FxRefund.ORIGINAL,
    commission_bps=500,
    clearance_business_days=3,
    withdrawal_fee=Money(0, "USD"),
    review_days=30,
    seller_sees_address=False,
    warn_days=(3, 1),
    weekend=("saturday", "sunday"),
    holidays=(),
)


def place_order(**given: object) -> PlaceOrder:
    """Return the default order, 100.00 USD of goods by credit card, with these terms changed."""
    price = cast(int, given.pop("price", 10_000))
    fields: dict[str, object] = {
        "buyer": BUYER.person,
        "seller": SELLER.person,
        "lines": (Line("a", price),),
        "currency": "USD",
        **given,
    }
    return PlaceOrder(**fields)  # type: ignore[arg-type]  # the tests' own keywords


class Pause(int):
    """A step that lets a number of seconds pass."""


def days(count: int) -> Pause:
    """Return a step that lets whole days pass."""
    return Pause(count * DAY)


Step = AnyCommand | tuple[Actor, AnyCommand] | Pause

PHOTO = Exhibit(EvidenceKind.PHOTO, "a cracked spout")
CLAIM = 4_000
DISPUTE = OpenDispute(reason=Reason.DAMAGED, claim=CLAIM, evidence=(PHOTO,))
RULE = Rule(refund=CLAIM, reasons=("the spout is cracked",))
DELIVER = Scan(
    status=ShipmentState.DELIVERED, city="Berlin", post_code="10115", weight=1_200, signature=True
)
SEND_BACK = Scan(status=ShipmentState.RETURNED_TO_SENDER)
INVOICE = Exhibit(EvidenceKind.INVOICE, "what was paid")
SEND_ALL_BACK = OpenDispute(
    reason=Reason.DAMAGED, claim=10_000, evidence=(PHOTO,), return_goods=True
)
REPLACE = OpenDispute(reason=Reason.DAMAGED, claim=0, evidence=(PHOTO,), replacement=True)
DELIVER_BACK = Scan(
    status=ShipmentState.DELIVERED,
    city="Shenzhen",
    post_code="518000",
    weight=1_200,
    of=Parcel.RETURN,
)
CHARGE_BACK = OpenChargeback(10_000)

PAID: tuple[Step, ...] = (Pay(), VerifyPayment())
SHIPPED: tuple[Step, ...] = (*PAID, Ship(TRACKING))
CAME_BACK: tuple[Step, ...] = (*SHIPPED, SEND_BACK)
DELIVERED: tuple[Step, ...] = (*SHIPPED, DELIVER)
COMPLETED: tuple[Step, ...] = (*DELIVERED, ConfirmReceipt())
REFUNDED: tuple[Step, ...] = (
    *DELIVERED,
    OpenDispute(reason=Reason.DAMAGED, claim=10_000, evidence=(PHOTO,)),
)
REFUNDED = (*REFUNDED, AcceptClaim())
DISPUTED: tuple[Step, ...] = (*DELIVERED, DISPUTE)
NEGOTIATED: tuple[Step, ...] = (*DISPUTED, RejectClaim())
MEDIATED: tuple[Step, ...] = (*NEGOTIATED, Escalate())
RULED: tuple[Step, ...] = (*MEDIATED, RULE)
APPEALED: tuple[Step, ...] = (*RULED, Appeal((INVOICE,)))
CANCEL_ASKED: tuple[Step, ...] = (*PAID, RequestCancel())
TO_GO_BACK: tuple[Step, ...] = (*DELIVERED, SEND_ALL_BACK, AcceptClaim())
GOING_BACK: tuple[Step, ...] = (*TO_GO_BACK, ShipReturn(TRACKING))
BACK: tuple[Step, ...] = (*GOING_BACK, DELIVER_BACK)
TO_BE_REPLACED: tuple[Step, ...] = (*DELIVERED, REPLACE, AcceptClaim())
FROZEN: tuple[Step, ...] = (*DELIVERED, CHARGE_BACK)
ANSWERED: tuple[Step, ...] = (*FROZEN, AnswerChargeback((INVOICE,)))

_BY_VERB = {
    **dict.fromkeys(
        "ship extend_protection accept_claim reject_claim reship accept_cancel refund"
        " confirm_return contest_return ship_replacement answer_chargeback accept_chargeback"
        " withdraw_money".split(),
        SELLER,
    ),
    **dict.fromkeys("open_evidence rule ask_evidence".split(), MEDIATOR),
    **dict.fromkeys(
        "verify_payment decline_payment settle_refund open_chargeback decide_chargeback"
        " set_rate".split(),
        BANK,
    ),
    "decide_appeal": OTHER_MEDIATOR,
    "scan": CARRIER,
}


def giver_of(command: AnyCommand) -> Actor:
    """Return who gives a command if the story does not say; the buyer where several may."""
    return _BY_VERB.get(verb_of(command), BUYER)


class World:
    """Orders, balances and a clock; every event is checked against the invariants."""

    def __init__(self, policy: Policy = POLICY, now: int = START) -> None:
        self.policy = policy
        self.policy_hash = policy_hash(policy)
        self.now = now
        self.orders: dict[str, Order] = {}
        self.balances: dict[tuple[str, str], int] = {}
        self.history: list[tuple[str, int, AnyEvent]] = []
        self.rates: dict[str, str] = {}
        self.fired: list[tuple[int, str, str]] = []
        self.violations: list[str] = []

    @property
    def order(self) -> Order:
        """The one order that most stories have."""
        return self.orders["A"]

    def names(self) -> tuple[str, ...]:
        """Return the names of all events, in order."""
        return tuple(name_of(event) for _, _, event in self.history)

    def balance(self, account: str, currency: str = "USD") -> int:
        """Return an account's balance in minor units."""
        return self.balances.get((account, currency), 0)

    def move(self, source: str, target: str, minor: int, currency: str = "USD") -> Self:
        """Write a transfer that no command makes, such as a seller's withdrawal."""
        self._post((TransferLine(source, currency, -minor), TransferLine(target, currency, minor)))
        return self

    def account(self, seller: str, currency: str) -> SellerAccount:
        """Read a seller's account from the books."""
        pending, available, deposit, debt = (
            self.balance(f"seller:{seller}:{part}", currency)
            for part in ("pending", "available", "deposit", "debt")
        )
        return SellerAccount(pending, available, deposit, -debt)

    def submit(self, order_id: str, command: AnyCommand, actor: Actor) -> Answer:
        """Submit a command now, after every deadline up to now has been executed."""
        self.advance(self.now)
        if isinstance(command, MarketCommand):
            return self._of_market(command, actor)
        order = self.orders.get(order_id)
        rules = self.policy, self.policy_hash
        account = self._account(order)
        answer = decide(order, account, command, actor, *rules, self.now, self._rate(order))
        if isinstance(answer, Done):
            self._apply(order_id, answer.events, self.now)
        return answer

    def _account(self, order: Order | None) -> AskAccount:
        return partial(self.account, order.seller, order.currency) if order else SellerAccount

    def _of_market(self, command: MarketCommand, actor: Actor) -> Answer:
        account = "available" if actor.role is Role.SELLER else "wallet"
        balance = self.balance(f"{actor.role}:{actor.person}:{account}", command.currency)
        answer = decide_market(command, actor, balance, self.policy)
        for event in answer.events if isinstance(answer, Done) else ():
            if isinstance(event, RateSet):
                self.rates[event.currency] = event.rate
            lines = transfer(event, None)
            self.violations += unbalanced(lines)
            self._post(lines)
            self.violations += account_violations(self.balances)
            self.history.append((f"account:{actor.person}", self.now, event))
        return answer

    def _rate(self, order: Order | None) -> str:
        return self.rates.get(order.pay_in, "") if order else ""

    def when(self, command: AnyCommand, by: Actor | None = None, order: str = "A") -> Answer:
        """Submit a command for the story's order."""
        return self.submit(order, command, by or giver_of(command))

    def after(self, *steps: Step, order: str = "A") -> Self:
        """Continue with steps that must all succeed."""
        for step in steps:
            if isinstance(step, Pause):
                self.advance(self.now + step)
                continue
            actor, command = step if isinstance(step, tuple) else (None, step)
            answer = self.when(command, actor, order)
            assert isinstance(answer, Done), f"{verb_of(command)}: {answer}"
        return self

    def next_due(self) -> tuple[int, str, Deadline] | None:
        """Return the first deadline of the market, ties by order id."""
        running = (
            (deadline.at, order_id, deadline)
            for order_id, order in self.orders.items()
            for deadline in deadlines(order, self.policy)
        )
        return min(running, default=None)

    def advance(self, to: int) -> None:
        """Execute every deadline up to an instant, each at its own, and move the clock there."""
        while (due := self.next_due()) is not None and due[0] <= to:
            at, order_id, deadline = due
            if at < self.history[-1][1]:
                self.violations.append(f"{deadline.name} of {order_id} fired in the past")
            self.fired.append((at, order_id, deadline.name))
            order = self.orders[order_id]
            self.violations += filter(None, [fires_wrongly(order, deadline.name)])
            rules = self.policy, self.policy_hash
            events = expire(order, self._account(order), deadline, *rules, self._rate(order))
            self._apply(order_id, events, at)
            assert self.orders[order_id] != order, f"{deadline.name} does not go away"
        self.now = max(self.now, to)

    def _apply(self, order_id: str, events: tuple[AnyEvent, ...], at: int) -> None:
        before = self.orders.get(order_id)
        for event in events:
            order = self.orders.get(order_id)
            lines = transfer(event, order)
            self.violations += unbalanced(lines)
            self._post(lines)
            self.orders[order_id] = evolve(order, event, order_id, at)
            self.history.append((order_id, at, event))
        self.violations += order_violations(
            before, self.orders[order_id], self.balances, self.policy.commission_bps
        )
        self.violations += account_violations(self.balances)

    def _post(self, lines: tuple[TransferLine, ...]) -> None:
        for line in lines:
            key = (line.account, line.currency)
            self.balances[key] = self.balances.get(key, 0) + line.minor


def given(*steps: Step, policy: Policy = POLICY, **placing: object) -> World:
    """Place an order and take these steps, which must all succeed."""
    world = World(policy)
    order = place_order(**placing)
    assert isinstance(world.submit("A", order, Actor(Role.BUYER, order.buyer)), Done)
    return world.after(*steps)


def then(answer: Answer, *names: str) -> None:
    """The answer is these events, by name and in order."""
    assert isinstance(answer, Done), answer
    assert tuple(name_of(event) for event in answer.events) == names


def then_exactly(answer: Answer, *events: AnyEvent) -> None:
    """The answer is these events, to the last field."""
    assert answer == Done(events)


def then_refused(answer: Answer, code: str, /, **facts: str) -> Refused:
    """The answer is a refusal with this code, these facts among its own, and a whole sentence."""
    assert isinstance(answer, Refused), answer
    assert answer.code == code
    assert facts.items() <= dict(answer.facts).items(), answer.facts
    assert answer.sentence
    assert "{" not in answer.sentence
    return answer
