"""What the command line says about a new world: as lines for people, and as JSON."""

import shlex

import msgspec

from escrow_tui.scenarios.invent.world.creation import MadeWorld


class Cost(msgspec.Struct, frozen=True):
    """What making a world took: seconds, and the bytes by which the store grew."""

    seconds: float
    bytes: int


def as_json(made: MadeWorld, cost: Cost) -> str:
    """Return what was made as one JSON object."""
    return msgspec.json.encode({**msgspec.to_builtins(made), **msgspec.to_builtins(cost)}).decode()


def as_text(made: MadeWorld, cost: Cost, store: str) -> str:
    """Return what was made as lines for people, and how to open it."""
    orders = sum(made.orders.values())
    speed = f"{cost.seconds:,.1f} s, {orders / max(cost.seconds, 0.001):,.0f} orders a second"
    return "\n".join(
        (
            f"{made.title}, market {made.market}",
            f"  {orders:,} orders, {made.entries:,} entries in the journal",
            f"  {speed}, {cost.bytes / 1e6:,.1f} MB ({cost.bytes // orders:,} bytes an order)",
            "",
            *_table("orders", made.orders),
            "",
            *_table("disputes that run", made.disputes),
            "",
            f"journal_sha256 {made.journal_sha256}",
            f"Open it with: escrow-tui --store {shlex.quote(store)} resume {made.run}",
        )
    )


def _table(title: str, counted: dict[str, int]) -> list[str]:
    """Return the counts one below the other, in the order of the phases."""
    words = {phase: phase.replace("_", " ").lower() for phase in counted}
    wide = max(map(len, (*words.values(), title)))
    rows = [f"  {words[phase]:{wide}} {number:>10,}" for phase, number in counted.items()]
    return [title, *rows]
