"""The option `--store`, and the place of the store that it names."""

import argparse
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from escrow_tui.store.address import Address


def add_store_option(parser: argparse.ArgumentParser, default: str = argparse.SUPPRESS) -> None:
    """Add `--store`; where it is left out after a command, one before the command counts."""
    parser.add_argument(
        "--store",
        metavar="STORE",
        default=default,
        help="a file, or postgresql://...; or ESCROW_TUI_STORE; or a file in your own data folder",
    )


def store_to_open(given: argparse.Namespace) -> "Address":
    """Return where the store is or can be made; the folder of a file is made here.

    Raises:
        StoreProblem: it cannot be there.
    """
    from escrow_tui.store import StoreProblem
    from escrow_tui.store.address import SqliteFile

    address = store_named(given)
    if isinstance(address, SqliteFile):
        try:
            address.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            why = error.strerror or error
            raise StoreProblem(f"the store's folder cannot be made: {why}") from error
    return address


def existing_store(given: argparse.Namespace) -> "Address":
    """Return where a store is that exists: a mistyped path makes no new one.

    Raises:
        StoreProblem: there is none.
    """
    from escrow_tui.store.address import SqliteFile
    from escrow_tui.store.sqlite.file_care import schema_of_file

    address = store_named(given)
    if isinstance(address, SqliteFile):
        schema_of_file(address.path)
    return address


def store_named(given: argparse.Namespace) -> "Address":
    """Return where the store is: as given, as the environment says, or in the user's data folder.

    Raises:
        StoreProblem: what was given names no place.
    """
    from escrow_tui.store.address import SqliteFile, address_of

    named = given.store or os.environ.get("ESCROW_TUI_STORE", "")
    if named:
        return address_of(named)
    from platformdirs import user_data_path

    return SqliteFile(user_data_path("escrow-tui", appauthor=False) / "market.sqlite")
