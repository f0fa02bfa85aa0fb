"""`escrow-tui run`: plays a story without a screen."""

import argparse
from pathlib import Path

from escrow_tui.cli.command_row import Handler
from escrow_tui.cli.console import DIFFERENT, WELL, json_of, print_problems, print_result


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("story", type=Path, metavar="STORY.toml")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def _run(given: argparse.Namespace) -> int:
    """Play a story; its result goes to standard output, what is wrong to standard error."""
    from escrow_tui.scenarios.file.story import read_story

    story = read_story(given.story)

    # A wrong file is reported without waiting for the store's libraries.
    from escrow_tui.scenarios.story.result_table import story_text
    from escrow_tui.scenarios.story.story_player import play_story

    played = play_story(story)
    print_result(json_of(played.outcome) if given.json else story_text(played.outcome))
    return print_problems(DIFFERENT, played.failed) if played.failed else WELL


RUN = Handler(_add_arguments, _run)
