"""`escrow-tui join`: take a seat with its code, or go on in the one that this terminal has."""

import argparse
from contextlib import closing
from typing import TYPE_CHECKING

from escrow_tui.cli.common import (
    WRONG,
    Parser,
    has_terminal,
    real_time,
    say,
    store_named,
    store_option,
)
from escrow_tui.cli.seat import must_be_there

if TYPE_CHECKING:
    from escrow_tui.store import Address
    from escrow_tui.store.rows.seats import SeatKey

_EXAMPLES = """\
examples:
  escrow-tui join H7KP-3WQA-9DNM-X4TE     take the seat that this code opens; it opens it once
  escrow-tui join                         go on in the seat that was taken here last
  escrow-tui join --seat k3m9qd           in another one that was taken here

The key of a seat is kept in your own state folder, readable for you alone.

exit code: 0 it was left as it should be, 2 there is no such seat"""


def add(commands: "argparse._SubParsersAction[Parser]") -> None:
    """Add the command `join`."""
    join = commands.add_parser(
        "join",
        prog="escrow-tui join",
        parents=[store_option()],
        usage="escrow-tui join [CODE | --seat SEAT]",
        help="take a seat in somebody's market",
        description=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    which = join.add_mutually_exclusive_group()
    which.add_argument(
        "code", nargs="?", default="", metavar="CODE", help="left out: the last seat"
    )
    which.add_argument("--seat", default="", metavar="SEAT", help="one that was taken here before")


def run(given: argparse.Namespace) -> int:
    """Take the seat, and open the screen there."""
    if not has_terminal():
        return say(WRONG, "this needs a terminal: a seat is a person at a screen")
    address = store_named(given)
    must_be_there(address)
    key = seat_key(address, given.code, given.seat)
    from escrow_tui.ui.app import run_app

    return run_app(address, seat=key)


def seat_key(address: "Address", code: str, seat: str = "") -> "SeatKey":
    """Return the key to a seat: of the one that the code opens, or of one that was taken here.

    Raises:
        StoreProblem: why there is none.
    """
    from escrow_tui.scenarios.seats.admission import join, last_seat
    from escrow_tui.scenarios.seats.keys import SeatKeys
    from escrow_tui.store import open_store

    keys = SeatKeys(address)
    with closing(open_store(address)) as store:
        return join(store, code, keys, real_time()) if code else last_seat(store, keys, seat)
