"""Speeds measured in turns, and how they are printed."""

import gc
import statistics
import time
from collections.abc import Callable
from typing import NamedTuple


class Work(NamedTuple):
    """The work to measure, and how often a round does it, so that all take about as long."""

    do: Callable[[], object]
    times: int = 1


def medians(rounds: int, *works: Work) -> tuple[float, ...]:
    """Return the median seconds of each work, the works taking turns in every round."""
    measured: list[list[float]] = [[] for _ in works]
    # The first round warms the caches.
    for _ in range(rounds + 1):
        for work, seconds in zip(works, measured, strict=True):
            seconds.append(_once(work))
    return tuple(statistics.median(seconds[1:]) for seconds in measured)


def _once(work: Work) -> float:
    """Return the processor seconds of doing the work once.

    The garbage collector sees only what the work itself makes. The last result is kept until the
    clock has stopped, so that freeing it is not measured.
    """
    gc.collect()
    gc.freeze()
    began = time.process_time()
    for _ in range(work.times):
        kept = work.do()
    seconds = time.process_time() - began
    gc.unfreeze()
    del kept
    return seconds / work.times


class Goal(NamedTuple):
    """How many times faster than a peer something should be."""

    row: str
    peer: str
    least: float

    def verdict(self, ours: float, theirs: float) -> bool:
        """Print the ratio of two durations beside the goal; tell whether the goal is met."""
        ratio = theirs / ours
        held = ratio >= self.least
        word = "held" if held else f"MISSED: {self.row} against {self.peer}"
        print(f"   {ratio:6.1f} x {self.peer}, goal at least {self.least:g} x: {word}")
        return held
