"""A run's row and log, which keep what the journal of its market cannot know."""

from collections.abc import Callable
from functools import cached_property

import msgspec

from escrow_tui.coach.playthrough import Note
from escrow_tui.scenarios.log import START, Noting
from escrow_tui.store import LogRow, RunRow, Store

WallClock = Callable[[], str]

_BODY = msgspec.json.Decoder(Noting)


def no_clock() -> str:
    """Return no time, where none should be logged."""
    return ""


class RunRecord:
    """The record of a run; `run` is its row.

    `clock` returns the real time as ISO text; only the command line has one.
    """

    def __init__(self, store: Store, run: RunRow, clock: WallClock = no_clock) -> None:
        self.store = store
        self.run = run
        self.clock = clock

    @cached_property
    def floor(self) -> int:
        """The number of the last entry that was there before the person sat down."""
        return next((_BODY.decode(row.body).seq for row in self.rows() if row.kind == START), 0)

    def save(self, run: RunRow) -> None:
        """Write the run's row anew."""
        with self.store.writing() as writing:
            writing.save_run(run)
        self.run = run

    def follow(self) -> bool:
        """Follow the run to another market; say whether another terminal has moved it there.

        A watching thread asks this at any time, also while this terminal takes an act back: then
        the fork is there before the run is moved to it, and nothing must change.
        """
        with self.store.reading() as reading:
            run = reading.run(self.run.id)
        if run is None or run.market == self.run.market:
            return False
        self.run = run
        return True

    def note(self, kind: str, about: str) -> None:
        """Add a note to the log, with how far the journal goes."""
        with self.store.writing() as writing:
            market = writing.market(self.run.market)
            assert market is not None
            body = msgspec.json.encode(Noting(about, market.seq))
            writing.add_log(self.run.id, kind, market.id, self.clock(), body)

    def rows(self) -> tuple[LogRow, ...]:
        """Return the log, oldest first."""
        with self.store.reading() as reading:
            return reading.log(self.run.id)

    def notes(self) -> tuple[Note, ...]:
        """Return the log as the coach reads it."""
        return tuple(Note(row.kind, _BODY.decode(row.body).about) for row in self.rows())

    def noted_here(self, kind: str) -> frozenset[str]:
        """Return what the notes of a kind are about, without those that were taken back.

        A note is taken back when it was made further on in the journal than the fork that this
        market comes from.
        """
        reach = self._reach()
        rows = (row for row in self.rows() if row.kind == kind and row.market in reach)
        bodies = ((row.market, _BODY.decode(row.body)) for row in rows)
        return frozenset(body.about for market, body in bodies if body.seq <= reach[market])

    def _reach(self) -> dict[str, int]:
        """Return this market and its ancestors, each with its last entry that this one has."""
        reach: dict[str, int] = {}
        with self.store.reading() as reading:
            row = reading.market(self.run.market)
            upto = row.seq if row else 0
            while row is not None:
                reach[row.id] = upto
                upto = min(upto, row.parent_seq)
                row = reading.market(row.parent)
        return reach
