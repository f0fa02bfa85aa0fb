"""What `--help` says before the options, derived from the table of commands."""

from collections.abc import Iterable

from escrow_tui.cli.command_row import CliCommand, CliGroup, Example

PROGRAM = "escrow-tui"


def program_usage(lobby: CliCommand, commands: Iterable[CliCommand | CliGroup]) -> str:
    """Return a line for each way to call the program; a group's own page tells the rest of it."""
    lines = [f"{PROGRAM} {lobby.usage}", *(_in_brief(one) for one in commands)]
    return _one_below_the_other(lines)


def _in_brief(one: CliCommand | CliGroup) -> str:
    if isinstance(one, CliGroup):
        return f"{PROGRAM} {one.name} {' | '.join(command.name for command in one.commands)} ..."
    return command_usage(one)


def command_usage(command: CliCommand, above: str = "") -> str:
    """Return how a command is called; `above` is the name of its group, if it has one."""
    return " ".join(filter(None, (PROGRAM, above, command.name, command.usage)))


def group_usage(group: CliGroup) -> str:
    """Return a line for each command of a group."""
    return _one_below_the_other(command_usage(one, group.name) for one in group.commands)


def _one_below_the_other(lines: Iterable[str]) -> str:
    # argparse writes "usage: " before the first.
    return f"\n{' ' * len('usage: ')}".join(lines)


def program_examples(
    lobby: CliCommand, commands: Iterable[CliCommand | CliGroup]
) -> tuple[Example, ...]:
    """Return one example of each command and of each group."""
    shown = ((one.example,) if isinstance(one, CliGroup) else one.examples[:1] for one in commands)
    return (*lobby.examples[:1], *(example for examples in shown for example in examples))


def group_examples(group: CliGroup) -> tuple[Example, ...]:
    """Return every example of every command of a group."""
    return tuple(example for command in group.commands for example in command.examples)


def example_lines(examples: Iterable[Example]) -> tuple[str, ...]:
    """Return the examples as they are typed, and what each does in a column of its own."""
    typed = [(f"{PROGRAM} {one.words}".rstrip(), one.remark) for one in examples]
    width = max((len(words) for words, remark in typed if remark), default=0)
    return tuple(f"{words:{width}}   {remark}".rstrip() for words, remark in typed)


def description(examples: Iterable[Example], notes: str, exit_codes: str) -> str:
    """Return what stands between the usage and the options."""
    parts = ("\n  ".join(("examples:", *example_lines(examples))), notes)
    return "\n\n".join(filter(None, (*parts, f"exit code: {exit_codes}")))
