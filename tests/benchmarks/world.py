"""W1: a world with full histories, against Faker for each field and an ORM row for each thing.

The peer keeps what our store keeps: journal, ledger, orders, balances, counts and figures.
"""

import shutil
import tempfile
from itertools import count
from pathlib import Path

from escrow_tui.scenarios.invent.world.creation import (
    MadeWorld,
    WantedWorld,
    World,
    make_world,
    world_of,
)
from escrow_tui.store import open_store
from tests.benchmarks.peers import by_faker
from tests.benchmarks.timing import Goal, Work, medians

ROUNDS = 3
ORDERS = 10_000
# The peer's time grows with its orders; these are enough to know the time for each.
OF_PEER = 300


def main() -> int:
    """Print orders a second beside the peer's; return 1 if the goal is missed."""
    folder = Path(tempfile.mkdtemp())
    try:
        numbers = count()
        # The people are not taken from the peer: our world invents its own.
        worlds = [world_of(OF_PEER, 1) for _ in range(ROUNDS + 1)]
        ours, theirs = medians(
            ROUNDS,
            Work(lambda: _made(folder / f"ours-{next(numbers)}.sqlite")),
            Work(lambda: _made_by_peer(folder / f"theirs-{next(numbers)}.sqlite", worlds.pop())),
        )
    finally:
        shutil.rmtree(folder)
    print(f"W1 a world of {ORDERS:,} orders  {ORDERS / ours:9,.0f} orders a second")
    print(f"   {'Faker and SQLModel':23} {OF_PEER / theirs:9,.0f} (measured with {OF_PEER} orders)")
    goal = Goal("W1", "Faker and SQLModel", 35)
    return 0 if goal.verdict(ours / ORDERS, theirs / OF_PEER) else 1


def _made(path: Path) -> MadeWorld:
    store = open_store(path)
    try:
        wanted = WantedWorld(ORDERS, 1, "A world", "2026-03-02T09:00:00+00:00")
        return make_world(store, wanted, lambda _done, _of: None)
    finally:
        store.close()


def _made_by_peer(path: Path, world: World) -> int:
    engine = by_faker.engine_of(path)
    try:
        return by_faker.make_world(engine, world)
    finally:
        engine.dispose()
