"""Builds the parser of the command line from the table of commands."""

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING, NoReturn, TypeAlias

from escrow_tui.cli.command_row import CliCommand, CliGroup, load_handler
from escrow_tui.cli.command_table import COMMANDS, LOBBY
from escrow_tui.cli.help_text import (
    PROGRAM,
    command_usage,
    description,
    group_examples,
    group_usage,
    program_examples,
    program_usage,
)
from escrow_tui.cli.store_option import add_store_option

if TYPE_CHECKING:
    _Commands: TypeAlias = "argparse._SubParsersAction[CommandParser]"


class CommandParser(argparse.ArgumentParser):
    """A parser that shows no character of a wrong command line that would steer the terminal."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the command line, and exit."""
        from escrow_tui.files.fault import visible

        super().error(visible(message))


def parser_for(
    arguments: Sequence[str], commands: Sequence[CliCommand | CliGroup] = COMMANDS
) -> CommandParser:
    """Return the parser for these arguments; `handler` of what it parses is the command's.

    A command's module is imported only if its name is among the arguments.
    """
    parser = CommandParser(
        prog=PROGRAM,
        usage=program_usage(LOBBY, commands),
        description=description(program_examples(LOBBY, commands), LOBBY.notes, LOBBY.exit_codes),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    add_store_option(parser, default="")
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version")
    parser.set_defaults(handler=LOBBY.handler)
    added = parser.add_subparsers(title="commands", prog=PROGRAM, metavar="COMMAND")
    for one in commands:
        if isinstance(one, CliGroup):
            _add_group(added, one, arguments)
        else:
            _add_command(added, one, arguments)
    return parser


def _add_group(added: "_Commands", group: CliGroup, arguments: Sequence[str]) -> None:
    text = description(group_examples(group), group.notes, group.exit_codes)
    parser = _new_parser(added, group, group_usage(group), text)
    members = parser.add_subparsers(
        title="commands", prog=f"{PROGRAM} {group.name}", metavar="COMMAND", required=True
    )
    for command in group.commands:
        _add_command(members, command, arguments, above=group.name)


def _add_command(
    added: "_Commands", command: CliCommand, arguments: Sequence[str], above: str = ""
) -> None:
    text = description(command.examples, command.notes, command.exit_codes)
    parser = _new_parser(added, command, command_usage(command, above), text)
    parser.set_defaults(handler=command.handler)
    if command.name in arguments and (not above or above in arguments):
        load_handler(command.handler).add_arguments(parser)


def _new_parser(
    added: "_Commands", row: CliCommand | CliGroup, usage: str, text: str
) -> CommandParser:
    return added.add_parser(
        row.name,
        usage=usage,
        help=row.help,
        description=text,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )


class _Version(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        # Slow to import, and rarely asked for.
        from importlib import metadata

        print(f"{PROGRAM} {metadata.version(PROGRAM)}")
        parser.exit()
