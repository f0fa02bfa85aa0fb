"""The orders that the benchmarks of the store play: bought, sent, received or disputed."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from itertools import islice
from pathlib import Path
from random import Random
from typing import NamedTuple

from escrow_tui.desk.commit import CommandDecision
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
    SendMessage,
    Ship,
    VerifyPayment,
)
from escrow_tui.engine.invariants import Balances
from escrow_tui.engine.roles import BANK, CARRIER, Actor, Role
from escrow_tui.engine.terms import EvidenceKind, Reason, ShipmentState
from escrow_tui.policy import load_policy
from escrow_tui.store import (
    Append,
    Ask,
    Batch,
    MarketRow,
    Situation,
    Store,
    StoredOrder,
    Where,
    account_from_balances,
    open_store,
)

MARKET = "4e1d0c9a7b52"
START = 1_772_442_000  # Monday 2026-03-02T09:00:00Z
RULES = load_policy("aliexpress")
_BUYERS, _SELLERS = 40, 6
_PHOTO = Exhibit(EvidenceKind.PHOTO, "a cracked spout", "teapot/red+cracked")


class Given(NamedTuple):
    """A command as it is given at a desk."""

    actor: Actor
    order_id: str
    command: AnyCommand
    command_id: str


def given(count: int, name: str = "A") -> tuple[Given, ...]:
    """Return this many commands, on as many orders as they need."""
    return tuple(islice(endless(name), count))


def endless(name: str) -> Iterator[Given]:
    """Give commands without end, order after order; another name gives other orders."""
    chance, number = Random(name), 0
    while True:
        order_id = f"{name}-{number:06d}"
        for actor, command in _life(number, chance):
            yield Given(actor, order_id, command, f"{chance.getrandbits(64):016x}")
        number += 1


def _life(number: int, chance: Random) -> Iterator[tuple[Actor, AnyCommand]]:
    """One order in four is disputed."""
    buyer = Actor(Role.BUYER, f"buyer-{chance.randrange(_BUYERS) + 1}")
    seller = Actor(Role.SELLER, f"seller-{chance.randrange(_SELLERS) + 1}")
    price = chance.randrange(500, 20_000)
    goods = (Line("teapot-1", price, "Red teapot", "teapot/red"),)
    yield (
        buyer,
        PlaceOrder(
            buyer=buyer.person, seller=seller.person, lines=goods, currency="USD", shipping=500
        ),
    )
    yield buyer, Pay()
    yield BANK, VerifyPayment()
    yield seller, Ship("RR473124829CN")
    yield CARRIER, Scan(status=ShipmentState.ACCEPTED, city="Shenzhen", post_code="", weight=1_200)
    yield (
        CARRIER,
        Scan(
            status=ShipmentState.DELIVERED,
            city="Berlin",
            post_code="10115",
            weight=1_200,
            signature=True,
        ),
    )
    if number % 4:
        yield buyer, ConfirmReceipt()
        yield buyer, Review(5, "Just as in the picture.")
        return
    yield buyer, SendMessage("The spout is cracked.")
    yield buyer, OpenDispute(reason=Reason.DAMAGED, claim=price // 2, evidence=(_PHOTO,))
    yield seller, AcceptClaim()


def made(where: Where) -> Store:
    """Make a store with an empty market in it."""
    store = open_store(where)
    with store.writing() as writing:
        policy = writing.put_policy(RULES.policy)
        writing.create_market(MARKET, "A market", START, policy)
    return store


class Listening(Store):
    """A store that notes every batch, with the market as it was before."""

    def __init__(self, store: Store) -> None:
        super().__init__(store.backend)
        self.heard: list[tuple[MarketRow, Batch]] = []

    def transact(self, ask: Ask, decide: Callable[[Situation], Batch | None]) -> Balances:
        """Note what is decided."""

        def noting(situation: Situation) -> Batch | None:
            batch = decide(situation)
            if batch is not None:
                self.heard.append((situation.market, batch))
            return batch

        return super().transact(ask, noting)


def decided(commands: tuple[Given, ...], market: MarketRow) -> Batch:
    """Decide commands one after the other in memory, as one batch."""
    orders: dict[str, StoredOrder] = {}
    held: dict[tuple[str, str], int] = {}
    appends: list[Append] = []
    for one in commands:
        stored = orders.get(one.order_id)
        decision = CommandDecision(*one)
        decision(_situation(market, stored, held))
        assert decision.appends, decision.answer
        for append in decision.appends:
            appends.append(append)
            assert append.after is not None
            orders[one.order_id] = append.after
            for line in append.lines:
                key = (line.account, line.currency)
                held[key] = held.get(key, 0) + line.minor
    return Batch(market.id, market.now, appends)


def _situation(
    market: MarketRow, stored: StoredOrder | None, held: dict[tuple[str, str], int]
) -> Situation:
    if stored is None:
        return Situation(market=market, policy=RULES.policy, policy_hash=market.policy_hash)
    order = stored.order
    account = partial(account_from_balances, held, order.seller, order.currency)
    return Situation(
        market=market,
        policy=RULES.policy,
        policy_hash=market.policy_hash,
        order=stored,
        account=account,
    )


def rows_in(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return every row that the command wrote to this file, which is closed."""
    tables = ("entry", "market", "balance", "trust", "phase_count", "order_state")
    with closing(sqlite3.connect(path)) as connection:
        return {
            table: connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2, 3").fetchall()
            for table in tables
        }
