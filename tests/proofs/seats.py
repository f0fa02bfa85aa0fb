"""What a person in a seat tries that they may not do, through the program, and what they get.

Each act is tried in a new market with seven seats, with another store on the same machine; --store
names a database in which to make the markets.
"""

import argparse
from pathlib import Path
from tempfile import TemporaryDirectory

from escrow_tui.store import Address, SqliteFile, address_of
from tests.given.foreign_acts import ACTS, Foreign, GotThrough
from tests.given.seats import opened
from tests.proofs.verdict import Progress, say, verdict

HELP = "foreign acts from seats: what each got"


def tried(act: Foreign, address: Address, folder: Path) -> str:
    """Try an act in a new market of a store.

    Raises:
        GotThrough: it was done.
    """
    beside = SqliteFile(folder / "beside.sqlite")
    with opened(address, folder) as seats, opened(beside, folder) as other:
        return act.does(seats, other)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the store."""
    parser.add_argument("--store", default="", help="a file, or postgresql://...")


def main(options: argparse.Namespace) -> int:
    """Print what each act got."""
    through, progress = 0, Progress("seats")
    with TemporaryDirectory() as name:
        folder = Path(name)
        address = address_of(options.store or str(folder / "one.sqlite"))
        for number, act in enumerate(ACTS):
            try:
                got = tried(act, address, folder)
            except GotThrough as error:
                got, through = f"GOT THROUGH: {error}", through + 1
            say(f"{act.who:9}  {act.tries:38}  {got}")
            progress.tell(f"{number + 1} of {len(ACTS)}")
    told = f"{len(ACTS)} foreign acts, {through} got through"
    return verdict("seats", not through, told)
