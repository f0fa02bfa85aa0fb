"""`escrow-tui seat`: chairs of a market for several people, each at a terminal of his own."""

import argparse
import sys
from contextlib import closing
from typing import TYPE_CHECKING

from escrow_tui.cli.common import WELL, Parser, real_time, store_named, store_of, store_option

if TYPE_CHECKING:
    from escrow_tui.scenarios.seats.grants import Given
    from escrow_tui.store import Address, RunHead, Store
    from escrow_tui.store.rows.seats import SeatRow

_EXAMPLES = """\
examples:
  escrow-tui seat add --as buyer                       a seat in the newest free market
  escrow-tui seat add --as seller --label "Anna"       with a word for yourself
  escrow-tui seat add --as mediator --new "Class 3"    in a market that is made now
  escrow-tui seat add --as buyer --market "Class 3"    in one that is there, by title or id
  escrow-tui seat list --json                          who sits where
  escrow-tui seat revoke k3m9qd                        from now on he sees and does nothing

A code is printed once and opens a seat once: escrow-tui join CODE. Backstage is the carrier, the
bank and the clock. Seats part people who use this program; whoever holds the store's file, or the
login of its database, can read and write all of it, so give that only to people whom you trust.

exit code: 0 it is done, 2 it cannot be"""
_TRUST = {
    True: "Whoever holds this file can read and write all of it: share it with people you trust.",
    False: "Whoever has the database's login can read and write all of it: share it with people"
    " you trust.",
}
MOST_SEED = 2**63 - 1
_ROLES = ("buyer", "seller", "mediator", "backstage")
# What is told of a seat, by the column's title; neither hash is.
_COLUMNS = {
    "Seat": "id",
    "Role": "role",
    "Person": "person",
    "State": "state",
    "Joined": "joined",
    "Market": "market",
    "Label": "label",
}


def add(commands: "argparse._SubParsersAction[Parser]") -> None:
    """Add the command `seat` with its three acts."""
    seat = commands.add_parser(
        "seat",
        prog="escrow-tui seat",
        usage="escrow-tui seat add --as ROLE [options] | list [--json] | revoke SEAT",
        help="give seats of a market to other people, list and revoke them",
        description=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    acts = seat.add_subparsers(dest="act", metavar="add, list, revoke", required=True)
    _add_add(acts)
    listed = _act(acts, "list", "who sits where, and which codes wait")
    listed.add_argument("--market", default="", metavar="MARKET", help="of this one alone")
    listed.add_argument("--json", action="store_true", help="print one JSON value")
    revoked = _act(acts, "revoke", "take a seat away, or a code that waits")
    revoked.add_argument("seat", metavar="SEAT", help="its id, as seat list shows it")


def _act(acts: "argparse._SubParsersAction[Parser]", name: str, what: str) -> Parser:
    return acts.add_parser(
        name,
        prog=f"escrow-tui seat {name}",
        parents=[store_option()],
        help=what,
        description=what,
        allow_abbrev=False,
    )


def _add_add(acts: "argparse._SubParsersAction[Parser]") -> None:
    add = _act(acts, "add", "give a seat; its code is printed once")
    add.add_argument("--as", dest="role", choices=_ROLES, required=True, help="in which role")
    where = add.add_mutually_exclusive_group()
    where.add_argument(
        "--market", default="", metavar="MARKET", help="id or title; left out: the newest"
    )
    where.add_argument("--new", default="", metavar="TITLE", help="make a new market for it")
    add.add_argument(
        "--seed", type=_seed, metavar="SEED", help="of the new market's people and goods"
    )
    add.add_argument(
        "--person", default="", metavar="PERSON", help="such as buyer-2; left out: the next one"
    )
    add.add_argument("--label", default="", metavar="TEXT", help="a word for yourself, as a name")


def _seed(text: str) -> int:
    number = int(text) if text.isascii() and text.isdecimal() else MOST_SEED + 1
    if number > MOST_SEED:
        raise argparse.ArgumentTypeError(f"it is a whole number from 0 to {MOST_SEED}")
    return number


def run(given: argparse.Namespace) -> int:
    """Give, list or revoke seats; what is wrong is raised as one sentence."""
    from escrow_tui.store import open_store

    adding = given.act == "add"
    address = store_of(given) if adding else store_named(given)
    if not adding:
        must_be_there(address)
    with closing(open_store(address)) as store:
        for line in _ACTS[given.act](store, address, given):
            print(line)
    sys.stdout.flush()
    return WELL


def must_be_there(address: "Address") -> None:
    """See that a store is there to look into: a mistyped path makes no new one.

    Raises:
        StoreProblem: there is none.
    """
    from escrow_tui.store import SqliteFile
    from escrow_tui.store.sqlite.file_care import schema_at

    if isinstance(address, SqliteFile):
        schema_at(address.path)


def _add(store: "Store", address: "Address", given: argparse.Namespace) -> list[str]:
    from escrow_tui.scenarios.seats.grants import give, market_for, new_market
    from escrow_tui.scenarios.seats.people import SeatRequest

    now = real_time()
    if given.new:
        market: RunHead = new_market(store, given.new, now, given.seed)
    else:
        market = market_for(store, given.market, now)
    told = give(store, market, SeatRequest(given.role, given.person, given.label), now)
    return _told(told, market.title, address)


def _told(told: "Given", title: str, address: "Address") -> list[str]:
    import shlex

    from escrow_tui.files.fault import visible
    from escrow_tui.store import SqliteFile

    seat, is_file = told.seat, isinstance(address, SqliteFile)
    who = f"{seat.person}, {told.name}" if seat.person else told.name
    return [
        visible(f"Seat {seat.id}: {seat.role} ({who}) in {title} ({seat.market})"),
        f"Code {told.code} opens it once, and is not shown again. To join, type:",
        visible(f"  escrow-tui --store {shlex.quote(str(address))} join {told.code}"),
        *([] if is_file else ["  with the user and the password of the database in the URL"]),
        _TRUST[is_file],
    ]


def _list(store: "Store", address: "Address", given: argparse.Namespace) -> list[str]:  # noqa: ARG001
    from escrow_tui.scenarios.seats.grants import market_named, seats_of

    market = market_named(store, given.market).market if given.market else ""
    seats = seats_of(store, market)
    if given.json:
        import msgspec

        told = [{name: getattr(seat, name) for name in _COLUMNS.values()} for seat in seats]
        return [msgspec.json.format(msgspec.json.encode(told), indent=2).decode()]
    if not seats:
        return ["No seat has been given yet; escrow-tui seat add --as buyer gives one."]
    return _table(seats)


def _table(seats: "tuple[SeatRow, ...]") -> list[str]:
    from escrow_tui.files.fault import visible

    cells = [[visible(getattr(seat, name)) or "-" for name in _COLUMNS.values()] for seat in seats]
    rows = [list(_COLUMNS), *cells]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lined = (zip(row, widths, strict=True) for row in rows)
    return ["  ".join(cell.ljust(width) for cell, width in row).rstrip() for row in lined]


def _revoke(store: "Store", address: "Address", given: argparse.Namespace) -> list[str]:  # noqa: ARG001
    from escrow_tui.scenarios.seats.grants import revoke

    seat = revoke(store, given.seat)
    who = seat.person or seat.role
    return [
        f"Seat {seat.id} ({who}) is revoked: what was done from it is kept, and nothing more can"
        " be seen or done from it."
    ]


_ACTS = {"add": _add, "list": _list, "revoke": _revoke}
