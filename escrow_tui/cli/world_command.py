"""`escrow-tui world`: makes a market with a history, to browse and to play on."""

import argparse
from datetime import UTC, datetime
from time import perf_counter
from typing import TYPE_CHECKING

from escrow_tui.cli.command_row import Handler
from escrow_tui.cli.console import WELL, WRONG, print_problems, print_result
from escrow_tui.cli.progress_bar import progress_bar
from escrow_tui.cli.store_option import add_store_option, store_to_open

if TYPE_CHECKING:
    from escrow_tui.scenarios.invent.world.creation import MadeWorld, WantedWorld
    from escrow_tui.scenarios.invent.world.summary import Cost
    from escrow_tui.store import Address

# The exit code that a shell expects of a program ended by Ctrl-C.
CUT_OFF = 130
MOST_TITLE = 60
_MOST_SEED = 2**63 - 1


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    add_store_option(parser)
    parser.add_argument("--orders", required=True, metavar="N", help="how many orders it has")
    parser.add_argument("--seed", default="1", metavar="S", help="another number, another market")
    parser.add_argument("--title", metavar="T", help="what the lobby calls it")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def _run(given: argparse.Namespace) -> int:
    """Make a market, and print what it holds; what is wrong goes to standard error."""
    from escrow_tui.scenarios.invent.world.creation import MOST_ORDERS, PartLeftError

    orders = _number(given.orders, MOST_ORDERS)
    seed = _number(given.seed, _MOST_SEED)
    if not orders:
        return print_problems(
            WRONG, f"--orders is a whole number from 1 to {MOST_ORDERS:,}, without commas."
        )
    if seed is None:
        return print_problems(WRONG, f"--seed is a whole number from 0 to {_MOST_SEED}.")
    if given.title is not None and not _is_title(given.title):
        return print_problems(WRONG, f"--title is one line of 1 to {MOST_TITLE} characters.")
    title = given.title or f"A market with {orders:,} orders"
    try:
        return _made(given, orders, seed, title)
    except KeyboardInterrupt:
        return print_problems(CUT_OFF, "Cut off; nothing of the market is left.")
    except PartLeftError as left:
        return print_problems(CUT_OFF, str(left))


def _number(text: str, most: int) -> int | None:
    """Read a whole number from 0 to `most`; None if the text is not one."""
    plain = text.isascii() and text.isdecimal() and len(text) <= len(str(most))
    return int(text) if plain and int(text) <= most else None


def _is_title(text: str) -> bool:
    return 1 <= len(text.strip()) <= MOST_TITLE and text.isprintable()


def _made(given: argparse.Namespace, orders: int, seed: int, title: str) -> int:
    from escrow_tui.scenarios.invent.world.creation import WantedWorld
    from escrow_tui.scenarios.invent.world.summary import as_json, as_text
    from escrow_tui.store import SqliteFile

    where = store_to_open(given)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    made, cost = _measured(where, WantedWorld(orders, seed, title, now))
    # A URL is not shown: it may hold a password.
    named = str(where.path) if isinstance(where, SqliteFile) else "postgresql://..."
    print_result(as_json(made, cost) if given.json else as_text(made, cost, named))
    return WELL


def _measured(where: "Address", wanted: "WantedWorld") -> "tuple[MadeWorld, Cost]":
    """Make the market behind a progress bar; return it with the seconds and bytes it took."""
    from escrow_tui.scenarios.invent.world.creation import make_world
    from escrow_tui.scenarios.invent.world.leftovers import remove_leftovers
    from escrow_tui.scenarios.invent.world.summary import Cost
    from escrow_tui.scenarios.opening import store_at
    from escrow_tui.store.care.size import bytes_of

    store = store_at(where)
    try:
        remove_leftovers(store, wanted.created)
        begun, before = perf_counter(), bytes_of(store, where)
        with progress_bar("making a market") as report:
            made = make_world(store, wanted, report)
        return made, Cost(perf_counter() - begun, bytes_of(store, where) - before)
    finally:
        store.close()


WORLD = Handler(_add_arguments, _run)
