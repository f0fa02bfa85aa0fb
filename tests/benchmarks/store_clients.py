"""Processes that all do the same work at once, as often as they can, for a given time."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess

import msgspec

from escrow_tui.store import StoreProblem

# Does the work of a number; made from the store's address, the market, and the client's number.
Work = Callable[[int], None]
Job = Callable[[str, str, int], AbstractContextManager[Work]]

CLIENTS = 8
_FORKS = get_context("forkserver")
_PATIENCE_SECONDS = 120.0


class Written(msgspec.Struct, frozen=True):
    """What a client did: how many commands, the longest in seconds, and what went wrong."""

    commands: int
    longest: float
    troubles: int


class Round(msgspec.Struct, frozen=True):
    """What all the clients did at once."""

    clients: list[Written]
    seconds: float

    @property
    def commands(self) -> int:
        """How many commands were done in all."""
        return sum(one.commands for one in self.clients)

    @property
    def troubles(self) -> int:
        """How many commands went wrong."""
        return sum(one.troubles for one in self.clients)

    @property
    def longest(self) -> float:
        """How long the longest command of any client took, in seconds."""
        return max(one.longest for one in self.clients)

    @property
    def evenness(self) -> float:
        """How much the slowest client did, as a share of the fastest."""
        counts = [one.commands for one in self.clients]
        return min(counts) / max(counts)


def round_of(job: Job, where: str, market: str, seconds: float, clients: int = CLIENTS) -> Round:
    """Start the clients, let all begin at the same moment, and collect what they did."""
    _FORKS.set_forkserver_preload(["tests.benchmarks.store_preload"])
    started = [_started(job, where, market, number) for number in range(clients)]
    try:
        for _, wire in started:
            _heard(wire)
        for _, wire in started:
            wire.send_bytes(msgspec.json.encode(time.monotonic() + seconds))
        return Round(
            [msgspec.json.decode(_heard(wire), type=Written) for _, wire in started], seconds
        )
    finally:
        for process, wire in started:
            process.kill()
            process.join()
            wire.close()


def _started(
    job: Job, where: str, market: str, number: int
) -> tuple[ForkServerProcess, Connection]:
    here, there = _FORKS.Pipe()
    process = _FORKS.Process(target=_client, args=(job, where, market, number, there), daemon=True)
    process.start()
    there.close()
    return process, here


def _heard(wire: Connection) -> bytes:
    assert wire.poll(_PATIENCE_SECONDS), "a client does not answer"
    return wire.recv_bytes()


def _client(job: Job, where: str, market: str, number: int, wire: Connection) -> None:
    with job(where, market, number) as work:
        wire.send_bytes(b"ready")
        until: float = msgspec.json.decode(wire.recv_bytes())
        wire.send_bytes(msgspec.json.encode(_worked(work, until)))
        # Its clean-up must not be measured with the clients that are still at work.
        wire.poll(_PATIENCE_SECONDS)


def _worked(work: Work, until: float) -> Written:
    commands, longest, troubles = 0, 0.0, 0
    while (began := time.monotonic()) < until:
        done = False
        while not done:
            try:
                work(commands)
                done = True
            except StoreProblem:
                troubles += 1
        commands += 1
        longest = max(longest, time.monotonic() - began)
    return Written(commands, longest, troubles)
