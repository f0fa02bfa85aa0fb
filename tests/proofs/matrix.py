"""Phase x command x role x (own, another's): the engine's answers against rules written by hand.

A cell is open, or has the code with which it is refused. The rules are `tests.engine.rules`; the
orders come from the walk through every moment, one for each place in the process.
"""

import argparse
from collections.abc import Iterator
from typing import NamedTuple

from escrow_tui.engine.answers import Refused
from escrow_tui.engine.commands import (
    COMMANDS,
    MarketCommand,
    SetRate,
    WithdrawMoney,
    WithdrawWallet,
    verb_of,
)
from escrow_tui.engine.decide import permission
from escrow_tui.engine.order import Order
from escrow_tui.engine.process import MARKET_VERBS
from escrow_tui.engine.roles import BANK, CARRIER, CLOCK, Actor, Role
from escrow_tui.engine.treasury import decide_market
from tests.engine.rules import MARKET, OPEN, beneath, cell_of, closed
from tests.given.orders import POLICY
from tests.proofs.explore import CARD, Explorer
from tests.proofs.policies import with_rows
from tests.proofs.verdict import Progress, say, verdict

HELP = "phase x command x role x (own, another's) against the rules: a table to read"
VERBS = tuple(verb for verb in COMMANDS if verb not in MARKET_VERBS)
# Everybody who may ask: the people of the order, and others in the same roles.
PEOPLE: tuple[tuple[str, Actor], ...] = (
    ("buyer", Actor(Role.BUYER, "buyer-1")),
    ("another buyer", Actor(Role.BUYER, "buyer-2")),
    ("seller", Actor(Role.SELLER, "seller-1")),
    ("another seller", Actor(Role.SELLER, "seller-2")),
    ("mediator 1", Actor(Role.MEDIATOR, "1")),
    ("mediator 2", Actor(Role.MEDIATOR, "2")),
    ("mediator 3", Actor(Role.MEDIATOR, "3")),
    ("carrier", CARRIER),
    ("bank", BANK),
    ("clock", CLOCK),
)
OPEN_CELL = "open"


class Cell(NamedTuple):
    """One answer: place, command and actor; `said` is the engine's, `right` that of the rules."""

    place: str
    verb: str
    who: str
    said: str
    right: str


def orders(most: int = 0) -> dict[str, Order | None]:
    """Return an order for each place and each state of its mediators; also the case of no order.

    `most` limits the moments that are searched for places, 0 for no limit.
    """
    days = with_rows(POLICY, {"weekend": ()})
    explorer = Explorer(days, CARD, most, keep=True)
    explorer.walk(Progress("matrix"))
    found: dict[str, Order | None] = {"": None}
    for order in explorer.kept:
        found.setdefault(place_of(order), order)
    return found


def place_of(order: Order) -> str:
    """Name a place: its cell, what a chargeback stopped, and who has the case and the appeal."""
    words = [cell_of(order)]
    if held := beneath(order):
        words.append(f"over {held}")
    if order.dispute and order.dispute.mediator:
        words.append(f"of mediator {order.dispute.mediator}")
    if order.dispute and order.dispute.reviewer:
        words.append(f"reviewed by {order.dispute.reviewer}")
    return ", ".join(words)


def cells(most: int = 0) -> Iterator[Cell]:
    """Let everybody ask everything in every place."""
    for place, order in orders(most).items():
        for verb in VERBS:
            for who, actor in PEOPLE:
                refusal = permission(order, verb, actor)
                said = refusal.code if refusal else OPEN_CELL
                yield Cell(place, verb, who, said, closed(order, verb, actor) or OPEN_CELL)


def market_cells() -> Iterator[Cell]:
    """Let everybody ask what concerns no order."""
    asked: tuple[MarketCommand, ...] = (
        WithdrawMoney(100),
        WithdrawWallet(100),
        SetRate("EUR", "0.92"),
    )
    for command in asked:
        verb = verb_of(command)
        for who, actor in PEOPLE:
            answer = decide_market(command, actor, 100, POLICY)
            said = answer.code if isinstance(answer, Refused) else OPEN_CELL
            right = OPEN_CELL if actor.role == MARKET[verb] else "WRONG_ROLE"
            yield Cell("the market", verb, who, said, right)


def table(found: list[Cell]) -> Iterator[str]:
    """Return a Markdown table for each place, with a row for each command that is open there."""
    names = [who for who, _ in PEOPLE]
    for place in dict.fromkeys(cell.place for cell in found):
        here = [cell for cell in found if cell.place == place]
        yield f"\n### {place or 'no order yet'}\n"
        yield f"| command | {' | '.join(names)} |"
        yield f"|---|{'---|' * len(names)}"
        for verb in dict.fromkeys(cell.verb for cell in here):
            said = [cell.said for cell in here if cell.verb == verb]
            if OPEN_CELL in said:
                yield f"| {verb} | {' | '.join(said)} |"
        yield "\nEverything else is refused here: WRONG_ROLE, NOT_YOURS or WRONG_PHASE."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the option to print the whole table."""
    parser.add_argument("--full", action="store_true", help="write it all as Markdown")


def main(options: argparse.Namespace) -> int:
    """Compare every cell with the rules; print the table, or its totals."""
    found = [*cells(), *market_cells()]
    places = dict.fromkeys(cell.place for cell in found)
    missing = [cell for cell in OPEN if not any(_starts(place, cell) for place in places)]
    wrong = [cell for cell in found if cell.said != cell.right]
    for line in table(found) if options.full else sums(found):
        say(line)
    for cell in wrong:
        say(f"{cell.place}: {cell.verb} by the {cell.who}: {cell.said}, the rules say {cell.right}")
    for place in missing:
        say(f"no order comes to {place}")
    return verdict(
        "matrix",
        not (wrong or missing),
        f"{len(found):,} cells in {len(places)} places ({len(COMMANDS)} commands, {len(PEOPLE)}"
        f" people), {len(wrong)} disagreements; {len(missing)} of {len(OPEN)} places of the rules"
        " not come to",
    )


def sums(found: list[Cell]) -> Iterator[str]:
    """Return how many cells have each answer."""
    for code in sorted({cell.said for cell in found}):
        yield f"{code}: {sum(cell.said == code for cell in found):,} cells"


def _starts(place: str, cell: str) -> bool:
    return place.partition(",")[0] == cell
