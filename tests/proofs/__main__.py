"""Run the proof that is named, or list all of them; exit 1 if a figure misses its goal."""

import argparse
import sys
from typing import Protocol

from tests.proofs import (
    bitflips,
    drive,
    explore,
    faults,
    files,
    kill9,
    matrix,
    powercut,
    readers,
    replay,
    seats,
    second_model,
    upgrades,
    writers,
)


class Proof(Protocol):
    """A module with a proof: one line of help, its options, and how to run it."""

    HELP: str

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Add the proof's own options."""

    def main(self, options: argparse.Namespace) -> int:
        """Run it; return the exit code."""


PROOFS: dict[str, Proof] = {
    "explore": explore,
    "drive": drive,
    "model": second_model,
    "matrix": matrix,
    "faults": faults,
    "replay": replay,
    "kill9": kill9,
    "powercut": powercut,
    "writers": writers,
    "readers": readers,
    "upgrades": upgrades,
    "bitflips": bitflips,
    "files": files,
    "seats": seats,
}


def main(arguments: list[str]) -> int:
    """Read the command line, and run one proof."""
    parser = argparse.ArgumentParser(prog="python -m tests.proofs", description=__doc__)
    names = parser.add_subparsers(dest="proof", metavar="NAME")
    for name, proof in PROOFS.items():
        proof.add_arguments(names.add_parser(name, help=proof.HELP, description=proof.__doc__))
    options = parser.parse_args(arguments)
    if options.proof is None:
        parser.print_help()
        return 0
    return PROOFS[options.proof].main(options)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
