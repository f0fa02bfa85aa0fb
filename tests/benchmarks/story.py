"""The order story that the engine and its peers play: eight steps, one of them refused."""

from typing import NamedTuple

from escrow_tui.engine.account import SellerAccount
from escrow_tui.engine.answers import Done
from escrow_tui.engine.commands import (
    AcceptClaim,
    AnyCommand,
    ConfirmReceipt,
    Exhibit,
    Line,
    OpenDispute,
    Pay,
    PlaceOrder,
    Review,
    Scan,
    Ship,
    VerifyPayment,
    verb_of,
)
from escrow_tui.engine.decide import decide
from escrow_tui.engine.events import AnyEvent
from escrow_tui.engine.evolve import evolve
from escrow_tui.engine.instant import DAY
from escrow_tui.engine.order import Order
from escrow_tui.engine.policy import policy_hash
from escrow_tui.engine.roles import BANK, CARRIER, Actor
from escrow_tui.engine.terms import EvidenceKind, Reason, ShipmentState
from tests.given.orders import BUYER, POLICY, SELLER, START, TRACKING


class Step(NamedTuple):
    """Who asks for what, and when (Unix seconds); the verb is what a peer calls its trigger."""

    verb: str
    command: AnyCommand
    actor: Actor
    at: int


def _step(command: AnyCommand, actor: Actor, after: int) -> Step:
    return Step(verb_of(command), command, actor, START + after)


_ORDER = PlaceOrder(
    buyer=BUYER.person,
    seller=SELLER.person,
    lines=(Line("a", 10_000, "Tea pot"),),
    currency="USD",
    shipping=500,
)
_DISPUTE = OpenDispute(
    reason=Reason.DAMAGED,
    claim=4_000,
    evidence=(Exhibit(EvidenceKind.PHOTO, "a cracked spout", "a-1"),),
)

STORY = (
    _step(_ORDER, BUYER, 0),
    _step(Pay(), BUYER, 60),
    _step(VerifyPayment(), BANK, 3_600),
    _step(Ship(TRACKING), SELLER, DAY),
    # Two days after shipping: refused, with the day from which it is possible.
    _step(_DISPUTE, BUYER, 3 * DAY),
    _step(
        Scan(
            status=ShipmentState.DELIVERED,
            city="Berlin",
            post_code="10115",
            weight=1_200,
            signature=True,
        ),
        CARRIER,
        8 * DAY,
    ),
    _step(ConfirmReceipt(), BUYER, 9 * DAY),
    _step(Review(5, "as shown"), BUYER, 10 * DAY),
)

# Seven more, in which money goes both ways: this order's journal is written and read.
DISPUTED = (
    *STORY[:4],
    STORY[5],
    _step(_DISPUTE, BUYER, 9 * DAY),
    _step(AcceptClaim(), SELLER, 10 * DAY),
)

# What happened, in order; a refusal is given by its sentence.
Told = list[AnyEvent | str]
POLICY_HASH = policy_hash(POLICY)
ORDER_ID = "A"
_ACCOUNT = SellerAccount


def played(story: tuple[Step, ...] = STORY) -> tuple[Order | None, Told]:
    """Play a story with the engine; return the order at its end and what happened."""
    order: Order | None = None
    told: Told = []
    for _, command, actor, at in story:
        answer = decide(order, _ACCOUNT, command, actor, POLICY, POLICY_HASH, at)
        if isinstance(answer, Done):
            for event in answer.events:
                order = evolve(order, event, ORDER_ID, at)
            told.extend(answer.events)
        else:
            told.append(answer.sentence)
    return order, told


class Record(NamedTuple):
    """What a journal keeps of one command: the instant and its events."""

    at: int
    events: tuple[AnyEvent, ...]


def journal() -> tuple[Record, ...]:
    """Return the journal of the disputed order."""
    order: Order | None = None
    records = []
    for _, command, actor, at in DISPUTED:
        answer = decide(order, _ACCOUNT, command, actor, POLICY, POLICY_HASH, at)
        assert isinstance(answer, Done), answer
        for event in answer.events:
            order = evolve(order, event, ORDER_ID, at)
        records.append(Record(at, answer.events))
    return tuple(records)
