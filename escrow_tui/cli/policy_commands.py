"""`escrow-tui policy`: the rules of a market."""

import argparse
from typing import TYPE_CHECKING

from escrow_tui.cli.command_row import Handler
from escrow_tui.cli.console import WELL, WRONG, print_problems, print_result

if TYPE_CHECKING:
    from escrow_tui.policy.queries import Said

_NAME = "a shipped policy, or the path of a .toml file"


def _add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print one JSON value")


def _list(given: argparse.Namespace) -> int:
    from escrow_tui.policy.queries import list_policies

    return _tell(list_policies(as_json=given.json))


def _add_name(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help=_NAME)
    _add_json(parser)


def _show(given: argparse.Namespace) -> int:
    from escrow_tui.policy.queries import show_policy

    return _tell(show_policy(given.name, as_json=given.json))


def _add_files(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", metavar="FILE", nargs="+", help=_NAME)
    _add_json(parser)


def _check(given: argparse.Namespace) -> int:
    from escrow_tui.policy.queries import check_policies

    return _tell(check_policies(given.files, as_json=given.json))


def _add_two_names(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("one", metavar="A", help=_NAME)
    parser.add_argument("other", metavar="B", help=_NAME)
    _add_json(parser)


def _diff(given: argparse.Namespace) -> int:
    from escrow_tui.policy.queries import compare_policies

    return _tell(compare_policies(given.one, given.other, as_json=given.json))


def _tell(said: "Said") -> int:
    """Print the answer to standard output, and what is wrong to standard error."""
    if said.text:
        print_result(said.text)
    return print_problems(WRONG if said.problems else WELL, *said.problems)


LIST = Handler(_add_json, _list)
SHOW = Handler(_add_name, _show)
CHECK = Handler(_add_files, _check)
DIFF = Handler(_add_two_names, _diff)
