"""`escrow-tui join`: take a seat with its code, or go on in one that this terminal has."""

import argparse
from contextlib import closing
from typing import TYPE_CHECKING

from escrow_tui.cli.command_row import Handler
from escrow_tui.cli.console import WRONG, has_terminal, print_problems, real_time
from escrow_tui.cli.store_option import add_store_option, existing_store

if TYPE_CHECKING:
    from escrow_tui.store import Address
    from escrow_tui.store.rows.seats import SeatKey


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    add_store_option(parser)
    which = parser.add_mutually_exclusive_group()
    which.add_argument(
        "code", nargs="?", default="", metavar="CODE", help="left out: the last seat"
    )
    which.add_argument("--seat", default="", metavar="SEAT", help="one that was taken here before")


def _run(given: argparse.Namespace) -> int:
    """Take the seat, and open the screen there."""
    if not has_terminal():
        return print_problems(WRONG, "this needs a terminal: a seat is a person at a screen")
    address = existing_store(given)
    key = _seat_key(address, given.code, given.seat)
    from escrow_tui.ui.app import run_app

    return run_app(address, seat=key)


def _seat_key(address: "Address", code: str, seat: str) -> "SeatKey":
    """Return the key to a seat: to the one that the code opens, or to one that was taken here.

    Raises:
        StoreProblem: why there is none.
    """
    from escrow_tui.scenarios.seats.admission import join, last_seat
    from escrow_tui.scenarios.seats.keys import SeatKeys
    from escrow_tui.store import open_store

    keys = SeatKeys(address)
    with closing(open_store(address)) as store:
        return join(store, code, keys, real_time()) if code else last_seat(store, keys, seat)


JOIN = Handler(_add_arguments, _run)
