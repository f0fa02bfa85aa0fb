"""Faults planted into the engine one at a time: the games with the second model find each.

Some of them must also be found by the walk through every moment alone.
"""

import argparse

import msgspec
import pytest

from tests.proofs.drive import drive
from tests.proofs.explore import CARD, Explorer
from tests.proofs.plants import FOUND_BY_EXPLORING, PLANTS
from tests.proofs.plants.planting import Plant, Planting
from tests.proofs.policies import presets, with_rows
from tests.proofs.verdict import Progress, say, verdict

HELP = "faults planted one at a time are all found"
LEAST_FAULTS = 25
COMMANDS = 10_000
SEED = 3
_WALKED = "aliexpress-strict"


class Finding(msgspec.Struct, frozen=True):
    """How many commands it took to find a fault, 0 for never, and what found it."""

    commands: int
    check: str

    def __str__(self) -> str:
        return f"after {self.commands:,} commands, {self.check}" if self.commands else "not found"


def found(plant: Plant, commands: int = COMMANDS, seed: int = SEED) -> Finding:
    """Plant a fault, and drive until something fails."""
    with pytest.MonkeyPatch.context() as patch:
        plant(Planting(patch))
        driven = drive(commands, seed, plant.__name__)
    return Finding(driven.step, check_of(driven.violations[0]) if driven.step else "")


def walked_into(plant: Plant) -> str:
    """Plant a fault, and explore; return what found it, or an empty text."""
    policy = with_rows(presets()[_WALKED], {"weekend": (), "holidays": ()})
    with pytest.MonkeyPatch.context() as patch:
        plant(Planting(patch))
        walk = Explorer(policy, CARD).walk(Progress(f"explore {plant.__name__}"))
    if walk.violations:
        return f"violation {walk.violations[0].partition(':')[0]} in {walk.states:,} states"
    return f"{len(walk.stuck):,} of {walk.states:,} states are stuck" if walk.stuck else ""


def check_of(violation: str) -> str:
    """Name the check that a violation comes from: an invariant, or the second model."""
    first, _, rest = violation.partition(": ")
    if first.isdigit():
        return f"invariant {first}"
    if "the rules say" not in rest:
        return first
    if first == "balances":
        return "the model's balances"
    what, differs, _ = rest.partition(" is ")
    return f"the model's {what if differs else 'answer'}"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the budget and the choice of one fault."""
    parser.add_argument("--commands", type=int, default=COMMANDS)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--fault", default="", choices=["", *PLANTS])


def main(options: argparse.Namespace) -> int:
    """Plant each fault, then run without any, which must find nothing."""
    missed = 0
    names = [options.fault] if options.fault else list(PLANTS)
    for name in names:
        finding = found(PLANTS[name], options.commands, options.seed)
        walked = walked_into(PLANTS[name]) if name in FOUND_BY_EXPLORING else "-"
        missed += not (finding.commands and walked)
        told = "" if walked == "-" else f"; exploring: {walked or 'not found'}"
        say(f"{name}: {finding}{told}")
    clean = drive(options.commands, options.seed, "clean").step == 0
    say(f"without a fault: {'nothing found' if clean else 'something found'}")
    enough = len(names) >= LEAST_FAULTS or bool(options.fault)
    return verdict(
        "faults",
        not missed and clean and enough,
        f"{len(names) - missed} of {len(names)} planted faults found, each within"
        f" {options.commands:,} commands; the control run is {'clean' if clean else 'not clean'}",
    )
