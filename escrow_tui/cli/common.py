"""What every command shares: its parser, its exit codes, and how it says what is wrong."""

import argparse
import os
import sys
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from escrow_tui.store.address import Address

WELL, DIFFERENT, WRONG = 0, 1, 2


class Parser(argparse.ArgumentParser):
    """Shows no character of a wrong command line that would steer the terminal."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the command line, and end."""
        from escrow_tui.files.fault import visible

        super().error(visible(message))


def say(code: int, *sentences: str) -> int:
    """Print sentences to standard error, and return the exit code."""
    for sentence in sentences:
        print(sentence, file=sys.stderr)
    return code


def has_terminal() -> bool:
    """Tell whether a person can see the screen and type."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def real_time() -> str:
    """Return the real time as ISO text, as rows of the store keep it."""
    from datetime import UTC, datetime

    return datetime.now(UTC).isoformat(timespec="milliseconds")


def store_option(default: str = argparse.SUPPRESS) -> Parser:
    """Return a parent parser with `--store`; an absent one covers none that was given before."""
    parent = Parser(add_help=False)
    parent.add_argument(
        "--store",
        metavar="STORE",
        default=default,
        help="a file, or postgresql://...; or ESCROW_TUI_STORE; or a file in your own data folder",
    )
    return parent


def store_of(given: argparse.Namespace) -> "Address":
    """Say where the store is or can be made: the folder of a file is there.

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


def store_named(given: argparse.Namespace) -> "Address":
    """Say where the store is: as given, as the environment says, or in the user's data folder.

    Raises:
        StoreProblem: what was given names no place.
    """
    from escrow_tui.store.address import SqliteFile, address_of

    named = given.store or os.environ.get("ESCROW_TUI_STORE", "")
    if named:
        return address_of(named)
    from platformdirs import user_data_path

    return SqliteFile(user_data_path("escrow-tui", appauthor=False) / "market.sqlite")
