"""A thousand journals, played and folded in other processes with other seeds, zones and languages.

Each child plays the same games again, makes every decision again, and folds the journals that this
process wrote; the SHA-256 of journals, orders and balances must be the same everywhere.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from random import Random

import msgspec

from escrow_tui.engine.entry import Entry, journal_sha256
from escrow_tui.engine.order import Order
from tests.proofs.beside import Coverage
from tests.proofs.game import Game
from tests.proofs.market import Balances, folded
from tests.proofs.policies import pool
from tests.proofs.verdict import Progress, say, verdict

HELP = "journals replayed under other hash seeds, zones and languages: the same SHA-256"
JOURNALS = 1_000
STEPS = 60
OTHERS = (
    {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8"},
    {"PYTHONHASHSEED": "4242", "TZ": "America/St_Johns", "LC_ALL": "C"},
)
Journal = tuple[Entry, ...]


class Sums(msgspec.Struct, frozen=True):
    """The hash of all journals as they were decided, and of what they fold to."""

    journals: int
    entries: int
    decided: str
    folded: str


def played(count: int, seed: int) -> Iterator[Journal]:
    """Play this many games, and return the journal of each."""
    policies, progress = pool(seed), Progress("replay")
    for number in range(count):
        game = Game(Random(f"{seed}:{number}"), policies, Coverage())
        if game.play(STEPS):
            raise AssertionError(game.violations)
        assert game.market.entries is not None
        yield tuple(game.market.entries)
        progress.tell(f"{number + 1} journals")


def hashed(journals: Iterable[Journal]) -> Sums:
    """Hash journals, and the orders and balances that folding them gives."""
    decided, after, entries, count = sha256(), sha256(), 0, 0
    for journal in journals:
        count, entries = count + 1, entries + len(journal)
        decided.update(journal_sha256(journal).encode())
        after.update(_market_bytes(*folded(journal)))
    return Sums(count, entries, decided.hexdigest(), after.hexdigest())


def _market_bytes(orders: dict[str, Order], balances: Balances) -> bytes:
    lines = sorted((account, currency, minor) for (account, currency), minor in balances.items())
    return msgspec.json.encode([sorted(orders.items()), lines], order="sorted")


def written(journals: Iterable[Journal], path: Path) -> None:
    """Write journals to a file, one a line."""
    with path.open("wb") as file:
        for journal in journals:
            file.write(msgspec.json.encode(journal) + b"\n")


def read(path: Path) -> Iterator[Journal]:
    """Read journals from a file."""
    decoder = msgspec.json.Decoder(Journal)
    with path.open("rb") as file:
        for line in file:
            yield decoder.decode(line)


def again(path: Path, count: int, seed: int) -> tuple[Sums, Sums]:
    """Fold the journals of a file, and play the same games once more."""
    return hashed(read(path)), hashed(played(count, seed))


def elsewhere(path: Path, count: int, seed: int, other: dict[str, str]) -> tuple[Sums, Sums]:
    """Do it in another process, with another hash seed, time zone and language."""
    command = [sys.executable, "-m", "tests.proofs", "replay", "--child", str(path)]
    command += ["--journals", str(count), "--seed", str(seed)]
    run = subprocess.run(command, env=os.environ | other, stdout=subprocess.PIPE, check=True)
    return msgspec.json.decode(run.stdout, type=tuple[Sums, Sums])


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the number of journals and the seed."""
    parser.add_argument("--journals", type=int, default=JOURNALS)
    parser.add_argument("--seed", type=int, default=4)
    parser.add_argument("--child", default="", help=argparse.SUPPRESS)


def main(options: argparse.Namespace) -> int:
    """Write journals, and let other processes report what they make of them."""
    if options.child:
        both = again(Path(options.child), options.journals, options.seed)
        say(msgspec.json.encode(both).decode())
        return 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "journals.jsonl"
        written(played(options.journals, options.seed), path)
        here = hashed(read(path))
        say(f"here: {here.entries:,} entries, journals {here.decided}, folded {here.folded}")
        same = True
        for other in OTHERS:
            found = elsewhere(path, options.journals, options.seed, other)
            same &= found == (here, here)
            told = "the same" if found == (here, here) else f"another: {found}"
            say(f"{' '.join(f'{name}={value}' for name, value in other.items())}: {told}")
    return verdict(
        "replay",
        same and here.journals == options.journals,
        f"{here.journals:,} journals of {here.entries:,} entries, folded and decided again in"
        f" {len(OTHERS)} other processes: {'the same' if same else 'other'} SHA-256",
    )
