"""Processes read what screens read while others write: each refresh must show one instant.

A refresh reads orders, versions, counters and balances in one snapshot, and from time to time all
that is behind one order. The same read in two transactions must sometimes not fit, or nobody wrote.
"""

import argparse
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from multiprocessing.connection import Connection
from pathlib import Path

import msgspec

from escrow_tui.desk.desk import Desk
from escrow_tui.engine.entry import order_stream
from escrow_tui.store import Reading, StoredOrder, Where, address_of, open_store
from escrow_tui.store.derived.fold import fold
from escrow_tui.store.records import phases_of
from escrow_tui.store.store import Store
from tests.proofs import hot
from tests.proofs.clients import FORKS, listen, several, until_begun
from tests.proofs.verdict import Progress, say, verdict

HELP = "screens' reads under writers: none shows a market that never was"
READS, READERS, WRITERS = 40_000, 2, 4
# At least this many reads in a hundred find something new, or nobody wrote.
NEW_PERCENT = 5
_TOLD_EVERY, _WHOLE_EVERY, _APART_EVERY = 100, 500, 20
# No reader refreshes without a pause: the writers need their share of the machine.
_PAUSE_SECONDS = 0.002
_MANY = 10_000_000
SHOWN = 10
Balances = dict[tuple[str, str], int]


class Seen(msgspec.Struct):
    """What readers saw: reads, those that found something new, and what did not fit.

    `apart` counts the reads in two transactions, and `apart_wrong` those that did not fit.
    """

    reads: int = 0
    new: int = 0
    wrong: list[str] = msgspec.field(default_factory=list)
    apart: int = 0
    apart_wrong: int = 0

    def add(self, other: "Seen") -> None:
        """Add what another reader saw."""
        self.reads += other.reads
        self.new += other.new
        self.wrong += other.wrong
        self.apart += other.apart
        self.apart_wrong += other.apart_wrong


def in_one(store: Store, market: str) -> tuple[int, list[str]]:
    """Read in one snapshot; return the last entry's number, and what does not fit."""
    with store.reading() as reading:
        row = reading.market(market)
        assert row is not None
        orders = reading.orders(market)
        return row.seq, [
            *unfit(orders, reading.balances(market)),
            *miscounted(reading, market, orders),
        ]


def in_two(store: Store, market: str) -> list[str]:
    """Read the orders in one transaction and the balances in another."""
    with store.reading() as reading:
        orders = reading.orders(market)
    with store.reading() as reading:
        return unfit(orders, reading.balances(market))


def unfit(orders: tuple[StoredOrder, ...], balances: Balances) -> list[str]:
    """Name the balances that do not fit the orders."""
    wrong = [
        f"order {one.order.id} holds {one.order.held}"
        for one in orders
        if balances.get((f"escrow:{one.order.id}", "USD"), 0) != one.order.held
    ]
    wallet = balances.get((f"buyer:{hot.BUYER.person}:wallet", "USD"), 0)
    if wallet != sum(one.order.settled for one in orders):
        wrong.append(f"the wallet holds {wallet}")
    return wrong if not sum(balances.values()) else [*wrong, "the books do not balance"]


def miscounted(reading: Reading, market: str, orders: tuple[StoredOrder, ...]) -> list[str]:
    """Name the counters and versions that do not fit the orders."""
    counts = {
        (phase, dispute or ""): count
        for (phase, dispute), count in reading.phase_counts(market).items()
    }
    wrong = [] if counts == Counter(phases_of(one.order) for one in orders) else ["the counters"]
    return wrong + [
        f"order {one.order.id} is not at version {one.version}"
        for one in orders
        if reading.version(market, order_stream(one.order.id)) != one.version
    ]


def behind_one(desk: Desk, order_id: str) -> list[str]:
    """Read everything that a view of an order is made from, and fold it."""
    facts = desk.facts(order_id)
    folded = fold(facts.entries, hot.START, lambda _: facts.policy).orders
    return [] if [one.order for one in folded] == [facts.order] else [f"the entries of {order_id}"]


def look(where: Where, market: str, reads: int, wire: Connection) -> None:
    """Read this many times, like a screen that is refreshed again and again."""
    store = open_store(where)
    desk, seen, last = Desk(store, market, hot.rules()), Seen(), 0
    for number in range(1, reads + 1):
        time.sleep(_PAUSE_SECONDS)
        seq, wrong = in_one(store, market)
        seen.add(Seen(1, seq != last, wrong))
        last = seq
        if number % _WHOLE_EVERY == 0:
            seen.wrong += behind_one(desk, hot.ORDERS[number // _WHOLE_EVERY % len(hot.ORDERS)])
        if number % _APART_EVERY == 0:
            seen.add(Seen(apart=1, apart_wrong=bool(in_two(store, market))))
        if number % _TOLD_EVERY == 0 or number == reads:
            wire.send_bytes(msgspec.json.encode(seen))
            seen = Seen()
    store.close()


@contextmanager
def reader(where: Where, market: str, reads: int) -> Iterator[Connection]:
    """Start a process that reads, and give the pipe of its reports; end it with the block."""
    here, there = FORKS.Pipe(duplex=False)
    process = FORKS.Process(target=look, args=(where, market, reads, there), daemon=True)
    process.start()
    there.close()
    try:
        yield here
    finally:
        process.kill()
        process.join()
        here.close()


def watched(where: Where, reads: int, readers: int, writers: int) -> tuple[Seen, int]:
    """Read this many times in all under this many writers; return what was seen and written."""
    market, seen, progress = hot.made(where), Seen(), Progress("readers")
    shares = [(reads + number) // readers for number in range(readers)]
    with ExitStack() as stack:
        names = [f"w{number}" for number in range(writers)]
        clients = stack.enter_context(several(where, market, names, (0, _MANY)))
        until_begun(clients)
        wires = [stack.enter_context(reader(where, market, share)) for share in shares]
        while wires:
            listen(clients, 0.01)
            for wire in [one for one in wires if one.poll()]:
                _hear(wire, wires, seen)
            progress.tell(f"{seen.reads} reads, {len(seen.wrong)} wrong")
        written = sum(len(client.done) for client in clients)
    return seen, written


def _hear(wire: Connection, wires: list[Connection], seen: Seen) -> None:
    """Take in a reader's report; one that has read its share reports nothing more."""
    try:
        seen.add(msgspec.json.decode(wire.recv_bytes(), type=Seen))
    except EOFError:
        wires.remove(wire)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the store, the reads, the readers and the writers."""
    parser.add_argument("--store", default="", help="a URL; left out, a file of its own")
    parser.add_argument("--reads", type=int, default=READS)
    parser.add_argument("--readers", type=int, default=READERS)
    parser.add_argument("--writers", type=int, default=WRITERS)


def main(options: argparse.Namespace) -> int:
    """Read, and print what went wrong."""
    with tempfile.TemporaryDirectory() as folder:
        where = address_of(options.store or str(Path(folder) / "store.db"))
        seen, written = watched(where, options.reads, options.readers, options.writers)
    for wrong in seen.wrong[:SHOWN]:
        say(f"wrong: {wrong}")
    say(f"asked in two transactions, {seen.apart_wrong} of {seen.apart:,} reads did not fit")
    floor = options.reads * NEW_PERCENT // 100
    return verdict(
        "readers",
        not seen.wrong and seen.new >= floor and seen.apart_wrong > 0,
        f"{seen.reads:,} reads by {options.readers} processes under {options.writers} writers and"
        f" {written:,} commands, {seen.new:,} of them of a new state (floor {floor:,}):"
        f" {len(seen.wrong)} wrong",
    )
