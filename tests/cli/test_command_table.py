"""Every row of the table of commands is whole; help, usage and README derive from it."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from escrow_tui import cli
from escrow_tui.cli.command_parser import CommandParser, parser_for
from escrow_tui.cli.command_row import CliCommand, CliGroup, Example, Handler, load_handler
from escrow_tui.cli.command_table import COMMANDS, LOBBY
from escrow_tui.cli.console import WELL
from escrow_tui.cli.help_text import command_usage, example_lines, program_examples
from tests.cli.in_a_process import in_a_process

README = Path(__file__).parents[2] / "README.md"
HEAVY = ("textual", "sqlalchemy", "sqlmodel", "pydantic", "faker", "msgspec", "tomllib", "pathlib")


def every_command() -> Iterator[tuple[str, CliCommand]]:
    """Each command that can be called, with the name of its group."""
    yield "", LOBBY
    for one in COMMANDS:
        if isinstance(one, CliGroup):
            yield from ((one.name, command) for command in one.commands)
        else:
            yield "", one


Commands = tuple[CliCommand | CliGroup, ...]


def lacks(
    above: str,
    command: CliCommand,
    capsys: pytest.CaptureFixture[str],
    commands: Commands = COMMANDS,
) -> list[str]:
    """Say in words what a row lacks, and where it is at odds with its handler."""
    name = " ".join(filter(None, (above, command.name)))
    found = []
    if not command.help:
        found.append("has no help; write in one line what it does")
    if not command.examples:
        found.append("has no example; write one command line that does something useful")
    try:
        handler = load_handler(command.handler)
    except (ImportError, AttributeError) as error:
        found.append(f"has no handler, {error}; write NAME = Handler(add_arguments, run) there")
    else:
        found += at_odds_with_usage(command, handler)
        wrong = (wrong_with(one, command, commands, capsys) for one in command.examples)
        found += filter(None, wrong)
    return [f"escrow-tui {name} {one}" for one in found]


def at_odds_with_usage(command: CliCommand, handler: Handler) -> list[str]:
    """Say which arguments the usage does not name, and which it names that are not there."""
    parser = CommandParser(prog="one", add_help=False)
    handler.add_arguments(parser)
    options = {option for one in parser._actions for option in one.option_strings} | {"--store"}
    positionals = [str(one.metavar) for one in parser._actions if not one.option_strings]
    named = set(re.findall(r"--[a-z-]+", command.usage))
    missing = sorted(options - {"--store"} - named) + [
        one for one in positionals if one not in command.usage
    ]
    return [f"takes {one}, which its usage does not name" for one in missing] + [
        f"does not take {one}, which its usage names" for one in sorted(named - options)
    ]


def wrong_with(
    example: Example,
    command: CliCommand,
    commands: Commands,
    capsys: pytest.CaptureFixture[str],
) -> str:
    """Say what is wrong with an example: it must parse, and as one of this command."""
    words = shlex.split(example.words)
    try:
        given = parser_for(words, commands).parse_args(words)
    except SystemExit:
        said = capsys.readouterr().err.splitlines()[-1]
        return f'has an example that does not parse, "{example.words}": {said}'
    if given.handler != command.handler:
        return f'has an example of another command, "{example.words}"'
    return ""


def test_no_command_lacks_anything(capsys: pytest.CaptureFixture[str]) -> None:
    """Help, an example that parses, a handler, and a usage that names what it takes."""
    found = [said for above, one in every_command() for said in lacks(above, one, capsys)]
    assert not found, "\n".join(found)


def test_what_a_new_row_lacks_is_said_in_words(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """One sentence for each thing that somebody who adds a command has forgotten."""
    bare = CliCommand("new", "", "", (), "escrow_tui.cli.new_command:NEW")
    assert lacks("", bare, capsys) == [
        "escrow-tui new has no help; write in one line what it does",
        "escrow-tui new has no example; write one command line that does something useful",
        "escrow-tui new has no handler, No module named 'escrow_tui.cli.new_command'; write NAME ="
        " Handler(add_arguments, run) there",
    ]
    odd = CliCommand(
        name="new",
        usage="[--year Y]",
        help="something new",
        examples=(Example("new"), Example("resume"), Example("new ebay")),
        handler="escrow_tui.cli.policy_commands:SHOW",
    )
    assert lacks("", odd, capsys, (*COMMANDS, odd)) == [
        "escrow-tui new takes --json, which its usage does not name",
        "escrow-tui new takes NAME, which its usage does not name",
        "escrow-tui new does not take --year, which its usage names",
        'escrow-tui new has an example that does not parse, "new": escrow-tui new: error: the'
        " following arguments are required: NAME",
        'escrow-tui new has an example of another command, "resume"',
    ]


def test_no_name_stands_twice() -> None:
    """Neither in the table nor in a group."""
    groups = [one for one in COMMANDS if isinstance(one, CliGroup)]
    for names in ([one.name for one in rows] for rows in (COMMANDS, *(g.commands for g in groups))):
        assert len(names) == len(set(names))


def test_the_readme_shows_the_examples_of_the_help() -> None:
    """In the same words, so that there is one list."""
    readme = README.read_text(encoding="utf-8")
    lines = example_lines(program_examples(LOBBY, COMMANDS))
    missing = [line for line in lines if f"\n{line}\n" not in readme]
    assert not missing, "copy these lines of `escrow-tui --help` into README.md:\n" + "\n".join(
        missing
    )


def shown(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """The help of a command."""
    with pytest.raises(SystemExit) as ended:
        cli.main([*words, "--help"])
    assert ended.value.code == WELL
    return str(capsys.readouterr().out)


def test_the_help_of_the_program_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    """Its usage and help; a group with the names of its commands."""
    out = shown(capsys)
    for one in COMMANDS:
        if isinstance(one, CliGroup):
            names = " | ".join(command.name for command in one.commands)
            assert f"\n       escrow-tui {one.name} {names} ...\n" in out
        else:
            assert f"\n       {command_usage(one)}\n" in out
        assert f"{one.name} {one.help}" in " ".join(out.split())
    assert out.index("escrow-tui play first-order") < out.index("options:")
    assert "--store STORE" in out


def test_the_help_of_each_command_begins_with_its_examples(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Then come its notes, its exit codes and its options."""
    for above, command in every_command():
        words = [one for one in (above, command.name) if one]
        out = shown(capsys, *words)
        usage, _, rest = out.partition("\n\nexamples:\n")
        if words:
            assert usage == f"usage: {command_usage(command, above)}"
            assert rest.startswith(f"  escrow-tui {command.examples[0].words}")
        assert command.notes in rest
        assert rest.index(f"\nexit code: {command.exit_codes}\n") < rest.index("\noptions:\n")
        assert max(map(len, out.splitlines())) <= 100


