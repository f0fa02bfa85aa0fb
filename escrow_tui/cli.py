"""The command line: it parses, calls one function, and prints; what is heavy is imported there."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

WELL, DIFFERENT, WRONG = 0, 1, 2

_EXAMPLES = """\
examples:
  escrow-tui                          open the lobby
  escrow-tui play first-order         begin an exercise
  escrow-tui resume                   go on with the last open run
  escrow-tui run STORY.toml           play a story without a screen, and print what came of it
  escrow-tui run STORY.toml --json    the same, as one JSON object
  escrow-tui policy list              the rules of a market: list, show, check, diff

exit code: 0 all went well, 1 a step did not go as its story says, 2 nothing could be done"""

_POLICY_EXAMPLES = """\
examples:
  escrow-tui policy list                       the shipped policies, and what each changes
  escrow-tui policy show ebay                  its rows with value, meaning and source
  escrow-tui policy check MINE.toml            every fault with line and column
  escrow-tui policy diff aliexpress ebay       the rows in which two policies differ

NAME is a shipped policy or the path of a .toml file; --json prints one JSON value.

exit code: 0 all went well, 2 a policy is wrong or is not there"""

_POLICY_NAME = "a shipped policy, or the path of a .toml file"

# Each act with what it names (the word in the help, how many), a line of help, and its examples.
_POLICY_ACTS: dict[str, tuple[dict[str, tuple[str, str | None]], str, str]] = {
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


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command of the command line, and return its exit code."""
    _speak_plainly()
    given = _parser().parse_args(arguments)
    # After parsing, so that help and a wrong option are answered at once.
    from escrow_tui.files import Faults
    from escrow_tui.files.fault import visible
    from escrow_tui.store import StoreProblem

    try:
        if given.command == "run":
            return _run(given.story, given.json)
        if given.command == "policy":
            return _policy(given)
        return _screen(given)
    except Faults as faults:
        return _say(WRONG, *(fault.shown() for fault in faults.faults))
    except StoreProblem as problem:
        return _say(WRONG, visible(str(problem)))
    except BrokenPipeError:
        # Whoever read the output has enough of it; Python would complain once more at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DIFFERENT


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="escrow-tui",
        usage=(
            "escrow-tui [--store PATH]\n"
            "           [run STORY.toml [--json] | play NAME | resume [RUN] | policy ...]"
        ),
        description=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version")
    store = _Parser(add_help=False)
    for one in (parser, store):
        # Given before or after the command; an absent one must not cover the other.
        default = "" if one is parser else argparse.SUPPRESS
        one.add_argument(
            "--store",
            metavar="PATH",
            default=default,
            help="the file of markets and runs; or ESCROW_TUI_STORE; or in your own data folder",
        )
    commands = parser.add_subparsers(
        dest="command", prog="escrow-tui", metavar="run, play, resume, policy"
    )
    run = commands.add_parser("run", help="play a story without a screen", allow_abbrev=False)
    run.add_argument("story", type=Path, metavar="STORY.toml")
    run.add_argument("--json", action="store_true", help="print one JSON object")
    play = commands.add_parser(
        "play", parents=[store], help="begin an exercise", allow_abbrev=False
    )
    play.add_argument("exercise", metavar="NAME")
    resume = commands.add_parser(
        "resume", parents=[store], help="go on with a run", allow_abbrev=False
    )
    resume.add_argument(
        "run", nargs="?", default="", metavar="RUN", help="left out: the last open one"
    )
    _add_policy(commands)
    return parser


