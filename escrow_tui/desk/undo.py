"""What a person did last, and how much of the journal remains when it is taken back."""

from collections.abc import Callable, Sequence

import msgspec

from escrow_tui.engine.entry import CLOCK_STREAM, Entry
from escrow_tui.engine.roles import Actor


class LastAct(msgspec.Struct, frozen=True):
    """The entry of a last act, and the number of the last entry that remains without it."""

    entry: Entry
    upto: int


def last_act(
    entries: Sequence[Entry], started: int, theirs: Callable[[Actor], bool], floor: int
) -> LastAct | None:
    """Return what certain actors did last after entry `floor`; the clock began at `started`.

    Taking back a move of the clock takes back everything that happened on the way: deadlines and
    what others did. What remains is what was there at the instant of the act before it.
    """
    acts = [one for one in entries if one.seq > floor and _is_act(one, theirs)]
    if not acts:
        return None
    last = acts[-1]
    if last.command is not None:
        return LastAct(last, last.seq - 1)
    sat_down = next((one.at for one in entries if one.seq == floor), started)
    before = acts[-2].at if len(acts) > 1 else sat_down
    kept = (one.seq for one in entries if one.seq < last.seq and one.at <= before)
    return LastAct(last, max(kept, default=floor))


def _is_act(entry: Entry, theirs: Callable[[Actor], bool]) -> bool:
    return theirs(entry.actor) and (entry.command is not None or entry.stream == CLOCK_STREAM)
