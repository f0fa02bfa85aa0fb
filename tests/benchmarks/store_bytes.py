"""R3: the bytes of an order with its history, against a row for each event and each line."""

import sqlite3
from contextlib import closing
from pathlib import Path

from msgspec.structs import replace

from escrow_tui.desk.command_id import new_command_id
from escrow_tui.scenarios.invent.world.creation import world_of
from escrow_tui.store import Append, Batch, MarketRow
from tests.benchmarks.peers import by_rows
from tests.benchmarks.store_goals import at_most, say
from tests.benchmarks.store_story import MARKET, made

ORDERS, SEED = 2_000, 1
# What follows from commands: people and goods are not history, and are the same in both.
TABLES = ("entry", "balance", "order_state", "phase_count", "trust")


def main(folder: Path) -> list[bool]:
    """Write the same histories into both, and compare the size of tables and indexes."""
    appends = histories(ORDERS)
    write(folder / "ours.db", appends)
    peer = by_rows.Rows(folder / "peer.db", MARKET)
    peer.write(appends)
    peer.connection.close()
    events = sum(len(one.events) for one in appends)
    say(
        f"R3 {ORDERS:,} orders of a world, {len(appends):,} entries, {events:,} events, ids and all"
    )
    ours = weight(folder / "ours.db", TABLES) / ORDERS
    theirs = weight(folder / "peer.db", by_rows.TABLES) / ORDERS
    say(f"   {ours:,.0f} bytes an order; a row an event {theirs:,.0f}")
    return [at_most("R3", "of the natural schema's bytes", ours / theirs, 0.35)]


def histories(orders: int) -> list[Append]:
    """Return what happened in a world; each command gets an id, as a terminal gives it one."""
    appends = world_of(orders, SEED).appends
    return [replace(one, command_id=new_command_id()) if one.command else one for one in appends]


def write(path: Path, appends: list[Append]) -> None:
    """Write histories as a world does, in one batch."""
    store = made(path)
    with store.writing(MARKET) as writing:
        market = writing.market(MARKET)
        assert isinstance(market, MarketRow)
        # They happened before this market's clock was started.
        began = {"now": appends[0].at, "market": MARKET}
        writing._link.cursor.execute("UPDATE market SET now = :now WHERE id = :market", began)
        writing.write(Batch(MARKET, appends[0].at, appends))
    store.close()


def weight(path: Path, tables: tuple[str, ...]) -> int:
    """Return how many bytes the pages of these tables and their indexes take."""
    with closing(sqlite3.connect(path)) as connection:
        names = ", ".join(f"'{name}'" for name in tables)
        of_them = f"SELECT name FROM sqlite_schema WHERE tbl_name IN ({names})"
        asked = f"SELECT sum(pgsize) FROM dbstat WHERE name IN ({of_them})"
        return int(connection.execute(asked).fetchone()[0])