def _add_policy(commands: "argparse._SubParsersAction[_Parser]") -> None:
    """Add the command `policy` with its four acts."""
    policy = commands.add_parser(
        "policy",
        prog="escrow-tui policy",
        usage="escrow-tui policy list | show NAME | check FILE... | diff A B  [--json]",
        help="list, show, check and compare the rules of a market",
        description=_POLICY_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    acts = policy.add_subparsers(dest="act", metavar="list, show, check, diff", required=True)
    for act, (named, what, examples) in _POLICY_ACTS.items():
        one = acts.add_parser(
            act,
            prog=f"escrow-tui policy {act}",
            help=what,
            description=examples,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        for name, (word, count) in named.items():
            one.add_argument(name, metavar=word, nargs=count, help=_POLICY_NAME)
        one.add_argument("--json", action="store_true", help="print one JSON value")


class _Parser(argparse.ArgumentParser):
    """Shows no character of a wrong command line that would steer the terminal."""

    def error(self, message: str) -> NoReturn:
        from escrow_tui.files.fault import visible

        super().error(visible(message))


class _Version(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        # Slow to import, and asked for rarely.
        from importlib import metadata

        print(f"escrow-tui {metadata.version('escrow-tui')}")
        parser.exit(WELL)


def _run(path: Path, as_json: bool) -> int:
    """Play a story; what came of it goes to standard output, what is wrong to standard error."""
    from escrow_tui.scenarios.story import read_story

    story = read_story(path)

    # A wrong file is told without waiting for the store's libraries.
    from escrow_tui.scenarios.headless import play

    played = play(story)
    if as_json:
        import msgspec

        raw = msgspec.json.encode(played.outcome)
        print(msgspec.json.format(raw, indent=2).decode())
    else:
        from escrow_tui.scenarios.printed import printed

        print(printed(played.outcome))
    sys.stdout.flush()
    return _say(DIFFERENT, played.failed) if played.failed else WELL


def _policy(given: argparse.Namespace) -> int:
    """Tell what was asked about policies; what is wrong goes to standard error."""
    from escrow_tui.policy.asked import ACTS

    named = (getattr(given, name) for name in _POLICY_ACTS[given.act][0])
    said = ACTS[given.act](*named, as_json=given.json)
    if said.text:
        print(said.text)
    sys.stdout.flush()
    return _say(WRONG if said.problems else WELL, *said.problems)


def _screen(given: argparse.Namespace) -> int:
    """Open the screen: the lobby, an exercise, or a run where it was left."""
    if not _has_terminal():
        return _say(WRONG, "this needs a terminal; without one: escrow-tui run STORY.toml")
    if given.command == "play":
        from escrow_tui.scenarios.library import scenario_path

        scenario_path(given.exercise)
    import gc

    # Until the first frame nearly everything that is made stays: collecting only costs, a fifth
    # of the time to the frame. The app switches it on again.
    gc.disable()
    from escrow_tui.ui.app import run_app

    try:
        store = _store_path(given.store)
    except OSError as error:
        return _say(WRONG, f"the store's folder cannot be made: {error.strerror or error}")
    if given.command == "play":
        return run_app(store, play=given.exercise)
    if given.command != "resume":
        return run_app(store)
    run = given.run or _last_run(store)
    if not run:
        return _say(WRONG, "no run is open; begin one with: escrow-tui play NAME")
    return run_app(store, run=run)


def _has_terminal() -> bool:
    """Tell whether a person can see the screen and type."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def _last_run(store: Path) -> str:
    """The newest run that is not finished; empty where there is none."""
    from escrow_tui.store import glance

    return next((run.id for run in glance(store) if not run.finished), "")


def _store_path(given: str) -> Path:
    """Where the store lies: as given, as the environment says, or in the user's data folder."""
    named = given or os.environ.get("ESCROW_TUI_STORE", "")
    if named:
        path = Path(named).expanduser()
    else:
        from platformdirs import user_data_path

        path = user_data_path("escrow-tui", appauthor=False) / "market.sqlite"
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def _say(code: int, *sentences: str) -> int:
    for sentence in sentences:
        print(sentence, file=sys.stderr)
    return code


def _speak_plainly() -> None:
    """Let no terminal's encoding end the program: what it lacks is written as an escape."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
