"""The command line: it parses, calls one function, and prints; what is heavy is imported there."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from escrow_tui.cli import join, policy, seat, store, world
from escrow_tui.cli.common import (
    DIFFERENT,
    WELL,
    WRONG,
    Parser,
    has_terminal,
    say,
    store_of,
    store_option,
)

if TYPE_CHECKING:
    from escrow_tui.store.address import Where


class Command(Protocol):
    """A module of this package that adds its command to the parser, and runs it."""

    def add(self, commands: "argparse._SubParsersAction[Parser]") -> None:
        """Add the command with its options and its help."""

    def run(self, given: argparse.Namespace) -> int:
        """Run it; return the exit code."""


_COMMANDS: dict[str, Command] = {
    "policy": policy,
    "world": world,
    "store": store,
    "seat": seat,
    "join": join,
}


_EXAMPLES = """\
examples:
  escrow-tui                          open the lobby
  escrow-tui play first-order         begin an exercise
  escrow-tui resume                   go on with the last open run
  escrow-tui run STORY.toml           play a story without a screen, and print what came of it
  escrow-tui run STORY.toml --json    the same, as one JSON object
  escrow-tui policy list              the rules of a market: list, show, check, diff
  escrow-tui world --orders 500       fill the store with a market to browse
  escrow-tui store doctor             look after the store: info, doctor, backup, upgrade
  escrow-tui seat add --as seller     several people in one market: add, list, revoke
  escrow-tui join CODE                take a seat

exit code: 0 all went well, 1 a step did not go as its story says, 2 nothing could be done"""


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
        if given.command in _COMMANDS:
            return _COMMANDS[given.command].run(given)
        return _screen(given)
    except Faults as faults:
        return say(WRONG, *(fault.shown() for fault in faults.faults))
    except StoreProblem as problem:
        return say(WRONG, visible(str(problem)))
    except BrokenPipeError:
        # Whoever read the output has enough of it; Python would complain once more at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DIFFERENT


def _parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="escrow-tui",
        usage=(
            "escrow-tui [--store STORE]\n"
            "           [run STORY.toml [--json] | play NAME | resume [RUN] | policy ...\n"
            "            | world --orders N | store ... | seat ... | join [CODE]]"
        ),
        description=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
        parents=[store_option(default="")],
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version")
    commands = parser.add_subparsers(
        dest="command",
        prog="escrow-tui",
        metavar="run, play, resume, policy, world, store, seat, join",
    )
    run = commands.add_parser("run", help="play a story without a screen", allow_abbrev=False)
    run.add_argument("story", type=Path, metavar="STORY.toml")
    run.add_argument("--json", action="store_true", help="print one JSON object")
    play = commands.add_parser(
        "play", parents=[store_option()], help="begin an exercise", allow_abbrev=False
    )
    play.add_argument("exercise", metavar="NAME")
    resume = commands.add_parser(
        "resume", parents=[store_option()], help="go on with a run", allow_abbrev=False
    )
    resume.add_argument(
        "run", nargs="?", default="", metavar="RUN", help="left out: the last open one"
    )
    for command in _COMMANDS.values():
        command.add(commands)
    return parser


class _Version(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        # Slow to import, and asked for rarely.
        from importlib import metadata

        print(f"escrow-tui {metadata.version('escrow-tui')}")
        parser.exit(WELL)


def _run(path: Path, as_json: bool) -> int:
    """Play a story; what came of it goes to standard output, what is wrong to standard error."""
    from escrow_tui.scenarios.file.story import read_story

    story = read_story(path)

    # A wrong file is told without waiting for the store's libraries.
    from escrow_tui.scenarios.story.headless import play

    played = play(story)
    if as_json:
        import msgspec

        raw = msgspec.json.encode(played.outcome)
        print(msgspec.json.format(raw, indent=2).decode())
    else:
        from escrow_tui.scenarios.story.table import printed

        print(printed(played.outcome))
    sys.stdout.flush()
    return say(DIFFERENT, played.failed) if played.failed else WELL


def _screen(given: argparse.Namespace) -> int:
    """Open the screen: the lobby, an exercise, or a run where it was left."""
    if not has_terminal():
        return say(WRONG, "this needs a terminal; without one: escrow-tui run STORY.toml")
    if given.command == "play":
        from escrow_tui.scenarios.scenario_library import scenario_path

        scenario_path(given.exercise)
    import gc

    # Until the first frame nearly everything that is made stays: collecting only costs, a fifth
    # of the time to the frame. The app switches it on again.
    gc.disable()
    from escrow_tui.ui.app import run_app

    store = store_of(given)
    if given.command == "play":
        return run_app(store, play=given.exercise)
    if given.command != "resume":
        return run_app(store)
    run = given.run or _last_run(store)
    if not run:
        return say(WRONG, "no run is open; begin one with: escrow-tui play NAME")
    return run_app(store, run=run)


def _last_run(store: "Where") -> str:
    """The newest run that is not finished; empty where there is none."""
    from escrow_tui.store import glance

    return next((run.id for run in glance(store) if not run.finished), "")


def _speak_plainly() -> None:
    """Let no terminal's encoding end the program: what it lacks is written as an escape."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
