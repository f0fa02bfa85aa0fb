"""A market with four hot orders in a store: commands that are never refused, and what must hold.

Two orders refund a cent with each command, which writes two entries: the refund and its arrival. In
two disputes the claim and the proposal change. So nothing grows but the journal.
"""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from uuid import uuid4

import msgspec

from escrow_tui.desk.desk import Desk
from escrow_tui.engine.answers import Done
from escrow_tui.engine.commands import (
    AnyCommand,
    EditClaim,
    Exhibit,
    Line,
    OpenDispute,
    Pay,
    PlaceOrder,
    Propose,
    Refund,
    Scan,
    Ship,
    VerifyPayment,
)
from escrow_tui.engine.roles import BANK, CARRIER, Actor, Role
from escrow_tui.engine.terms import EvidenceKind, Reason, ShipmentState
from escrow_tui.policy import PolicyFile, load_policy
from escrow_tui.store import Reading, SqliteFile, Where, open_store
from escrow_tui.store.care.examination import examine
from escrow_tui.store.derived.fold import fold
from escrow_tui.store.store import Store

ORDERS = "ABCD"
START = 1_772_442_000  # Monday 2026-03-02T09:00:00Z
PRICE = 10_000_000
BUYER, SELLER = Actor(Role.BUYER, "buyer-1"), Actor(Role.SELLER, "seller-1")
PLACE = PlaceOrder(
    buyer=BUYER.person,
    seller=SELLER.person,
    lines=(Line("teapot-1", PRICE, "Teapot"),),
    currency="USD",
    method="western_union",
)
_PAID: tuple[tuple[Actor, AnyCommand], ...] = (
    (BUYER, PLACE),
    (BUYER, Pay()),
    (BANK, VerifyPayment()),
)
_DISPUTED: tuple[tuple[Actor, AnyCommand], ...] = (
    *_PAID,
    (SELLER, Ship("RR473124829CN")),
    (CARRIER, Scan(status=ShipmentState.DELIVERED, city="Berlin")),
    (
        BUYER,
        OpenDispute(
            reason=Reason.DAMAGED, claim=4_000, evidence=(Exhibit(EvidenceKind.PHOTO, "a crack"),)
        ),
    ),
)
_BROUGHT = {"A": _PAID, "B": _PAID, "C": _DISPUTED, "D": _DISPUTED}
FIRST_COMMANDS = sum(map(len, _BROUGHT.values()))


class Found(msgspec.Struct):
    """What a store holds after its clients have ended, compared with what they were told."""

    lost: int
    doubled: int
    strange: int
    wrong: list[str]

    @property
    def sound(self) -> bool:
        """Whether everything is there, once, and adds up."""
        return not (self.lost or self.doubled or self.strange or self.wrong)

    def __str__(self) -> str:
        told = f"{self.lost} lost, {self.doubled} doubled, {self.strange} that nobody gave"
        return "; ".join([told, *self.wrong])


def rules() -> PolicyFile:
    """Return the first policy, changed so that refunds reach a wallet at once."""
    preset = load_policy("aliexpress")
    at_once = msgspec.structs.replace(preset.policy, refund_wallet_business_days=0)
    return msgspec.structs.replace(preset, policy=at_once)


def made(where: Where) -> str:
    """Make a market with the four orders in a store, and return its id."""
    market, policy = f"proof-{uuid4().hex[:8]}", rules()
    store = open_store(where)
    with store.writing() as writing:
        row = writing.put_policy(policy.policy)
        writing.create_market(market, "Four hot orders", START, row)
    desk = Desk(store, market, policy)
    for order, steps in _BROUGHT.items():
        for actor, command in steps:
            answer = desk.submit(actor, order, command)
            assert isinstance(answer, Done), answer
    store.close()
    return market


def act(number: int) -> tuple[Actor, str, AnyCommand]:
    """Return the actor, order and command of a client's command with this number."""
    order, amount = ORDERS[number % len(ORDERS)], 1 + number % 1_000
    if order in "AB":
        return SELLER, order, Refund(1)
    return (BUYER, order, EditClaim(amount)) if order == "C" else (SELLER, order, Propose(amount))


def name_of(client: str, number: int) -> str:
    """Return the id of a client's command."""
    return f"{client}-{number}"


def submit(desk: Desk, command_id: str) -> None:
    """Give the command with this id, for the first time or again.

    Raises:
        StoreProblem: the store did not take it.
    """
    actor, order, command = act(int(command_id.rpartition("-")[2]))
    answer = desk.submit(actor, order, command, command_id)
    assert isinstance(answer, Done), answer
    assert not desk.violations, desk.violations


def judged(where: Where, market: str, told: Iterable[str]) -> Found:
    """Open a store again, compare it with what was acknowledged, and run its doctor."""
    store = open_store(where)
    found = checked(store, market, told)
    store.close()
    if difference := examine(SqliteFile(where) if isinstance(where, Path) else where):
        found.wrong.append(str(difference))
    return found


def checked(store: Store, market: str, told: Iterable[str]) -> Found:
    """Compare a market with the commands that were acknowledged to its clients."""
    with store.reading() as reading:
        entries = reading.entries(market)
        given = Counter(one.command_id for one in entries if one.command_id)
        expected = set(told)
        return Found(
            len(expected - set(given)),
            sum(count - 1 for count in given.values()),
            len(set(given) - expected),
            [*out_of_line(reading, market), *without_effect(reading, market, given)],
        )


def without_effect(reading: Reading, market: str, given: Iterable[str]) -> list[str]:
    """Name each order whose refunds are not one cent for each of its commands."""
    asked = Counter(act(int(one.rpartition("-")[2]))[1] for one in given)
    wrong = []
    for order in "AB":
        stored = reading.order(market, order)
        gave = stored.order.settled if stored else 0
        if gave != asked[order]:
            wrong.append(f"{order} gave back {gave} for {asked[order]} commands")
    return wrong


def out_of_line(reading: Reading, market: str) -> list[str]:
    """Name each kind of derived row that differs from what the journal folds to."""
    row = reading.market(market)
    assert row is not None
    entries = reading.entries(market)
    derived = fold(entries, row.started, reading.policy)
    stored = [reading.order(market, one.order.id) for one in derived.orders]
    counts = {
        (phase, dispute or ""): count
        for (phase, dispute), count in reading.phase_counts(market).items()
    }
    versions = Counter(one.stream for one in entries)
    same = {
        "the journal's numbers": [one.seq for one in entries] == list(range(1, row.seq + 1)),
        "a stream's versions": all(
            reading.version(market, stream) == count for stream, count in versions.items()
        ),
        "the clock": (derived.seq, derived.now) == (row.seq, row.now),
        "an order": stored == list(derived.orders),
        "a balance": reading.balances(market) == derived.balances,
        "the sum of all balances": not sum(reading.balances(market).values()),
        "a figure of trust": reading.trust(market) == derived.trust,
        "a counter": counts == dict(derived.phases),
    }
    return [f"{what} differs" for what, holds in same.items() if not holds]
