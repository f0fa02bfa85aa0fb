"""`escrow-tui seat`: seats in a market for several people, each at their own terminal."""

import argparse
from contextlib import closing
from typing import TYPE_CHECKING

from escrow_tui.cli.command_row import Handler
from escrow_tui.cli.console import WELL, json_of, print_result, real_time
from escrow_tui.cli.store_option import add_store_option, existing_store, store_to_open

if TYPE_CHECKING:
    from escrow_tui.scenarios.seats.grants import Given
    from escrow_tui.store import Address, RunHead, Store
    from escrow_tui.store.rows.seats import SeatRow

_TRUST = {
    True: "Anyone with this file can read and write all of it: share it with people you trust.",
    False: "Anyone with the database's login can read and write all of it: share it with people"
    " you trust.",
}
MOST_SEED = 2**63 - 1
_ROLES = ("buyer", "seller", "mediator", "backstage")
# What a list shows of a seat, by the column's title; the hashes of code and key stay hidden.
_COLUMNS = {
    "Seat": "id",
    "Role": "role",
    "Person": "person",
    "State": "state",
    "Joined": "joined",
    "Market": "market",
    "Label": "label",
}


def _add_what_is_given(parser: argparse.ArgumentParser) -> None:
    add_store_option(parser)
    parser.add_argument("--as", dest="role", choices=_ROLES, required=True, help="in which role")
    where = parser.add_mutually_exclusive_group()
    where.add_argument(
        "--market", default="", metavar="M", help="id or title; left out: the newest"
    )
    where.add_argument("--new", default="", metavar="TITLE", help="make a new market for it")
    parser.add_argument(
        "--seed", type=_seed, metavar="S", help="of the new market's people and goods"
    )
    parser.add_argument(
        "--person", default="", metavar="P", help="such as buyer-2; left out: the next one"
    )
    parser.add_argument("--label", default="", metavar="T", help="a word for yourself, as a name")


def _add_what_is_listed(parser: argparse.ArgumentParser) -> None:
    add_store_option(parser)
    parser.add_argument("--market", default="", metavar="MARKET", help="of this one alone")
    parser.add_argument("--json", action="store_true", help="print one JSON value")


def _add_what_is_revoked(parser: argparse.ArgumentParser) -> None:
    add_store_option(parser)
    parser.add_argument("seat", metavar="SEAT", help="its id, as seat list shows it")


def _seed(text: str) -> int:
    number = int(text) if text.isascii() and text.isdecimal() else MOST_SEED + 1
    if number > MOST_SEED:
        raise argparse.ArgumentTypeError(f"it is a whole number from 0 to {MOST_SEED}")
    return number


def _add(given: argparse.Namespace) -> int:
    from escrow_tui.store import open_store

    address = store_to_open(given)
    with closing(open_store(address)) as store:
        print_result("\n".join(_new_seat(store, address, given)))
    return WELL


def _new_seat(store: "Store", address: "Address", given: argparse.Namespace) -> list[str]:
    from escrow_tui.scenarios.seats.grants import give, market_for, new_market
    from escrow_tui.scenarios.seats.people import SeatRequest

    now = real_time()
    if given.new:
        market: RunHead = new_market(store, given.new, now, given.seed)
    else:
        market = market_for(store, given.market, now)
    told = give(store, market, SeatRequest(given.role, given.person, given.label), now)
    return _seat_lines(told, market.title, address)


def _seat_lines(told: "Given", title: str, address: "Address") -> list[str]:
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


def _list(given: argparse.Namespace) -> int:
    from escrow_tui.scenarios.seats.grants import market_named, seats_of
    from escrow_tui.store import open_store

    with closing(open_store(existing_store(given))) as store:
        market = market_named(store, given.market).market if given.market else ""
        seats = seats_of(store, market)
    if given.json:
        rows = [{name: getattr(seat, name) for name in _COLUMNS.values()} for seat in seats]
        print_result(json_of(rows))
    elif seats:
        print_result("\n".join(_table(seats)))
    else:
        print_result("No seat has been given yet; escrow-tui seat add --as buyer gives one.")
    return WELL


def _table(seats: "tuple[SeatRow, ...]") -> list[str]:
    from escrow_tui.files.fault import visible

    cells = [[visible(getattr(seat, name)) or "-" for name in _COLUMNS.values()] for seat in seats]
    rows = [list(_COLUMNS), *cells]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lined = (zip(row, widths, strict=True) for row in rows)
    return ["  ".join(cell.ljust(width) for cell, width in row).rstrip() for row in lined]


def _revoke(given: argparse.Namespace) -> int:
    from escrow_tui.scenarios.seats.grants import revoke
    from escrow_tui.store import open_store

    with closing(open_store(existing_store(given))) as store:
        seat = revoke(store, given.seat)
    print_result(
        f"Seat {seat.id} ({seat.person or seat.role}) is revoked: what was done from it is kept,"
        " and nothing more can be seen or done from it."
    )
    return WELL


ADD_SEAT = Handler(_add_what_is_given, _add)
LIST_SEATS = Handler(_add_what_is_listed, _list)
REVOKE_SEAT = Handler(_add_what_is_revoked, _revoke)
