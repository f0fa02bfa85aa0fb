"""A store whose bits flip: every change is noticed, by opening the store or by its doctor.

A flip that changes no row, no index and nothing of the schema has hit unused bytes; SQLite's own
check and a dump of every table tell such flips apart.
"""

import argparse
import sqlite3
import tempfile
from collections import Counter
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from random import Random

import msgspec

from escrow_tui import cli
from escrow_tui.desk.desk import Desk
from escrow_tui.engine.market import Listing, Person, Private
from escrow_tui.engine.roles import Role
from escrow_tui.store import RunRow, open_store
from tests.proofs import hot
from tests.proofs.dump import Dump, apart, dumped
from tests.proofs.verdict import Progress, say, verdict

HELP = "bits flipped anywhere in a store: every change is noticed"
FLIPS = 300
# At least this many flips in a hundred change something, or the file was mostly empty.
CHANGED_PERCENT = 40
_COMMANDS = 400
_LETTERS = "a lamp of brass, a teapot of clay, and a very long letter about both "
_NAME = "store.db"


class Flipped(msgspec.Struct):
    """What came of the flips: those noticed, by how; those that changed nothing; those unseen."""

    noticed: Counter[str] = msgspec.field(default_factory=Counter)
    idle: int = 0
    unseen: list[str] = msgspec.field(default_factory=list)
    crashed: list[str] = msgspec.field(default_factory=list)

    @property
    def flips(self) -> int:
        """How many bits were flipped."""
        return self.noticed.total() + self.idle + len(self.unseen) + len(self.crashed)


def filled(path: Path) -> None:
    """Make a store in which no table is empty."""
    market = hot.made(path)
    store = open_store(path)
    desk = Desk(store, market, hot.rules())
    for number in range(_COMMANDS):
        hot.submit(desk, hot.name_of("w", number))
    people = [Person(f"p-{n}", Role.BUYER, f"Anna {n}", "DE", "Jena") for n in range(20)]
    with store.writing(market) as writing:
        writing.put_people(market, people)
        writing.put_private(
            market,
            [Private(one.id, one.name, "Weg 1", "+49 1", "4242424242424242") for one in people],
        )
        writing.put_listings(market, [_listing(number) for number in range(20)])
        for number in range(5):
            writing.save_run(_run(f"run-{number}", market))
            writing.add_log(f"run-{number}", "note", market, "2027-01-15T08:00:00Z", b'{"a":1}')
    store.close()


def _listing(number: int) -> Listing:
    return Listing(
        id=f"lamp-{number}",
        seller=hot.SELLER.person,
        title=f"Lamp {number}",
        category="Home",
        picture="lamp/white",
        price=900,
        shipping=100,
        currency="USD",
        origin="CN",
        promised_days=15,
        text=_LETTERS,
    )


def _run(run: str, market: str) -> RunRow:
    return RunRow(
        id=run,
        scenario="cracked-teapot",
        title="The cracked teapot",
        chair="mediator",
        mode="practice",
        seed=7,
        market=market,
        state="running",
        created="2027-01-15T08:00:00Z",
        finished="",
        score=None,
        ending="",
        content=_LETTERS * 20,
    )


def flipped(path: Path, flips: int, chance: Random) -> Flipped:
    """Flip this many bits of the file, each in a new copy."""
    whole, right, result = path.read_bytes(), dumped(path, alone=True), Flipped()
    progress = Progress("bitflips")
    with tempfile.TemporaryDirectory() as folder:
        for number in range(flips):
            place = Path(folder) / str(number) / _NAME
            place.parent.mkdir()
            at, bit = chance.randrange(len(whole)), chance.randrange(8)
            place.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << bit]) + whole[at + 1 :])
            _judge(place, right, f"bit {bit} of byte {at}", result)
            progress.tell(f"{result.flips} flips, {result.noticed.total()} noticed")
    return result


def _judge(place: Path, right: Dump, flip: str, result: Flipped) -> None:
    try:
        changed = apart(dumped(place, alone=True), right)
    except (sqlite3.Error, UnicodeError) as error:
        changed = [f"it cannot be dumped ({error})"]
    try:
        code, told = doctored(place)
    except Exception as error:
        result.crashed.append(f"{flip}: {error!r}")
        return
    if code:
        result.noticed["by the doctor" if code == 1 else "by opening it"] += 1
    elif changed:
        result.unseen.append(f"{flip}: {', '.join(changed)}; the doctor said: {told}")
    else:
        result.idle += 1


def doctored(place: Path) -> tuple[int, str]:
    """Run the doctor on a store; return its exit code and the last line that it printed."""
    out = StringIO()
    with redirect_stdout(out), redirect_stderr(out):
        code = cli.main(["store", "doctor", "--store", str(place)])
    return code, (out.getvalue().splitlines() or [""])[-1]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the number of flips and the seed."""
    parser.add_argument("--flips", type=int, default=FLIPS)
    parser.add_argument("--seed", type=int, default=1)


def main(options: argparse.Namespace) -> int:
    """Flip, and print what was not noticed."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / _NAME
        filled(path)
        size, sound = path.stat().st_size, doctored(path)
        result = flipped(path, options.flips, Random(options.seed))
    for line in (*result.unseen, *result.crashed):
        say(line)
    say(f"before any flip the doctor said: {sound[1].replace(str(path), _NAME)}")
    floor = options.flips * CHANGED_PERCENT // 100
    noticed = result.noticed.total()
    how = ", ".join(f"{count} {how}" for how, count in sorted(result.noticed.items()))
    return verdict(
        "bitflips",
        not (sound[0] or result.unseen or result.crashed) and noticed >= floor,
        f"{result.flips} bits of {size:,} bytes flipped: {noticed} noticed (floor {floor}; {how}),"
        f" {result.idle} that changed nothing, {len(result.unseen)} changes unseen,"
        f" {len(result.crashed)} crashes",
    )
