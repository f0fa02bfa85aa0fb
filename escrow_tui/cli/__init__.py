"""The command line: it parses the arguments, calls one function, and prints what came of it."""

import os
import sys
from collections.abc import Sequence

from escrow_tui.cli.command_parser import parser_for
from escrow_tui.cli.command_row import load_handler
from escrow_tui.cli.console import DIFFERENT, WRONG, print_problems


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command of the command line, and return its exit code."""
    _escape_what_the_terminal_lacks()
    words = sys.argv[1:] if arguments is None else arguments
    given = parser_for(words).parse_args(words)
    # After parsing, so that help and a wrong option are answered at once.
    from escrow_tui.files import Faults
    from escrow_tui.files.fault import visible
    from escrow_tui.store import StoreProblem

    try:
        return load_handler(given.handler).run(given)
    except Faults as faults:
        return print_problems(WRONG, *(fault.shown() for fault in faults.faults))
    except StoreProblem as problem:
        return print_problems(WRONG, visible(str(problem)))
    except BrokenPipeError:
        # The reader of the output has closed it; Python would complain once more when it exits.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DIFFERENT


def _escape_what_the_terminal_lacks() -> None:
    """Write a character that the terminal's encoding lacks as an escape, instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
