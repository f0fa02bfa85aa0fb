"""`escrow-tui world`: a market that has been lived in, to browse and to play on."""

import argparse
import sys
from datetime import UTC, datetime
from time import perf_counter
from typing import TYPE_CHECKING

from escrow_tui.cli.common import WELL, WRONG, Parser, say, store_of, store_option
from escrow_tui.cli.progress import bar

if TYPE_CHECKING:
    from escrow_tui.scenarios.invent.world.creation import Made, Wanted
    from escrow_tui.scenarios.invent.world.summary import Cost
    from escrow_tui.store import Address

# What a shell expects of a program that Ctrl-C has ended.
CUT_OFF = 130
MOST_TITLE = 60
_MOST_SEED = 2**63 - 1

_EXAMPLES = """\
examples:
  escrow-tui world --orders 500                      a market with orders in every phase
  escrow-tui world --orders 10000 --seed 7           another one; the same wherever it is made
  escrow-tui --store big.sqlite world --orders 100000 --title "A busy year"

Cut off with Ctrl-C, nothing of it is left in the store.

exit code: 0 the market is there, 2 it could not be made, 130 cut off"""


def add(commands: "argparse._SubParsersAction[Parser]") -> None:
    """Add the command `world`."""
    world = commands.add_parser(
        "world",
        prog="escrow-tui world",
        usage="escrow-tui [--store STORE] world --orders N [--seed S] [--title T] [--json]",
        parents=[store_option()],
        help="fill a store with a market to browse",
        description=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    world.add_argument("--orders", required=True, metavar="N", help="how many orders it has")
    world.add_argument("--seed", default="1", metavar="S", help="another number, another market")
    world.add_argument("--title", metavar="T", help="what the lobby calls it")
    world.add_argument("--json", action="store_true", help="print one JSON object")


def run(given: argparse.Namespace) -> int:
    """Make a market, and tell what it holds; what is wrong goes to standard error."""
    from escrow_tui.scenarios.invent.world.creation import MOST_ORDERS, PartLeftError

    orders = _number(given.orders, MOST_ORDERS)
    seed = _number(given.seed, _MOST_SEED)
    if not orders:
        return say(WRONG, f"--orders is a whole number from 1 to {MOST_ORDERS:,}, without commas.")
    if seed is None:
        return say(WRONG, f"--seed is a whole number from 0 to {_MOST_SEED}.")
    if given.title is not None and not _is_title(given.title):
        return say(WRONG, f"--title is one line of 1 to {MOST_TITLE} characters.")
    title = given.title or f"A market with {orders:,} orders"
    try:
        return _made(given, orders, seed, title)
    except KeyboardInterrupt:
        return say(CUT_OFF, "Cut off; nothing of the market is left.")
    except PartLeftError as left:
        return say(CUT_OFF, str(left))


def _number(text: str, most: int) -> int | None:
    """Read a whole number from 0 to `most`, None where it is none."""
    plain = text.isascii() and text.isdecimal() and len(text) <= len(str(most))
    return int(text) if plain and int(text) <= most else None


def _is_title(text: str) -> bool:
    return 1 <= len(text.strip()) <= MOST_TITLE and text.isprintable()


def _made(given: argparse.Namespace, orders: int, seed: int, title: str) -> int:
    from escrow_tui.scenarios.invent.world.creation import Wanted
    from escrow_tui.scenarios.invent.world.summary import as_json, as_text
    from escrow_tui.store import SqliteFile

    where = store_of(given)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    made, cost = _measured(where, Wanted(orders, seed, title, now))
    # A URL is not shown: it may hold a password.
    named = str(where.path) if isinstance(where, SqliteFile) else "postgresql://..."
    print(as_json(made, cost) if given.json else as_text(made, cost, named))
    sys.stdout.flush()
    return WELL


def _measured(where: "Address", wanted: "Wanted") -> "tuple[Made, Cost]":
    """Make it, behind a bar; return what was made, and what it took."""
    from escrow_tui.scenarios.invent.world.creation import make_world
    from escrow_tui.scenarios.invent.world.leftovers import remove_leftovers
    from escrow_tui.scenarios.invent.world.summary import Cost
    from escrow_tui.scenarios.opening import store_at
    from escrow_tui.store.care.size import bytes_of

    store = store_at(where)
    try:
        remove_leftovers(store, wanted.created)
        begun, before = perf_counter(), bytes_of(store, where)
        with bar("making a market") as told:
            made = make_world(store, wanted, told)
        return made, Cost(perf_counter() - begun, bytes_of(store, where) - before)
    finally:
        store.close()
