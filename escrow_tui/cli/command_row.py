"""What the command line knows about a command: one row of facts, and the functions behind it."""

import argparse
from collections.abc import Callable
from importlib import import_module
from typing import NamedTuple

# Named tuples and not msgspec's structs: `escrow-tui --help` loads no library that is not Python's.


AddArguments = Callable[[argparse.ArgumentParser], None]
RunCommand = Callable[[argparse.Namespace], int]


class Handler(NamedTuple):
    """The functions of a command; `run` returns the exit code."""

    add_arguments: AddArguments
    run: RunCommand


class Example(NamedTuple):
    """A command line as it is typed after `escrow-tui`, and what it does."""

    words: str
    remark: str = ""


class CliCommand(NamedTuple):
    """A command of the command line, or one of a group.

    `usage` is what follows its name. The first example also stands on the page above: that of the
    group, or of the whole program. `notes` are paragraphs below the examples. `handler` is where
    its `Handler` is, as `module:NAME`; the module is imported when the command is used.
    """

    name: str
    usage: str
    help: str
    examples: tuple[Example, ...]
    handler: str
    exit_codes: str = "0 all went well, 2 nothing could be done"
    notes: str = ""


class CliGroup(NamedTuple):
    """Commands under one name; its usage and its examples are theirs.

    `example` is the one that stands on the page of the whole program.
    """

    name: str
    help: str
    example: Example
    commands: tuple[CliCommand, ...]
    exit_codes: str = "0 all went well, 2 nothing could be done"
    notes: str = ""


def load_handler(where: str) -> Handler:
    """Import the handler that stands at `module:NAME`."""
    module, _, name = where.partition(":")
    handler: Handler = getattr(import_module(module), name)
    return handler
