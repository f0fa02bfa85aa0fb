"""Drive with the second model: after every command all balances, phases and timers are compared.

The model in `tests/proofs/model` was written from the plan; it shares no code with the engine.
"""

import argparse

from tests.proofs.compare import NAMES
from tests.proofs.drive import drive, failed
from tests.proofs.verdict import say, verdict

HELP = "the rules told a second time agree after every command"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the number of commands and the seed."""
    parser.add_argument("--commands", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=2)


def main(options: argparse.Namespace) -> int:
    """Drive, and count the comparisons."""
    driven = drive(options.commands, options.seed, "model")
    if driven.step:
        return failed("model", driven, options.seed)
    say(f"compared: every balance, and of each order {', '.join(NAMES)}; every answer's reason")
    seen = driven.seen
    return verdict(
        "model", True, f"{seen.comparisons} comparisons in {seen.steps} commands, 0 differences"
    )
