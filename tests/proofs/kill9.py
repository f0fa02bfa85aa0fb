"""Processes that write to one store are killed with SIGKILL at random instants, again and again.

A command counts as acknowledged when its id has left the process after the answer. After each round
the store is opened again, and what was in flight is given again under its id.
"""

import argparse
import tempfile
import time
from pathlib import Path
from random import Random

import msgspec

from escrow_tui.desk.desk import Desk
from escrow_tui.store import Where, address_of, open_store
from tests.proofs import hot
from tests.proofs.clients import PATIENCE_SECONDS, Client, listen, several, until_begun
from tests.proofs.verdict import Progress, say, verdict

HELP = "writers killed at random instants: nothing acknowledged is lost, nothing done twice"
ROUNDS, WRITERS, ACKNOWLEDGED = 200, 4, 5_000
# How many commands each writer does before it may be killed: together more than enough.
LEAST = 8
_LEAST_SECONDS, _MOST_SECONDS = 0.02, 0.2
_MANY = 1_000_000


class Killed(msgspec.Struct):
    """What came of the rounds; `committed` were written by the kill but not acknowledged."""

    kills: int = 0
    acknowledged: list[str] = msgspec.field(default_factory=list)
    in_flight: list[str] = msgspec.field(default_factory=list)
    committed: int = 0
    troubles: list[str] = msgspec.field(default_factory=list)
    found: hot.Found | None = None


def killed(where: Where, rounds: int, writers: int, seed: int) -> Killed:
    """Kill this many writers, this many times; compare the store with what they were told."""
    market, chance, result = hot.made(where), Random(seed), Killed()
    progress = Progress("kill9")
    for number in range(rounds):
        _round(where, market, [f"r{number}w{n}" for n in range(writers)], chance, result)
        progress.tell(f"{result.kills} kills, {len(result.acknowledged)} acknowledged")
    result.found = hot.judged(where, market, [*result.acknowledged, *result.in_flight])
    return result


def _round(where: Where, market: str, names: list[str], chance: Random, result: Killed) -> None:
    with several(where, market, names, (0, _MANY)) as clients:
        until_begun(clients, LEAST)
        _kill(clients, chance)
    result.kills += len(clients)
    for client in clients:
        result.acknowledged += client.done
        result.troubles += client.troubles
    _again(where, market, [one.asked for one in clients if one.asked], result)


def _kill(clients: list[Client], chance: Random) -> None:
    """Kill each at its own instant, and take in what it reported until then."""
    moments = [(chance.uniform(_LEAST_SECONDS, _MOST_SECONDS), client) for client in clients]
    began = time.monotonic()
    for moment, client in sorted(moments, key=lambda one: one[0]):
        listen(clients, max(0.0, began + moment - time.monotonic()))
        client.process.kill()
    listen(clients, PATIENCE_SECONDS)


def _again(where: Where, market: str, asked: list[str], result: Killed) -> None:
    """Give what was in flight once more."""
    store = open_store(where)
    with store.reading() as reading:
        result.committed += sum(reading.entry_of(market, one) is not None for one in asked)
    desk = Desk(store, market, hot.rules())
    for command_id in asked:
        hot.submit(desk, command_id)
    result.in_flight += asked
    store.close()


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the store, the rounds, the writers and the seed."""
    parser.add_argument("--store", default="", help="a URL; left out, a file of its own")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--writers", type=int, default=WRITERS)
    parser.add_argument("--seed", type=int, default=1)


def main(options: argparse.Namespace) -> int:
    """Kill, and print what was lost."""
    with tempfile.TemporaryDirectory() as folder:
        where = address_of(options.store or str(Path(folder) / "store.db"))
        result = killed(where, options.rounds, options.writers, options.seed)
    assert result.found is not None
    for trouble in sorted(set(result.troubles)):
        say(f"told to a writer {result.troubles.count(trouble)} times: {trouble}")
    say(
        f"{len(result.in_flight)} commands were in flight at a kill, {result.committed} of them"
        f" written already (floor {result.kills // 100}); each was given again"
    )
    floor = ACKNOWLEDGED * result.kills // (ROUNDS * WRITERS)
    return verdict(
        "kill9",
        result.found.sound
        and len(result.acknowledged) >= floor
        and result.committed >= result.kills // 100,
        f"{result.kills} kills of {options.writers} writers in {options.rounds} rounds,"
        f" {len(result.acknowledged):,} acknowledged (floor {floor:,}): {result.found}",
    )
