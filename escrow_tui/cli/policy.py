"""`escrow-tui policy`: the rules of a market."""

import argparse
import sys

from escrow_tui.cli.common import WELL, WRONG, Parser, say

_EXAMPLES = """\
examples:
  escrow-tui policy list                       the shipped policies, and what each changes
  escrow-tui policy show ebay                  its rows with value, meaning and source
  escrow-tui policy check MINE.toml            every fault with line and column
  escrow-tui policy diff aliexpress ebay       the rows in which two policies differ

NAME is a shipped policy or the path of a .toml file; --json prints one JSON value.

exit code: 0 all went well, 2 a policy is wrong or is not there"""

_NAME = "a shipped policy, or the path of a .toml file"

# Each act with what it names (the word in the help, how many), a line of help, and its examples.
_ACTS: dict[str, tuple[dict[str, tuple[str, str | None]], str, str]] = {
    "list": (
        {},
        "the shipped policies, and what each changes",
        """\
examples:
  escrow-tui policy list
  escrow-tui policy list --json""",
    ),
    "show": (
        {"name": ("NAME", None)},
        "the rows of a policy with value, meaning and source",
        """\
examples:
  escrow-tui policy show aliexpress
  escrow-tui policy show MINE.toml --json""",
    ),
    "check": (
        {"files": ("FILE", "+")},
        "every fault of policy files, with line and column",
        """\
examples:
  escrow-tui policy check MINE.toml
  escrow-tui policy check policies/*.toml --json

exit code: 0 every file is fine, 2 one is not""",
    ),
    "diff": (
        {"one": ("A", None), "other": ("B", None)},
        "the rows in which two policies differ",
        """\
examples:
  escrow-tui policy diff aliexpress ebay
  escrow-tui policy diff aliexpress MINE.toml --json

exit code: 0 whether or not they differ, 2 one cannot be read""",
    ),
}


def add(commands: "argparse._SubParsersAction[Parser]") -> None:
    """Add the command `policy` with its four acts."""
    policy = commands.add_parser(
        "policy",
        prog="escrow-tui policy",
        usage="escrow-tui policy list | show NAME | check FILE... | diff A B  [--json]",
        help="list, show, check and compare the rules of a market",
        description=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    acts = policy.add_subparsers(dest="act", metavar="list, show, check, diff", required=True)
    for act, (named, what, examples) in _ACTS.items():
        one = acts.add_parser(
            act,
            prog=f"escrow-tui policy {act}",
            help=what,
            description=examples,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        for name, (word, count) in named.items():
            one.add_argument(name, metavar=word, nargs=count, help=_NAME)
        one.add_argument("--json", action="store_true", help="print one JSON value")


def run(given: argparse.Namespace) -> int:
    """Tell what was asked about policies; what is wrong goes to standard error."""
    from escrow_tui.policy.queries import ACTS

    named = (getattr(given, name) for name in _ACTS[given.act][0])
    said = ACTS[given.act](*named, as_json=given.json)
    if said.text:
        print(said.text)
    sys.stdout.flush()
    return say(WRONG if said.problems else WELL, *said.problems)
