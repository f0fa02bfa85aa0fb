"""A small desk for the store's tests: it decides with the engine and writes the events."""

import os
import subprocess
import sys
from functools import partial
from pathlib import Path

from escrow_tui.engine.account import SellerAccount
from escrow_tui.engine.answers import Done
from escrow_tui.engine.commands import (
    AnyCommand,
    ConfirmReceipt,
    Exhibit,
    Line,
    OpenDispute,
    OpenParcel,
    Pay,
    PlaceOrder,
    RejectClaim,
    Scan,
    Ship,
    VerifyPayment,
)
from escrow_tui.engine.consequences import consequences_of
from escrow_tui.engine.deadlines import deadlines
from escrow_tui.engine.decide import decide, expire
from escrow_tui.engine.entry import Entry, order_stream
from escrow_tui.engine.events import AnyEvent
from escrow_tui.engine.ledger import TransferLine
from escrow_tui.engine.order import Order
from escrow_tui.engine.policy import Policy, policy_hash
from escrow_tui.engine.roles import BANK, CARRIER, CLOCK, Actor, Role
from escrow_tui.engine.terms import EvidenceKind, Reason, ShipmentState
from escrow_tui.engine.trust import TrustChange
from escrow_tui.policy import load_policy
from escrow_tui.store import Append, Batch, RunRow, StoredOrder, Where, open_store
from escrow_tui.store.reads.snapshot import Reading
from escrow_tui.store.store import Store
from escrow_tui.store.writes.write_transaction import Writing

MARKET = "market-1"
START = 1_800_000_000
DAY = 86_400
BUYER = Actor(Role.BUYER, "buyer-1")
SELLER = Actor(Role.SELLER, "seller-1")
POLICY: Policy = load_policy("aliexpress").policy
HASH = policy_hash(POLICY)
PLACE = PlaceOrder(
    buyer="buyer-1",
    seller="seller-1",
    lines=(Line("teapot-1", 10_000, "Teapot"),),
    currency="USD",
    shipping=599,
)
RUN = RunRow(
    id="run-1",
    scenario="cracked-teapot",
    title="The cracked teapot",
    chair="mediator",
    mode="practice",
    seed=7,
    market=MARKET,
    state="running",
    created="2027-01-15T08:00:00Z",
    finished="",
    score=None,
    ending="",
    content='format = 1\ntitle = "ü"\n',
)
ROOT = Path(__file__).parents[2]


def opened(folder: Path) -> Store:
    """Open a store in the folder, with one market."""
    return with_market(folder / "store.db")


def with_market(where: Where) -> Store:
    """Open a store, and make a market in it."""
    store = open_store(where)
    with store.writing() as writing:
        writing.create_market(MARKET, "A market", START, writing.put_policy(POLICY))
    return store


def act(
    writing: Writing,
    order_id: str,
    command: AnyCommand,
    actor: Actor,
    at: int,
    *,
    command_id: str = "",
    market: str = MARKET,
) -> Entry:
    """Decide a command, which must be accepted, and write its events."""
    stored = writing.order(market, order_id)
    order = stored.order if stored else None
    account = partial(account_of, writing, market)
    answer = decide(order, account, command, actor, POLICY, HASH, at)
    assert isinstance(answer, Done), answer
    return write(writing, order_id, stored, answer.events, actor, at, command_id, command, market)


def write(
    writing: Writing,
    order_id: str,
    stored: StoredOrder | None,
    events: tuple[AnyEvent, ...],
    actor: Actor,
    at: int,
    command_id: str = "",
    command: AnyCommand | None = None,
    market: str = MARKET,
) -> Entry:
    """Write events of an order as a desk would."""
    after = consequences_of(stored.order if stored else None, events, order_id, at)
    return put(
        writing,
        order_stream(order_id),
        stored.version if stored else 0,
        events,
        actor,
        at,
        command_id,
        command,
        market=market,
        lines=after.lines,
        trust=after.trust,
        before=stored,
        order=after.order,
        next_deadline=_first(after.order),
    )


