"""The one reader of steps: commands, moves of the clock, and expectations, as typed values."""

from collections.abc import Iterable, Mapping

import msgspec

from escrow_tui.engine.commands import PlaceOrder
from escrow_tui.engine.roles import Role
from escrow_tui.files import Place, Reader
from escrow_tui.scenarios.file import grammar
from escrow_tui.scenarios.file.act_reader import Act, read_act, read_refused
from escrow_tui.scenarios.file.arguments import identifier, instant, needed
from escrow_tui.scenarios.file.order_reader import BUYER, PlacedOrder, needed_id, read_order

__all__ = ["Act", "Advance", "Expect", "Setting", "Step", "read_steps"]

UNIT_SECONDS = {"days": 86_400, "hours": 3_600, "minutes": 60, "seconds": 1}
_MOST_SECONDS = 366_000 * 86_400


class Advance(msgspec.Struct, frozen=True, kw_only=True):
    """A move of the clock: by `seconds`, to an instant (Unix seconds), or to the next deadline."""

    place: Place
    seconds: int
    to: int | None
    to_next: bool
    id: str
    refused: str | bool


class Expect(msgspec.Struct, frozen=True):
    """What must hold at this point: paths in the story's result, each with its value."""

    place: Place
    holds: tuple[tuple[str, object], ...]


Step = Act | Advance | Expect


class Setting(msgspec.Struct, frozen=True):
    """What steps can refer to besides the orders that they place."""

    orders: tuple[PlacedOrder, ...] = ()
    seed: int = 0


def read_steps(tables: Iterable[Reader], setting: Setting) -> tuple[Step, ...]:
    """Read a list of steps, as `reader.tables("step")` gives it.

    Faults are reported to the readers; the steps may be used only after `finish`.
    """
    known = {placed.id: placed.command for placed in setting.orders}
    steps = tuple(tables)
    placing = {table.place: _read_placing(table) for table in steps if _places(table)}
    for placed in filter(lambda one: one.id, placing.values()):
        known.setdefault(placed.id, placed.command)
    read = (_step(table, known, placing.get(table.place), setting.seed) for table in steps)
    return tuple(step for step in read if step is not None)


def _places(table: Reader) -> bool:
    return table.values.get("do") == grammar.PLACE_ORDER


def _read_placing(table: Reader) -> PlacedOrder:
    role, _, person = str(table.values.get("by", "")).partition(":")
    buyer = person if role == Role.BUYER and person else BUYER
    return PlacedOrder(table.place, needed_id(table, "order"), read_order(table, buyer))


def _step(
    table: Reader, known: Mapping[str, PlaceOrder], placed: PlacedOrder | None, seed: int
) -> Step | None:
    verb = needed(table, "do", str)
    if verb == grammar.ADVANCE:
        return _advance(table)
    if verb == grammar.EXPECT:
        return _expect(table)
    return read_act(table, verb, known, placed, seed)


def _advance(table: Reader) -> Advance:
    table.only(*UNIT_SECONDS, "to", "by", "do", "id", "refused")
    if table.take("by", str, Role.CLOCK) != Role.CLOCK:
        table.report("by", 'only the clock moves time; write by = "clock", or leave it out')
    units = [unit for unit in UNIT_SECONDS if unit in table.values]
    if bool(units) == ("to" in table.values):
        message = f'say how far: {", ".join(UNIT_SECONDS)}, or to = an instant or "next"'
        table.report("to" if units else (), message)
    seconds = sum(table.take(unit, int, 0) * UNIT_SECONDS[unit] for unit in units)
    if abs(seconds) > _MOST_SECONDS:
        table.report(units[0], "this is too far; at most 366,000 days")
    to_next = table.values.get("to") == "next"
    to = None if to_next else instant(table, "to")
    return Advance(
        place=table.place,
        seconds=seconds,
        to=to,
        to_next=to_next,
        id=identifier(table, "id", ""),
        refused=read_refused(table),
    )


def _expect(table: Reader) -> Expect:
    table.only("do", "is")
    holds = table.table("is").values
    if not holds:
        table.report("is", 'say what must hold: is = { "orders/A/phase" = "SHIPPED" }')
    return Expect(table.place, tuple(holds.items()))
