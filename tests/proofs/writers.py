"""Many processes write to one store, all on the same four orders, each as fast as it can."""

import argparse
import tempfile
import time
from pathlib import Path

import msgspec

from escrow_tui.store import PostgresDatabase, Where, address_of
from tests.proofs import hot
from tests.proofs.clients import Times, listen, several
from tests.proofs.verdict import Progress, say, verdict

HELP = "many processes on four hot orders: nothing is lost, nobody is turned away"
WRITERS, COMMANDS, COMMANDS_ON_A_SERVER = 8, 10_000, 2_500


class Written(msgspec.Struct):
    """Each writer's times, what any of them was told, and what the store holds."""

    seconds: float
    times: list[Times]
    troubles: list[str]
    acknowledged: int
    found: hot.Found


def written(where: Where, writers: int, commands: int) -> Written:
    """Let this many processes give this many commands each; compare the store with them."""
    market, progress, began = hot.made(where), Progress("writers"), time.monotonic()
    names = [f"w{number}" for number in range(writers)]
    with several(where, market, names, (0, commands)) as clients:
        while not all(client.gone for client in clients):
            listen(clients, 1.0)
            progress.tell(f"{sum(len(client.done) for client in clients)} commands")
        seconds = time.monotonic() - began
    told = [hot.name_of(name, number) for name in names for number in range(commands)]
    found = hot.judged(where, market, told)
    return Written(
        seconds,
        [client.times for client in clients if client.times],
        [trouble for client in clients for trouble in client.troubles],
        sum(len(client.done) for client in clients),
        found,
    )


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the store, the writers and their commands."""
    parser.add_argument("--store", default="", help="a URL; left out, a file of its own")
    parser.add_argument("--writers", type=int, default=WRITERS)
    parser.add_argument(
        "--commands",
        type=int,
        default=0,
        help=f"of each; left out, {COMMANDS:,} on a file, {COMMANDS_ON_A_SERVER:,} on a server",
    )


def main(options: argparse.Namespace) -> int:
    """Write, and print what was lost and who waited."""
    with tempfile.TemporaryDirectory() as folder:
        where = address_of(options.store or str(Path(folder) / "store.db"))
        of_server = isinstance(where, PostgresDatabase)
        commands = options.commands or (COMMANDS_ON_A_SERVER if of_server else COMMANDS)
        result = written(where, options.writers, commands)
    for trouble in sorted(set(result.troubles)):
        say(f"told to a writer {result.troubles.count(trouble)} times: {trouble}")
    totals = sorted(one.total for one in result.times)
    if totals:
        say(f"each writer took {', '.join(f'{total:.1f} s' for total in totals)}")
        longest = max(one.longest for one in result.times)
        say(f"slowest to fastest {totals[-1] / totals[0]:.2f}; longest wait {longest:.3f} s")
    expected = options.writers * commands
    return verdict(
        "writers",
        result.found.sound and result.acknowledged == expected and not result.troubles,
        f"{options.writers} writers, {result.acknowledged:,} of {expected:,} commands acknowledged"
        f" in {result.seconds:.1f} s, {result.acknowledged / result.seconds:.0f} a second,"
        f" {len(result.troubles)} turned away: {result.found}",
    )