def put(
    writing: Writing,
    stream: str,
    version: int,
    events: tuple[AnyEvent, ...],
    actor: Actor = BUYER,
    at: int = START,
    command_id: str = "",
    command: AnyCommand | None = None,
    *,
    market: str = MARKET,
    lines: tuple[TransferLine, ...] = (),
    trust: tuple[TrustChange, ...] = (),
    before: StoredOrder | None = None,
    order: Order | None = None,
    next_deadline: int | None = None,
) -> Entry:
    """Write one entry, and return it as it should be in the journal."""
    held = writing.market(market)
    assert held is not None
    after = StoredOrder(order, version + 1, next_deadline) if order else None
    append = Append(
        stream=stream,
        version=version,
        at=at,
        actor=actor,
        events=events,
        command_id=command_id,
        command=command,
        lines=lines,
        trust=trust,
        before=before,
        after=after,
    )
    writing.write(Batch(market, held.now, (append,)))
    seq = held.seq + 1
    return Entry(
        market=market,
        seq=seq,
        stream=stream,
        version=version + 1,
        at=at,
        actor=actor,
        command_id=command_id,
        command=command,
        events=events,
    )


def pass_time(writing: Writing, until: int, market: str = MARKET) -> None:
    """Execute every deadline up to an instant, then move the clock there."""
    while due := writing.next_due(market, until):
        at, order_id = due
        stored = writing.order(market, order_id)
        assert stored is not None
        deadline = deadlines(stored.order, POLICY)[0]
        account = partial(account_of, writing, market)
        events = expire(stored.order, account, deadline, POLICY, HASH)
        write(writing, order_id, stored, events, CLOCK, at, market=market)
    writing.advance_clock(market, until, CLOCK)


def completed(writing: Writing, order_id: str, at: int) -> None:
    """Take an order from the cart to its receipt, after which two deadlines run."""
    delivered(writing, order_id, at)
    act(writing, order_id, ConfirmReceipt(), BUYER, at)


def disputed(writing: Writing, order_id: str, at: int) -> None:
    """Take an order from the cart to a dispute whose claim the seller has rejected."""
    delivered(writing, order_id, at)
    act(writing, order_id, OpenParcel("teapot/red+cracked"), BUYER, at)
    photo = Exhibit(EvidenceKind.PHOTO, "a crack")
    act(
        writing,
        order_id,
        OpenDispute(reason=Reason.DAMAGED, claim=4_000, evidence=(photo,)),
        BUYER,
        at,
    )
    act(writing, order_id, RejectClaim(), SELLER, at)


def delivered(writing: Writing, order_id: str, at: int) -> None:
    """Take an order from the cart to the buyer's door."""
    shipped(writing, order_id, at)
    for state in (ShipmentState.ACCEPTED, ShipmentState.DELIVERED):
        act(writing, order_id, Scan(status=state, city="Berlin"), CARRIER, at)


def shipped(writing: Writing, order_id: str, at: int) -> None:
    """Take an order from the cart to the carrier."""
    act(writing, order_id, PLACE, BUYER, at, command_id=f"{order_id}-place")
    act(writing, order_id, Pay(), BUYER, at)
    act(writing, order_id, VerifyPayment(), BANK, at)
    act(writing, order_id, Ship("RB123456785CN"), SELLER, at)


def account_of(reading: Reading, market: str) -> SellerAccount:
    """Read the seller's account."""
    parts = ("pending", "available", "deposit", "debt")
    names = [f"seller:{SELLER.person}:{part}" for part in parts]
    balances = reading.balances(market, names)
    pending, available, deposit, debt = (balances.get((name, "USD"), 0) for name in names)
    return SellerAccount(pending, available, deposit, -debt)


def python(*arguments: str) -> subprocess.Popen[str]:
    """Run another Python process that can import the package and these tests."""
    return subprocess.Popen(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )


def _first(order: Order) -> int | None:
    running = deadlines(order, POLICY)
    return running[0].at if running else None
