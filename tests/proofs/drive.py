"""Seeded games, most of whose commands are allowed, on the engine with the second model beside it.

A game has a hundred commands on orders of several people, methods, currencies and policies. Seven
commands in ten are open, and the clock stops a second before, at and a second after deadlines.
"""

import argparse
from random import Random

import msgspec

from escrow_tui.engine.answers import REFUSALS
from escrow_tui.engine.deadlines import TIMER_WORDS
from escrow_tui.engine.events import EVENTS
from tests.proofs.beside import EDGES, Coverage
from tests.proofs.game import STEPS_A_GAME, Game
from tests.proofs.policies import SWITCHES, pool
from tests.proofs.verdict import Progress, say, verdict

HELP = "seeded commands near every deadline: nothing breaks, and everything was tried"
FLOOR_A_MILLION = 500
SHOWN_STEPS = 25
# What only a desk can answer or write: it needs ids, the list of orders and the market's clock.
OF_THE_DESK = (
    "UNKNOWN_ORDER",
    "ORDER_EXISTS",
    "TIME_GOES_BACK",
    "COMMAND_ID_REUSED",
    "SEAT_REVOKED",
    "OTHER_SEAT",
    "SEAT_CLOCK",
    "SEAT_PRICE",
)
EVENTS_OF_THE_DESK = ("clock_advanced",)
RINGING = tuple(TIMER_WORDS)


class Driven(msgspec.Struct):
    """What the games found; `step` is the first that failed, or 0."""

    seen: Coverage
    step: int = 0
    violations: list[str] = msgspec.field(default_factory=list)
    told: list[str] = msgspec.field(default_factory=list)


def drive(commands: int, seed: int, what: str = "drive") -> Driven:
    """Give this many commands, or stop at the first failure."""
    driven, policies, progress = Driven(Coverage()), pool(seed), Progress(what)
    for number in range(-(-commands // STEPS_A_GAME)):
        game = Game(Random(f"{seed}:{number}"), policies, driven.seen)
        if game.play():
            driven.step = number * STEPS_A_GAME + min(STEPS_A_GAME, game.steps + 1)
            driven.violations, driven.told = game.violations, game.told
            return driven
        progress.tell(f"{driven.seen.steps} commands, {driven.seen.comparisons} comparisons")
    return driven


def replayed(seed: int, step: int) -> list[str]:
    """Play the game of a step again up to that step; return everything that happened."""
    number, steps = divmod(step - 1, STEPS_A_GAME)
    game = Game(Random(f"{seed}:{number}"), pool(seed), Coverage())
    game.play(steps + 1)
    return [*game.told, *game.violations]


def missed(seen: Coverage, floor: int) -> list[str]:
    """Name everything that was tried less often than required."""
    counts = {
        **{f"refusal {code}": seen.refusals[code] for code in REFUSALS if code not in OF_THE_DESK},
        **{f"event {one}": seen.events[one] for one in EVENTS if one not in EVENTS_OF_THE_DESK},
        **{f"{name} {edge:+d} s": seen.edges[name, edge] for name in RINGING for edge in EDGES},
    }
    few = [
        f"{name}: {count}, the floor is {floor}" for name, count in counts.items() if count < floor
    ]
    return [*few, *(f"no policy had {one}" for one in unturned(seen))]


def unturned(seen: Coverage) -> list[str]:
    """Name every value of a switch that no policy in the games had."""
    return [
        f"{row} = {value}"
        for row, values in SWITCHES.items()
        for value in values
        if not any(getattr(policy, row) == value for policy in seen.policies)
    ]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the number of commands, the seed and a step to replay."""
    parser.add_argument("--commands", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--until", type=int, default=0, help="replay the game of this step")


def main(options: argparse.Namespace) -> int:
    """Drive, and print how often everything was tried."""
    if options.until:
        for line in replayed(options.seed, options.until):
            say(line)
        return 0
    driven = drive(options.commands, options.seed)
    if driven.step:
        return failed("drive", driven, options.seed)
    seen, floor = driven.seen, options.commands * FLOOR_A_MILLION // 1_000_000
    few = missed(seen, floor)
    for line in few:
        say(line)
    for line in figures(seen):
        say(line)
    return verdict(
        "drive",
        not few,
        f"{seen.steps} commands of seed {options.seed}, 0 violations; each of"
        f" {len(EVENTS) - len(EVENTS_OF_THE_DESK)} events, {len(REFUSALS) - len(OF_THE_DESK)}"
        f" refusals and {len(RINGING) * len(EDGES)} edges of deadlines"
        f" {'at least' if not few else 'should be'} {floor} times",
    )


def figures(seen: Coverage) -> list[str]:
    """Print what was tried most rarely, and what only a desk can answer."""
    edges = {f"{name} {edge:+d} s": seen.edges[name, edge] for name in RINGING for edge in EDGES}
    refusals = {code: seen.refusals[code] for code in REFUSALS if code not in OF_THE_DESK}
    events = {one: seen.events[one] for one in EVENTS if one not in EVENTS_OF_THE_DESK}
    told = [
        f"{seen.games} games, {len(seen.policies)} policies, {seen.steps} commands,"
        f" {seen.steps - seen.refusals.total()} of them done, {seen.comparisons} comparisons"
    ]
    for what, counts in (("refusals", refusals), ("events", events), ("edges", edges)):
        rarest = sorted(counts.items(), key=lambda one: one[1])[:4]
        shown = ", ".join(f"{name} {count}" for name, count in rarest)
        told.append(f"{len(counts)} {what}, the rarest: {shown}")
    told.append(f"only a desk gives {', '.join((*OF_THE_DESK, *EVENTS_OF_THE_DESK))}")
    return told


def failed(name: str, driven: Driven, seed: int) -> int:
    """Print what failed, what came before it, and how to replay it."""
    for line in (*driven.told[-SHOWN_STEPS:], *driven.violations):
        say(line)
    again = f"python -m tests.proofs drive --seed {seed} --until {driven.step}"
    return verdict(name, False, f"seed {seed}, step {driven.step}; again: {again}")