def test_the_help_of_a_group_shows_what_its_commands_show(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Their usage, each on a line, and all their examples."""
    for group in (one for one in COMMANDS if isinstance(one, CliGroup)):
        out = shown(capsys, group.name)
        for command in group.commands:
            assert f"escrow-tui {group.name} {command.name} {command.usage}\n" in out
            for example in command.examples:
                assert f"\n  escrow-tui {example.words}" in out
        assert group.notes in out
        assert f"\nexit code: {group.exit_codes}\n" in out


def test_the_help_of_the_program_imports_nothing_heavy() -> None:
    """Neither the screen's nor the store's libraries, nor a command's own module."""
    modules = tuple(sorted({one.handler.partition(":")[0] for _, one in every_command()}))
    assert imported_by(HEAVY + modules, []) == "[]"


def test_the_help_of_no_command_imports_a_library() -> None:
    """A command imports what it needs when it runs."""
    libraries = tuple(name for name in HEAVY if name != "pathlib")
    calls = [[above, one.name] if above else [one.name] for above, one in every_command()][1:]
    assert imported_by(libraries, *calls) == "[]"


def imported_by(names: tuple[str, ...], *calls: list[str]) -> str:
    """Say which modules were imported in a process that only shows help."""
    code = (
        "import sys\n"
        "from escrow_tui.cli import main\n"
        f"for call in {calls!r}:\n"
        "    try:\n        main([*call, '--help'])\n    except SystemExit:\n        pass\n"
        f"print([name for name in {names!r} if name in sys.modules])"
    )
    out = in_a_process(code=code).stdout
    assert out.count("usage:") == len(calls)
    return out.splitlines()[-1]


def test_the_search_for_imports_finds_them() -> None:
    """What the parser itself needs is there."""
    assert imported_by(("argparse",), []) == "['argparse']"
