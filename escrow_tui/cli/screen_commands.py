"""`escrow-tui`, `escrow-tui play` and `escrow-tui resume`: what opens a screen."""

import argparse
from typing import TYPE_CHECKING

from escrow_tui.cli.command_row import Handler
from escrow_tui.cli.console import WRONG, has_terminal, print_problems
from escrow_tui.cli.store_option import add_store_option, store_to_open

if TYPE_CHECKING:
    from escrow_tui.store.address import Where

_NO_TERMINAL = "this needs a terminal; without one: escrow-tui run STORY.toml"


def _add_nothing(_parser: argparse.ArgumentParser) -> None:
    """Add nothing: the options of the lobby are those of the whole program."""


def _open_lobby(given: argparse.Namespace) -> int:
    return _on_screen(given) if has_terminal() else print_problems(WRONG, _NO_TERMINAL)


def _add_exercise(parser: argparse.ArgumentParser) -> None:
    add_store_option(parser)
    parser.add_argument("exercise", metavar="NAME")


def _play(given: argparse.Namespace) -> int:
    if not has_terminal():
        return print_problems(WRONG, _NO_TERMINAL)
    from escrow_tui.scenarios.scenario_library import scenario_path

    # A name that is not there is reported before the screen is imported.
    scenario_path(given.exercise)
    return _on_screen(given, play=given.exercise)


def _add_run(parser: argparse.ArgumentParser) -> None:
    add_store_option(parser)
    parser.add_argument(
        "run", nargs="?", default="", metavar="RUN", help="left out: the last open one"
    )


def _resume(given: argparse.Namespace) -> int:
    if not has_terminal():
        return print_problems(WRONG, _NO_TERMINAL)
    run = given.run or _last_run(store_to_open(given))
    if not run:
        return print_problems(WRONG, "no run is open; begin one with: escrow-tui play NAME")
    return _on_screen(given, run=run)


def _last_run(store: "Where") -> str:
    """Return the newest run that is not finished; empty if there is none."""
    from escrow_tui.store import glance

    return next((run.id for run in glance(store) if not run.finished), "")


def _on_screen(given: argparse.Namespace, play: str = "", run: str = "") -> int:
    """Open the lobby, an exercise, or a run where it was left."""
    import gc

    # Until the first frame nearly everything that is made stays. Collecting garbage would only
    # cost time, a fifth of what the frame takes; the app switches it on again.
    gc.disable()
    from escrow_tui.ui.app import run_app

    return run_app(store_to_open(given), play=play, run=run)


LOBBY = Handler(_add_nothing, _open_lobby)
PLAY = Handler(_add_exercise, _play)
RESUME = Handler(_add_run, _resume)
