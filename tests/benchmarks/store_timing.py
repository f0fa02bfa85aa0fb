"""Durations measured in turns by any clock: process time does not include a server's work."""

import statistics
from collections.abc import Callable

Clock = Callable[[], float]
Do = Callable[[], object]


def in_turns(clock: Clock, rounds: int, *works: tuple[Do, int]) -> list[float]:
    """Return the median seconds of each work, done this many times whenever it is its turn."""
    measured: list[list[float]] = [[] for _ in works]
    # The first round warms the caches.
    for _ in range(rounds + 1):
        for (do, times), seconds in zip(works, measured, strict=True):
            began = clock()
            for _ in range(times):
                do()
            seconds.append((clock() - began) / times)
    return [statistics.median(seconds[1:]) for seconds in measured]
